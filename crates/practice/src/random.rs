//! Random bytes for keys and for names that must not be guessed.

use std::hash::{BuildHasher, RandomState};

/// Fills `bytes` from the system, or from the hasher's seed where the system has none to give.
pub(crate) fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        for (index, chunk) in bytes.chunks_mut(8).enumerate() {
            let value = RandomState::new().hash_one(index).to_le_bytes();
            for (byte, random) in chunk.iter_mut().zip(value) {
                *byte = random;
            }
        }
    }
}
