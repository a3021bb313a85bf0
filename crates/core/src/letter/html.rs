//! The letter as HTML that is read well by day and by night, and asks for nothing from anywhere.
//!
//! All styles stand at the elements, since mail programs throw style sheets away. No colour is set but greys that are seen
//! on white and on black, so that a program's dark mode has nothing to turn into something unreadable.

use super::{Content, FileContent, hold_reply::Kept, words::Words};

const BODY: &str = "margin:0 auto;padding:1.5em 1em;max-width:38em;font-size:16px;line-height:1.55;\
                    font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans JP',sans-serif";
const TABLE: &str = "width:100%;margin:1.25em 0;table-layout:fixed;border-collapse:collapse;font-size:15px";
const CAPTION: &str = "padding:0 0 .4em;text-align:start;font-weight:600;overflow-wrap:anywhere";
const SIZE: &str = "font-weight:400;opacity:.75;white-space:nowrap";
const HEAD: &str = "padding:.35em .75em .35em 0;text-align:start;font-weight:400;font-size:13px;opacity:.75;\
                    border-bottom:2px solid rgba(128,128,128,.5)";
const CELL: &str = "padding:.45em .75em .45em 0;text-align:start;vertical-align:top;font-weight:400;\
                    border-bottom:1px solid rgba(128,128,128,.35)";
const ANSWERS: &str = "margin:0 0 1em;padding:0;list-style:none";
const ANSWER: &str = "margin:0 0 .5em;padding:.5em .75em;border:1px solid rgba(128,128,128,.5);border-radius:6px";
const END: &str = "margin-top:2em;padding-top:1em;border-top:1px solid rgba(128,128,128,.5);font-size:14px";

/// Writes it.
pub(super) fn write(content: &Content) -> String {
    let words = content.words;
    let mut body = String::new();
    paragraph(&mut body, &words.greeting(ISOLATED).replace(ISOLATED, &bdi(&content.name)));
    paragraph(&mut body, &escaped(&content.what_happened));
    for file in &content.files {
        table(&mut body, content, file);
    }
    if let Some(waited) = &content.waited {
        paragraph(&mut body, &escaped(waited));
    }
    let outcome = escaped(content.outcome());
    paragraph(&mut body, &if content.complete { outcome } else { format!("<strong>{outcome}</strong>") });
    paragraph(&mut body, &with_code(&escaped(&content.how_to_check)));
    paragraph(&mut body, &escaped(words.how_to_answer()));
    body.push_str(&format!("<ul style=\"{ANSWERS}\">\n"));
    for (phrase, meaning) in content.choices() {
        let choice = escaped(&words.choice(phrase, meaning));
        let phrase = escaped(phrase);
        let strong = format!("<strong>{phrase}</strong>");
        body.push_str(&format!("<li style=\"{ANSWER}\">{}</li>\n", choice.replacen(&phrase, &strong, 1)));
    }
    body.push_str("</ul>\n");
    paragraph(&mut body, &escaped(&words.number(&content.token)));
    body.push_str(&format!("<p style=\"{END}\">{}<br>\n{}</p>\n", bdi(&content.issuer), bdi(&content.contact)));
    page(words, words.title(), &body)
}

/// Writes what is said of a request that waits for a hold.
pub(super) fn write_kept(kept: &Kept) -> String {
    let mut body = String::new();
    paragraph(&mut body, &kept.words.greeting(ISOLATED).replace(ISOLATED, &bdi(&kept.name)));
    paragraph(&mut body, &escaped(&kept.received));
    paragraph(&mut body, &escaped(&kept.why));
    body.push_str(&format!("<ul style=\"{ANSWERS}\">\n"));
    for (file, size) in &kept.files {
        let size = escaped(size);
        body.push_str(&format!("<li style=\"{ANSWER}\">{} <span style=\"{SIZE}\">{size}</span></li>\n", bdi(file)));
    }
    body.push_str("</ul>\n");
    paragraph(&mut body, &escaped(&kept.next));
    paragraph(&mut body, &format!("{} {}", escaped(&kept.ask), bdi(&kept.contact)));
    paragraph(&mut body, &escaped(&kept.number));
    body.push_str(&format!("<p style=\"{END}\">{}</p>\n", bdi(&kept.issuer)));
    page(kept.words, kept.words.kept_title(), &body)
}

fn page(words: &dyn Words, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{}</title>\n</head>\n<body style=\"{BODY}\">\n{body}</body>\n</html>\n",
        words.tag(),
        escaped(title),
    )
}

fn table(body: &mut String, content: &Content, file: &FileContent) {
    let words = content.words;
    body.push_str(&format!(
        "<table style=\"{TABLE}\">\n<caption style=\"{CAPTION}\">{} <span style=\"{SIZE}\">{}</span></caption>\n\
         <thead><tr><th scope=\"col\" style=\"{HEAD}\">{}</th><th scope=\"col\" style=\"{HEAD}\">{}</th></tr></thead>\n<tbody>\n",
        bdi(&file.name),
        escaped(&file.size),
        escaped(words.place_column()),
        escaped(words.found_column()),
    ));
    for row in &file.rows {
        let found = escaped(&row.found);
        let found = if row.closed { found } else { format!("<strong>{found}</strong>") };
        body.push_str(&format!(
            "<tr><th scope=\"row\" style=\"{CELL}\">{}</th><td style=\"{CELL}\">{found}</td></tr>\n",
            escaped(row.place)
        ));
    }
    body.push_str("</tbody>\n</table>\n");
}

fn paragraph(body: &mut String, html: &str) {
    body.push_str(&format!("<p>{html}</p>\n"));
}

/// Stands for a name until the words around it are escaped. A name cannot hold it: control characters are shown as marks.
const ISOLATED: &str = "\u{1}";

/// A name that keeps its own reading direction to itself.
fn bdi(name: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(name))
}

/// What stands between backticks is a command.
fn with_code(html: &str) -> String {
    let mut parts = html.split('`');
    let mut marked = parts.next().unwrap_or_default().to_owned();
    while let (Some(code), Some(rest)) = (parts.next(), parts.next()) {
        marked.push_str(&format!("<code>{code}</code>{rest}"));
    }
    marked
}

/// Text in HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
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

#[cfg(test)]
mod tests {
    use super::{escaped, with_code};

    #[test]
    fn names_stay_text() {
        assert_eq!(escaped("<script>alert('x')</script>"), "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    }

    #[test]
    fn commands_are_marked() {
        assert_eq!(with_code("try `a b`, or `c`."), "try <code>a b</code>, or <code>c</code>.");
        assert_eq!(with_code("no command"), "no command");
    }
}
