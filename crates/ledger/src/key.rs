//! The key of an embedded ledger.

use std::{fmt, sync::Arc};

use zeroize::Zeroizing;

/// The 32-byte key of an SQLCipher ledger. Used as it is, without a derivation: it is random already.
///
/// Cheap to clone; the bytes are wiped with the last clone. `Debug` shows nothing of them.
#[derive(Clone)]
pub struct LedgerKey(Arc<Zeroizing<[u8; 32]>>);

impl LedgerKey {
    /// The key made of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Arc::new(Zeroizing::new(bytes)))
    }

    /// The statement that gives the key to SQLCipher: a raw key, as the quoted blob says.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", digits.as_str()))
    }
}

impl fmt::Debug for LedgerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LedgerKey")
    }
}
