//! The source text of a post without an attachment.

/// What stands in its place, so that the thread still makes sense.
const INSTEAD: &str = "(attachment erased)";
/// A size as the forum writes it behind an attachment: ` (1.2 MB)`.
const LONGEST_SIZE: usize = 24;

/// The text without every link, image and tag that holds one of these marks; `None` if none does.
pub(super) fn without(raw: &str, marks: &[String]) -> Option<String> {
    let mut text = raw.to_owned();
    let mut changed = false;
    let mut from = 0;
    while let Some((at, length)) = next(&text, from, marks) {
        let (start, end) = span(&text, at, at + length);
        text.replace_range(start..end, INSTEAD);
        from = start + INSTEAD.len();
        changed = true;
    }
    changed.then_some(text)
}

/// The first mark that stands for itself: part of a longer number it is another upload's.
fn next(text: &str, from: usize, marks: &[String]) -> Option<(usize, usize)> {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    marks
        .iter()
        .flat_map(|mark| text[from..].match_indices(mark.as_str()).map(|(at, mark)| (from + at, mark.len())))
        .filter(|(at, length)| {
            !is_part(text[..*at].chars().next_back()) && !is_part(text[at + length..].chars().next())
        })
        .min()
}

/// The markup around a mark: an image or a link with its label, a tag, or the bare address.
fn span(text: &str, start: usize, end: usize) -> (usize, usize) {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    link(text, line, line_end, start, end)
        .or_else(|| tag(text, line, line_end, start, end))
        .unwrap_or_else(|| bare(text, line, line_end, start, end))
}

/// `[label](…mark…) (1.2 MB)`, also with brackets in the label: names of files are written there as they are.
fn link(text: &str, line: usize, line_end: usize, start: usize, end: usize) -> Option<(usize, usize)> {
    let opens = line + text[line..start].rfind("](")?;
    if text[opens + 2..start].contains(')') {
        return None;
    }
    let closes = end + text[end..line_end].find(')')? + 1;
    let mut depth = 1;
    let mut label = None;
    for (at, letter) in text[line..opens].char_indices().rev() {
        match letter {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            label = Some(line + at);
            break;
        }
    }
    // A name with brackets that do not match: as far as the line goes, rather than leave a part of it.
    let label = label.or_else(|| text[line..opens].find('[').map(|at| line + at))?;
    let label = if text[line..label].ends_with('!') { label - 1 } else { label };
    Some((label, closes + size(&text[closes..line_end])))
}

fn size(after: &str) -> usize {
    let Some(inner) = after.strip_prefix(" (") else { return 0 };
    match inner.find(')') {
        Some(at) if at <= LONGEST_SIZE && inner[..at].contains(|letter: char| letter.is_numeric()) => 2 + at + 1,
        _ => 0,
    }
}

/// `<a href="…mark…">label</a>` or `<img src="…mark…">`.
fn tag(text: &str, line: usize, line_end: usize, start: usize, end: usize) -> Option<(usize, usize)> {
    let opens = line + text[line..start].rfind('<')?;
    if text[opens..start].contains('>') {
        return None;
    }
    let closes = end + text[end..line_end].find('>')? + 1;
    let is_link = text[opens..].len() > 2 && text[opens + 1..].to_ascii_lowercase().starts_with("a ");
    let whole = is_link.then(|| text[closes..line_end].to_ascii_lowercase().find("</a>")).flatten();
    Some((opens, whole.map_or(closes, |at| closes + at + "</a>".len())))
}

fn bare(text: &str, line: usize, line_end: usize, start: usize, end: usize) -> (usize, usize) {
    let from = text[line..start].rfind(char::is_whitespace).map_or(line, |at| {
        let at = line + at;
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let to = text[end..line_end].find(char::is_whitespace).map_or(line_end, |at| end + at);
    (from, to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: &str = "r3AYqESanERjladb4vBB7VsMBm6";

    fn stripped(raw: &str) -> String {
        without(&raw.replace("KEY", KEY), &[KEY.to_owned(), "bda2c513".to_owned()]).unwrap()
    }

    #[test]
    fn every_form_of_an_attachment_goes_and_the_words_around_it_stay() {
        for (raw, expected) in [
            ("See [report.zip|attachment](upload://KEY.zip) (1.2 MB) please.", "See (attachment erased) please."),
            ("![shot|690x388](upload://KEY.png)\nThanks", "(attachment erased)\nThanks"),
            ("![shot|690x388, 50%](upload://KEY.png)", "(attachment erased)"),
            ("[a [b] c].zip|attachment](upload://KEY.zip) (3 KB)", "(attachment erased)"),
            (
                "[x](https://other.example) [r|attachment](upload://KEY.zip)",
                "[x](https://other.example) (attachment erased)",
            ),
            (
                "Look: <a class=\"attachment\" href=\"/uploads/short-url/KEY.zip\">r.zip</a> now",
                "Look: (attachment erased) now",
            ),
            ("<img src=\"upload://KEY.png\"> here", "(attachment erased) here"),
            ("at /uploads/default/original/2X/b/bda2c513.zip it lies", "at (attachment erased) it lies"),
            ("ファイル [記録.zip|attachment](upload://KEY.zip) (1.2 MB) です", "ファイル (attachment erased) です"),
            ("[r|attachment](upload://KEY.zip) (as agreed)", "(attachment erased) (as agreed)"),
            (
                "[a|attachment](upload://KEY.zip) and [b|attachment](upload://KEY.zip)",
                "(attachment erased) and (attachment erased)",
            ),
        ] {
            assert_eq!(stripped(raw), expected, "{raw}");
        }
    }

    #[test]
    fn another_upload_stays() {
        let raw = format!("[a|attachment](upload://{KEY}x.zip) [b|attachment](upload://1Eg9p8rrCURq4T3a6iJUk0ri6.zip)");
        assert_eq!(without(&raw, &[KEY.to_owned()]), None);
    }

    proptest! {
        #[test]
        fn no_text_keeps_the_mark(before in ".{0,40}", middle in "[\\[\\]()<>!a \n]{0,20}", after in ".{0,40}") {
            let raw = format!("{before} {middle} upload://{KEY}.zip {after}");
            let left = without(&raw, &[KEY.to_owned()]).unwrap();
            prop_assert!(!left.contains(KEY));
        }
    }
}
