//! French. Blanks that may not break stand before `:` and within quotes and numbers.

use jiff::civil::Date;

use super::{Words, day_of, grouped, month};
use crate::{
    location::{Location, LocationState},
    retention::Reason,
};

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub(super) struct French;

impl Words for French {
    fn tag(&self) -> &'static str {
        "fr"
    }

    fn title(&self) -> &'static str {
        "Reçu de fichiers effacés"
    }

    fn subject(&self, token: &str, follows: bool) -> String {
        if follows {
            format!("Votre reçu est complet [{token}]")
        } else {
            format!("Vos fichiers ont été effacés [{token}]")
        }
    }

    fn greeting(&self, name: &str) -> String {
        format!("Bonjour {name},")
    }

    fn what_happened(&self, files: usize, reason: Reason) -> String {
        let one = files == 1;
        let count = if one { "1 fichier".to_owned() } else { format!("{files} fichiers") };
        let why = match reason {
            Reason::TicketClosed => "parce que votre ticket de support est fermé",
            Reason::CustomerAsked { .. } => "parce que vous l'avez demandé",
            Reason::PeriodEnded => "parce que la durée convenue est écoulée",
            Reason::StaffDecided { .. } if one => "parce qu'il n'est plus nécessaire",
            Reason::StaffDecided { .. } => "parce qu'ils ne sont plus nécessaires",
        };
        format!(
            "Nous avons effacé {count} que vous nous aviez {}, {why}. Les clés ont été détruites d'abord, puis les \
             fichiers chiffrés et toutes les copies que nous avions faites. Ensuite nous avons regardé de nouveau chaque \
             endroit, et voici ce que nous avons trouvé\u{a0}:",
            if one { "confié" } else { "confiés" }
        )
    }

    fn what_followed(&self) -> &'static str {
        "Quand nous vous avons écrit au sujet des fichiers effacés, un endroit n'était pas encore clos. Il l'est maintenant. \
         Voici ce que nous avons trouvé à chaque endroit\u{a0}:"
    }

    fn bytes(&self, size: u64) -> String {
        if size < 2 { format!("{size}\u{a0}octet") } else { format!("{}\u{a0}octets", grouped(size, "\u{a0}")) }
    }

    fn day(&self, date: Date) -> String {
        let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
        format!("{day} {} {}", month(date, &MONTHS), date.year())
    }

    fn place_column(&self) -> &'static str {
        "Endroit"
    }

    fn found_column(&self) -> &'static str {
        "Ce que nous avons trouvé"
    }

    fn place(&self, location: &Location) -> &'static str {
        match location {
            Location::SealedFile => "le fichier chiffré chez nous",
            Location::KeyWrap { .. } => "la clé qui pouvait l'ouvrir",
            Location::ViewingCopy { .. } => "une copie de travail",
            Location::ForumCopy => "la copie du forum lui-même",
            Location::Backup { .. } => "la sauvegarde sur un autre disque",
            Location::DropFolder => "ce qui avait été enregistré dans le dossier de dépôt",
        }
    }

    fn found(&self, state: LocationState) -> String {
        match state {
            LocationState::Present => "présence constatée".to_owned(),
            LocationState::ErasedVerified => "effacement fait et vérifié".to_owned(),
            LocationState::KeyDestroyed => "destruction faite et vérifiée".to_owned(),
            LocationState::ExpiresOn { date } => {
                format!("expire au plus tard le {}", self.day(day_of(date)))
            }
            LocationState::RequestedNotConfirmed => "suppression demandée, pas encore confirmée".to_owned(),
            LocationState::Held => "conservation pour une raison indiquée".to_owned(),
            LocationState::NotOurs => "toujours là\u{a0}; ce n'est pas à nous de l'enlever".to_owned(),
            LocationState::Failed => "l'effacement n'a pas réussi".to_owned(),
            LocationState::Unknown => "la vérification n'a pas été possible".to_owned(),
        }
    }

    fn complete(&self) -> &'static str {
        "Ainsi, tous les endroits que nous connaissons sont clos."
    }

    fn partial(&self) -> &'static str {
        "Tous les endroits ne sont pas encore clos. Nous continuons de regarder, et vous recevrez un second reçu quand le \
         dernier le sera."
    }

    fn line(&self, place: &str, found: &str) -> String {
        format!("{place}\u{a0}: {found}")
    }

    fn how_to_check(&self, attached: bool) -> String {
        let how = if attached { "est joint" } else { "se trouve ci-dessous" };
        format!(
            "Le reçu signé {how}. Il peut être vérifié avec `custody receipt verify`, ou avec openssl et notre clé publique."
        )
    }

    fn how_to_answer(&self) -> &'static str {
        "Veuillez répondre à ce message par l'une de ces lignes\u{a0}:"
    }

    fn to_confirm(&self) -> (&'static str, &'static str) {
        ("Je confirme", "vous en avez pris note, et nous fermons l'affaire")
    }

    fn to_dispute(&self) -> (&'static str, &'static str) {
        ("Je le vois encore", "quelque chose est encore là ou n'est pas juste, et une personne regarde")
    }

    fn to_remove(&self) -> (&'static str, &'static str) {
        ("Veuillez supprimer mes fichiers", "nous effaçons aussi ce que nous avons d'autre de vous")
    }

    fn choice(&self, phrase: &str, meaning: &str) -> String {
        format!("«\u{a0}{phrase}\u{a0}»\u{a0}: {meaning}")
    }

    fn number(&self, token: &str) -> String {
        format!("Votre reçu porte le numéro {token}.")
    }

    fn waited_for_hold(&self, asked: Date, lifted: Date) -> String {
        format!(
            "Votre demande du {} a dû attendre à cause d'une suspension\u{a0}: une raison de garder les fichiers était \
             enregistrée. Elle a été levée le {}.",
            self.day(asked),
            self.day(lifted)
        )
    }

    fn kept_title(&self) -> &'static str {
        "Votre demande attend la levée d'une suspension"
    }

    fn kept_subject(&self, token: &str) -> String {
        format!("Nous avons reçu votre demande\u{a0}; une suspension garde vos fichiers pour l'instant [{token}]")
    }

    fn kept_received(&self, day: Date) -> String {
        format!("Nous avons reçu et enregistré votre demande du {} d'effacer vos fichiers.", self.day(day))
    }

    fn kept_why(&self, files: usize) -> String {
        let (what, it) = if files == 1 {
            ("Un fichier n'est pas encore effacé", "le garder")
        } else {
            ("Des fichiers ne sont pas encore effacés", "les garder")
        };
        format!(
            "{what}, à cause d'une suspension\u{a0}: une personne nommée de notre équipe a enregistré pourquoi nous devons encore \
             {it}, par exemple à cause d'un devoir légal ou contractuel, et cela passe avant l'effacement. Pour l'instant nous \
             gardons, chiffré comme avant\u{a0}:"
        )
    }

    fn kept_next(&self, files: usize) -> String {
        let they = if files == 1 { "il sera effacé" } else { "ils seront effacés" };
        format!(
            "Dès que la suspension sera levée, {they} sans autre démarche de votre part, et vous recevrez un reçu signé. Pour \
             les fichiers qui ne sont pas nommés ici, la suspension ne change rien."
        )
    }

    fn kept_ask(&self) -> &'static str {
        "Pour en savoir plus sur la suspension, ou vous y opposer, adressez-vous à\u{a0}:"
    }

    fn kept_number(&self, token: &str) -> String {
        format!("Votre demande porte le numéro {token}.")
    }

    fn receipt_below(&self, payload_type: &str) -> String {
        format!("Le reçu signé ({payload_type})\u{a0}:")
    }
}
