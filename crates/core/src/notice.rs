//! The notice in a thread: what was taken in, until when it is kept, how to have it removed.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    id::CaseId,
    period::Period,
    retention::{RetentionRule, StartPoint},
};

/// What a notice is recognised by, so that a thread gets one however often the program is killed.
pub fn mark(case: CaseId) -> String {
    format!("CN-{}", case.short().to_uppercase())
}

/// The text of a notice about `files` files, the first of which arrived at `since`.
pub fn text(language: &str, case: CaseId, files: u64, rule: &RetentionRule, since: Timestamp) -> String {
    let kept = Kept {
        start: rule.start,
        days: days(rule.period, rule.grace),
        latest: rule.ceiling.map(|ceiling| date(ceiling.after(since))),
        end: date(rule.grace.after(rule.period.after(since))),
    };
    let mark = mark(case);
    match language.split('-').next().unwrap_or_default().to_lowercase().as_str() {
        "de" => german(files, &kept, &mark),
        "es" => spanish(files, &kept, &mark),
        "fr" => french(files, &kept, &mark),
        "ja" => japanese(files, &kept, &mark),
        _ => english(files, &kept, &mark),
    }
}

/// How long files are kept, ready to be said.
struct Kept {
    start: StartPoint,
    days: u64,
    /// The last day, if the rule has a ceiling.
    latest: Option<String>,
    /// The day on which the period ends that began with the arrival.
    end: String,
}

/// Whole days; a part of a day is said as a day, so that nothing is promised too early.
fn days(period: Period, grace: Period) -> u64 {
    const DAY: i64 = 24 * 60;
    let minutes = period.as_duration().as_mins().saturating_add(grace.as_duration().as_mins());
    u64::try_from(minutes.saturating_add(DAY - 1) / DAY).unwrap_or_default()
}

fn date(moment: Timestamp) -> String {
    TimeZone::UTC.to_datetime(moment).date().to_string()
}

fn english(files: u64, kept: &Kept, mark: &str) -> String {
    let (what, they) = if files == 1 { ("the file", "It is") } else { ("the files", "They are") };
    let days = |days: u64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    let latest = kept.latest.as_ref().map(|date| format!(", and at the latest on {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} after your ticket is closed{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} after your last message{latest}", days(kept.days)),
        StartPoint::Arrival => format!("on {}{latest}", kept.end),
    };
    format!(
        "We have taken {what} that you attached into custody. {they} kept encrypted, and only you and selected staff can \
         reach {}. {they} erased {end}.\n\nYou can have {} removed at any time: answer here with the line\n\n> Please erase \
         my files\n\nYou will get a signed receipt. ({mark})",
        if files == 1 { "it" } else { "them" },
        if files == 1 { "it" } else { "them" },
    )
}

fn german(files: u64, kept: &Kept, mark: &str) -> String {
    let (what, they, them) = if files == 1 {
        ("die Datei, die Sie angehängt haben,", "Sie wird", "sie")
    } else {
        ("die Dateien, die Sie angehängt haben,", "Sie werden", "sie")
    };
    let days = |days: u64| if days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") };
    let latest = kept.latest.as_ref().map(|date| format!(", spätestens am {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} nach dem Schließen Ihres Tickets{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} nach Ihrer letzten Nachricht{latest}", days(kept.days)),
        StartPoint::Arrival => format!("am {}{latest}", kept.end),
    };
    format!(
        "Wir haben {what} in Verwahrung genommen. {they} verschlüsselt aufbewahrt; nur Sie und ausgewählte Mitarbeiter \
         können darauf zugreifen. {they} {end} gelöscht.\n\nSie können {them} jederzeit entfernen lassen: Antworten Sie \
         hier mit der Zeile\n\n> Bitte löschen Sie meine Dateien\n\nSie bekommen einen unterschriebenen Beleg. ({mark})"
    )
}

fn spanish(files: u64, kept: &Kept, mark: &str) -> String {
    let one = files == 1;
    let days = |days: u64| if days == 1 { "1 día".to_owned() } else { format!("{days} días") };
    let latest = kept.latest.as_ref().map(|date| format!(" y, a más tardar, el {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} después del cierre de su tique{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} después de su último mensaje{latest}", days(kept.days)),
        StartPoint::Arrival => format!("el {}{latest}", kept.end),
    };
    format!(
        "Hemos tomado en custodia {}. Se {} de forma cifrada y solo usted y el personal seleccionado pueden acceder. Se {} \
         {end}.\n\nPuede pedir que se {} en cualquier momento: responda aquí con la línea\n\n> Por favor, borren mis \
         archivos\n\nRecibirá un comprobante firmado. ({mark})",
        if one { "el archivo que adjuntó" } else { "los archivos que adjuntó" },
        if one { "guarda" } else { "guardan" },
        if one { "borrará" } else { "borrarán" },
        if one { "borre" } else { "borren" },
    )
}

fn french(files: u64, kept: &Kept, mark: &str) -> String {
    let one = files == 1;
    let days = |days: u64| if days == 1 { "1 jour".to_owned() } else { format!("{days} jours") };
    let latest = kept.latest.as_ref().map(|date| format!(", et au plus tard le {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} après la clôture de votre ticket{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} après votre dernier message{latest}", days(kept.days)),
        StartPoint::Arrival => format!("le {}{latest}", kept.end),
    };
    format!(
        "Nous avons pris en dépôt {}. {} sous forme chiffrée ; seuls vous et des collaborateurs désignés y ont accès. {} \
         {end}.\n\nVous pouvez {} faire supprimer à tout moment : répondez ici par la ligne\n\n> Veuillez supprimer mes \
         fichiers\n\nVous recevrez un reçu signé. ({mark})",
        if one { "le fichier que vous avez joint" } else { "les fichiers que vous avez joints" },
        if one { "Il est conservé" } else { "Ils sont conservés" },
        if one { "Il sera supprimé" } else { "Ils seront supprimés" },
        if one { "le" } else { "les" },
    )
}

fn japanese(files: u64, kept: &Kept, mark: &str) -> String {
    let latest = kept.latest.as_ref().map(|date| format!("、遅くとも {date} まで")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("チケットのクローズから {} 日後{latest}に", kept.days),
        StartPoint::CustomerActivity => format!("お客様の最後のご連絡から {} 日後{latest}に", kept.days),
        StartPoint::Arrival => format!("{}{latest}に", kept.end),
    };
    format!(
        "添付いただいたファイル {files} 件をお預かりしました。暗号化して保管し、お客様と担当者のみがアクセスできます。{end}消去します。\n\n\
         いつでも消去をご依頼いただけます。次の一行をここにご返信ください。\n\n> ファイルを削除してください\n\n\
         署名付きの受領書をお送りします。（{mark}）"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        phrases::{Phrases, Wish},
        retention::Rules,
    };

    #[test]
    fn a_notice_says_until_when_and_how_to_have_files_removed_in_every_language() {
        let case = CaseId::from_bytes([0xAB; 16]);
        let rules = Rules::usual();
        let since = "2026-03-02T09:00:00Z".parse().unwrap();
        for language in ["en", "de-AT", "es", "fr", "ja", "xx"] {
            for files in [1, 3] {
                let text = text(language, case, files, &rules.as_slice()[0], since);
                assert!(text.contains("2026-05-31"), "{language}: the last day\n{text}");
                assert!(text.contains(&mark(case)), "{language}");
                // The line that is offered must be one that acts when a customer copies it.
                let line = text.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
                assert_eq!(Phrases::default().wish(line), Wish::Removal, "{language}: {line}");
            }
        }
    }

    #[test]
    fn a_part_of_a_day_is_said_as_a_day() {
        assert_eq!(days(Period::ZERO, Period::hours(1)), 1);
        assert_eq!(days(Period::days(2), Period::hours(25)), 4);
        assert_eq!(days(Period::ZERO, Period::days(3)), 3);
    }
}
