use async_trait::async_trait;
use ed25519_dalek::{Signer as _, SigningKey};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::{
    event::{Actor, EventKind},
    ports::PortResult,
};

struct Key(SigningKey);

#[async_trait]
impl Signer for Key {
    fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    async fn sign(&self, message: &[u8]) -> PortResult<[u8; 64]> {
        Ok(self.0.sign(message).to_bytes())
    }
}

fn key() -> Key {
    Key(SigningKey::from_bytes(&[7; 32]))
}

fn event(number: u64) -> Event {
    let at = Timestamp::from_second(1_790_000_000 + i64::try_from(number).unwrap()).unwrap();
    Event { at, actor: Actor::Desk, kind: EventKind::Exported { what: format!("report {number} über \u{1F512}") } }
}

/// An export of the events after `after`, up to `to`.
async fn export(after: u64, to: u64) -> Vec<String> {
    let mut head = Head { index: 0, hash: ChainHash::GENESIS };
    let mut lines = Vec::new();
    let mut opening_after = LedgerAnchor::of(head);
    for index in 1..=to {
        let text = text(&event(index)).unwrap();
        head = Head { index, hash: head.hash.next(index, &text) };
        if index == after {
            opening_after = LedgerAnchor::of(head);
        }
        if index > after {
            lines.push(event_line(index, &text, head.hash));
        }
    }
    let (desk, made_at) = (DeskId::from_bytes([1; 16]), event(to).at);
    let opening =
        Opening { format: FORMAT.into(), desk, made_at, tool: "Custody 0.0.0".into(), after: opening_after.clone() };
    lines.insert(0, opening_line(&opening).unwrap());
    let opening = opening_digest(&lines[0]);
    let head = LedgerAnchor::of(head);
    let closing = Closing { format: FORMAT.into(), desk, made_at, opening, after: opening_after, head };
    lines.push(closing_line(&closing, &key()).await.unwrap());
    lines
}

fn check(lines: &[String]) -> Result<Checked, Mismatch> {
    check_by(lines, Some(&key().public_key()))
}

fn check_by(lines: &[String], public_key: Option<&[u8; 32]>) -> Result<Checked, Mismatch> {
    let mut check = Check::default();
    lines.iter().try_for_each(|line| check.line(line))?;
    check.end(public_key)
}

#[tokio::test]
async fn an_export_that_nobody_touched_is_whole_from_its_beginning_or_from_any_event_on() {
    for after in [0, 1, 4, 9] {
        let lines = export(after, 9).await;
        let checked = check(&lines).unwrap();
        assert_eq!((checked.closing.after.index, checked.closing.head.index, checked.signature_fits), (after, 9, true));
        assert!(!check_by(&lines, None).unwrap().signature_fits, "without a key it is not claimed");
        let head = signed_head(&lines.join("\n"), &key().public_key()).unwrap();
        assert_eq!(LedgerAnchor::of(head), checked.closing.head);
    }
}

#[tokio::test]
async fn whatever_is_done_to_an_export_is_found_at_the_first_place() {
    let whole = export(0, 9).await;
    let changed = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = whole.clone();
        change(&mut lines);
        assert_ne!(lines, whole);
        check(&lines).unwrap_err()
    };
    let at = |index: u64| Mismatch::Event { index, line: index + 1 };
    assert_eq!(changed(&|lines| lines[4] = lines[4].replace("report 4", "report 5")), at(4), "edited");
    assert_eq!(changed(&|lines| lines[4] = lines[4].replace("desk", "Desk")), at(4), "another actor");
    assert_eq!(changed(&|lines| lines[4] = lines[4].replacen('{', "{ ", 1)), at(4), "written otherwise");
    assert_eq!(changed(&|lines| drop(lines.remove(6))), at(6), "removed");
    assert_eq!(changed(&|lines| lines.swap(3, 7)), at(3), "reordered");
    assert_eq!(changed(&|lines| lines.insert(5, lines[4].clone())), at(5), "slipped in");
    assert_eq!(changed(&|lines| drop(lines.remove(9))), Mismatch::Closing, "the last event removed");
    assert_eq!(changed(&|lines| lines.truncate(8)), Mismatch::CutOff { after: 7 }, "the tail cut off");
    assert_eq!(changed(&|lines| lines.push(lines[1].clone())), Mismatch::Trailing);
    assert_eq!(changed(&|lines| drop(lines.remove(0))), Mismatch::NotAnExport);
    assert_eq!(
        changed(&|lines| lines[0] = lines[0].replace("\"index\":0", "\"index\":1")),
        Mismatch::Event { index: 2, line: 2 }
    );
    assert_eq!(changed(&|lines| lines.clear()), Mismatch::NotAnExport);

    // A chain made anew from the first changed event on fits in itself, but not the signature over its end.
    let mut forged = export(0, 8).await;
    forged.pop();
    forged.push(whole[10].clone());
    assert_eq!(check(&forged).unwrap_err(), Mismatch::Closing);
    let other = Key(SigningKey::from_bytes(&[8; 32]));
    assert_eq!(check_by(&whole, Some(&other.public_key())).unwrap_err(), Mismatch::OtherKey);
    let mut envelope: Envelope = serde_json::from_str(&whole[10]).unwrap();
    envelope.signatures[0].sig = "AAAA".repeat(21) + "AA==";
    let mut resigned = whole.clone();
    resigned[10] = serde_json::to_string(&envelope).unwrap();
    assert_eq!(check(&resigned).unwrap_err(), Mismatch::Signature);
}

#[tokio::test]
async fn the_documented_rule_needs_no_program_of_ours() {
    // As docs/audit.md says it, with nothing but JSON and SHA-256.
    let mut previous = [0_u8; 32];
    let lines = export(0, 9).await;
    for (number, line) in (1_u64..).zip(&lines[1..10]) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = serde_json_canonicalizer::to_string(&line["event"]).unwrap();
        let mut digest = Sha256::new();
        digest.update("custody event v1");
        digest.update(previous);
        digest.update(number.to_be_bytes());
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(&text);
        previous = digest.finalize().into();
        assert_eq!(
            (line["index"].as_u64(), line["hash"].as_str()),
            (Some(number), Some(hex::encode(previous).as_str()))
        );
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_check_stumble(lines in proptest::collection::vec(".{0,200}", 0..6)) {
        let lines: Vec<String> = lines;
        prop_assert!(check(&lines).is_err());
    }

    #[test]
    fn a_flipped_byte_anywhere_is_found(line in 0_usize..11, at in any::<proptest::sample::Index>(), bit in 0_u8..7) {
        let whole = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(export(0, 9));
        let mut bytes = whole[line].clone().into_bytes();
        let place = at.index(bytes.len());
        bytes[place] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            let mut lines = whole.clone();
            lines[line] = text;
            prop_assert!(check(&lines).is_err(), "line {}: {}", line, lines[line]);
        }
    }
}
