//! The letter as bytes: text and HTML side by side, the receipt attached if there is one.

use custody_core::ports::OutgoingLetter;
use lettre::{
    Address, Message,
    error::Error as MessageError,
    message::{
        Attachment, Body, Mailbox, MultiPart,
        header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue},
    },
};

/// Writes the letter.
pub(super) fn compose(letter: &OutgoingLetter, from: Mailbox, to: Address) -> Result<Vec<u8>, MessageError> {
    let text = MultiPart::alternative_plain_html(letter.text.reveal().clone(), letter.html.reveal().clone());
    let parts = match &letter.attachment {
        None => text,
        Some((name, content)) => {
            let name = one_line(name);
            let kind = if name.ends_with(".json") { "application/json" } else { "application/octet-stream" };
            let kind = ContentType::parse(kind).unwrap_or(ContentType::TEXT_PLAIN);
            // Base64 whatever the content: a signed file must arrive with the line ends it was signed with.
            let content = Body::new_with_encoding(content.reveal().clone(), ContentTransferEncoding::Base64)
                .map_err(|_| MessageError::NonAsciiChars)?;
            MultiPart::mixed().multipart(text).singlepart(Attachment::new(name).body(content, kind))
        }
    };
    let message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(one_line(letter.subject.reveal()))
        .message_id(Some(format!("<{}>", one_line(&letter.message_id))))
        .header(AutoSubmitted)
        .multipart(parts)?;
    Ok(message.formatted())
}

/// Tells programs on the other side not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// A title or file name may not begin a header of its own.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
