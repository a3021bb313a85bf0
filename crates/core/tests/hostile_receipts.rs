//! What the fuzz target of receipts drives, within bounds and with every test run.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::json;

#[path = "../../../fuzz/drives/receipt_envelope.rs"]
mod receipt_envelope;

/// A receipt as it was signed by another key.
fn receipt() -> Vec<u8> {
    let id = "00".repeat(16);
    let at = "2027-03-01T12:00:00Z";
    let statement = json!({
        "schema": "custody.receipt.v1", "receipt_id": id, "issued_at": at, "language": "en", "complete": true,
        "issuer": {"name": "Support", "contact": "x", "policy_digest": "00", "policy": "when the ticket closes"},
        "customer": {"id": id, "username": "carol"}, "case_id": id,
        "files": [{
            "id": id, "name": "a.log", "size": 3, "salted_sha256": "00", "salt": "00", "received_at": at,
            "reason": {"reason": "ticket_closed"}, "due_since": at, "erased_at": at,
            "locations": [{
                "location": {"kind": "sealed_file"}, "technique": "logical_deletion", "check": "folder_read",
                "checked_at": at, "state": {"is": "expires_on", "date": at},
            }],
            "viewing_copies": {"made": 0, "erased": 0},
        }],
        "tool": {"name": "Custody", "version": "1", "desk_id": id, "key_store": "keychain"},
        "ledger": {"index": 1, "head": "00"}, "wording": "we attest",
    });
    let envelope = json!({
        "payload": STANDARD.encode(statement.to_string()),
        "payloadType": custody_core::receipt::PAYLOAD_TYPE,
        "signatures": [{"keyid": custody_core::receipt::key_id(&[7; 32]), "sig": STANDARD.encode([0; 64])}],
    });
    envelope.to_string().into_bytes()
}

#[test]
fn a_usual_receipt_reaches_the_end_of_the_drive() {
    let envelope: custody_core::receipt::Envelope = serde_json::from_slice(&receipt()).unwrap();
    assert!(envelope.statement().is_ok(), "the sample is a receipt");
    receipt_envelope::drive(&receipt());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_the_verifier(bytes in vec(any::<u8>(), 0..2_000)) {
        receipt_envelope::drive(&bytes);
    }

    #[test]
    fn no_broken_receipt_stops_the_verifier(changes in vec((any::<Index>(), any::<u8>()), 0..8), end in any::<Index>()) {
        let mut bytes = receipt();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(bytes.len() - end.index(bytes.len()) / 8);
        receipt_envelope::drive(&bytes);
    }

    #[test]
    fn no_broken_statement_stops_the_verifier(changes in vec((any::<Index>(), any::<u8>()), 1..4)) {
        let mut envelope: serde_json::Value = serde_json::from_slice(&receipt()).unwrap();
        let mut payload = STANDARD.decode(envelope["payload"].as_str().unwrap()).unwrap();
        for (at, byte) in changes {
            let at = at.index(payload.len());
            payload[at] = byte;
        }
        envelope["payload"] = STANDARD.encode(payload).into();
        receipt_envelope::drive(envelope.to_string().as_bytes());
    }
}
