//! The digest: what will be erased within the next days, told to the staff who answer for it, once a day at the most.
//!
//! A mail leaves the house and is kept in mailboxes for years: it holds case ids, ticket keys, counts and dates, and no name.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    Private,
    id::{CaseId, DeskId},
    letter::shown,
    period::Period,
    ports::OutgoingLetter,
    ticket::TicketRef,
};

/// Whom the digest goes to, and what it looks at.
#[derive(Clone, Debug)]
pub struct DigestPolicy {
    /// Where it is mailed; nowhere if there is no address.
    pub to: Option<Private<String>>,
    /// How far it looks ahead.
    pub ahead: Period,
    /// How often it is mailed; a day is the least.
    pub every: Period,
}

impl Default for DigestPolicy {
    fn default() -> Self {
        Self { to: None, ahead: Period::days(7), every: Period::days(1) }
    }
}

/// What will be erased until a moment, if nothing changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The moment.
    pub until: Timestamp,
    /// The cases with files that will be, the first to go first.
    pub cases: Vec<CaseAhead>,
}

/// The files of one case that will be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseAhead {
    /// Which case.
    pub case: CaseId,
    /// Its ticket.
    pub ticket: TicketRef,
    /// How many files.
    pub files: u64,
    /// When the first of them goes.
    pub first_at: Timestamp,
}

impl Ahead {
    /// How many files.
    pub fn files(&self) -> u64 {
        self.cases.iter().map(|case| case.files).sum()
    }

    /// The mail. One that is sent again on the same day is the same letter.
    pub fn letter(
        &self,
        language: &str,
        to: &Private<String>,
        desk: DeskId,
        mail_domain: &str,
        now: Timestamp,
    ) -> OutgoingLetter {
        let words = words(language);
        let mut text = format!("{}\n\n", (words.lead)(self.files(), self.cases.len() as u64, &date(self.until)));
        for case in &self.cases {
            let ticket = format!("{} {}", shown(&case.ticket.tracker), shown(&case.ticket.key));
            let line = (words.line)(&case.case.short(), &ticket, case.files, &date(case.first_at));
            text.push_str(&format!("  {line}\n"));
        }
        text.push_str(&format!("\n{}\n", words.what_to_do));
        let html = format!("<pre>{}</pre>", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        OutgoingLetter {
            message_id: format!("digest.{}.{desk}@{mail_domain}", date(now)),
            to: to.clone(),
            subject: Private::new((words.subject)(self.files(), &date(self.until))),
            text: Private::new(text),
            html: Private::new(html),
            attachment: None,
        }
    }
}

fn date(moment: Timestamp) -> String {
    TimeZone::UTC.to_datetime(moment).date().to_string()
}

struct Words {
    subject: fn(u64, &str) -> String,
    lead: fn(u64, u64, &str) -> String,
    line: fn(&str, &str, u64, &str) -> String,
    what_to_do: &'static str,
}

fn words(language: &str) -> &'static Words {
    match language.split('-').next().unwrap_or_default().to_lowercase().as_str() {
        "de" => &GERMAN,
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "ja" => &JAPANESE,
        _ => &ENGLISH,
    }
}

fn some(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

const ENGLISH: Words = Words {
    subject: |files, until| format!("Custody: {} to be erased by {until}", some(files, "file", "files")),
    lead: |files, cases, until| {
        let files = some(files, "file", "files");
        format!("If nothing changes, {files} of {} will be erased by {until} (UTC):", some(cases, "case", "cases"))
    },
    line: |case, ticket, files, first| {
        format!("case {case}, {ticket}: {}, the first on {first}", some(files, "file", "files"))
    },
    what_to_do: "What is still needed is kept by a hold or by a date of its own. There is nothing else to do.",
};

const GERMAN: Words = Words {
    subject: |files, until| format!("Custody: {} werden bis {until} gelöscht", some(files, "Datei", "Dateien")),
    lead: |files, cases, until| {
        let files = some(files, "Datei", "Dateien");
        let cases = some(cases, "Fall", "Fällen");
        format!("Wenn sich nichts ändert, werden bis {until} (UTC) {files} aus {cases} gelöscht:")
    },
    line: |case, ticket, files, first| {
        format!("Fall {case}, {ticket}: {}, die erste am {first}", some(files, "Datei", "Dateien"))
    },
    what_to_do: "Was noch gebraucht wird, bleibt durch eine Sperre oder ein eigenes Datum. Sonst ist nichts zu tun.",
};

const SPANISH: Words = Words {
    subject: |files, until| format!("Custody: {} por borrar hasta el {until}", some(files, "archivo", "archivos")),
    lead: |files, cases, until| {
        let (files, cases) = (some(files, "archivo", "archivos"), some(cases, "caso", "casos"));
        format!("Si nada cambia, hasta el {until} (UTC) se borrarán {files} de {cases}:")
    },
    line: |case, ticket, files, first| {
        format!("caso {case}, {ticket}: {}, el primero el {first}", some(files, "archivo", "archivos"))
    },
    what_to_do: "Lo que aún se necesite se conserva con una retención o una fecha propia. No hay nada más que hacer.",
};

const FRENCH: Words = Words {
    subject: |files, until| format!("Custody : {} à supprimer d'ici le {until}", some(files, "fichier", "fichiers")),
    lead: |files, cases, until| {
        let (files, cases) = (some(files, "fichier", "fichiers"), some(cases, "dossier", "dossiers"));
        format!("Si rien ne change, {files} de {cases} seront supprimés d'ici le {until} (UTC) :")
    },
    line: |case, ticket, files, first| {
        format!("dossier {case}, {ticket} : {}, le premier le {first}", some(files, "fichier", "fichiers"))
    },
    what_to_do: "Ce qui sert encore est gardé par un blocage ou une date propre. Il n'y a rien d'autre à faire.",
};

const JAPANESE: Words = Words {
    subject: |files, until| format!("Custody: {until} までに {files} 件のファイルを消去します"),
    lead: |files, cases, until| {
        format!("変更がなければ、{until} (UTC) までに {cases} 件の案件のファイル {files} 件が消去されます。")
    },
    line: |case, ticket, files, first| format!("案件 {case}、{ticket}: {files} 件、最初は {first}"),
    what_to_do: "まだ必要なものは、保留または個別の期日で残せます。それ以外に必要な作業はありません。",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_says_how_many_files_go_when_in_every_language_and_names_nobody() {
        let at = |text: &str| text.parse().unwrap();
        let ahead = Ahead {
            until: at("2026-03-09T09:00:00Z"),
            cases: vec![CaseAhead {
                case: CaseId::from_bytes([0xAB; 16]),
                ticket: TicketRef { tracker: "rt".into(), key: "4711<b>\r\nBcc: x".into() },
                files: 3,
                first_at: at("2026-03-05T09:00:00Z"),
            }],
        };
        let now = at("2026-03-02T09:00:00Z");
        for language in ["en", "de-AT", "es", "fr", "ja", "xx"] {
            let letter = ahead.letter(language, &"a@b.example".into(), DeskId::from_bytes([1; 16]), "b.example", now);
            let text = letter.text.reveal();
            for part in ["abababab", "rt 4711", "2026-03-09", "2026-03-05", "3 "] {
                assert!(text.contains(part), "{language}: {part:?} is missing\n{text}");
            }
            assert!(!text.contains("\r\nBcc"), "{language}: what comes from outside begins no line\n{text}");
            assert!(!letter.html.reveal().contains("<b>"), "{language}");
            assert!(letter.message_id.starts_with("digest.2026-03-02."));
            assert!(letter.attachment.is_none());
        }
    }
}
