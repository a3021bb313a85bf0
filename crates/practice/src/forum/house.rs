//! What the forum's two servers share.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::faults::Faults;
use super::model::State;
use super::uploads::store::Folder;
use crate::clock::PracticeClock;

/// The forum's state, clock, faults and upload folder.
#[derive(Debug)]
pub(crate) struct House {
    pub clock: PracticeClock,
    pub faults: Faults,
    pub folder: Folder,
    /// Signs storage addresses.
    pub secret: [u8; 32],
    /// Counts downloads whose content a fault changes.
    pub downloads: Arc<AtomicU64>,
    state: Mutex<State>,
}

impl House {
    pub(crate) fn new(clock: PracticeClock, folder: Folder, state: State) -> Self {
        let mut secret = [0; 32];
        crate::random::fill(&mut secret);
        Self {
            clock,
            faults: Faults::default(),
            folder,
            secret,
            downloads: Arc::new(AtomicU64::new(0)),
            state: Mutex::new(state),
        }
    }

    /// The state. Held only between two awaits, never across one.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
