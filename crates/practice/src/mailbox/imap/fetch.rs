//! Writes what FETCH asks for.

use std::collections::BTreeSet;

use super::command::Numbers;
use crate::mailbox::office::Kept;

/// One thing that is asked of a letter.
pub(super) enum Item {
    Flags,
    Uid,
    InternalDate,
    Size,
    Body { label: String, section: Section, peek: bool, partial: Option<(usize, usize)> },
}

/// Which bytes of a letter.
pub(super) enum Section {
    Whole,
    Header,
    Text,
    Fields { names: Vec<String>, except: bool },
}

/// Whether asking for this counts as reading the letter.
pub(super) const fn marks_seen(item: &Item) -> bool {
    matches!(item, Item::Body { peek: false, .. })
}

/// Writes one FETCH line. `flags` are told when the command changed them.
pub(super) fn answer(
    out: &mut Vec<u8>,
    number: u32,
    kept: &Kept,
    by: Numbers,
    items: &[Item],
    flags: Option<BTreeSet<String>>,
) {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    if by == Numbers::Uid || items.iter().any(|item| matches!(item, Item::Uid)) {
        parts.push(format!("UID {}", kept.uid).into_bytes());
    }
    if flags.is_some() || items.iter().any(|item| matches!(item, Item::Flags)) {
        let flags = flags.as_ref().unwrap_or(&kept.flags);
        let words: Vec<_> = flags.iter().map(String::as_str).collect();
        parts.push(format!("FLAGS ({})", words.join(" ")).into_bytes());
    }
    for item in items {
        match item {
            Item::Flags | Item::Uid => {}
            Item::InternalDate => {
                let date = kept.letter.received_at;
                parts.push(format!("INTERNALDATE \"{}\"", date.strftime("%d-%b-%Y %H:%M:%S +0000")).into_bytes());
            }
            Item::Size => parts.push(format!("RFC822.SIZE {}", kept.letter.raw.len()).into_bytes()),
            Item::Body { label, section, partial, .. } => {
                let bytes = section_of(&kept.letter.raw, section);
                let bytes = match *partial {
                    None => &bytes[..],
                    Some((from, count)) => {
                        let from = from.min(bytes.len());
                        &bytes[from..from.saturating_add(count).min(bytes.len())]
                    }
                };
                let mut part = format!("{label} {{{}}}\r\n", bytes.len()).into_bytes();
                part.extend_from_slice(bytes);
                parts.push(part);
            }
        }
    }
    out.extend_from_slice(format!("* {number} FETCH (").as_bytes());
    out.extend_from_slice(&parts.join(&b' '));
    out.extend_from_slice(b")\r\n");
}

fn section_of(raw: &[u8], section: &Section) -> Vec<u8> {
    let (header, text) = raw.split_at(header_length(raw));
    match section {
        Section::Whole => raw.to_vec(),
        Section::Header => header.to_vec(),
        Section::Text => text.to_vec(),
        Section::Fields { names, except } => {
            let mut wanted: Vec<u8> = fields(header)
                .filter(|(name, _)| names.contains(name) != *except)
                .flat_map(|(_, field)| field.iter().copied())
                .collect();
            wanted.extend_from_slice(b"\r\n");
            wanted
        }
    }
}

/// How long the header is, with the empty line after it.
pub(super) fn header_length(raw: &[u8]) -> usize {
    raw.windows(4).position(|window| window == b"\r\n\r\n").map_or(raw.len(), |at| at + 4)
}

/// Each header field with its small-letter name, folded lines included.
pub(super) fn fields(header: &[u8]) -> impl Iterator<Item = (String, &[u8])> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let mut end = 0;
        loop {
            end += rest[end..].iter().position(|byte| *byte == b'\n')? + 1;
            if !matches!(rest.get(end), Some(b' ' | b'\t')) {
                break;
            }
        }
        let (field, after) = rest.split_at(end);
        rest = after;
        let name = field.split(|byte| *byte == b':').next().unwrap_or_default();
        Some((String::from_utf8_lossy(name).trim().to_ascii_lowercase(), field))
    })
    .filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Section, section_of};

    const RAW: &[u8] = b"From: a@b\r\nSubject: one\r\n two\r\nTo: c@d\r\n\r\nText\r\n";

    #[test]
    fn sections_are_cut_where_they_end() {
        let fields =
            |names: &[&str], except| Section::Fields { names: names.iter().map(|n| (*n).to_owned()).collect(), except };
        assert_eq!(section_of(RAW, &Section::Text), b"Text\r\n");
        assert_eq!(section_of(RAW, &fields(&["subject"], false)), b"Subject: one\r\n two\r\n\r\n");
        assert_eq!(section_of(RAW, &fields(&["subject"], true)), b"From: a@b\r\nTo: c@d\r\n\r\n");
    }
}
