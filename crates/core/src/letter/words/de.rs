//! German.

use jiff::civil::Date;

use super::{Words, day_of, grouped, month};
use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

pub(super) struct German;

impl Words for German {
    fn tag(&self) -> &'static str {
        "de"
    }

    fn title(&self) -> &'static str {
        "Beleg über gelöschte Dateien"
    }

    fn subject(&self, token: &str, follows: bool) -> String {
        if follows {
            format!("Ihr Beleg ist vollständig [{token}]")
        } else {
            format!("Ihre Dateien wurden gelöscht [{token}]")
        }
    }

    fn greeting(&self, name: &str) -> String {
        format!("Guten Tag {name},")
    }

    fn what_happened(&self, files: usize, reason: Reason) -> String {
        let one = files == 1;
        let count = if one { "1 Datei".to_owned() } else { format!("{files} Dateien") };
        let why = match reason {
            Reason::TicketClosed => "Ihr Support-Ticket geschlossen ist",
            Reason::CustomerAsked { .. } => "Sie darum gebeten haben",
            Reason::PeriodEnded => "die vereinbarte Frist abgelaufen ist",
            Reason::StaffDecided { .. } if one => "sie nicht mehr gebraucht wird",
            Reason::StaffDecided { .. } => "sie nicht mehr gebraucht werden",
        };
        format!(
            "wir haben {count}, die Sie uns anvertraut haben, gelöscht, weil {why}. Zuerst wurden die Schlüssel \
             vernichtet, dann die verschlüsselten Dateien und jede Kopie, die wir gemacht haben. Danach haben wir jeden \
             Ort noch einmal angesehen und dies vorgefunden:"
        )
    }

    fn what_followed(&self) -> &'static str {
        "als wir Ihnen über die gelöschten Dateien schrieben, war ein Ort noch nicht abgeschlossen. Jetzt ist er es. Das \
         haben wir an jedem Ort vorgefunden:"
    }

    fn bytes(&self, size: u64) -> String {
        if size == 1 { "1 Byte".to_owned() } else { format!("{} Bytes", grouped(size, ".")) }
    }

    fn day(&self, date: Date) -> String {
        format!("{}. {} {}", date.day(), month(date, &MONTHS), date.year())
    }

    fn place_column(&self) -> &'static str {
        "Ort"
    }

    fn found_column(&self) -> &'static str {
        "Befund"
    }

    fn place(&self, location: &Location) -> &'static str {
        match location {
            Location::SealedFile => "die verschlüsselte Datei bei uns",
            Location::KeyWrap { .. } => "der Schlüssel dazu",
            Location::ViewingCopy { .. } => "eine Arbeitskopie",
            Location::ForumCopy => "die Kopie im Forum selbst",
            Location::Backup { .. } => "die Sicherung auf einem anderen Datenträger",
            Location::DropFolder => "was in den Ablageordner gespeichert worden war",
        }
    }

    fn found(&self, state: LocationState) -> String {
        match state {
            LocationState::Present => "vorhanden".to_owned(),
            LocationState::ErasedVerified => "gelöscht und geprüft".to_owned(),
            LocationState::KeyDestroyed => "vernichtet und geprüft".to_owned(),
            LocationState::ExpiresOn { date } => format!("endet von selbst, spätestens am {}", self.day(day_of(date))),
            LocationState::RequestedNotConfirmed => "Entfernung erbeten, nicht bestätigt".to_owned(),
            LocationState::Held => "aus genanntem Grund aufbewahrt".to_owned(),
            LocationState::NotOurs => "noch vorhanden; dort können wir nichts entfernen".to_owned(),
            LocationState::Failed => "konnte nicht gelöscht werden".to_owned(),
            LocationState::Unknown => "konnte nicht geprüft werden".to_owned(),
        }
    }

    fn complete(&self) -> &'static str {
        "Damit ist jeder uns bekannte Ort abgeschlossen."
    }

    fn partial(&self) -> &'static str {
        "Noch ist nicht jeder Ort abgeschlossen. Wir sehen weiter nach; Sie bekommen einen zweiten Beleg, sobald es so weit \
         ist."
    }

    fn line(&self, place: &str, found: &str) -> String {
        format!("{place}: {found}")
    }

    fn how_to_check(&self, attached: bool) -> String {
        let how = if attached { "liegt bei" } else { "steht unten" };
        format!(
            "Der unterschriebene Beleg {how}. Prüfen lässt er sich mit `custody receipt verify` oder mit openssl und unserem öffentlichen Schlüssel."
        )
    }

    fn how_to_answer(&self) -> &'static str {
        "Bitte antworten Sie auf diese Nachricht mit einer dieser Zeilen:"
    }

    fn to_confirm(&self) -> (&'static str, &'static str) {
        ("Ich bestätige", "Sie haben es zur Kenntnis genommen, und wir schließen den Vorgang ab")
    }

    fn to_dispute(&self) -> (&'static str, &'static str) {
        ("Ich kann sie noch sehen", "etwas ist noch da oder stimmt nicht, und ein Mensch sieht nach")
    }

    fn to_remove(&self) -> (&'static str, &'static str) {
        ("Bitte löschen Sie meine Dateien", "wir löschen auch, was wir sonst noch von Ihnen haben")
    }

    fn choice(&self, phrase: &str, meaning: &str) -> String {
        format!("„{phrase}“: {meaning}")
    }

    fn number(&self, token: &str) -> String {
        format!("Ihr Beleg hat die Nummer {token}.")
    }

    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String {
        format!(
            "Ihre Bitte vom {} musste warten, weil die Dateien angehalten waren: Es war ein Grund festgehalten, sie aufzubewahren. \
             Am {} wurden sie freigegeben.",
            self.day(asked),
            self.day(lifted)
        )
    }

    fn kept_title(&self) -> &'static str {
        "Ihre Bitte muss noch warten"
    }

    fn kept_subject(&self, token: &str) -> String {
        format!("Ihre Bitte ist angekommen; Ihre Dateien sind vorerst angehalten [{token}]")
    }

    fn kept_received(&self, day: Date) -> String {
        format!("Ihre Bitte vom {}, Ihre Dateien zu löschen, ist bei uns angekommen und festgehalten.", self.day(day))
    }

    fn kept_why(&self, files: usize) -> String {
        let (what, them) =
            if files == 1 { ("Eine Datei ist", "diese Datei") } else { ("Einige Dateien sind", "diese Dateien") };
        format!(
            "{what} noch nicht gelöscht, sondern angehalten: Eine namentlich bekannte Person bei uns hat festgehalten, warum wir \
             {them} noch aufbewahren müssen, zum Beispiel wegen einer Pflicht aus Gesetz oder Vertrag, und das geht einer \
             Löschung vor. Wir bewahren vorerst weiter verschlüsselt auf:"
        )
    }

    fn kept_next(&self, files: usize) -> String {
        let (they, are) = if files == 1 { ("sie", "wird") } else { ("sie", "werden") };
        format!(
            "Sobald nichts mehr dagegen steht, {are} {they} ohne Ihr weiteres Zutun gelöscht, und Sie bekommen einen \
             unterschriebenen Beleg. Für Dateien, die hier nicht genannt sind, ändert sich dadurch nichts."
        )
    }

    fn kept_ask(&self) -> &'static str {
        "Wenn Sie mehr darüber wissen wollen oder nicht einverstanden sind, fragen Sie bitte:"
    }

    fn kept_number(&self, token: &str) -> String {
        format!("Ihre Bitte hat die Nummer {token}.")
    }

    fn receipt_below(&self, payload_type: &str) -> String {
        format!("Der unterschriebene Beleg ({payload_type}):")
    }
}
