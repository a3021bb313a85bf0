//! Every port in memory. Fast enough for ten thousand histories, and each write can be cut off before or after it happens.

mod backup;
mod drop_folders;
mod forum;
mod ledger;
mod mail;
mod power;
mod strongroom;

pub use backup::{MemoryTarget, There};
pub use drop_folders::MemoryDropFolders;
pub use forum::{MemoryForum, MemoryThread};
pub use ledger::MemoryLedger;
pub use mail::MemoryMail;
pub use power::{Cut, Power};
pub use strongroom::MemoryStrongroom;

use std::sync::{Arc, Mutex};

use custody_core::{
    SignedDuration, Timestamp,
    digest::DigestPolicy,
    flow::Policy,
    id::DeskId,
    period::Period,
    phrases::Phrases,
    ports::{BackupTarget, Chance, Clock, PortResult, Ports, Signer},
    retention::Rules,
};

/// A desk in memory with its outside world.
#[derive(Debug)]
pub struct MemoryWorld {
    /// Cuts writes off.
    pub power: Arc<Power>,
    /// Moved by the story.
    pub clock: Arc<ManualClock>,
    /// The record.
    pub ledger: Arc<MemoryLedger>,
    /// The sealed files.
    pub strongroom: Arc<MemoryStrongroom>,
    /// A second disk, if there is one.
    pub backups: Vec<Arc<MemoryTarget>>,
    /// What staff saved.
    pub drop_folders: Arc<MemoryDropFolders>,
    /// The forum.
    pub forum: Arc<MemoryForum>,
    /// The mail server and the customer's mailbox.
    pub mail: Arc<MemoryMail>,
}

impl Default for MemoryWorld {
    fn default() -> Self {
        let power = Arc::new(Power::default());
        Self {
            clock: Arc::new(ManualClock::default()),
            ledger: Arc::new(MemoryLedger::new(power.clone())),
            strongroom: Arc::new(MemoryStrongroom::new(power.clone())),
            backups: Vec::new(),
            drop_folders: Arc::new(MemoryDropFolders::new(power.clone())),
            forum: Arc::new(MemoryForum::new(power.clone())),
            mail: Arc::new(MemoryMail::new(power.clone())),
            power,
        }
    }
}

impl MemoryWorld {
    /// The ports of its desk.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: self.clock.clone(),
            chance: Arc::new(Counted(self.clock.clone())),
            ledger: self.ledger.clone(),
            strongroom: self.strongroom.clone(),
            drop_folders: self.drop_folders.clone(),
            backups: self.backups.iter().map(|target| Arc::clone(target) as Arc<dyn BackupTarget>).collect(),
            signer: Arc::new(MemorySigner),
            forum: self.forum.clone(),
            tracker: self.forum.clone(),
            postbox: Some(self.mail.clone()),
            mailbox: Some(self.mail.clone()),
        }
    }
}

/// A policy with the usual rules: three days of grace, at the latest 90 days after arrival.
pub fn policy() -> Policy {
    Policy {
        kit_first: false,
        ticket_patterns: Vec::new(),
        tickets_each_round: u32::MAX,
        longest_lease: Period::hours(8),
        notice: false,
        digest: DigestPolicy::default(),
        rules: Rules::usual(),
        sweep_cap: 1000,
        max_file_bytes: 1 << 20,
        write_twice: false,
        answer_time: Period::days(30),
        follow_up_every: Period::days(1),
        phrases: Phrases::default(),
        language: "en".to_owned(),
        issuer: "Example Support".to_owned(),
        contact: "privacy@support.example".to_owned(),
        mail_domain: "support.example".to_owned(),
        desk: DeskId::from_bytes([1; 16]),
        version: "0.0.0".to_owned(),
    }
}

/// A clock that moves only when told.
#[derive(Debug)]
pub struct ManualClock {
    now: Mutex<Timestamp>,
    ids: Mutex<u64>,
}

impl Default for ManualClock {
    fn default() -> Self {
        let start = Timestamp::from_second(1_790_000_000).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { now: Mutex::new(start), ids: Mutex::new(0) }
    }
}

impl ManualClock {
    /// Moves it, forward or back.
    pub fn move_by(&self, by: SignedDuration) {
        let mut now = lock(&self.now);
        *now = now.checked_add(by).unwrap_or(*now);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *lock(&self.now)
    }
}

/// Ids that count up, so that a failing history is the same when run again.
struct Counted(Arc<ManualClock>);

impl Chance for Counted {
    fn id_bytes(&self) -> PortResult<[u8; 16]> {
        let mut ids = lock(&self.0.ids);
        *ids += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&ids.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        bytes[8..].copy_from_slice(&ids.to_be_bytes());
        Ok(bytes)
    }
}

/// Signs with zeros: what histories check is which receipts exist, not their mathematics.
struct MemorySigner;

#[async_trait::async_trait]
impl Signer for MemorySigner {
    fn public_key(&self) -> [u8; 32] {
        [0; 32]
    }

    async fn sign(&self, _message: &[u8]) -> PortResult<[u8; 64]> {
        Ok([0; 64])
    }
}

/// A lock whose holder panicked is a failed test already.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
