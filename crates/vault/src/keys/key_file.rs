//! The key file: for machines without a keychain, chosen on purpose, and named on the receipts.

use std::{
    collections::BTreeMap,
    fmt, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use custody_core::ports::KeyStore;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use zeroize::Zeroizing;

use super::{KeyName, Store, StoreError};
use crate::disk::{self, Disk};

const VERSION: u32 = 1;
const LIMIT: u64 = 1 << 20;

/// Secrets in one file that only its owner can read. Every change replaces the whole file at once.
pub(crate) struct KeyFile {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// Reading and replacing the file is one step.
    turn: Mutex<()>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u32,
    keys: BTreeMap<String, Kept>,
}

struct Kept(Zeroizing<Vec<u8>>);

impl KeyFile {
    pub(crate) fn at(disk: Arc<dyn Disk>, path: PathBuf) -> Self {
        Self { disk, path, turn: Mutex::new(()) }
    }

    fn read(&self) -> Result<Content, StoreError> {
        let text = disk::read(&*self.disk, &self.path, LIMIT).map_err(StoreError::Disk)?;
        let Some(text) = text.map(Zeroizing::new) else {
            return Ok(Content { version: VERSION, keys: BTreeMap::new() });
        };
        // The library's error would quote the text it stumbled over.
        let content: Content = serde_json::from_slice(&text).map_err(|_| StoreError::NotUnderstood)?;
        if content.version == VERSION { Ok(content) } else { Err(StoreError::NotUnderstood) }
    }

    fn replace(&self, content: &Content) -> Result<(), StoreError> {
        // One buffer that is large enough: growing would leave unwiped copies behind.
        let mut text = Zeroizing::new(Vec::with_capacity(64 << 10));
        serde_json::to_writer_pretty(&mut *text, content).map_err(|cause| StoreError::Disk(io::Error::other(cause)))?;
        disk::replace(&*self.disk, &self.path, &text).map_err(StoreError::Disk)
    }
}

impl Store for KeyFile {
    fn kind(&self) -> KeyStore {
        KeyStore::KeyFile
    }

    fn get(&self, name: &KeyName) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(self.read()?.keys.remove(&name.to_string()).map(|kept| kept.0))
    }

    fn put(&self, name: &KeyName, secret: &[u8]) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut content = self.read()?;
        content.keys.insert(name.to_string(), Kept(Zeroizing::new(secret.to_vec())));
        self.replace(&content)
    }

    fn destroy(&self, name: &KeyName) -> Result<(), StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut content = self.read()?;
        if content.keys.remove(&name.to_string()).is_some() {
            self.replace(&content)?;
        }
        if self.read()?.keys.contains_key(&name.to_string()) { Err(StoreError::StillThere) } else { Ok(()) }
    }

    fn names(&self) -> Result<Vec<KeyName>, StoreError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.read()?.keys.keys().map(|name| name.parse()).collect()
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(BASE64_STANDARD.encode(&*self.0)))
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Kept;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a secret in base64")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Kept, E> {
                BASE64_STANDARD
                    .decode(text)
                    .map(|secret| Kept(Zeroizing::new(secret)))
                    .map_err(|_| E::custom("not base64"))
            }
        }
        deserializer.deserialize_str(Text)
    }
}
