//! The signing key of the desk: receipts carry its signature.

use async_trait::async_trait;
use custody_core::ports::{Fault, PortError, PortResult, Signer};
use ed25519_dalek::{
    Signer as _, SigningKey, VerifyingKey,
    pkcs8::{EncodePublicKey, spki::der::pem::LineEnding},
};
use secrecy::ExposeSecret;

use crate::{
    blocking::blocking,
    keys::{self, KeyName, Store},
    vault::Vault,
};

/// The key itself is fetched for every signature and wiped after it.
pub(crate) fn load(store: &dyn Store) -> PortResult<SigningKey> {
    Ok(SigningKey::from_bytes(keys::load(store, &KeyName::Signing)?.expose_secret()))
}

/// The public key as text that any program reads (SubjectPublicKeyInfo in PEM).
pub(crate) fn pem(key: &VerifyingKey) -> PortResult<String> {
    key.to_public_key_pem(LineEnding::LF)
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))
}

#[async_trait]
impl Signer for Vault {
    fn public_key(&self) -> [u8; 32] {
        self.0.public_key.to_bytes()
    }

    async fn sign(&self, message: &[u8]) -> PortResult<[u8; 64]> {
        let (desk, message) = (self.0.clone(), message.to_vec());
        blocking(move || Ok(load(&*desk.store)?.sign(&message).to_bytes())).await
    }
}
