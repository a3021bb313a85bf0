//! Which rule is a file's: chosen by its thread's tags and category, its product, its customer and its own kind.

use serde::{Deserialize, Serialize};

use super::{Applies, RetentionRule, Rules};
use crate::{
    Private,
    case::{Case, Customer},
    file_kind::FileKind,
};

/// A product, and what in a thread means it. One match is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its name, by which rules name it.
    pub name: String,
    /// Threads with any of these tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Threads in any of these categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<i64>,
    /// Threads with any of these words in the title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title_words: Vec<String>,
}

/// What a rule is chosen by. Everything is the ledger's knowledge: nothing is asked of the forum.
#[derive(Clone, Copy, Debug)]
pub struct ChosenBy<'a> {
    /// The case, with its thread's tags and category and the customer's id.
    pub case: &'a Case,
    /// The thread's title, unless forgotten.
    pub title: Option<&'a Private<String>>,
    /// The customer, unless forgotten.
    pub customer: Option<&'a Customer>,
    /// The kind of the file.
    pub kind: FileKind,
}

impl Rules {
    /// The first rule that applies; [`Rules::new`] made sure that the last always does.
    pub fn chosen_for(&self, by: &ChosenBy<'_>) -> &RetentionRule {
        self.as_slice().iter().find(|rule| self.applies(&rule.applies, by)).unwrap_or_else(|| self.for_the_rest())
    }

    /// Whether any choice looks at titles: then they must be read first.
    pub fn look_at_titles(&self) -> bool {
        self.products().iter().any(|product| !product.title_words.is_empty())
    }

    /// Whether any choice looks at customers.
    pub fn look_at_customers(&self) -> bool {
        self.as_slice().iter().any(|rule| !rule.applies.customers.is_empty())
    }

    fn applies(&self, whom: &Applies, by: &ChosenBy<'_>) -> bool {
        let (tags, category) = (&by.case.labels.tags, by.case.labels.category);
        let any = |of: &[String], fits: &dyn Fn(&String) -> bool| of.is_empty() || of.iter().any(fits);
        any(&whom.tags, &|tag| tags.contains(tag))
            && (whom.categories.is_empty() || category.is_some_and(|category| whom.categories.contains(&category)))
            && any(&whom.customers, &|customer| is_customer(customer, by))
            && any(&whom.products, &|name| self.products().iter().any(|it| it.name == *name && is_about(it, by)))
            && (whom.kinds.is_empty() || whom.kinds.contains(&by.kind))
    }
}

/// Whether a thread is about this product.
fn is_about(product: &Product, by: &ChosenBy<'_>) -> bool {
    let labels = &by.case.labels;
    let title = by.title.map(|title| title.reveal().to_lowercase()).unwrap_or_default();
    product.tags.iter().any(|tag| labels.tags.contains(tag))
        || labels.category.is_some_and(|category| product.categories.contains(&category))
        || product.title_words.iter().any(|word| holds_word(&title, &word.trim().to_lowercase()))
}

/// `@example.com` is everybody with an address there, `carol@example.com` that address, 32 hexadecimal digits the customer's
/// id, and anything else a user name on the forum.
fn is_customer(named: &str, by: &ChosenBy<'_>) -> bool {
    let named = named.trim();
    let email = by.customer.and_then(|customer| customer.email.as_ref()).map(|email| email.reveal().as_str());
    if let Some(domain) = named.strip_prefix('@') {
        let theirs = email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
        return theirs.is_some_and(|theirs| same(theirs, domain));
    }
    if named.contains('@') {
        return email.is_some_and(|email| same(email, named));
    }
    let is_id = named.parse() == Ok(by.case.customer);
    is_id || by.customer.is_some_and(|customer| same(customer.username.reveal(), named))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether a word stands by itself in a text: "Atlas" is not in "Atlases". Both are lower case.
fn holds_word(text: &str, word: &str) -> bool {
    // Scripts without capitals write no spaces either: beside their letters every word stands by itself.
    let joins = |letter: char| letter.is_lowercase() || letter.is_uppercase() || letter.is_numeric();
    !word.is_empty()
        && text.match_indices(word).any(|(at, found)| {
            !text[..at].chars().next_back().is_some_and(joins)
                && !text[at + found.len()..].chars().next().is_some_and(joins)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_title_stands_by_itself() {
        for (title, word, holds) in [
            ("Atlas does not start", "atlas", true),
            ("[ATLAS] crash", "atlas", true),
            ("the atlases", "atlas", false),
            ("atlas2 crash", "atlas", false),
            ("Atlas Pro is slow", "atlas pro", true),
            ("Atlasが起動しない", "atlas", true),
            ("anything", "", false),
        ] {
            assert_eq!(holds_word(&title.to_lowercase(), word), holds, "{word:?} in {title:?}");
        }
    }
}
