//! The operating system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.
//!
//! Each secret is an entry of its own. The keychains cannot all be searched, so one more entry lists the names; a name is
//! added before its secret and taken away after it.

use std::sync::{Mutex, PoisonError};

use custody_core::{id::DeskId, ports::KeyStore};
use keyring::{Entry, Error};
use zeroize::Zeroizing;

use super::{KeyName, Store, StoreError};

const SERVICE: &str = "custody";
const NAMES: &str = "names";

/// The entries of one desk.
pub(crate) struct Keychain {
    desk: DeskId,
    /// Reading and changing the list of names is one step.
    turn: Mutex<()>,
}

impl Keychain {
    pub(crate) const fn of(desk: DeskId) -> Self {
        Self { desk, turn: Mutex::new(()) }
    }

    fn entry(&self, name: &str) -> Result<Entry, StoreError> {
        Entry::new(SERVICE, &format!("{}/{name}", self.desk)).map_err(trouble)
    }

    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), StoreError> {
        self.entry(name)?.set_secret(secret).map_err(trouble)
    }

    fn listed(&self) -> Result<Vec<KeyName>, StoreError> {
        let Some(text) = self.read(NAMES)? else { return Ok(Vec::new()) };
        let text = std::str::from_utf8(&text).map_err(|_| StoreError::NotUnderstood)?;
        text.lines().map(str::parse).collect()
    }

    fn list(&self, names: &[KeyName]) -> Result<(), StoreError> {
        let lines: Vec<String> = names.iter().map(KeyName::to_string).collect();
        self.write(NAMES, lines.join("\n").as_bytes())
    }
}

impl Store for Keychain {
    fn kind(&self) -> KeyStore {
        KeyStore::Keychain
    }

    fn get(&self, name: &KeyName) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        self.read(&name.to_string())
    }

    fn put(&self, name: &KeyName, secret: &[u8]) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names = self.listed()?;
        if !names.contains(name) {
            names.push(name.clone());
            self.list(&names)?;
        }
        self.write(&name.to_string(), secret)
    }

    fn destroy(&self, name: &KeyName) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        match self.entry(&name.to_string())?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => (),
            Err(error) => return Err(trouble(error)),
        }
        if self.read(&name.to_string())?.is_some() {
            return Err(StoreError::StillThere);
        }
        let mut names = self.listed()?;
        names.retain(|listed| listed != name);
        self.list(&names)
    }

    fn names(&self) -> Result<Vec<KeyName>, StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.listed()
    }
}

/// Some of the library's errors carry the secret itself; those are reduced to what they mean.
fn trouble(error: Error) -> StoreError {
    match error {
        Error::NoDefaultStore => StoreError::NoKeychain,
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => StoreError::Keychain(cause),
        Error::TooLong(..) | Error::Invalid(..) | Error::NotSupportedByStore(_) => StoreError::Refused,
        _ => StoreError::NotUnderstood,
    }
}
