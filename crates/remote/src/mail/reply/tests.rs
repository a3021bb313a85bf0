//! Mails as hostile and as odd as they come.

use custody_core::ports::MailNature;
use proptest::prelude::*;

use super::read_mail;

const ID: Option<&str> = Some("mail.support.example");

fn own_text(raw: &str) -> String {
    read_mail(raw.replace('\n', "\r\n").as_bytes(), ID).own_text.into_revealed()
}

#[test]
fn the_plain_text_is_taken_before_the_html() {
    let mail = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>HTML</p>\n\
                --b\nContent-Type: text/plain\n\nPlain\n--b--\n";
    assert_eq!(own_text(mail), "Plain");
    assert_eq!(own_text(&mail.replace("Plain", "  ")), "HTML", "an empty text is no text");
}

#[test]
fn a_text_around_an_attachment_is_one_text() {
    let mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nBefore\n--b\nContent-Type: text/plain\n\
                Content-Disposition: attachment; filename=log.txt\n\nThe log\n--b\nContent-Type: text/plain\n\nAfter\n--b--\n";
    assert_eq!(own_text(mail), "Before\n\nAfter");
}

#[test]
fn texts_are_decoded_by_their_own_character_set() {
    let mail = "Content-Type: text/plain; charset=iso-2022-jp\nContent-Transfer-Encoding: base64\n\nGyRCJE8kJBsoQg==\n";
    assert_eq!(own_text(mail), "はい");
    let mail = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nBest=E4tigt=\n!\n";
    assert_eq!(own_text(mail), "Bestätigt!");
}

#[test]
fn an_attached_mail_says_nothing_for_its_sender() {
    let mail = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n\
                Subject: x\n\nYes, confirmed.\n--b--\n";
    assert_eq!(own_text(mail), "See below.");
}

#[test]
fn html_alone_is_read_without_what_it_quotes() {
    let mail = "Content-Type: text/html; charset=utf-8\n\n<div>Yes &amp; thanks</div>\n\
                <div><b>From:</b> Desk<br><b>Sent:</b> Monday<br><b>To:</b> Carol<br><b>Subject:</b> x</div><p>our letter</p>";
    assert_eq!(own_text(mail), "Yes & thanks");
}

#[test]
fn programs_are_told_from_people() {
    let nature = |header: &str| read_mail(format!("From: c@d\r\n{header}\r\n\r\nYes.\r\n").as_bytes(), ID).nature;
    for header in [
        "Auto-Submitted: auto-replied (vacation)",
        "auto-submitted: AUTO-GENERATED",
        "Precedence: bulk",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "Return-Path: < >",
        "List-Id: <news.example>",
        "Content-Type: multipart/report; boundary=b; report-type=disposition-notification",
    ] {
        assert_eq!(nature(header), MailNature::Automatic, "{header} is a program's");
    }
    for header in ["Auto-Submitted: no", "Return-Path: <c@d>", "Precedence: normal", "X-Mailer: any"] {
        assert_eq!(nature(header), MailNature::Personal, "{header} is a person's");
    }
}

#[test]
fn a_report_is_a_bounce_only_if_something_failed() {
    let report = |action: &str, status: &str, kind: &str| {
        let raw = format!(
            "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; c@d\n\
             Action: {action}\nStatus: {status}\n\n--b\nContent-Type: {kind}\n\nMessage-ID: <r1@support.example>\n\
             Subject: x\n\nYes, confirmed.\n--b--\n"
        );
        read_mail(raw.as_bytes(), ID).nature
    };
    let original = Some("r1@support.example".to_owned());
    for kind in ["message/rfc822", "text/rfc822-headers"] {
        let bounce = |permanent| MailNature::Bounce { original: original.clone(), permanent };
        assert_eq!(report("failed", "5.1.1", kind), bounce(true));
        assert_eq!(report("delayed", "4.4.1", kind), bounce(false));
    }
    assert_eq!(report("delivered", "2.0.0", "message/rfc822"), MailNature::Automatic);
    assert_eq!(
        report("failed", "5.1.1", "application/x-other"),
        MailNature::Bounce { original: None, permanent: true }
    );
}

#[test]
fn a_bounce_is_matched_however_little_of_our_letter_is_left() {
    let report = |head: &str, status: &str, last: &str| {
        let raw = format!(
            "Return-Path: <>\n{head}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n\
             --b\nContent-Type: message/delivery-status\n\n{status}Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; c@d\n\
             Action: failed\nStatus: 5.1.1\n\n{last}--b--\n"
        );
        read_mail(raw.as_bytes(), ID).nature
    };
    let envelope = "Original-Envelope-Id: r1@support.example\n";
    let whole = "--b\nContent-Type: message/rfc822\n\nMessage-ID: <r1@support.example>\n\nYes, confirmed.\n";
    let cut = "--b\nContent-Type: text/rfc822-headers\n\nReceived: by x\nSubj";
    let odd = "--b\nContent-Type: message/rfc822-headers\n\nMessage-ID: <r1@support.example>\n";
    let found = Some("r1@support.example".to_owned());
    for (what, nature, original) in [
        ("the whole letter", report("", "", whole), found.clone()),
        ("its header", report("", "", &whole.replace("message/rfc822", "text/rfc822-headers")), found.clone()),
        ("its header by a wrong name", report("", "", odd), found.clone()),
        ("a cut header and the envelope", report("", envelope, cut), found.clone()),
        ("the envelope alone", report("", envelope, ""), found.clone()),
        ("what it answers to", report("In-Reply-To: <r1@support.example>\n", "", ""), found.clone()),
        ("a list of what it answers to", report("References: <r1@support.example>\n", "", cut), found),
        ("nothing", report("", "Original-Envelope-Id: 7\n", cut), None),
    ] {
        assert_eq!(nature, MailNature::Bounce { original, permanent: true }, "{what} is left");
    }
}

#[test]
fn what_may_be_forged_or_spam_is_left_to_a_person() {
    let nature =
        |header: &str| read_mail(format!("{header}From: c@d.example\r\n\r\nI confirm.\r\n").as_bytes(), ID).nature;
    for header in [
        "Authentication-Results: mail.support.example; dmarc=fail header.from=d.example\r\n",
        "Authentication-Results: mail.support.example; dkim=fail header.d=d.example\r\n",
        "X-Spam-Flag: YES\r\n",
        "X-Spam-Status: Yes, score=7.1 required=5.0\r\n",
    ] {
        assert_eq!(nature(header), MailNature::Doubtful, "{header}");
    }
    for header in [
        "Authentication-Results: mail.support.example; dkim=none\r\n",
        "Authentication-Results: mail.elsewhere.example; dmarc=fail header.from=d.example\r\n",
        "X-Spam-Flag: NO\r\n",
        "X-Spam-Status: No, score=-1.0\r\n",
    ] {
        assert_eq!(nature(header), MailNature::Personal, "{header}");
    }
}

#[test]
fn an_author_who_cannot_be_told_is_nobody() {
    let from = |header: &str| read_mail(format!("{header}\r\n\r\n").as_bytes(), ID).from.into_revealed();
    assert_eq!(from("From: Carol <Carol@Customer.Example>"), "carol@customer.example");
    for header in ["From: a@b, c@d", "From: a@b\r\nFrom: c@d", "Subject: x", "From: nobody"] {
        assert!(!from(header).contains('@'), "{header:?} names no single author");
    }
    let signed = "Authentication-Results: mail.support.example; dkim=pass header.d=d.example\r\n";
    assert!(read_mail(format!("{signed}From: c@d.example\r\n\r\n").as_bytes(), ID).dkim_pass);
    assert!(!read_mail(format!("{signed}From: c@d.example\r\nFrom: x@y.example\r\n\r\n").as_bytes(), ID).dkim_pass);
}

#[test]
fn references_are_taken_once_and_in_bounds() {
    let many: String = (0..5000).map(|n| format!(" <{n}@x>\r\n")).collect();
    let mail = read_mail(format!("References:{many}In-Reply-To: <4999@x> <last@x>\r\n\r\n").as_bytes(), ID);
    assert!(mail.references.len() <= 100);
    assert_eq!(mail.references.last().map(String::as_str), Some("last@x"));
    assert_eq!(mail.references.iter().filter(|id| *id == "4999@x").count(), 1);
}

#[test]
fn a_mail_without_an_id_gets_the_same_name_every_time() {
    let name = |raw: &[u8]| read_mail(raw, ID).message_id.into_revealed();
    assert_eq!(name(b"Subject: x\r\n\r\n"), name(b"Subject: x\r\n\r\n"));
    assert_ne!(name(b"Subject: x\r\n\r\n"), name(b"Subject: y\r\n\r\n"));
    assert!(name(b"").starts_with("digest-"));
}

#[test]
fn parts_in_parts_without_end_are_left() {
    let mut deep = String::from("Subject: deep\r\n");
    for level in 0..5_000 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));
    }
    deep.push_str("\r\nYes.");
    assert_eq!(read_mail(deep.as_bytes(), ID).own_text.reveal(), "");

    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
    assert_eq!(read_mail(nested.as_bytes(), ID).own_text.reveal(), "", "attached mails in attached mails");
    let encoded =
        format!("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{nested}");
    assert_eq!(read_mail(encoded.as_bytes(), ID).own_text.reveal(), "");

    let wide = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\nx\r\n".repeat(50_000));
    assert!(read_mail(wide.as_bytes(), ID).own_text.reveal().len() <= 64 * 1024);
    let long =
        format!("From: {}@b\r\nSubject: {}\r\n\r\n{}", "a".repeat(100_000), "s".repeat(100_000), "t".repeat(900_000));
    let long = read_mail(long.as_bytes(), ID);
    assert!(long.from.reveal().len() <= 320 && long.subject.reveal().len() <= 1000);
    assert!(long.own_text.reveal().len() <= 64 * 1024);
}

/// Pieces that mails are made of, so that chance finds structures and not only noise.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b"From: ",
        b"Subject: ",
        b"Message-ID: ",
        b"References: ",
        b"Content-Type: ",
        b"Content-Disposition: attachment",
        b"Content-Transfer-Encoding: ",
        b"base64",
        b"quoted-printable",
        b"multipart/mixed; boundary=b",
        b"multipart/alternative; boundary=\"b\"",
        b"multipart/report; report-type=delivery-status; boundary=b",
        b"multipart/digest; boundary=b",
        b"message/rfc822",
        b"message/delivery-status",
        b"text/html; charset=",
        b"text/plain; charset=",
        b"iso-2022-jp",
        b"utf-7",
        b"utf-16",
        b"gb18030",
        b"--b\r\n",
        b"--b--\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b"\r\n\r\n",
        b"<",
        b">",
        b"@",
        b";",
        b"=",
        b"\"",
        b"(",
        b")",
        b"\\",
        b"=?utf-8?B?",
        b"=?iso-2022-jp?Q?",
        b"?=",
        b"> ",
        b"On 1 May 10:00 a@b wrote:",
        b"-----x-----",
        b"<div>",
        b"<blockquote>",
        b"</",
        b"<!--",
        b"<table>",
        b"Authentication-Results: mail.support.example; dkim=pass header.d=",
        b"Action: failed\r\n",
        b"Status: 5.1.1\r\n",
        b"filename*0*=utf-8''%",
        b"\xff\xfe",
        b"\xe3\x81",
        b"\x00",
        b"\t",
        b" ",
    ];
    prop_oneof![
        6 => prop::sample::select(words).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_reader(raw in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mail = read_mail(&raw, ID);
        prop_assert!(!mail.message_id.reveal().is_empty());
    }

    #[test]
    fn no_mail_stops_the_reader(pieces in prop::collection::vec(piece(), 0..80)) {
        let raw = pieces.concat();
        let mail = read_mail(&raw, ID);
        prop_assert!(mail.own_text.reveal().len() <= 64 * 1024);
        prop_assert!(mail.references.len() <= 100);
    }
}
