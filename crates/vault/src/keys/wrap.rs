//! A wrap: the identity of one file, sealed with age for a recipient and once more under the epoch key.
//!
//! Layout of [`Wrap::sealed`]: a random nonce of 24 bytes, then XChaCha20-Poly1305 over a binary age file. The associated
//! data names the file and the epoch, so a wrap moved to another file or epoch does not open.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use custody_core::{
    id::FileId,
    ports::{Fault, PortError, PortResult},
    transition::Wrap,
};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::{Key, recipient::Recipient};
use crate::{
    chance::random,
    strongroom::age_stream::{self, Form},
};

const NONCE: usize = 24;
/// An identity is 74 characters long; whatever is longer is not one.
const IDENTITY_LIMIT: usize = 1 << 10;

/// Seals the identity of `file` for a recipient under the key of `epoch`.
pub(crate) fn seal(
    file: FileId,
    epoch: i64,
    key: &Key,
    recipient: &Recipient,
    identity: &SecretString,
) -> PortResult<Wrap> {
    let inner = age::encrypt(recipient.as_age(), identity.expose_secret().as_bytes())
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
    let sealed = seal_outer(file, epoch, key, &inner)?;
    Ok(Wrap { file, recipient: recipient.to_string(), epoch, sealed })
}

/// Opens a wrap of `file` with the identity of its recipient.
pub(crate) fn open(
    file: FileId,
    wrap: &Wrap,
    key: &Key,
    identity: &age::x25519::Identity,
) -> PortResult<age::x25519::Identity> {
    let inner = open_outer(file, wrap, key)?;
    let opened = age_stream::open_age(inner.as_slice(), Form::Binary, &[identity])?;
    let text = Zeroizing::new(opened.all(IDENTITY_LIMIT)?);
    std::str::from_utf8(&text)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| PortError::needs_person(Fault::Damaged).because("a wrap holds no identity"))
}

/// The same wrap under the key of another epoch. The recipient's identity is not needed, so the desk may be locked.
pub(crate) fn reseal(wrap: &Wrap, from: &Key, epoch: i64, to: &Key) -> PortResult<Wrap> {
    let inner = open_outer(wrap.file, wrap, from)?;
    Ok(Wrap { epoch, sealed: seal_outer(wrap.file, epoch, to, &inner)?, ..wrap.clone() })
}

fn seal_outer(file: FileId, epoch: i64, key: &Key, inner: &[u8]) -> PortResult<Vec<u8>> {
    let nonce: [u8; NONCE] = random()?;
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), Payload { msg: inner, aad: &bound_to(file, epoch) })
        .map_err(|_| PortError::not_possible(Fault::KeychainTrouble).because("a wrap is too long to be sealed"))?;
    Ok([&nonce[..], &sealed].concat())
}

fn open_outer(file: FileId, wrap: &Wrap, key: &Key) -> PortResult<Zeroizing<Vec<u8>>> {
    let damaged = || PortError::needs_person(Fault::Damaged).because("a wrap does not open under its epoch key");
    let (nonce, sealed) = wrap.sealed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    cipher(key)
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &bound_to(file, wrap.epoch) })
        .map(Zeroizing::new)
        .map_err(|_| damaged())
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose_secret().into())
}

/// Every part has a fixed length, so no two pairs of file and epoch give the same bytes.
fn bound_to(file: FileId, epoch: i64) -> Vec<u8> {
    [b"custody/wrap/v1\0".as_slice(), file.as_bytes(), &epoch.to_be_bytes()].concat()
}
