//! Turns a post's source into its HTML: paragraphs, code, quotes, links and uploads.

mod inline;
mod markup;

use std::collections::{BTreeMap, BTreeSet};

use super::ids::UploadId;
use super::model::State;
use super::source::Markup;

pub(crate) use markup::source_text;

/// A post's HTML and what it refers to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cooked {
    pub html: String,
    pub uploads: BTreeSet<UploadId>,
    pub links: Vec<PostLink>,
}

/// A link counted under `link_counts`.
#[derive(Clone, Debug)]
pub(crate) struct PostLink {
    pub url: String,
    pub title: String,
    pub internal: bool,
}

/// Cooks `raw`. `forms` says how single uploads are to be shown.
pub(crate) fn cook(state: &State, raw: &str, forms: &BTreeMap<UploadId, Markup>) -> Cooked {
    let mut kitchen = Kitchen { state, forms, cooked: Cooked::default(), paragraph: Vec::new() };
    kitchen.blocks(raw);
    kitchen.cooked
}

pub(super) struct Kitchen<'a> {
    state: &'a State,
    forms: &'a BTreeMap<UploadId, Markup>,
    cooked: Cooked,
    paragraph: Vec<String>,
}

impl Kitchen<'_> {
    fn blocks(&mut self, raw: &str) {
        let mut code: Option<String> = None;
        let mut quotes = 0u32;
        for line in raw.lines() {
            let bare = line.trim();
            if bare.starts_with("```") {
                match code.take() {
                    Some(text) => {
                        let block = format!("<pre><code class=\"lang-auto\">{}</code></pre>\n", escaped(&text));
                        self.cooked.html.push_str(&block);
                    }
                    None => {
                        self.end_paragraph();
                        code = Some(String::new());
                    }
                }
            } else if let Some(text) = &mut code {
                text.push_str(line);
                text.push('\n');
            } else if let Some(head) = bare.strip_prefix("[quote=\"").and_then(|rest| rest.strip_suffix("\"]")) {
                self.end_paragraph();
                quotes += 1;
                let opening = quote_opening(head);
                self.cooked.html.push_str(&opening);
            } else if bare == "[/quote]" && quotes > 0 {
                self.end_paragraph();
                quotes -= 1;
                self.cooked.html.push_str("</blockquote>\n</aside>\n");
            } else if bare.is_empty() {
                self.end_paragraph();
            } else {
                let cooked = inline::line(self, line);
                self.paragraph.push(cooked);
            }
        }
        if let Some(text) = code {
            let block = format!("<pre><code class=\"lang-auto\">{}</code></pre>\n", escaped(&text));
            self.cooked.html.push_str(&block);
        }
        self.end_paragraph();
        for _ in 0..quotes {
            self.cooked.html.push_str("</blockquote>\n</aside>\n");
        }
        let end = self.cooked.html.trim_end().len();
        self.cooked.html.truncate(end);
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let lines = self.paragraph.join("<br>\n");
        self.paragraph.clear();
        self.cooked.html.push_str("<p>");
        self.cooked.html.push_str(&lines);
        self.cooked.html.push_str("</p>\n");
    }
}

/// `alice, post:1, topic:2` becomes the head of a quote.
fn quote_opening(head: &str) -> String {
    let mut parts = head.split(',').map(str::trim);
    let author = escaped(parts.next().unwrap_or_default());
    let mut attributes = format!("data-username=\"{author}\"");
    for part in parts {
        if let Some((name @ ("post" | "topic"), number)) = part.split_once(':')
            && number.chars().all(|digit| digit.is_ascii_digit())
        {
            attributes.push_str(&format!(" data-{name}=\"{number}\""));
        }
    }
    format!(
        "<aside class=\"quote no-group\" {attributes}>\n<div class=\"title\">\n\
         <div class=\"quote-controls\"></div>\n{author}:</div>\n<blockquote>\n"
    )
}

/// Text made safe for HTML, in content and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A size as people read it: three significant digits, units of 1024.
pub(crate) fn human_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if bytes < 1024 {
        return format!("{bytes} {}", if bytes == 1 { "Byte" } else { "Bytes" });
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        if value < 1024.0 {
            break;
        }
        value /= 1024.0;
        unit = larger;
    }
    let decimals = match value {
        0.0..10.0 => 2,
        10.0..100.0 => 1,
        _ => 0,
    };
    let number = format!("{value:.decimals$}");
    let number = if decimals > 0 { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
    format!("{number} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        for (bytes, words) in [
            (0, "0 Bytes"),
            (1, "1 Byte"),
            (1023, "1023 Bytes"),
            (1024, "1 KB"),
            (1_258_291, "1.2 MB"),
            (41_943_040, "40 MB"),
            (123_456_789, "118 MB"),
        ] {
            assert_eq!(human_size(bytes), words);
        }
    }
}
