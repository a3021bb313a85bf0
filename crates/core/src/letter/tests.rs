//! Letters of every language as customers get them.

use std::collections::HashSet;

use jiff::Timestamp;

use super::*;
use crate::{
    case::ForumUserId,
    id::{CaseId, CustomerId, DeskId, FileId, ReceiptId, RequestId, ViewingCopyId},
    location::{Check, Location, LocationState, Proof, Technique},
    phrases::{Phrases, Wish},
    ports::KeyStore,
    receipt::{
        Answer, CustomerRef, Follows, Issuer, LedgerAnchor, SCHEMA, Statement, Tool, ViewingCopies, WaitedForHold,
    },
    reply::{Reply, ReplyState},
    request::Channel,
};

const HOSTILE: &str = "dump<b>\u{202E}gpj.exe\u{2069}\n[x](http://evil.example).log";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn proof(location: Location, state: LocationState) -> Proof {
    let checked_at = at("2027-03-01T12:00:00Z");
    Proof { location, technique: Technique::None, check: Check::NoLook, checked_at, state }
}

fn file(name: &str, size: u64, forum: LocationState) -> ErasedFile {
    let copy = |n| Location::ViewingCopy { id: ViewingCopyId::from_bytes([n; 16]) };
    ErasedFile {
        id: FileId::from_bytes([3; 16]),
        name: name.to_owned(),
        size,
        salted_sha256: "00".repeat(32),
        salt: "11".repeat(32),
        received_at: at("2027-02-01T08:00:00Z"),
        reason: Reason::TicketClosed,
        due_since: at("2027-02-20T08:00:00Z"),
        waited_for_hold: None,
        erased_at: at("2027-03-01T12:00:00Z"),
        locations: vec![
            proof(Location::SealedFile, LocationState::ErasedVerified),
            proof(Location::KeyWrap { recipient: "age1desk".to_owned() }, LocationState::KeyDestroyed),
            proof(copy(1), LocationState::ErasedVerified),
            proof(copy(2), LocationState::ErasedVerified),
            proof(Location::ForumCopy, forum),
        ],
        viewing_copies: ViewingCopies { made: 2, erased: 2, beside: 0, last_ended_at: None },
    }
}

fn statement(forum: LocationState, follows: bool) -> Statement {
    let mut statement = Statement {
        schema: SCHEMA.to_owned(),
        receipt_id: ReceiptId::from_bytes([1; 16]),
        issued_at: at("2027-03-01T12:00:00Z"),
        language: "en".to_owned(),
        issuer: Issuer {
            name: "Example Support".to_owned(),
            contact: "privacy@support.example".to_owned(),
            policy_digest: "22".repeat(32),
            policy: "until the ticket closes".to_owned(),
        },
        customer: CustomerRef { id: CustomerId::from_bytes([2; 16]), username: "carol_c".to_owned() },
        case_id: CaseId::from_bytes([4; 16]),
        follows: follows.then(|| Follows { receipt_id: ReceiptId::from_bytes([9; 16]) }),
        complete: false,
        files: vec![file("converter.log", 1_234_567, forum), file(HOSTILE, 1, LocationState::ErasedVerified)],
        tool: Tool {
            name: "Custody".to_owned(),
            version: "0.1.0".to_owned(),
            desk_id: DeskId::from_bytes([5; 16]),
            key_store: KeyStore::Keychain,
        },
        ledger: LedgerAnchor { index: 7, head: "33".repeat(32) },
        wording: "we attest".to_owned(),
    };
    statement.complete = statement.closes_every_location();
    statement
}

fn signed(statement: &Statement) -> Private<Envelope> {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let payload = serde_json_canonicalizer::to_vec(statement).unwrap();
    let envelope = serde_json::json!({
        "payload": STANDARD.encode(payload),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": "k", "sig": "c2ln"}],
    });
    Private::new(serde_json::from_value(envelope).unwrap())
}

fn receipt(statement: &Statement) -> ReceiptRow {
    ReceiptRow {
        id: statement.receipt_id,
        case: statement.case_id,
        follows: statement.follows.map(|follows| follows.receipt_id),
        files: Vec::new(),
        issued_at: statement.issued_at,
        complete: statement.complete,
        payload_digest: String::new(),
        token: "CR-ABCDEFGHJKLM".to_owned(),
        message_id: "receipt.1@support.example".to_owned(),
        closed_at: None,
        version: 1,
    }
}

fn customer(name: &str) -> Customer {
    Customer {
        id: CustomerId::from_bytes([2; 16]),
        forum: "support".to_owned(),
        user: ForumUserId(7),
        username: "carol_c".into(),
        name: Some(name.into()),
        email: None,
    }
}

fn letter(language: &str, statement: &Statement) -> OutgoingLetter {
    let to = Private::new("carol@customer.example".to_owned());
    compose(language, &receipt(statement), &signed(statement), &customer("Carol"), to).unwrap()
}

const OPEN: LocationState = LocationState::NotOurs;

fn closing() -> LocationState {
    LocationState::ExpiresOn { date: at("2027-05-01T00:00:00Z") }
}

#[test]
fn a_letter_reads_well_in_every_language() {
    for words in words::ALL {
        let tag = words.tag();
        for (kind, statement) in [
            ("complete", statement(closing(), false)),
            ("partial", statement(OPEN, false)),
            ("follow-up", statement(LocationState::ErasedVerified, true)),
        ] {
            let letter = letter(tag, &statement);
            let whole = format!("Subject: {}\n\n{}", letter.subject.reveal(), letter.text.reveal());
            // The marks that isolate names cannot be seen; in the snapshot they shall.
            let whole = whole.replace('\u{2068}', "{").replace('\u{2069}', "}").replace('\u{a0}', "~");
            insta::assert_snapshot!(format!("{tag}-{kind}"), whole);
        }
    }
}

#[test]
fn the_html_is_as_it_was_looked_at() {
    insta::assert_snapshot!("html", letter("en", &statement(OPEN, false)).html.reveal());
}

#[test]
fn the_html_fetches_nothing_and_runs_nothing() {
    for words in words::ALL {
        let html = letter(words.tag(), &statement(OPEN, false)).html.into_revealed();
        for never in [
            "src=",
            "href=",
            "url(",
            "@import",
            "<script",
            "<img",
            "<link",
            "<style",
            "<a ",
            "<b>",
            "http://evil.example\"",
        ] {
            assert!(!html.contains(never), "{never} stands in the {} letter", words.tag());
        }
        assert!(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"));
        assert!(html.contains(&format!("<html lang=\"{}\"", words.tag())));
    }
}

#[test]
fn the_answers_a_letter_proposes_are_understood() {
    let phrases = Phrases::default();
    for words in words::ALL {
        let tag = words.tag();
        assert_eq!(phrases.answer(words.to_confirm().0), Answer::Confirmed, "{tag}");
        assert_eq!(phrases.answer(words.to_dispute().0), Answer::Disputed, "{tag}");
        assert_eq!(phrases.wish(words.to_remove().0), Wish::Removal, "{tag}");
    }
}

#[test]
fn a_letter_that_comes_back_unquoted_neither_confirms_nor_asks() {
    let phrases = Phrases::default();
    for words in words::ALL {
        for statement in [statement(OPEN, false), statement(closing(), false), statement(closing(), true)] {
            let text = letter(words.tag(), &statement).text.into_revealed();
            assert_ne!(phrases.answer(&text), Answer::Confirmed, "{}", words.tag());
            assert_ne!(phrases.wish(&text), Wish::Removal, "{}", words.tag());
        }
    }
}

#[test]
fn one_file_is_not_spoken_of_as_many() {
    let request = RequestId::from_bytes([6; 16]);
    for words in words::ALL {
        let mut said = HashSet::new();
        for reason in [
            Reason::TicketClosed,
            Reason::CustomerAsked { request },
            Reason::PeriodEnded,
            Reason::StaffDecided { request },
        ] {
            for files in [1, 2, 5] {
                let sentence = words.what_happened(files, reason);
                assert!(sentence.contains(&files.to_string()), "{sentence}");
                assert!(said.insert(sentence), "every reason and number has its own sentence");
            }
        }
    }
    let one = statement(OPEN, false);
    assert!(letter("en", &one).text.reveal().contains("(1 byte)"));
}

#[test]
fn the_day_on_which_a_place_ends_is_written_out() {
    let date = LocationState::ExpiresOn { date: at("2027-05-01T00:00:00Z") };
    let words = ["1 May 2027", "1. Mai 2027", "1 de mayo de 2027", "1er mai 2027", "2027年5月1日"];
    for (language, day) in words::ALL.iter().zip(words) {
        let found = language.found(date);
        assert!(found.contains(day), "{found}");
    }
}

#[test]
fn hostile_names_turn_and_break_nothing() {
    assert_eq!(shown("gpj.\u{202E}exe\n"), "gpj.\u{FFFD}exe\u{FFFD}");
    assert_eq!(shown(&"a".repeat(160)).chars().count(), 160);
    assert_eq!(shown(&"a".repeat(1000)).chars().count(), 161);

    let statement = statement(OPEN, false);
    let text = letter("en", &statement).text.into_revealed();
    assert!(
        text.contains("\u{2068}dump<b>\u{FFFD}gpj.exe\u{FFFD}\u{FFFD}[x](http://evil.example).log\u{2069} (1 byte)")
    );
    let to = Private::new(String::new());
    let turned = compose("en", &receipt(&statement), &signed(&statement), &customer("\u{202E}lorac\r\nBcc: x"), to);
    let turned = turned.unwrap();
    assert!(turned.text.reveal().starts_with("Hello \u{2068}\u{FFFD}lorac\u{FFFD}\u{FFFD}Bcc: x\u{2069},\n"));
    assert!(turned.html.reveal().contains("<p>Hello <bdi>\u{FFFD}lorac\u{FFFD}\u{FFFD}Bcc: x</bdi>,</p>"));
}

#[test]
fn in_the_thread_a_name_is_no_markdown() {
    let statement = statement(OPEN, false);
    let text = thread_text("en", &receipt(&statement), &signed(&statement)).unwrap().into_revealed();
    assert!(text.starts_with("Hello @carol_c,\n"));
    assert!(text.contains("\\[x\\]\\(http\\:\\/\\/evil\\.example\\)\\.log"), "no link is made of a file name");
    assert!(text.contains("CR-ABCDEFGHJKLM"));
    let json = text.split("```json\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    assert_eq!(serde_json::from_str::<Envelope>(json).unwrap(), *signed(&statement).reveal());
}

fn kept(language: &str, names: &[&str]) -> (OutgoingLetter, String) {
    let reply = Reply {
        request: RequestId::from_bytes([6; 16]),
        case: CaseId::from_bytes([4; 16]),
        channel: Channel::Mail,
        owed_at: at("2027-03-01T12:00:00Z"),
        token: "RQ-ABCDEFGHJKLM".to_owned(),
        message_id: "request.6@support.example".to_owned(),
        attempts: 0,
        state: ReplyState::Waiting { try_at: at("2027-03-01T12:00:00Z"), last_fault: None },
        version: 0,
    };
    let files: Vec<_> = names.iter().map(|name| KeptFile { name: (*name).into(), size: 1_234_567 }).collect();
    let told =
        HoldReply { reply: &reply, asked_at: at("2027-02-28T23:30:00Z"), files: &files, customer: &customer("Carol") };
    let issuer = ("Example Support", "privacy@support.example");
    (told.mail(language, issuer, "carol@customer.example".into()), told.post(language, issuer))
}

#[test]
fn what_is_said_of_a_request_that_waits_reads_well_in_every_language() {
    for words in words::ALL {
        let tag = words.tag();
        for (kind, names) in [("one", &["converter.log"][..]), ("some", &["converter.log", HOSTILE])] {
            let (letter, _) = kept(tag, names);
            let whole = format!("Subject: {}\n\n{}", letter.subject.reveal(), letter.text.reveal());
            let whole = whole.replace('\u{2068}', "{").replace('\u{2069}', "}").replace('\u{a0}', "~");
            insta::assert_snapshot!(format!("{tag}-waits-{kind}"), whole);
            assert!(letter.attachment.is_none() && letter.message_id == "request.6@support.example");
        }
    }
}

#[test]
fn a_letter_that_a_request_waits_is_safe_to_read_and_to_send_back() {
    let phrases = Phrases::default();
    for words in words::ALL {
        let (letter, post) = kept(words.tag(), &["converter.log", HOSTILE]);
        let html = letter.html.reveal();
        for never in ["src=", "href=", "url(", "<script", "<a ", "<b>", "http://evil.example\""] {
            assert!(!html.contains(never), "{never} stands in the {} letter", words.tag());
        }
        assert!(html.contains("RQ-ABCDEFGHJKLM") && html.contains("privacy@support.example"));
        assert!(post.contains("\\[x\\]\\(http\\:\\/\\/evil\\.example\\)\\.log"), "no link is made of a file name");
        assert!(post.contains("@carol_c"));
        for text in [letter.text.reveal(), &post] {
            assert_ne!(phrases.wish(text), Wish::Removal, "{}: a copy of it asks for nothing", words.tag());
            assert_ne!(phrases.answer(text), Answer::Confirmed, "{}", words.tag());
            assert_eq!(crate::receipt::token_in(text), None, "it is taken for no receipt");
            assert_eq!(crate::reply::token_in(text).as_deref(), Some("RQ-ABCDEFGHJKLM"));
        }
    }
}

#[test]
fn a_receipt_says_how_long_the_request_waited_for_a_hold() {
    let mut statement = statement(closing(), false);
    for file in &mut statement.files {
        file.waited_for_hold = Some(WaitedForHold {
            asked_at: at("2027-02-20T08:00:00Z"),
            from: at("2027-02-20T08:00:00Z"),
            until: at("2027-03-01T11:00:00Z"),
        });
    }
    for words in words::ALL {
        let letter = letter(words.tag(), &statement);
        let said =
            words.waited_for_hold(words::day_of(at("2027-02-20T08:00:00Z")), words::day_of(at("2027-03-01T11:00:00Z")));
        assert!(letter.text.reveal().contains(&said), "{}", letter.text.reveal());
        // Apostrophes are written otherwise there.
        assert!(letter.html.reveal().replace("&#39;", "'").contains(&said));
        for day in ["2027-02-20", "2027-03-01"] {
            assert!(said.contains(&words.day(day.parse().unwrap())), "{said}");
        }
    }
}
