//! What customers write, and what of it counts.
//!
//! An exact phrase acts at once. What only sounds like a request is put before a person and is never dropped.

use serde::{Deserialize, Serialize};

use crate::receipt::Answer;

/// The phrases of a desk. Compared without regard to case, spacing and punctuation at the ends of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phrases {
    /// A line that is one of these asks for removal.
    pub removal: Vec<String>,
    /// A text with one of these words ...
    pub removal_verbs: Vec<String>,
    /// ... and one of these may ask for removal.
    pub removal_things: Vec<String>,
    /// A line that is one of these confirms a receipt.
    pub confirm: Vec<String>,
    /// A text that holds one of these disputes it.
    pub dispute: Vec<String>,
}

/// What a text asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing of the kind.
    None,
    /// It sounds like a request for removal.
    MaybeRemoval,
    /// It asks for removal.
    Removal,
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            removal: owned(&[
                "please erase my files",
                "please delete my files",
                "please remove my files",
                "erase my files",
                "delete my files",
                "remove my files",
                "bitte löschen sie meine dateien",
                "bitte meine dateien löschen",
                "bitte lösche meine dateien",
                "por favor, borren mis archivos",
                "por favor borren mis archivos",
                "veuillez supprimer mes fichiers",
                "ファイルを削除してください",
            ]),
            removal_verbs: owned(&[
                "remove",
                "removal",
                "delete",
                "deletion",
                "erase",
                "erasure",
                "destroy",
                "wipe",
                "purge",
                "get rid of",
                "lösch",
                "entfern",
                "borr",
                "elimin",
                "supprim",
                "effac",
                "削除",
                "消去",
            ]),
            removal_things: owned(&[
                "file",
                "document",
                "attachment",
                "upload",
                "log",
                "dump",
                "data",
                "copy",
                "copies",
                "datei",
                "dokument",
                "anhang",
                "anhäng",
                "daten",
                "archivo",
                "fichero",
                "adjunt",
                "datos",
                "fichier",
                "pièce",
                "données",
                "ファイル",
                "添付",
                "データ",
                "文書",
            ]),
            confirm: owned(&[
                "i confirm",
                "confirmed",
                "i confirm the receipt",
                "yes, i confirm",
                "ich bestätige",
                "bestätigt",
                "confirmo",
                "confirmado",
                "je confirme",
                "confirmé",
                "確認しました",
            ]),
            dispute: owned(&[
                "i dispute",
                "i can still see",
                "is still there",
                "are still there",
                "still available",
                "not erased",
                "not deleted",
                "ich widerspreche",
                "noch da",
                "noch sichtbar",
                "nicht gelöscht",
                "todavía",
                "aún está",
                "encore là",
                "toujours là",
                "toujours visible",
                "まだ残って",
                "まだ見え",
            ]),
        }
    }
}

impl Phrases {
    /// What a customer's own words ask for.
    pub fn wish(&self, own_text: &str) -> Wish {
        if lines(own_text).any(|line| self.removal.iter().any(|phrase| normal(phrase) == line)) {
            return Wish::Removal;
        }
        let text = own_text.to_lowercase();
        let names = |words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
        if names(&self.removal_verbs) && names(&self.removal_things) { Wish::MaybeRemoval } else { Wish::None }
    }

    /// What a customer's own words answer to a receipt.
    ///
    /// A dispute beats a confirmation: "I confirm the mail, but the file is still there" must reach a person.
    pub fn answer(&self, own_text: &str) -> Answer {
        let text = normal(own_text);
        if self.dispute.iter().any(|phrase| text.contains(&normal(phrase))) {
            return Answer::Disputed;
        }
        if lines(own_text).any(|line| self.confirm.iter().any(|phrase| normal(phrase) == line)) {
            return Answer::Confirmed;
        }
        Answer::Unclear
    }
}

fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(normal).filter(|line| !line.is_empty())
}

fn normal(text: &str) -> String {
    let spaced = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.trim_matches(|edge: char| !edge.is_alphanumeric()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_phrases_act_and_others_reach_a_person() {
        let phrases = Phrases::default();
        for text in
            ["Please erase my files.", "Hello,\n\n  PLEASE   delete my files!\nThanks", "Bitte meine Dateien löschen."]
        {
            assert_eq!(phrases.wish(text), Wish::Removal, "{text:?} asks for removal");
        }
        for text in [
            "Could you remove the documents I sent?",
            "please do not delete my files yet",
            "Können Sie den Anhang entfernen?",
        ] {
            assert_eq!(phrases.wish(text), Wish::MaybeRemoval, "{text:?} must reach a person");
        }
        assert_eq!(phrases.wish("The viewer crashes when I open it."), Wish::None);
    }

    #[test]
    fn answers_are_told_apart() {
        let phrases = Phrases::default();
        assert_eq!(phrases.answer("Hi,\nI confirm.\nCarol"), Answer::Confirmed);
        assert_eq!(phrases.answer("I confirm.\nBut I can still see the file"), Answer::Disputed);
        assert_eq!(phrases.answer("Who are you?"), Answer::Unclear);
        assert_eq!(phrases.answer("I cannot say that I confirm this"), Answer::Unclear);
    }
}
