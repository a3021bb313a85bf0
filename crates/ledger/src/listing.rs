//! What the lists have in common: how words are searched for, and how conditions are put together.

use custody_core::Private;
use serde::Serialize;

use crate::sql::{Result, Value, word};

/// The conditions of a question, with the values of their placeholders.
#[derive(Default)]
pub(crate) struct Conditions {
    all: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Each of these words is somewhere in the text that `like` asks for: `{}` is the place of its pattern.
    pub(crate) fn words(&mut self, words: &[Private<String>], like: impl Fn(&str) -> String) {
        for word in words {
            let place = self.value(containing(word));
            self.all.push(like(&format!("LIKE {place} ESCAPE '\\'")));
        }
    }

    /// The column says one of these; anything if there is none.
    pub(crate) fn one_of<T: Serialize>(&mut self, column: &str, allowed: &[T]) -> Result<()> {
        if !allowed.is_empty() {
            let mut places = Vec::new();
            for it in allowed {
                places.push(self.value(word(it)?));
            }
            self.all.push(format!("{column} IN ({})", places.join(", ")));
        }
        Ok(())
    }

    pub(crate) fn that(&mut self, condition: impl Into<String>) {
        self.all.push(condition.into());
    }

    /// A value, as the place at which it is bound.
    pub(crate) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// ` WHERE …`, or nothing.
    pub(crate) fn text(&self) -> String {
        if self.all.is_empty() { String::new() } else { format!(" WHERE {}", self.all.join(" AND ")) }
    }
}

/// A pattern for texts that have this one in them. What a person typed is no pattern itself.
fn containing(word: &Private<String>) -> String {
    let mut pattern = String::from("%");
    for letter in word.reveal().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
