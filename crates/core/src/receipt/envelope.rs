//! The container: a DSSE envelope (github.com/secure-systems-lab/dsse) over canonical JSON (RFC 8785), Ed25519.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey, pkcs8::DecodePublicKey as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Statement;
use crate::ports::{PortError, Signer};

/// What the payload is, as the signature covers it.
pub const PAYLOAD_TYPE: &str = "application/vnd.custody.receipt+json";

/// A DSSE envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// Standard base64 of the payload's bytes.
    pub payload: String,
    /// The payload's type.
    pub payload_type: String,
    /// The signatures; we make one.
    pub signatures: Vec<EnvelopeSignature>,
}

/// One signature of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSignature {
    /// SHA-256 of the public key, in hexadecimal.
    pub keyid: String,
    /// Standard base64 of the 64 bytes.
    pub sig: String,
}

/// Why an envelope does not verify.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// It is not a receipt's envelope.
    #[error("this is not a receipt of Custody")]
    NotAReceipt,
    /// No signature by this key.
    #[error("the receipt is not signed by this key")]
    OtherKey,
    /// The signature does not fit the text.
    #[error("the receipt was changed after it was signed")]
    Changed,
    /// The public key cannot be read.
    #[error("the public key is not an Ed25519 key in PEM")]
    NotAKey,
    /// The statement cannot be written as canonical JSON.
    #[error("the statement cannot be written")]
    Statement(#[source] serde_json::Error),
    /// The signing key cannot be used.
    #[error("the signing key cannot be used")]
    Signer(#[source] PortError),
}

/// How a public key is named in signatures: SHA-256 of its 32 bytes, in hexadecimal.
pub fn key_id(public_key: &[u8; 32]) -> String {
    hex::encode(Sha256::digest(public_key))
}

/// Reads a public key in PEM (`SubjectPublicKeyInfo`, RFC 8410).
pub fn public_key_from_pem(pem: &str) -> Result<[u8; 32], EnvelopeError> {
    VerifyingKey::from_public_key_pem(pem.trim()).map(|key| key.to_bytes()).map_err(|_| EnvelopeError::NotAKey)
}

impl Envelope {
    /// Signs a statement.
    pub async fn sign(statement: &Statement, signer: &dyn Signer) -> Result<Self, EnvelopeError> {
        let payload = serde_json_canonicalizer::to_vec(statement).map_err(EnvelopeError::Statement)?;
        Self::over(PAYLOAD_TYPE, payload, signer).await
    }

    /// Signs any payload, as what its type says.
    pub(crate) async fn over(payload_type: &str, payload: Vec<u8>, signer: &dyn Signer) -> Result<Self, EnvelopeError> {
        let signature =
            signer.sign(&pre_authentication_encoding(payload_type, &payload)).await.map_err(EnvelopeError::Signer)?;
        Ok(Self {
            payload: STANDARD.encode(payload),
            payload_type: payload_type.to_owned(),
            signatures: vec![EnvelopeSignature {
                keyid: key_id(&signer.public_key()),
                sig: STANDARD.encode(signature),
            }],
        })
    }

    /// The payload, if it is of this type and signed by this key.
    pub(crate) fn verified(&self, payload_type: &str, public_key: &[u8; 32]) -> Result<Vec<u8>, EnvelopeError> {
        let payload = self.unverified(payload_type)?;
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| EnvelopeError::NotAKey)?;
        let wanted = key_id(public_key);
        let signature =
            self.signatures.iter().find(|signature| signature.keyid == wanted).ok_or(EnvelopeError::OtherKey)?;
        let signature = STANDARD.decode(&signature.sig).map_err(|_| EnvelopeError::Changed)?;
        let signature = Signature::from_slice(&signature).map_err(|_| EnvelopeError::Changed)?;
        key.verify(&pre_authentication_encoding(payload_type, &payload), &signature)
            .map_err(|_| EnvelopeError::Changed)?;
        Ok(payload)
    }

    /// The payload, if it is of this type, whoever signed it.
    pub(crate) fn unverified(&self, payload_type: &str) -> Result<Vec<u8>, EnvelopeError> {
        if self.payload_type == payload_type { self.payload_bytes() } else { Err(EnvelopeError::NotAReceipt) }
    }

    /// SHA-256 of the payload in hexadecimal: what remains in the ledger once the text is forgotten.
    pub fn payload_digest(&self) -> Result<String, EnvelopeError> {
        Ok(hex::encode(Sha256::digest(self.payload_bytes()?)))
    }

    fn payload_bytes(&self) -> Result<Vec<u8>, EnvelopeError> {
        STANDARD.decode(&self.payload).map_err(|_| EnvelopeError::NotAReceipt)
    }
}

/// Verifies an envelope with nothing but the public key, and gives what was signed.
///
/// # Errors
/// [`EnvelopeError::OtherKey`] if no signature names this key, [`EnvelopeError::Changed`] if it does not fit.
pub fn verify(envelope: &Envelope, public_key: &[u8; 32]) -> Result<Statement, EnvelopeError> {
    let payload = envelope.verified(PAYLOAD_TYPE, public_key)?;
    serde_json::from_slice(&payload).map_err(|_| EnvelopeError::NotAReceipt)
}

/// DSSE's PAE: the lengths are part of what is signed, so type and payload cannot be shifted into each other.
fn pre_authentication_encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

impl Envelope {
    /// What it says, without asking who signed it: for our own envelopes only.
    pub fn statement(&self) -> Result<Statement, EnvelopeError> {
        serde_json::from_slice(&self.payload_bytes()?).map_err(|_| EnvelopeError::NotAReceipt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the DSSE specification, protocol.md.
    #[test]
    fn what_is_signed_is_what_dsse_says() {
        let encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn a_public_key_is_read_from_its_pem_and_from_nothing_else() {
        use ed25519_dalek::{SigningKey, pkcs8::EncodePublicKey as _, pkcs8::spki::der::pem::LineEnding};
        let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
        let pem = key.to_public_key_pem(LineEnding::LF).unwrap();
        assert_eq!(public_key_from_pem(&format!("\n{pem}\n")).unwrap(), key.to_bytes());
        for broken in ["", "a key", &pem[..40]] {
            assert!(matches!(public_key_from_pem(broken), Err(EnvelopeError::NotAKey)));
        }
    }

    #[test]
    fn the_digest_that_is_kept_is_that_of_the_payload() {
        let envelope =
            Envelope { payload: STANDARD.encode("abc"), payload_type: PAYLOAD_TYPE.to_owned(), signatures: vec![] };
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(envelope.payload_digest().unwrap(), of_abc);
        assert!(Envelope { payload: "no base64!".to_owned(), ..envelope }.payload_digest().is_err());
    }
}
