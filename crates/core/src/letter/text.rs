//! The letter as plain text, for a mail program or for the thread.

use super::{Content, hold_reply::Kept};

/// Where the text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// As it is.
    Mail,
    /// By a forum that takes it for Markdown.
    Thread,
}

/// Writes it. Every name stands isolated (U+2068, U+2069), so that one from right to left turns nothing around it.
pub(super) fn write(content: &Content, place: Place) -> String {
    let words = content.words;
    let name = |name: &str| set_apart(name, place);
    // A mention works only as it is typed; the forum allows nothing in a user name that needs escaping but `_`.
    let greeted = if place == Place::Thread { content.name.clone() } else { name(&content.name) };
    let mut text = format!("{}\n\n{}\n\n", words.greeting(&greeted), content.what_happened);
    for file in &content.files {
        text.push_str(&format!("  * {} ({})\n", name(&file.name), file.size));
        for row in &file.rows {
            text.push_str(&format!("      - {}\n", words.line(row.place, &row.found)));
        }
    }
    if let Some(waited) = &content.waited {
        text.push_str(&format!("\n{waited}\n"));
    }
    text.push_str(&format!("\n{}\n\n{}\n\n{}\n\n", content.outcome(), content.how_to_check, words.how_to_answer()));
    for (phrase, meaning) in content.choices() {
        text.push_str(&format!("  * {}\n", words.choice(phrase, meaning)));
    }
    text.push_str(&format!("\n{}\n\n", words.number(&content.token)));
    text.push_str(&format!("{}\n{}\n", name(&content.issuer), name(&content.contact)));
    text
}

/// Writes what is said of a request that waits for a hold.
pub(super) fn write_kept(kept: &Kept, place: Place) -> String {
    let name = |name: &str| set_apart(name, place);
    let greeted = if place == Place::Thread { kept.name.clone() } else { name(&kept.name) };
    let mut text = format!("{}\n\n{}\n\n{}\n\n", kept.words.greeting(&greeted), kept.received, kept.why);
    for (file, size) in &kept.files {
        text.push_str(&format!("  * {} ({size})\n", name(file)));
    }
    text.push_str(&format!("\n{}\n\n{} {}\n\n", kept.next, kept.ask, name(&kept.contact)));
    text.push_str(&format!("{}\n\n{}\n", kept.number, name(&kept.issuer)));
    text
}

fn set_apart(name: &str, place: Place) -> String {
    match place {
        Place::Mail => isolated(name),
        Place::Thread => isolated(&escaped(name)),
    }
}

fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// Every mark that Markdown may take for more than itself, kept from it.
fn escaped(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_punctuation() {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}
