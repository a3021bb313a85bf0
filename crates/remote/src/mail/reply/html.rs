//! The words of an HTML mail, without what it quotes.

use scraper::{ElementRef, Html, Node};

/// How many tags are parsed: deep nesting costs the square of its depth.
const TAGS_MOST: usize = 20_000;

/// Never shown, or shown as somebody else's words.
const SKIPPED: [&str; 9] = ["head", "style", "script", "title", "template", "noscript", "blockquote", "svg", "select"];
/// Elements by which mail programs mark what they quote, by class.
const QUOTE_CLASSES: [&str; 6] =
    ["gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra"];
/// From here on everything is quoted, by id.
const QUOTE_STARTS: [&str; 4] =
    ["divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr", "pre", "section",
    "article", "header", "footer",
];

/// The text as a reader would see it, quotes left out. Too many tags give nothing: no person writes such a mail.
pub(super) fn to_text(html: &str) -> String {
    if html.bytes().filter(|byte| *byte == b'<').count() > TAGS_MOST {
        return String::new();
    }
    let document = Html::parse_document(html);
    let mut text = String::new();
    let mut skipping = None;
    for edge in document.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if skipping.is_none() => match node.value() {
                Node::Text(words) => push_words(&mut text, words),
                Node::Element(element) => {
                    if element.id().is_some_and(|id| QUOTE_STARTS.iter().any(|start| id.ends_with(start))) {
                        break;
                    }
                    if ElementRef::wrap(node).is_some_and(|element| is_skipped(&element)) {
                        skipping = Some(node.id());
                    } else if BLOCKS.contains(&element.name()) {
                        text.push('\n');
                    }
                }
                _ => {}
            },
            ego_tree::iter::Edge::Open(_) => {}
            ego_tree::iter::Edge::Close(node) => {
                if skipping == Some(node.id()) {
                    skipping = None;
                } else if skipping.is_none()
                    && node.value().as_element().is_some_and(|element| BLOCKS.contains(&element.name()))
                    && !text.ends_with('\n')
                {
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn is_skipped(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let style = value.attr("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    SKIPPED.contains(&value.name())
        || value.classes().any(|class| QUOTE_CLASSES.contains(&class))
        || value.attr("hidden").is_some()
        || style.contains("display:none")
}

/// Runs of white space are one blank.
fn push_words(text: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn quotes_and_hidden_words_are_left_out() {
        let html = "<html><head><title>t</title><style>p{}</style></head><body><p>Yes,&nbsp;that <b>is</b>\n fine.</p>\
                    <p style='display: none'>hidden</p><blockquote>our letter</blockquote><div>Carol</div>\
                    <div id='x_divRplyFwdMsg'>From: desk</div><p>our letter</p></body></html>";
        let lines: Vec<_> =
            to_text(html).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["Yes, that is fine.", "Carol"]);
    }

    #[test]
    fn a_mail_made_of_tags_gives_nothing_and_takes_no_time() {
        assert_eq!(to_text(&"<div>".repeat(100_000)), "");
    }
}
