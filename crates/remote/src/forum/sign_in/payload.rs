//! What the forum hands over: base64 of one block, and in it JSON with the key and our nonce.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use custody_core::{
    Private, Timestamp,
    ports::{Fault, PortError, PortResult},
};
use serde::Deserialize;

use super::{API_VERSION, Granted, SignIn, key_pair::BLOCK, private, unexpected};

const ROUTE: &str = "user_api_key.payload";

/// A block in base64 and its line breaks, with room for a mail program's own.
const LONGEST: usize = 4096;

#[derive(Deserialize)]
struct Clear {
    #[serde(deserialize_with = "private")]
    key: Private<String>,
    nonce: String,
    api: i64,
    expires_at: Option<Timestamp>,
}

impl SignIn {
    /// Opens what the forum handed over, in whatever whitespace it was copied.
    ///
    /// # Errors
    /// [`Fault::AnswerNotUnderstood`] for anything that was not made for this sign-in.
    pub fn open_payload(&self, text: &Private<String>) -> PortResult<Granted> {
        let block = block(text.reveal()).ok_or_else(|| odd("not the text that the forum shows"))?;
        let clear = self
            .pair
            .open(&block)
            .into_iter()
            .flatten()
            .find_map(|plain| serde_json::from_slice::<Clear>(&plain).ok())
            .ok_or_else(|| odd("not encrypted for this sign-in"))?;
        // Anybody who saw the public key can encrypt for it; only the forum was told the nonce.
        if clear.nonce != self.nonce {
            return Err(odd("the answer to another sign-in"));
        }
        if clear.api != API_VERSION {
            return Err(odd("another version of signing in than ours"));
        }
        if !is_key(clear.key.reveal()) {
            return Err(odd("a key that no header can carry"));
        }
        Ok(Granted { key: clear.key, expires_at: clear.expires_at, scopes: self.scopes() })
    }
}

fn block(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    STANDARD.decode(text).ok().filter(|block| block.len() == BLOCK)
}

fn is_key(text: &str) -> bool {
    (16..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn odd(what: &'static str) -> PortError {
    unexpected(ROUTE, Fault::AnswerNotUnderstood, what)
}
