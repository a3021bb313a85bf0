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

/// Files of a thread that are kept by one rule.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'a> {
    /// How many.
    pub files: u64,
    /// Their rule.
    pub rule: &'a RetentionRule,
    /// When the first of them arrived.
    pub since: Timestamp,
}

/// The text of a notice: a paragraph for the files of each rule, and how to have them removed.
pub fn text(language: &str, case: CaseId, kept: &[Kept<'_>]) -> String {
    let mark = mark(case);
    let write = match language.split('-').next().unwrap_or_default().to_lowercase().as_str() {
        "de" => german,
        "es" => spanish,
        "fr" => french,
        "ja" => japanese,
        _ => english,
    };
    let all = kept.iter().map(|kept| kept.files).sum();
    let mut paragraphs: Vec<_> = kept
        .iter()
        .map(|kept| {
            let Kept { files, rule, since } = *kept;
            // Where there are several rules, "the file" could be any of them.
            write(files, files != all, &End::of(rule, since)).0
        })
        .collect();
    if let Some(first) = kept.first() {
        paragraphs.push(write(all, false, &End::of(first.rule, first.since)).1);
    }
    format!("{} ({mark})", paragraphs.join("\n\n"))
}

/// When files are erased, ready to be said.
struct End {
    start: StartPoint,
    days: u64,
    /// The last day, if the rule has a ceiling.
    latest: Option<String>,
    /// The day on which the period ends that began with the arrival.
    end: String,
}

impl End {
    fn of(rule: &RetentionRule, since: Timestamp) -> Self {
        Self {
            start: rule.start,
            days: days(rule.period, rule.grace),
            latest: rule.ceiling.map(|ceiling| date(ceiling.after(since))),
            end: date(rule.grace.after(rule.period.after(since))),
        }
    }
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

/// What was taken in and until when it is kept, and how to have it removed.
type Said = (String, String);

fn english(files: u64, counted: bool, kept: &End) -> Said {
    let (what, they) = match (files, counted) {
        (1, false) => ("the file".to_owned(), "It is"),
        (1, true) => ("1 file".to_owned(), "It is"),
        (_, false) => ("the files".to_owned(), "They are"),
        (many, true) => (format!("{many} files"), "They are"),
    };
    let days = |days: u64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    let latest = kept.latest.as_ref().map(|date| format!(", and at the latest on {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} after your ticket is closed{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} after your last message{latest}", days(kept.days)),
        StartPoint::Arrival => format!("on {}{latest}", kept.end),
    };
    let them = if files == 1 { "it" } else { "them" };
    (
        format!(
            "We have taken {what} that you attached into custody. {they} kept encrypted, and only you and selected staff \
             can reach {them}. {they} erased {end}."
        ),
        format!(
            "You can have {them} removed at any time: answer here with the line\n\n> Please erase my files\n\nYou will \
             get a signed receipt."
        ),
    )
}

fn german(files: u64, counted: bool, kept: &End) -> Said {
    let (what, they) = match (files, counted) {
        (1, false) => ("die Datei".to_owned(), "Sie wird"),
        (1, true) => ("1 Datei".to_owned(), "Sie wird"),
        (_, false) => ("die Dateien".to_owned(), "Sie werden"),
        (many, true) => (format!("{many} Dateien"), "Sie werden"),
    };
    let days = |days: u64| if days == 1 { "1 Tag".to_owned() } else { format!("{days} Tage") };
    let latest = kept.latest.as_ref().map(|date| format!(", spätestens am {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} nach dem Schließen Ihres Tickets{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} nach Ihrer letzten Nachricht{latest}", days(kept.days)),
        StartPoint::Arrival => format!("am {}{latest}", kept.end),
    };
    (
        format!(
            "Wir haben {what}, die Sie angehängt haben, in Verwahrung genommen. {they} verschlüsselt aufbewahrt; nur Sie \
             und ausgewählte Mitarbeiter können darauf zugreifen. {they} {end} gelöscht."
        ),
        "Sie können sie jederzeit entfernen lassen: Antworten Sie hier mit der Zeile\n\n> Bitte löschen Sie meine \
         Dateien\n\nSie bekommen einen unterschriebenen Beleg."
            .to_owned(),
    )
}

fn spanish(files: u64, counted: bool, kept: &End) -> Said {
    let one = files == 1;
    let what = match (files, counted) {
        (1, false) => "el archivo que adjuntó".to_owned(),
        (1, true) => "1 archivo que adjuntó".to_owned(),
        (_, false) => "los archivos que adjuntó".to_owned(),
        (many, true) => format!("{many} archivos que adjuntó"),
    };
    let days = |days: u64| if days == 1 { "1 día".to_owned() } else { format!("{days} días") };
    let latest = kept.latest.as_ref().map(|date| format!(" y, a más tardar, el {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} después del cierre de su tique{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} después de su último mensaje{latest}", days(kept.days)),
        StartPoint::Arrival => format!("el {}{latest}", kept.end),
    };
    let (kept, erased, erase) = if one { ("guarda", "borrará", "borre") } else { ("guardan", "borrarán", "borren") };
    (
        format!(
            "Hemos tomado en custodia {what}. Se {kept} de forma cifrada y solo usted y el personal seleccionado pueden \
             acceder. Se {erased} {end}."
        ),
        format!(
            "Puede pedir que se {erase} en cualquier momento: responda aquí con la línea\n\n> Por favor, borren mis \
             archivos\n\nRecibirá un comprobante firmado."
        ),
    )
}

fn french(files: u64, counted: bool, kept: &End) -> Said {
    let one = files == 1;
    let what = match (files, counted) {
        (1, false) => "le fichier que vous avez joint".to_owned(),
        (1, true) => "1 fichier que vous avez joint".to_owned(),
        (_, false) => "les fichiers que vous avez joints".to_owned(),
        (many, true) => format!("{many} fichiers que vous avez joints"),
    };
    let days = |days: u64| if days == 1 { "1 jour".to_owned() } else { format!("{days} jours") };
    let latest = kept.latest.as_ref().map(|date| format!(", et au plus tard le {date}")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("{} après la clôture de votre ticket{latest}", days(kept.days)),
        StartPoint::CustomerActivity => format!("{} après votre dernier message{latest}", days(kept.days)),
        StartPoint::Arrival => format!("le {}{latest}", kept.end),
    };
    let (kept, erased, them) = if one {
        ("Il est conservé", "Il sera supprimé", "le")
    } else {
        ("Ils sont conservés", "Ils seront supprimés", "les")
    };
    (
        format!(
            "Nous avons pris en dépôt {what}. {kept} sous forme chiffrée ; seuls vous et des collaborateurs désignés y \
             ont accès. {erased} {end}."
        ),
        format!(
            "Vous pouvez {them} faire supprimer à tout moment : répondez ici par la ligne\n\n> Veuillez supprimer mes \
             fichiers\n\nVous recevrez un reçu signé."
        ),
    )
}

fn japanese(files: u64, _counted: bool, kept: &End) -> Said {
    let latest = kept.latest.as_ref().map(|date| format!("、遅くとも {date} まで")).unwrap_or_default();
    let end = match kept.start {
        StartPoint::TicketClosed => format!("チケットのクローズから {} 日後{latest}に", kept.days),
        StartPoint::CustomerActivity => format!("お客様の最後のご連絡から {} 日後{latest}に", kept.days),
        StartPoint::Arrival => format!("{}{latest}に", kept.end),
    };
    (
        format!(
            "添付いただいたファイル {files} 件をお預かりしました。暗号化して保管し、お客様と担当者のみがアクセスできます。\
             {end}消去します。"
        ),
        "いつでも消去をご依頼いただけます。次の一行をここにご返信ください。\n\n> ファイルを削除してください\n\n\
         署名付きの受領書をお送りします。"
            .to_owned(),
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
                let text = text(language, case, &[Kept { files, rule: &rules.as_slice()[0], since }]);
                assert!(text.contains("2026-05-31"), "{language}: the last day\n{text}");
                assert!(text.contains(&mark(case)), "{language}");
                // The line that is offered must be one that acts when a customer copies it.
                let line = text.lines().find_map(|line| line.strip_prefix("> ")).unwrap();
                assert_eq!(Phrases::default().wish(line), Wish::Removal, "{language}: {line}");
            }
        }
    }

    #[test]
    fn files_under_several_rules_are_counted_each_with_their_own_end() {
        let usual = Rules::usual().as_slice()[0].clone();
        let short = RetentionRule { ceiling: Some(Period::days(7)), ..usual.clone() };
        let since = "2026-03-02T09:00:00Z".parse().unwrap();
        let kept = [Kept { files: 1, rule: &short, since }, Kept { files: 2, rule: &usual, since }];
        for (language, one, two) in [
            ("en", "taken 1 file that", "taken 2 files that"),
            ("de", "haben 1 Datei,", "haben 2 Dateien,"),
            ("es", "custodia 1 archivo", "custodia 2 archivos"),
            ("fr", "dépôt 1 fichier", "dépôt 2 fichiers"),
            ("ja", "ファイル 1 件", "ファイル 2 件"),
        ] {
            let text = text(language, CaseId::from_bytes([0xAB; 16]), &kept);
            for part in [one, two, "2026-03-09", "2026-05-31"] {
                assert!(text.contains(part), "{language}: {part:?} is missing\n{text}");
            }
            assert_eq!(text.lines().filter(|line| line.starts_with("> ")).count(), 1, "{language}\n{text}");
        }
    }

    #[test]
    fn a_part_of_a_day_is_said_as_a_day() {
        assert_eq!(days(Period::ZERO, Period::hours(1)), 1);
        assert_eq!(days(Period::days(2), Period::hours(25)), 4);
        assert_eq!(days(Period::ZERO, Period::days(3)), 3);
    }
}
