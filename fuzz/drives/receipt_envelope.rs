//! Any bytes as a receipt's envelope.

use custody_core::receipt::{Envelope, Statement, public_key_from_pem, verify};

/// The public key of the first test of RFC 8032.
const KEY: [u8; 32] = [
    0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72,
    0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a,
];

/// Verifies them. Nobody has the key's other half here, so nothing may be found to be signed by it.
///
/// # Panics
/// When something does not hold.
pub fn drive(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _: Result<_, _> = public_key_from_pem(text);
    }
    let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) else { return };
    assert!(verify(&envelope, &KEY).is_err(), "a receipt that nobody signed");
    // The last 32 bytes as a key: most are no point of the curve, some are a weak one.
    if let Some(key) = bytes.last_chunk::<32>() {
        let _: Result<_, _> = verify(&envelope, key);
    }
    let _: Result<_, _> = envelope.payload_digest();
    if let Ok(statement) = envelope.statement() {
        statement.closes_every_location();
        let again = serde_json::to_vec(&statement).and_then(|again| serde_json::from_slice::<Statement>(&again));
        assert!(again.is_ok_and(|again| again == statement), "what was read can be written and read again");
    }
}
