//! What customers write, and what of it counts.
//!
//! An exact phrase acts at once. What only sounds like a request is put before a person and is never dropped. A negation
//! never confirms.

mod defaults;
mod sentences;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use self::sentences::{Courtesies, Negations, Sentence, plain, sentences, without_courtesies};
use crate::receipt::Answer;

/// The phrases of a desk. Compared sentence by sentence, without regard to case, spacing, punctuation and courtesies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Phrases {
    /// A sentence that is one of these asks for removal.
    pub removal: Vec<String>,
    /// A text with one of these words ...
    pub removal_verbs: Vec<String>,
    /// ... and one of these may ask for removal.
    pub removal_things: Vec<String>,
    /// A sentence that is one of these confirms a receipt.
    pub confirm: Vec<String>,
    /// A sentence with one of these words and a negation takes a confirmation back.
    pub confirm_verbs: Vec<String>,
    /// A text that holds one of these disputes it.
    pub dispute: Vec<String>,
    /// Words beside which nothing confirms. A `*` at an end stands for any letters.
    pub negations: Vec<String>,
    /// What may stand around a phrase, between commas. A word `*` at the end stands for up to three words.
    pub courtesies: Vec<String>,
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

impl Default for Phrases {
    fn default() -> Self {
        defaults::phrases()
    }
}

impl Phrases {
    /// What a customer's own words ask for.
    pub fn wish(&self, own_text: &str) -> Wish {
        let (verbs, things) = (small(&self.removal_verbs), small(&self.removal_things));
        let courtesies = Courtesies::new(&self.courtesies);
        let sentences = sentences(own_text, &courtesies);
        let negations = Negations::new(&self.negations);
        let taken_back = |sentence: &Sentence| sentence.holds(&verbs) && negations.stand_in(sentence);
        if says(&sentences, &self.removal, &courtesies).is_some() && !sentences.iter().any(taken_back) {
            return Wish::Removal;
        }
        // In the text as it came: what the sentences leave out may still be a request.
        let text = own_text.to_lowercase();
        let names = |words: &[String]| words.iter().any(|word| text.contains(word));
        if names(&verbs) && names(&things) { Wish::MaybeRemoval } else { Wish::None }
    }

    /// What a customer's own words answer to a receipt.
    ///
    /// A dispute beats a confirmation: "I confirm the mail, but the file is still there" must reach a person. So must a
    /// confirmation with a negation in the same paragraph, or with one beside a word of confirming anywhere.
    pub fn answer(&self, own_text: &str) -> Answer {
        let courtesies = Courtesies::new(&self.courtesies);
        let sentences = sentences(own_text, &courtesies);
        let disputes = small(&self.dispute);
        if sentences.iter().any(|sentence| sentence.holds(&disputes)) {
            return Answer::Disputed;
        }
        let Some(said) = says(&sentences, &self.confirm, &courtesies) else { return Answer::Unclear };
        let (verbs, negations) = (small(&self.confirm_verbs), Negations::new(&self.negations));
        let taken_back = |sentence: &Sentence| {
            (sentence.paragraph == said.paragraph || sentence.holds(&verbs)) && negations.stand_in(sentence)
        };
        if sentences.iter().any(taken_back) { Answer::Unclear } else { Answer::Confirmed }
    }
}

/// The first sentence that is one of these phrases and nothing more.
fn says<'a>(sentences: &'a [Sentence], phrases: &[String], courtesies: &Courtesies) -> Option<&'a Sentence> {
    let phrases: HashSet<String> = phrases.iter().map(|phrase| without_courtesies(phrase, courtesies)).collect();
    sentences.iter().find(|sentence| !sentence.asks && phrases.contains(&sentence.core))
}

/// As sentences are compared; an empty word is no word.
fn small(words: &[String]) -> Vec<String> {
    words.iter().map(|word| plain(word)).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests;
