//! Walks the parts of a mail within bounds.
//!
//! The structure is read here, and the mail crate decodes one text at a time: it follows attached mails to any depth, and
//! what it builds from them is freed by recursion.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::{fields::Fields, html};

/// How deep parts may lie in parts.
const DEPTH_MOST: usize = 8;
/// How many parts are looked at.
const PARTS_MOST: usize = 64;
/// How long a header may be, in bytes.
const HEAD_MOST: usize = 256 * 1024;
/// How much of one text is decoded, in bytes before decoding.
const TEXT_MOST: usize = 512 * 1024;
/// How much text all parts together may give, in bytes.
const WORDS_MOST: usize = 512 * 1024;

/// A mail or a part of one.
pub(super) struct Part<'a> {
    pub(super) head: &'a [u8],
    pub(super) fields: Fields,
    pub(super) kind: Kind,
    body: &'a [u8],
}

/// What a part says it is.
#[derive(Debug)]
pub(super) struct Kind {
    /// Such as `text/plain`, in small letters.
    pub(super) name: String,
    /// The `report-type` of a report.
    pub(super) report: Option<String>,
    boundary: Option<String>,
    charset: String,
    encoding: &'static str,
    attached: bool,
}

/// What the walk brought.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The text that a person would read first.
    pub(super) text: String,
    /// The delivery status of a report.
    pub(super) status: Option<String>,
    /// The header of the letter that a report is about.
    pub(super) original: Option<Fields>,
}

impl<'a> Part<'a> {
    pub(super) fn read(raw: &'a [u8]) -> Self {
        let (head, body) = split(raw);
        let head = &head[..head.len().min(HEAD_MOST)];
        Self { head, fields: Fields::read(head), kind: kind(head), body }
    }
}

/// Collects what matters from all parts.
pub(super) fn walk(root: &Part<'_>) -> Found {
    let mut walk = Walk { parts_left: PARTS_MOST, words_left: WORDS_MOST, found: Found::default() };
    walk.found.text = walk.part(root, 0).into_text();
    walk.found
}

struct Walk {
    parts_left: usize,
    words_left: usize,
    found: Found,
}

enum Text {
    Nothing,
    Plain(String),
    FromHtml(String),
}

impl Text {
    fn into_text(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Plain(text) | Self::FromHtml(text) => text,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Plain(text) | Self::FromHtml(text) => text.trim().is_empty(),
        }
    }
}

impl Walk {
    fn part(&mut self, part: &Part<'_>, depth: usize) -> Text {
        if self.parts_left == 0 || depth > DEPTH_MOST {
            return Text::Nothing;
        }
        self.parts_left -= 1;
        let kind = &part.kind;
        match kind.name.as_str() {
            "message/delivery-status" | "message/global-delivery-status" => {
                self.found.status.get_or_insert_with(|| decoded(kind, part.body));
                Text::Nothing
            }
            // Never opened for its words: only its header, to know our own letter by.
            "message/rfc822"
            | "message/global"
            | "text/rfc822-headers"
            | "message/rfc822-headers"
            | "message/global-headers" => {
                let inner = decoded(kind, part.body);
                let (head, _) = split(inner.as_bytes());
                self.found.original.get_or_insert_with(|| Fields::read(&head[..head.len().min(HEAD_MOST)]));
                Text::Nothing
            }
            name if name.starts_with("multipart/") => match &kind.boundary {
                Some(boundary) => self.multipart(name, part.body, boundary, depth),
                None => Text::Nothing,
            },
            _ if kind.attached => Text::Nothing,
            "text/plain" => Text::Plain(self.words(decoded(kind, part.body))),
            "text/html" => Text::FromHtml(self.words(html::to_text(&decoded(kind, part.body)))),
            _ => Text::Nothing,
        }
    }

    fn multipart(&mut self, name: &str, body: &[u8], boundary: &str, depth: usize) -> Text {
        let parts = pieces(body, boundary.as_bytes(), self.parts_left);
        let texts: Vec<Text> = parts.into_iter().map(|raw| self.part(&Part::read(raw), depth + 1)).collect();
        let mut texts = texts.into_iter().filter(|text| !text.is_blank());
        match name {
            "multipart/alternative" => {
                let mut best = Text::Nothing;
                for text in texts {
                    match (&best, &text) {
                        (Text::Nothing, _) | (Text::FromHtml(_), Text::Plain(_)) => best = text,
                        _ => {}
                    }
                }
                best
            }
            "multipart/report" | "multipart/related" => texts.next().unwrap_or(Text::Nothing),
            // Mail programs cut one text in pieces around an attachment.
            _ => {
                let all: Vec<String> = texts.map(Text::into_text).collect();
                if all.is_empty() { Text::Nothing } else { Text::Plain(all.join("\n")) }
            }
        }
    }

    fn words(&mut self, mut text: String) -> String {
        text.truncate(text.floor_char_boundary(self.words_left));
        self.words_left -= text.len();
        text
    }
}

/// The raw parts between the boundaries. What stands before the first and after the last is for nobody.
fn pieces<'a>(body: &'a [u8], boundary: &[u8], most: usize) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (None, 0);
    while at < body.len() && pieces.len() < most {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |length| at + length + 1);
        let rest = body[at..end].strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary));
        let last = match rest.map(<[u8]>::trim_ascii_end) {
            Some(b"") => Some(false),
            Some(b"--") => Some(true),
            _ => None,
        };
        if let Some(last) = last {
            if let Some(start) = start {
                pieces.push(&body[start..at]);
            }
            start = (!last).then_some(end);
            if last {
                break;
            }
        }
        at = end;
    }
    // A mail that was cut has no last boundary.
    if let Some(start) = start.filter(|start| *start < body.len())
        && pieces.len() < most
    {
        pieces.push(&body[start..]);
    }
    pieces
}

/// Header and body. The empty line belongs to neither.
fn split(raw: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while at < raw.len() {
        let end = raw[at..].iter().position(|byte| *byte == b'\n').map_or(raw.len(), |length| at + length + 1);
        if matches!(&raw[at..end], b"\n" | b"\r\n") {
            return (&raw[..at], &raw[end..]);
        }
        at = end;
    }
    (raw, &[])
}

fn kind(head: &[u8]) -> Kind {
    let message = MessageParser::default().parse_headers(head);
    let part = message.as_ref().and_then(|message| message.parts.first());
    let content = part.and_then(|part| part.content_type());
    let attribute = |name| content.and_then(|content| content.attribute(name)).map(str::to_owned);
    let name = content.map(|content| match content.subtype() {
        Some(subtype) => format!("{}/{subtype}", content.ctype()).to_ascii_lowercase(),
        None => content.ctype().to_ascii_lowercase(),
    });
    let encoding = part.and_then(|part| part.content_transfer_encoding()).unwrap_or_default();
    let encoding = match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => "base64",
        "quoted-printable" => "quoted-printable",
        _ => "8bit",
    };
    let charset = attribute("charset").unwrap_or_default();
    let clean =
        charset.len() <= 40 && charset.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte));
    Kind {
        name: name.unwrap_or_else(|| "text/plain".to_owned()),
        report: attribute("report-type").map(|report| report.to_ascii_lowercase()),
        boundary: attribute("boundary").filter(|boundary| !boundary.is_empty() && boundary.len() <= 200),
        charset: if clean && !charset.is_empty() { charset } else { "utf-8".to_owned() },
        encoding,
        attached: part.and_then(|part| part.content_disposition()).is_some_and(|how| how.is_attachment()),
    }
}

/// A text without its transfer encoding and character set. The crate is shown nothing but a plain text.
fn decoded(kind: &Kind, body: &[u8]) -> String {
    let mut leaf = format!(
        "Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n",
        kind.charset, kind.encoding
    )
    .into_bytes();
    leaf.extend_from_slice(&body[..body.len().min(TEXT_MOST)]);
    let message = MessageParser::default().parse(&leaf);
    match message.and_then(|message| message.parts.into_iter().next()).map(|part| part.body) {
        Some(PartType::Text(text) | PartType::Html(text)) => text.into_owned(),
        _ => String::new(),
    }
}
