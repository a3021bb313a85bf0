//! One line of a post: code spans, uploads, links, the little raw HTML that forums let through.

use super::{Kitchen, PostLink, escaped, markup};

/// Cooks one line.
pub(super) fn line(kitchen: &mut Kitchen<'_>, text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_at_word = text[..text.len() - rest.len()].chars().next_back().is_none_or(|last| !last.is_alphanumeric());
        let piece = code_span(rest).or_else(|| bracketed(kitchen, rest)).or_else(|| raw_anchor(rest));
        let piece = piece.or_else(|| if is_at_word { bare_link(kitchen, rest) } else { None });
        if let Some((piece, after)) = piece {
            html.push_str(&piece);
            rest = after;
        } else {
            let mut characters = rest.chars();
            let first: String = characters.by_ref().take(1).collect();
            html.push_str(&escaped(&first));
            rest = characters.as_str();
        }
    }
    html
}

fn code_span(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('`')?;
    let (code, after) = inner.split_once('`')?;
    Some((format!("<code>{}</code>", escaped(code)), after))
}

/// `[label](target)` or `![label](target)`. Brackets in the label must balance, as in Markdown:
/// a file name with a lone `]` breaks its own link.
fn bracketed<'t>(kitchen: &mut Kitchen<'_>, text: &'t str) -> Option<(String, &'t str)> {
    let (image, inner) = match text.strip_prefix('!') {
        Some(rest) => (true, rest.strip_prefix('[')?),
        None => (false, text.strip_prefix('[')?),
    };
    let end = closing_bracket(inner)?;
    let label = inner.get(..end)?;
    let after = inner.get(end + 1..)?.strip_prefix('(')?;
    let (target, after) = after.split_once(')')?;
    if let Some(short) = target.strip_prefix("upload://") {
        return Some((markup::upload(kitchen, label, short, image), after));
    }
    if image || !(target.starts_with("https://") || target.starts_with("http://") || target.starts_with('/')) {
        return None;
    }
    kitchen.cooked.links.push(PostLink {
        url: target.to_owned(),
        title: label.to_owned(),
        internal: target.starts_with('/'),
    });
    Some((format!("<a href=\"{}\">{}</a>", escaped(target), escaped(label)), after))
}

/// An address in the text becomes a link, without the punctuation that ends the sentence.
fn bare_link<'t>(kitchen: &mut Kitchen<'_>, text: &'t str) -> Option<(String, &'t str)> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
    kitchen.cooked.links.push(PostLink { url: url.to_owned(), title: url.to_owned(), internal: false });
    Some((format!("<a href=\"{0}\" rel=\"noopener nofollow ugc\">{0}</a>", escaped(url)), &text[url.len()..]))
}

fn closing_bracket(text: &str) -> Option<usize> {
    let mut open = 0u32;
    for (index, character) in text.char_indices() {
        match character {
            '[' => open += 1,
            ']' if open == 0 => return Some(index),
            ']' => open -= 1,
            _ => {}
        }
    }
    None
}

/// `<a class="attachment" href="/uploads/…">name</a>`, written by hand. Anything else is escaped.
fn raw_anchor(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix("<a class=\"attachment\" href=\"")?;
    let (href, inner) = inner.split_once("\">")?;
    let (label, after) = inner.split_once("</a>")?;
    let harmless = href.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-:?=".contains(&byte));
    if !harmless || href.starts_with("javascript") {
        return None;
    }
    Some((format!("<a class=\"attachment\" href=\"{href}\">{}</a>", escaped(label)), after))
}
