//! One piece of work at a time for each id: a seal that was given up may still be tidying when the next one begins.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

/// Who is being worked on.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<[u8; 16], Weak<Turn<()>>>>);

impl Turns {
    /// Waits until nobody works on this id. The turn ends when the guard is dropped.
    pub(crate) async fn of(&self, id: [u8; 16]) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let known = turns.get(&id).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let fresh = Arc::default();
                turns.insert(id, Arc::downgrade(&fresh));
                fresh
            })
        };
        turn.lock_owned().await
    }
}
