//! The keys of approvers: each opens with the passphrase of one person, and with nothing that the desk has.

use custody_core::{
    id::PersonId,
    ports::{Fault, PortError, PortResult},
};
use ed25519_dalek::{Signer as _, SigningKey};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    blocking::blocking,
    disk::{self, disk_trouble},
    keys::{self, identity},
    vault::{Desk, Vault},
};

/// The most bytes of a sealed key.
const LIMIT: u64 = 64 << 10;

impl Vault {
    /// Makes a person's key, seals it with their passphrase, and gives the public half. An older one of theirs goes.
    pub async fn make_approver(&self, person: PersonId, passphrase: SecretString) -> PortResult<[u8; 32]> {
        let desk = self.0.clone();
        blocking(move || {
            let seed = keys::make()?;
            let sealed = identity::seal_secret(seed.expose_secret(), &passphrase, desk.work_factor)?;
            disk::replace(&*desk.disk, &desk.places.approver(person), &sealed).map_err(disk_trouble)?;
            Ok(SigningKey::from_bytes(seed.expose_secret()).verifying_key().to_bytes())
        })
        .await
    }

    /// Signs with a person's key.
    ///
    /// # Errors
    /// [`Fault::NotAnApprover`] if this desk keeps none of theirs, [`Fault::WrongPassphrase`] if it does not open.
    pub async fn sign_as_approver(
        &self,
        person: PersonId,
        passphrase: SecretString,
        text: Vec<u8>,
    ) -> PortResult<[u8; 64]> {
        let desk = self.0.clone();
        blocking(move || Ok(load(&desk, person, &passphrase)?.sign(&text).to_bytes())).await
    }

    /// Destroys a person's key. Finding none is success.
    pub async fn destroy_approver(&self, person: PersonId) -> PortResult<()> {
        let desk = self.0.clone();
        blocking(move || {
            let path = desk.places.approver(person);
            if let Some(mut key) = desk.disk.grip(&path).map_err(disk_trouble)? {
                key.overwrite().map_err(disk_trouble)?;
            }
            desk.disk.remove(&path).map_err(disk_trouble)?;
            desk.disk.sync_folder(&desk.places.keys()).map_err(disk_trouble)
        })
        .await
    }
}

/// The key itself is opened for every signature and wiped after it.
fn load(desk: &Desk, person: PersonId, passphrase: &SecretString) -> PortResult<SigningKey> {
    let sealed = disk::read(&*desk.disk, &desk.places.approver(person), LIMIT)
        .map_err(disk_trouble)?
        .ok_or_else(|| PortError::needs_person(Fault::NotAnApprover))?;
    let seed = identity::open_secret(&sealed, passphrase)?;
    let seed: &[u8; 32] = seed
        .as_slice()
        .try_into()
        .map_err(|_| PortError::needs_person(Fault::Damaged).because("the approver's key is not one"))?;
    Ok(SigningKey::from_bytes(seed))
}
