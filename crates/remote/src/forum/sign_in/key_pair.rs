//! The key pair of one sign-in: made here, used for one payload, and wiped.

use custody_core::ports::{Fault, PortError, PortResult};
use getrandom::SysRng;
use rsa::{
    PrivateKey,
    pkcs8::{EncodePublicKey as _, LineEnding},
};
use sha1::Sha1;
use zeroize::Zeroizing;

use super::PROBE;
use crate::http::Failure;

/// The size forums recommend; codes for devices take no smaller one.
const BITS: usize = 2048;

/// One block of ours.
pub(super) const BLOCK: usize = BITS / 8;

/// A pair whose private half never leaves this process. The `rsa` crate wipes it when it is dropped.
pub(super) struct KeyPair {
    private: PrivateKey,
    pem: String,
}

impl KeyPair {
    /// Makes a pair. It takes a moment, so not on a thread that others wait for.
    pub(super) fn make() -> PortResult<Self> {
        let private = PrivateKey::new(&mut SysRng, BITS).map_err(|_| trouble("the key pair was not made"))?;
        // SubjectPublicKeyInfo: forums may refuse the older form.
        let pem = private
            .as_public_key()
            .to_public_key_pem(LineEnding::LF)
            .map_err(|_| trouble("the public key cannot be written"))?;
        Ok(Self { private, pem })
    }

    /// The public half as PEM.
    pub(super) fn pem(&self) -> &str {
        &self.pem
    }

    /// The plaintexts a block may hold: as OAEP, which is asked for, and as PKCS#1 v1.5, which old forums use whatever is
    /// asked. The randomness blinds the private operation. Neither says that the plaintext is genuine.
    pub(super) fn open(&self, block: &[u8]) -> [Option<Zeroizing<Vec<u8>>>; 2] {
        [
            self.private.oaep_decrypt_with_rng::<Sha1, _>(&mut SysRng, block).ok().map(Zeroizing::new),
            self.private.pkcs1v15_decrypt_with_rng(&mut SysRng, block).ok().map(Zeroizing::new),
        ]
    }
}

fn trouble(what: &'static str) -> PortError {
    PortError::try_again(Fault::KeychainTrouble).because(Failure::Unexpected { route: PROBE, what })
}
