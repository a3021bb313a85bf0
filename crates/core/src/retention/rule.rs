//! A retention rule: start point, period, grace and ceiling, for the files it applies to.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Product;
use crate::{file_kind::FileKind, period::Period};

/// A retention rule, as it stands in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRule {
    /// Its name in lists and reports.
    pub name: String,
    /// Which files it is for; empty means all.
    #[serde(default)]
    pub applies: Applies,
    /// From when the period counts.
    pub start: StartPoint,
    /// How long a file is kept after the start point.
    #[serde(default)]
    pub period: Period,
    /// Time between due and erasing, in which a reopening or a hold still counts.
    pub grace: Period,
    /// The longest time after arrival that a file is kept, whatever the ticket says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Period>,
    /// Grace after a customer's own request.
    #[serde(default)]
    pub request_grace: Period,
    /// What is done about the forum's own copy once ours is erased.
    #[serde(default)]
    pub forum_copy: ForumCopyRule,
}

/// What is done about the forum's own copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForumCopyRule {
    /// It is looked at; the receipt says what was found.
    #[default]
    Leave,
    /// It is taken out of the posts of the thread, where our account may do that.
    Strip,
}

/// Which files a rule is for. Within a list one match is enough; between lists all must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applies {
    /// Threads with any of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Threads in any of these categories.
    #[serde(default)]
    pub categories: Vec<i64>,
    /// Threads about any of these products.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// Any of these customers: a user name, an address, `@` and a domain, or a customer's id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub customers: Vec<String>,
    /// Files of any of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<FileKind>,
}

/// From when a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartPoint {
    /// When the ticket was first read as closed.
    TicketClosed,
    /// When the file was first seen.
    Arrival,
    /// When the customer last wrote.
    CustomerActivity,
}

/// Rules as a manager writes them, with the products that they name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBook {
    /// What in a thread means which product.
    #[serde(default, rename = "product", skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    /// The rules, asked in order; the last applies to every file.
    #[serde(rename = "rule")]
    pub rules: Vec<RetentionRule>,
}

impl From<Vec<RetentionRule>> for RuleBook {
    fn from(rules: Vec<RetentionRule>) -> Self {
        Self { products: Vec::new(), rules }
    }
}

/// The rules of a desk, in the order in which they are asked. They hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules(RuleBook);

/// Why a list of rules cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// There is none.
    #[error("there is no retention rule")]
    None,
    /// The last one does not apply to every file, so some file would have no rule.
    #[error("the last retention rule must apply to every file: leave out whom it applies to")]
    NoDefault,
    /// Nothing but a closed ticket would ever end it, so a forgotten ticket would keep files for ever.
    #[error("a rule that starts when the ticket closes needs a ceiling")]
    NoCeiling,
    /// A rule names a product that is not described, or is described twice.
    #[error("the product {0:?} is to be described once, with its tags, categories or title words")]
    Product(String),
    /// A list has an entry without any text, which would match nobody, or everybody.
    #[error("the rule {0:?} names a tag, product or customer without any text")]
    Blank(String),
}

impl Rules {
    /// Checks a list of rules.
    pub fn new(book: impl Into<RuleBook>) -> Result<Self, RulesError> {
        let book = book.into();
        let last = book.rules.last().ok_or(RulesError::None)?;
        if last.applies != Applies::default() {
            return Err(RulesError::NoDefault);
        }
        if book.rules.iter().any(|rule| rule.start == StartPoint::TicketClosed && rule.ceiling.is_none()) {
            return Err(RulesError::NoCeiling);
        }
        let described = |name: &String| book.products.iter().filter(|product| product.name == *name).count();
        let named = book.rules.iter().flat_map(|rule| &rule.applies.products);
        if let Some(name) = book.products.iter().map(|product| &product.name).chain(named).find(|it| described(it) != 1)
        {
            return Err(RulesError::Product(name.clone()));
        }
        let means_nothing = |it: &&Product| {
            let words = it.tags.iter().chain(&it.title_words).any(|word| !is_blank(word));
            is_blank(&it.name) || (!words && it.categories.is_empty())
        };
        if let Some(product) = book.products.iter().find(means_nothing) {
            return Err(RulesError::Product(product.name.clone()));
        }
        let has_blank = |rule: &&RetentionRule| {
            let Applies { tags, products, customers, .. } = &rule.applies;
            tags.iter().chain(products).any(is_blank) || customers.iter().any(|it| is_blank(it.trim_start_matches('@')))
        };
        match book.rules.iter().find(has_blank) {
            Some(rule) => Err(RulesError::Blank(rule.name.clone())),
            None => Ok(Self(book)),
        }
    }

    /// Erase 3 days after the ticket closes, and at the latest 90 days after arrival.
    pub fn usual() -> Self {
        let usual = RetentionRule {
            name: "usual".to_owned(),
            applies: Applies::default(),
            start: StartPoint::TicketClosed,
            period: Period::ZERO,
            grace: Period::days(3),
            ceiling: Some(Period::days(90)),
            request_grace: Period::ZERO,
            forum_copy: ForumCopyRule::Leave,
        };
        Self(vec![usual].into())
    }

    /// The last one, which is for every file that no other is for.
    pub fn for_the_rest(&self) -> &RetentionRule {
        let rules = self.as_slice();
        &rules[rules.len() - 1]
    }

    /// All rules.
    pub fn as_slice(&self) -> &[RetentionRule] {
        &self.0.rules
    }

    /// What in a thread means which product.
    pub fn products(&self) -> &[Product] {
        &self.0.products
    }

    /// The rules as a manager writes them.
    pub const fn book(&self) -> &RuleBook {
        &self.0
    }

    /// SHA-256 over every field of every rule and product, in hexadecimal. A rule's sentence leaves out whom it is for.
    pub fn fingerprint(&self) -> String {
        // A list of texts and numbers can always be written; if it could not, no two would be taken for the same.
        let text = serde_json_canonicalizer::to_string(&self.0).unwrap_or_default();
        hex::encode(Sha256::digest(text))
    }
}

fn is_blank(text: impl AsRef<str>) -> bool {
    text.as_ref().trim().is_empty()
}

impl fmt::Display for RetentionRule {
    /// The rule as one sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.terms().fmt(f)
    }
}
