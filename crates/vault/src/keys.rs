//! The keys of a desk: where they are kept, how they are made and how they are destroyed.
//!
//! The desk identity lies in a file of its own, sealed with the passphrase: it is needed to open, not to take in or to
//! erase. Everything else is in the keychain, or in a key file that was chosen on purpose.

use std::{fmt, str::FromStr};

use custody_core::ports::{Fault, KeyStore, PortError, PortResult};
use secrecy::{ExposeSecretMut, SecretBox};
use zeroize::Zeroizing;

pub(crate) mod epoch;
pub(crate) mod identity;
mod key_file;
mod keychain;
pub(crate) mod note;
pub(crate) mod recipient;
pub(crate) mod recovery;
pub(crate) mod token;
pub(crate) mod wrap;

pub(crate) use key_file::KeyFile;
pub(crate) use keychain::Keychain;
use token::TokenName;

/// A key of 32 bytes, wiped when dropped.
pub type Key = SecretBox<[u8; 32]>;

/// A place for secrets. Every call may block.
pub(crate) trait Store: Send + Sync {
    /// Which kind of place this is.
    fn kind(&self) -> KeyStore;
    /// A secret, or `None` if there is none of this name.
    fn get(&self, name: &KeyName) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError>;
    /// Keeps a secret, over an older one of this name.
    fn put(&self, name: &KeyName, secret: &[u8]) -> Result<(), StoreError>;
    /// Destroys a secret and looks whether it is gone. Finding none is success.
    fn destroy(&self, name: &KeyName) -> Result<(), StoreError>;
    /// The names of everything kept here. A crash may leave a name without a secret, never a secret without a name.
    fn names(&self) -> Result<Vec<KeyName>, StoreError>;
}

/// What a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyName {
    /// The key of an epoch.
    Epoch(i64),
    /// The key of the ledger's file.
    Ledger,
    /// The seed of the signing key.
    Signing,
    /// A token or password for a server.
    Token(TokenName),
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Epoch(epoch) => write!(f, "epoch-{epoch}"),
            Self::Ledger => f.write_str("ledger"),
            Self::Signing => f.write_str("signing"),
            Self::Token(name) => write!(f, "token-{name}"),
        }
    }
}

impl FromStr for KeyName {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        match (text, text.split_once('-')) {
            ("ledger", _) => Ok(Self::Ledger),
            ("signing", _) => Ok(Self::Signing),
            (_, Some(("epoch", epoch))) => epoch.parse().map(Self::Epoch).map_err(|_| StoreError::NotUnderstood),
            (_, Some(("token", name))) => name.parse().map(Self::Token).map_err(|_| StoreError::NotUnderstood),
            _ => Err(StoreError::NotUnderstood),
        }
    }
}

/// Why the place for secrets cannot be used. No variant holds a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    #[error("no keychain is running for this user")]
    NoKeychain,
    #[error("the keychain does not answer as it should")]
    Keychain(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the keychain does not take this")]
    Refused,
    #[error("the key file cannot be used")]
    Disk(#[source] std::io::Error),
    #[error("what was kept is not what was found")]
    NotUnderstood,
    #[error("a destroyed key is still there")]
    StillThere,
}

impl From<StoreError> for PortError {
    fn from(error: StoreError) -> Self {
        let trouble = match &error {
            StoreError::Disk(cause) if cause.kind() == std::io::ErrorKind::StorageFull => {
                Self::try_again(Fault::DiskFull)
            }
            _ => Self::needs_person(Fault::KeychainTrouble),
        };
        trouble.because(error)
    }
}

/// A fresh key.
pub(crate) fn make() -> PortResult<Key> {
    let mut key = Key::init_with_mut(|_| ());
    crate::chance::fill(key.expose_secret_mut())?;
    Ok(key)
}

/// A key as it was kept, or [`Fault::KeyMissing`].
pub(crate) fn load(store: &dyn Store, name: &KeyName) -> PortResult<Key> {
    let kept = store.get(name)?.ok_or_else(|| PortError::needs_person(Fault::KeyMissing))?;
    if kept.len() != 32 {
        return Err(StoreError::NotUnderstood.into());
    }
    Ok(Key::init_with_mut(|key| key.copy_from_slice(&kept)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_name_survives_its_text() {
        let token = KeyName::Token("forum-main".parse().unwrap());
        for name in [KeyName::Epoch(7), KeyName::Ledger, KeyName::Signing, token] {
            assert_eq!(name.to_string().parse::<KeyName>().unwrap(), name);
        }
        for text in ["", "epoch-", "epoch-x", "token-", "something"] {
            assert!(text.parse::<KeyName>().is_err(), "{text:?} names no key");
        }
    }
}
