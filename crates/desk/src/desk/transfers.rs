//! What is being moved right now, in bytes: told while it lasts, kept nowhere.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use custody_core::{
    id::FileId,
    ports::{Job, Ledger as _},
};
use tokio::{sync::watch, time::Instant};

use super::Desk;
use crate::{Result, views::TransferView};

/// What takes less than this needs no telling.
const SHOWN_AFTER: Duration = Duration::from_secs(1);

/// The file that each job is at.
#[derive(Debug, Default)]
pub(super) struct Transfers {
    now: Mutex<BTreeMap<Job, Transfer>>,
    told: watch::Sender<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Transfer {
    file: FileId,
    done: u64,
    total: Option<u64>,
    began: Instant,
}

/// Forgets what a job moved when it ends, however it does.
pub(super) struct Moving<'t>(&'t Transfers, Job);

impl Transfers {
    pub(super) fn during(&self, job: Job) -> Moving<'_> {
        Moving(self, job)
    }

    pub(super) fn note(&self, job: Job, file: FileId, done: u64, total: Option<u64>) {
        let mut now = self.now();
        let same = now.get(&job).filter(|transfer| transfer.file == file);
        let began = same.map_or_else(Instant::now, |transfer| transfer.began);
        now.insert(job, Transfer { file, done, total, began });
        drop(now);
        self.told.send_modify(|count| *count += 1);
    }

    fn now(&self) -> MutexGuard<'_, BTreeMap<Job, Transfer>> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Moving<'_> {
    fn drop(&mut self) {
        if self.0.now().remove(&self.1).is_some() {
            self.0.told.send_modify(|count| *count += 1);
        }
    }
}

impl Desk {
    /// What has been moved for longer than a moment, and goes on.
    pub async fn transfers(&self) -> Result<Vec<TransferView>> {
        let now = self.0.transfers.now().clone();
        let mut views = Vec::new();
        for (job, transfer) in now {
            if transfer.began.elapsed() < SHOWN_AFTER {
                continue;
            }
            let Transfer { file, done, total, .. } = transfer;
            if let Some(held) = self.0.ledger.file(file).await? {
                let (file, case) = (file.to_string(), held.case().to_string());
                views.push(TransferView { job, file, case, done, total });
            }
        }
        Ok(views)
    }

    /// Ticks with every portion that was moved.
    pub fn transfer_changes(&self) -> watch::Receiver<u64> {
        self.0.transfers.told.subscribe()
    }
}
