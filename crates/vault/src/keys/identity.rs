//! The desk identity: what opens wraps. It lies in an armored age file that the passphrase opens.

use std::{
    io::Write,
    iter,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use age::armor::{ArmoredWriter, Format};
use custody_core::ports::{Fault, PortError, PortResult};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::strongroom::age_stream::{self, Form, OpenError};

const IDENTITY_LIMIT: usize = 1 << 10;

/// How hard a passphrase is to guess: scrypt with 2 to the power of this.
///
/// Each step doubles the time and the memory; 18 takes about a second and 256 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// What a desk uses.
    pub const DESK: Self = Self(18);
    /// For tests and the practice world: guessable, and fast.
    pub const PRACTICE: Self = Self(4);
    /// The most that is tried when a passphrase is checked; more would be somebody else's file.
    const MOST: u8 = 20;
}

/// Seals the identity with a passphrase.
pub(crate) fn seal(
    identity: &age::x25519::Identity,
    passphrase: &SecretString,
    work: WorkFactor,
) -> PortResult<Vec<u8>> {
    seal_secret(identity.to_string().expose_secret().as_bytes(), passphrase, work)
}

/// Seals a secret with a passphrase.
pub(crate) fn seal_secret(secret: &[u8], passphrase: &SecretString, work: WorkFactor) -> PortResult<Vec<u8>> {
    if passphrase.expose_secret().is_empty() {
        return Err(PortError::not_possible(Fault::WrongPassphrase).because("a passphrase has at least one character"));
    }
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(work.0);
    let encryptor = age::Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
        .map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))?;
    let written = (|| {
        let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        let mut writer = encryptor.wrap_output(armor)?;
        writer.write_all(secret)?;
        writer.finish()?.finish()
    })();
    written.map_err(|cause| PortError::not_possible(Fault::KeychainTrouble).because(cause))
}

/// Opens the sealed identity.
pub(crate) fn open(sealed: &[u8], passphrase: &SecretString) -> PortResult<age::x25519::Identity> {
    let text = open_secret(sealed, passphrase)?;
    std::str::from_utf8(&text)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| PortError::needs_person(Fault::Damaged).because("the desk identity is not one"))
}

/// Opens a secret that a passphrase sealed.
pub(crate) fn open_secret(sealed: &[u8], passphrase: &SecretString) -> PortResult<Zeroizing<Vec<u8>>> {
    let mut lock = age::scrypt::Identity::new(passphrase.clone());
    lock.set_max_work_factor(WorkFactor::MOST);
    let opened = match age_stream::open_age(sealed, Form::Armored, &[&lock]) {
        Err(OpenError::NoMatch) => return Err(PortError::needs_person(Fault::WrongPassphrase)),
        other => other?,
    };
    Ok(Zeroizing::new(opened.all(IDENTITY_LIMIT)?))
}

/// The identity while the desk is unlocked.
#[derive(Default)]
pub(crate) struct Unlocked {
    identity: Mutex<Option<age::x25519::Identity>>,
    locks: Arc<AtomicU64>,
}

impl Unlocked {
    pub(crate) fn put(&self, identity: age::x25519::Identity) {
        *self.identity.lock().unwrap_or_else(PoisonError::into_inner) = Some(identity);
    }

    /// Drops the identity, which wipes it, and ends every stream that was opened with it.
    pub(crate) fn lock(&self) {
        self.identity.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.locks.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn is_unlocked(&self) -> bool {
        self.identity.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Uses the identity, which never leaves this place; [`Fault::Locked`] without one.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&age::x25519::Identity) -> PortResult<T>) -> PortResult<T> {
        match &*self.identity.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(identity) => work(identity),
            None => Err(locked()),
        }
    }

    /// A pass that is good until the desk is locked the next time; [`Fault::Locked`] if it is.
    pub(crate) fn pass(&self) -> PortResult<Pass> {
        // Counted first: a lock in between makes the pass useless instead of immortal.
        let issued = self.locks.load(Ordering::SeqCst);
        if !self.is_unlocked() {
            return Err(locked());
        }
        Ok(Pass { issued, locks: self.locks.clone() })
    }
}

/// Lets a long piece of work notice that the desk was locked meanwhile.
#[derive(Clone)]
pub(crate) struct Pass {
    issued: u64,
    locks: Arc<AtomicU64>,
}

impl Pass {
    /// [`Fault::Locked`] once the desk was locked.
    pub(crate) fn check(&self) -> PortResult<()> {
        if self.locks.load(Ordering::SeqCst) == self.issued { Ok(()) } else { Err(locked()) }
    }
}

fn locked() -> PortError {
    PortError::needs_person(Fault::Locked)
}
