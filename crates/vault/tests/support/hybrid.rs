//! A post-quantum identity (`AGE-SECRET-KEY-PQ-1...`), for the vectors that need one.
//!
//! The age crate seals for such recipients and cannot open; the desk uses neither. What opens here is still the vault's
//! own reader: this is only a key that is handed to it.

use age::{DecryptError, Identity};
use age_core::format::{FileKey, Stanza};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, aead::Aead};
use hkdf::Hkdf;
use ml_kem::{KemCore, MlKem768, kem::Decapsulate};
use sha2_10::Sha256;
use sha3::{
    Digest, Sha3_256, Shake256,
    digest::{ExtendableOutput, Update, XofReader},
};
use x25519_dalek::{PublicKey, StaticSecret};

const PREFIX: &str = "age-secret-key-pq-";
const STANZA: &str = "mlkem768x25519";
const INFO: &[u8] = b"age-encryption.org/mlkem768x25519";
const LABEL: &[u8] = br"\.//^\";
const SUITE: &[u8] = b"HPKE\x64\x7a\x00\x01\x00\x03";
const PQ_SIZE: usize = 1088;
const FILE_KEY: usize = 16;

pub struct HybridIdentity {
    pq: <MlKem768 as KemCore>::DecapsulationKey,
    classic: StaticSecret,
}

impl HybridIdentity {
    /// `None` if this is the text of another kind of identity.
    pub fn parse(text: &str) -> Option<Self> {
        let (prefix, seed) = bech32::decode(text).ok()?;
        if prefix.to_lowercase() != PREFIX || seed.len() != 32 {
            return None;
        }
        let mut expanded = Shake256::default().chain(&seed).finalize_xof();
        let (mut d, mut z, mut classic) = ([0; 32], [0; 32], [0; 32]);
        expanded.read(&mut d);
        expanded.read(&mut z);
        expanded.read(&mut classic);
        let (pq, _) = MlKem768::generate_deterministic(&d.into(), &z.into());
        Some(Self { pq, classic: classic.into() })
    }

    /// The shared secret, or `None` if the classic part contributes nothing.
    fn decapsulate(&self, enc: &[u8]) -> Option<[u8; 32]> {
        let (pq, classic) = enc.split_at(PQ_SIZE);
        let pq: [u8; PQ_SIZE] = pq.try_into().unwrap();
        let share: [u8; 32] = classic.try_into().unwrap();
        let from_pq = self.pq.decapsulate(&pq.into()).unwrap();
        let from_classic = self.classic.diffie_hellman(&PublicKey::from(share));
        if !from_classic.was_contributory() {
            return None;
        }
        let secret = Sha3_256::new()
            .chain_update(from_pq)
            .chain_update(from_classic.as_bytes())
            .chain_update(share)
            .chain_update(PublicKey::from(&self.classic).as_bytes())
            .chain_update(LABEL)
            .finalize();
        Some(secret.into())
    }
}

impl Identity for HybridIdentity {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != STANZA {
            return None;
        }
        let [enc] = &stanza.args[..] else { return Some(Err(DecryptError::InvalidHeader)) };
        let enc = BASE64_STANDARD_NO_PAD.decode(enc).ok().filter(|enc| enc.len() == PQ_SIZE + 32);
        let (Some(enc), true) = (enc, stanza.body.len() == FILE_KEY + 16) else {
            return Some(Err(DecryptError::InvalidHeader));
        };
        let Some(secret) = self.decapsulate(&enc) else { return Some(Err(DecryptError::InvalidHeader)) };
        let opened = open_base(&secret, &stanza.body)?;
        Some(Ok(FileKey::init_with_mut(|key| key.copy_from_slice(&opened))))
    }
}

/// HPKE in base mode (RFC 9180, section 5.1), with HKDF-SHA256 and ChaCha20-Poly1305.
fn open_base(secret: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let no_psk = extract(&[], b"psk_id_hash", &[]).0;
    let info = extract(&[], b"info_hash", INFO).0;
    let context = [&[0], &no_psk[..], &info[..]].concat();
    let secret = extract(secret, b"secret", &[]).1;
    let key: [u8; 32] = expand(&secret, b"key", &context);
    let nonce: [u8; 12] = expand(&secret, b"base_nonce", &context);
    ChaCha20Poly1305::new(&key.into()).decrypt(&nonce.into(), sealed).ok()
}

fn extract(salt: &[u8], label: &[u8], key: &[u8]) -> ([u8; 32], Hkdf<Sha256>) {
    let (extracted, expander) = Hkdf::extract(Some(salt), &[b"HPKE-v1", SUITE, label, key].concat());
    (extracted.into(), expander)
}

fn expand<const N: usize>(secret: &Hkdf<Sha256>, label: &[u8], context: &[u8]) -> [u8; N] {
    let mut expanded = [0; N];
    let length = (N as u16).to_be_bytes();
    secret.expand(&[&length, b"HPKE-v1".as_slice(), SUITE, label, context].concat(), &mut expanded).unwrap();
    expanded
}
