//! The words of letters, one table for each language. English is the fallback.

use crate::{
    location::{Location, LocationState},
    receipt::{ErasedFile, Statement},
    retention::Reason,
};

use super::shown;

/// The languages that letters are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// English.
    English,
    /// German.
    German,
}

impl Words {
    /// The words for a language tag such as `de-AT`.
    pub fn of(language: &str) -> &'static Self {
        if language.to_lowercase().starts_with("de") { &Self::German } else { &Self::English }
    }

    pub const fn language(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::English => "Receipt for erased files",
            Self::German => "Beleg über gelöschte Dateien",
        }
    }

    pub fn subject(self, token: &str, follows: bool) -> String {
        match (self, follows) {
            (Self::English, false) => format!("Your files were erased [{token}]"),
            (Self::English, true) => format!("Your receipt is complete [{token}]"),
            (Self::German, false) => format!("Ihre Dateien wurden gelöscht [{token}]"),
            (Self::German, true) => format!("Ihr Beleg ist vollständig [{token}]"),
        }
    }

    pub fn greeting(self, name: &str) -> String {
        let name = shown(name);
        match self {
            Self::English => format!("Hello {name},"),
            Self::German => format!("Guten Tag {name},"),
        }
    }

    pub fn what_happened(self, statement: &Statement) -> String {
        let count = statement.files.len();
        let reason = statement.files.first().map_or(Reason::PeriodEnded, |file| file.reason);
        match self {
            // Only the places that were open were looked at again; the others stand as they were found before.
            Self::English if statement.follows.is_some() => {
                "when we wrote to you about the files that we erased, one place was not closed yet. It is now. This is what \
                 we found at each place:"
                    .to_owned()
            }
            Self::German if statement.follows.is_some() => {
                "als wir Ihnen über die gelöschten Dateien schrieben, war ein Ort noch nicht abgeschlossen. Jetzt ist er \
                 es. Das haben wir an jedem Ort vorgefunden:"
                    .to_owned()
            }
            Self::English => {
                let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
                let why = match reason {
                    Reason::TicketClosed => "your support ticket is closed",
                    Reason::CustomerAsked { .. } => "you asked for it",
                    Reason::PeriodEnded => "the agreed period is over",
                    Reason::StaffDecided { .. } => "they are no longer needed",
                };
                format!(
                    "we have erased {files} that you entrusted to us, because {why}. The keys were destroyed first, then \
                     the encrypted files and every copy we made; afterwards we looked at each place again. This is what \
                     we found:"
                )
            }
            Self::German => {
                let files = if count == 1 { "1 Datei".to_owned() } else { format!("{count} Dateien") };
                let why = match reason {
                    Reason::TicketClosed => "Ihr Support-Ticket geschlossen ist",
                    Reason::CustomerAsked { .. } => "Sie darum gebeten haben",
                    Reason::PeriodEnded => "die vereinbarte Frist abgelaufen ist",
                    Reason::StaffDecided { .. } => "sie nicht mehr gebraucht werden",
                };
                format!(
                    "wir haben {files}, die Sie uns anvertraut haben, gelöscht, weil {why}. Zuerst wurden die Schlüssel \
                     vernichtet, dann die verschlüsselten Dateien und jede Kopie; danach haben wir jeden Ort noch einmal \
                     angesehen. Das haben wir vorgefunden:"
                )
            }
        }
    }

    pub fn file(self, file: &ErasedFile) -> String {
        let name = shown(&file.name);
        match self {
            Self::English => format!("{name} ({} bytes)", file.size),
            Self::German => format!("{name} ({} Bytes)", file.size),
        }
    }

    pub fn location(self, location: &Location, state: LocationState) -> String {
        let place = match (self, location) {
            (Self::English, Location::SealedFile) => "the encrypted file with us",
            (Self::English, Location::KeyWrap { .. }) => "the key that could open it",
            (Self::English, Location::ViewingCopy { .. }) => "an engineer's working copy",
            (Self::English, Location::ForumCopy) => "the forum's own copy",
            (Self::German, Location::SealedFile) => "die verschlüsselte Datei bei uns",
            (Self::German, Location::KeyWrap { .. }) => "der Schlüssel dazu",
            (Self::German, Location::ViewingCopy { .. }) => "eine Arbeitskopie",
            (Self::German, Location::ForumCopy) => "die Kopie im Forum selbst",
        };
        let found = match (self, state) {
            (Self::English, LocationState::Present) => "present".to_owned(),
            (Self::English, LocationState::ErasedVerified) => "erased, and checked".to_owned(),
            (Self::English, LocationState::KeyDestroyed) => "destroyed, and checked".to_owned(),
            (Self::English, LocationState::ExpiresOn { date }) => format!("ends by itself by {date}"),
            (Self::English, LocationState::RequestedNotConfirmed) => "removal asked for, not yet confirmed".to_owned(),
            (Self::English, LocationState::Held) => "kept for a stated reason".to_owned(),
            (Self::English, LocationState::NotOurs) => "still there; it is not ours to remove".to_owned(),
            (Self::English, LocationState::Failed) => "could not be erased".to_owned(),
            (Self::English, LocationState::Unknown) => "could not be checked".to_owned(),
            (Self::German, LocationState::Present) => "vorhanden".to_owned(),
            (Self::German, LocationState::ErasedVerified) => "gelöscht und geprüft".to_owned(),
            (Self::German, LocationState::KeyDestroyed) => "vernichtet und geprüft".to_owned(),
            (Self::German, LocationState::ExpiresOn { date }) => format!("endet von selbst bis {date}"),
            (Self::German, LocationState::RequestedNotConfirmed) => "Entfernung erbeten, nicht bestätigt".to_owned(),
            (Self::German, LocationState::Held) => "aus genanntem Grund aufbewahrt".to_owned(),
            (Self::German, LocationState::NotOurs) => "noch vorhanden; dort können wir nichts entfernen".to_owned(),
            (Self::German, LocationState::Failed) => "konnte nicht gelöscht werden".to_owned(),
            (Self::German, LocationState::Unknown) => "konnte nicht geprüft werden".to_owned(),
        };
        format!("{place}: {found}")
    }

    pub const fn complete(self) -> &'static str {
        match self {
            Self::English => "With this, every place we know of is closed.",
            Self::German => "Damit ist jeder uns bekannte Ort abgeschlossen.",
        }
    }

    pub const fn partial(self) -> &'static str {
        match self {
            Self::English => {
                "Not every place is closed yet. We keep looking, and you get a second receipt when the last one is."
            }
            Self::German => {
                "Noch ist nicht jeder Ort abgeschlossen. Wir sehen weiter nach; Sie bekommen einen zweiten Beleg, sobald \
                 es so weit ist."
            }
        }
    }

    pub fn how_to_check(self) -> String {
        match self {
            Self::English => {
                "The signed receipt is attached. It can be checked with `custody receipt verify`, or with \
                              openssl and our public key."
                    .to_owned()
            }
            Self::German => {
                "Der unterschriebene Beleg liegt bei. Prüfen lässt er sich mit `custody receipt verify` oder \
                             mit openssl und unserem öffentlichen Schlüssel."
                    .to_owned()
            }
        }
    }

    pub fn how_to_answer(self, token: &str) -> String {
        match self {
            Self::English => format!(
                "Please answer this message with \"I confirm\", or tell us what is wrong. Your receipt has the number \
                 {token}."
            ),
            Self::German => format!(
                "Bitte antworten Sie mit „Ich bestätige“, oder sagen Sie uns, was nicht stimmt. Ihr Beleg hat die Nummer \
                 {token}."
            ),
        }
    }

    pub fn sender(self, issuer: &str, contact: &str) -> String {
        format!("{issuer}\n{contact}")
    }

    pub fn receipt_below(self, payload_type: &str) -> String {
        match self {
            Self::English => format!("The signed receipt ({payload_type}):"),
            Self::German => format!("Der unterschriebene Beleg ({payload_type}):"),
        }
    }
}
