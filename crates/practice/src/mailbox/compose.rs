//! Writes the mails that come back to the desk, in the forms that real programs and servers give them.

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::{Timestamp, fmt::rfc2822};
use mail_parser::{HeaderValue, Message, MessageParser};

use super::{
    Letter,
    office::{DESK, HOST},
};

/// What the receiving server wrote about the author.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Signed by the author's domain.
    Pass,
    /// Not signed; the mail itself brings a line that says otherwise.
    Forged,
    /// Against the published will of the author's domain.
    Refuted,
}

/// A person's reply with the letter quoted below.
pub(super) fn reply(
    address: &str,
    letter: &Letter,
    text: &str,
    verdict: Verdict,
    now: Timestamp,
    serial: u64,
) -> (String, Vec<u8>) {
    let original = MessageParser::default().parse(&letter.raw);
    let quoted = original.as_ref().and_then(|message| message.body_text(0)).unwrap_or_default();
    let when = now.strftime("%a, %d %b %Y at %H:%M");
    let attribution = format!("On {when}, <{}> wrote:", letter.from);
    let plain = format!("{text}\n\n{attribution}\n\n{}\n", quote(&quoted));
    let html = format!(
        "<div dir=\"ltr\">{}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div>\
         <blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">{}\
         </blockquote></div>",
        escape(text),
        escape(&attribution),
        escape(&quoted),
    );

    let domain = domain_of(address);
    let id = format!("reply-{serial}@{domain}");
    let dkim = match verdict {
        Verdict::Pass => format!("dkim=pass header.d={domain}"),
        Verdict::Forged => "dkim=none".to_owned(),
        Verdict::Refuted => format!("dkim=none; dmarc=fail (p=REJECT) header.from={domain}"),
    };
    let mut raw = format!(
        "Return-Path: <{address}>\r\nAuthentication-Results: {HOST}; {dkim}\r\n\
         Received: by {HOST} with ESMTPS id practice-{serial} for <{DESK}>; {}\r\n",
        date(now)
    );
    if verdict == Verdict::Forged {
        raw.push_str(&format!("Authentication-Results: {HOST}; dkim=pass header.d={domain}\r\n"));
    }
    raw.push_str(&headers(address, &reply_address(letter, original.as_ref()), &id, letter, "Re: ", now));
    raw.push_str(&thread(letter, original.as_ref()));
    let boundary = format!("practice-alternative-{serial}");
    raw.push_str(&format!("Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n"));
    for (kind, content) in [("plain", &plain), ("html", &html)] {
        raw.push_str(&format!("--{boundary}\r\n{}", text_part(kind, content)));
    }
    raw.push_str(&format!("--{boundary}--\r\n"));
    (id, raw.into_bytes())
}

/// What an absent customer's server answers by itself.
pub(super) fn vacation(address: &str, letter: &Letter, now: Timestamp, serial: u64) -> (String, Vec<u8>) {
    let original = MessageParser::default().parse(&letter.raw);
    let domain = domain_of(address);
    let id = format!("vacation-{serial}@{domain}");
    let mut raw = format!("Return-Path: <>\r\nAuthentication-Results: {HOST}; dkim=pass header.d={domain}\r\n");
    raw.push_str(&headers(address, DESK, &id, letter, "Auto: ", now));
    raw.push_str(&thread(letter, original.as_ref()));
    raw.push_str("Auto-Submitted: auto-replied (vacation)\r\nPrecedence: bulk\r\nX-Auto-Response-Suppress: All\r\n");
    raw.push_str(&text_part("plain", "I am away until the first of the month. Yes, I will read your letter then.\n"));
    (id, raw.into_bytes())
}

/// What the last server writes when it cannot deliver.
pub(super) fn bounce(address: &str, letter: &Letter, now: Timestamp, serial: u64) -> (String, Vec<u8>) {
    let attached = format!(
        "--practice-report-{serial}\r\nContent-Description: Undelivered Message\r\nContent-Type: message/rfc822\r\n\r\n"
    );
    report(address, letter, now, serial, [attached.as_bytes(), &letter.raw, b"\r\n"].concat())
}

/// The same without any of the letter.
pub(super) fn bare_bounce(address: &str, letter: &Letter, now: Timestamp, serial: u64) -> (String, Vec<u8>) {
    report(address, letter, now, serial, Vec::new())
}

fn report(address: &str, letter: &Letter, now: Timestamp, serial: u64, attached: Vec<u8>) -> (String, Vec<u8>) {
    let id = format!("bounce-{serial}@{HOST}");
    let from = format!("MAILER-DAEMON@{HOST}");
    let boundary = format!("practice-report-{serial}");
    let mut raw = format!(
        "Return-Path: <>\r\nFrom: Mail Delivery System <{from}>\r\nTo: {DESK}\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nDate: {}\r\nMessage-ID: <{id}>\r\n\
         Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"{boundary}\"\r\n\r\n\
         --{boundary}\r\n",
        date(now)
    );
    raw.push_str(&text_part("plain", &format!("This is the mail system at {HOST}.\n\n<{address}>: unknown user.\n")));
    let name = letter.envelope_name.as_ref().map(|name| format!("Original-Envelope-Id: {name}\r\n"));
    let name = name.unwrap_or_default();
    raw.push_str(&format!(
        "--{boundary}\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n\
         {name}Reporting-MTA: dns; {HOST}\r\nArrival-Date: {}\r\n\r\n\
         Final-Recipient: rfc822; {address}\r\nOriginal-Recipient: rfc822;{address}\r\nAction: failed\r\n\
         Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <{address}> User unknown\r\n\r\n",
        date(letter.received_at)
    ));
    let mut raw = raw.into_bytes();
    raw.extend_from_slice(&attached);
    raw.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (id, raw)
}

fn headers(from: &str, to: &str, id: &str, letter: &Letter, prefix: &str, now: Timestamp) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{id}>\r\nMIME-Version: 1.0\r\n",
        encoded(&format!("{prefix}{}", letter.subject)),
        date(now)
    )
}

fn thread(letter: &Letter, original: Option<&Message<'_>>) -> String {
    let mut references = String::new();
    if let Some(HeaderValue::TextList(earlier)) = original.map(|message| message.references()) {
        references = earlier.iter().map(|id| format!("<{id}> ")).collect();
    } else if let Some(HeaderValue::Text(earlier)) = original.map(|message| message.references()) {
        references = format!("<{earlier}> ");
    }
    let id = &letter.message_id;
    format!("In-Reply-To: <{id}>\r\nReferences: {references}<{id}>\r\n")
}

fn reply_address(letter: &Letter, original: Option<&Message<'_>>) -> String {
    let asked = original.and_then(|message| message.reply_to()).and_then(|to| to.first()).and_then(|to| to.address());
    asked.unwrap_or(&letter.from).to_owned()
}

fn text_part(kind: &str, content: &str) -> String {
    let encoded = BASE64_STANDARD.encode(content.replace('\n', "\r\n"));
    let mut part = format!("Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(76));
        part.push_str(line);
        part.push_str("\r\n");
        rest = after;
    }
    part
}

/// A subject as encoded words (RFC 2047), each short enough for a line.
fn encoded(text: &str) -> String {
    if text.is_ascii() && !text.contains(|c: char| c.is_control()) && text.len() < 200 {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if word.len() + c.len_utf8() > 45 {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let words: Vec<_> = words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

fn quote(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!("> {line}")).collect();
    lines.join("\n")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>\n")
}

fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}

fn date(at: Timestamp) -> String {
    rfc2822::DateTimePrinter::new().timestamp_to_string(&at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn subjects_survive_encoding() {
        assert_eq!(encoded("Re: Plain"), "Re: Plain");
        let raw =
            format!("Subject: {}\r\n\r\n", encoded("Re: お客様のファイルを削除しました。ご確認をお願いいたします。"));
        let message = mail_parser::MessageParser::default().parse(&raw).unwrap();
        assert_eq!(message.subject(), Some("Re: お客様のファイルを削除しました。ご確認をお願いいたします。"));
    }
}
