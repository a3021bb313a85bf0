//! Parameters as Rails reads them: query, form and JSON merged into one tree.

use axum::body::Bytes;
use axum::http::HeaderMap;
use serde_json::{Map, Value};

/// The merged parameters of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(Map<String, Value>);

impl Params {
    /// Reads the query and the body. A body that is no form and no JSON object adds nothing.
    pub(crate) fn read(query: &str, headers: &HeaderMap, body: &Bytes) -> Self {
        let mut params = Self::default();
        params.add_form(query.as_bytes());
        let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/json") {
            if let Ok(Value::Object(object)) = serde_json::from_slice(body) {
                params.0.extend(object);
            }
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            params.add_form(body);
        }
        params
    }

    fn add_form(&mut self, form: &[u8]) {
        for (name, value) in url::form_urlencoded::parse(form) {
            self.add(&name, value.into_owned());
        }
    }

    /// Adds `name`, `name[inner]` or `name[]`.
    pub(crate) fn add(&mut self, name: &str, value: String) {
        let value = Value::String(value);
        match name.split_once('[') {
            None => {
                self.0.insert(name.to_owned(), value);
            }
            Some((outer, "]")) => {
                let list = self.0.entry(outer).or_insert_with(|| Value::Array(Vec::new()));
                if let Value::Array(items) = list {
                    items.push(value);
                }
            }
            Some((outer, inner)) => {
                let inner = inner.trim_end_matches(']');
                let object = self.0.entry(outer).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(fields) = object {
                    fields.insert(inner.to_owned(), value);
                }
            }
        }
    }

    /// A text, number or truth value as text; empty counts as absent.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text = match self.0.get(name)? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// All parameters that are numbers.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = (String, i64)> {
        self.0.keys().filter_map(|name| Some((name.clone(), self.number(name)?)))
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.text(name).as_deref() == Some("true")
    }

    pub(crate) fn under(&self, name: &str) -> Self {
        match self.0.get(name) {
            Some(Value::Object(fields)) => Self(fields.clone()),
            _ => Self::default(),
        }
    }

    /// A list of texts; a single text counts as a list of one.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(name)? {
            Value::Array(items) => Some(
                items
                    .iter()
                    .filter_map(|item| match item {
                        Value::String(text) => Some(text.clone()),
                        Value::Number(number) => Some(number.to_string()),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => self.text(name).map(|text| vec![text]),
        }
    }

    /// The parameters in one line, to recognise the same question.
    pub(crate) fn fingerprint(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}
