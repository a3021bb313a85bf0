//! What the lists have in common: how words are searched for, and how conditions are put together.

use custody_core::Private;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{AnyConnection, any::AnyRow};

use crate::sql::{self, Result, Row, Value, word};

/// The conditions of a question, with the values of their placeholders.
#[derive(Default)]
pub(crate) struct Conditions {
    all: Vec<String>,
    by_words: bool,
    pub(crate) values: Vec<Value>,
}

impl Conditions {
    /// Each of these words is somewhere in what a case is searched by.
    pub(crate) fn of_case(words: &[Private<String>]) -> Self {
        let mut asked = Self::default();
        asked.words(words, |like| format!("case_words.words {like}"));
        asked
    }

    /// How many rows of a list say what in this column. Give `join` what the conditions need beside the list.
    pub(crate) async fn counted<T: DeserializeOwned>(
        self,
        on: &mut AnyConnection,
        (list, column): (&'static str, &'static str),
        join: &str,
    ) -> Result<Vec<(T, u64)>> {
        let sql = format!(
            "SELECT {list}.{column}, COUNT(*) AS listed FROM {list}{join}{} GROUP BY {list}.{column} \
             ORDER BY {list}.{column}",
            self.text(),
        );
        let read = |row: &AnyRow| {
            let row = Row::of(row, list, column);
            Ok((row.word(column)?, row.large("listed")?))
        };
        sql::all_made(on, sql, self.values, read).await
    }

    /// How many rows of a list there are.
    pub(crate) async fn count(self, on: &mut AnyConnection, list: &'static str) -> Result<u64> {
        let join = self.join_of_words(list);
        let sql = format!("SELECT COUNT(*) AS listed FROM {list}{join}{}", self.text());
        let read = |row: &AnyRow| Row::of(row, list, "listed").large("listed");
        Ok(sql::all_made(on, sql, self.values, read).await?.into_iter().next().unwrap_or_default())
    }

    /// The join with the words of cases, for a list that is counted. Without words counting goes by an index alone.
    pub(crate) fn join_of_words(&self, list: &str) -> String {
        if !self.by_words { String::new() } else { format!(" JOIN case_words ON case_words.case_id = {list}.case_id") }
    }

    /// Each of these words is somewhere in the text that `like` asks for: `{}` is the place of its pattern.
    pub(crate) fn words(&mut self, words: &[Private<String>], like: impl Fn(&str) -> String) {
        self.by_words |= !words.is_empty();
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
