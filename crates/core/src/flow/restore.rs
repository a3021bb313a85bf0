//! Restore: before anything of a restored desk can be opened, the erasures that its backup remembers are done again.

use std::collections::BTreeMap;

use tracing::info;

use super::{FlowError, intake};
use crate::{
    backup::{JournalEntry, JournaledFile},
    case::TopicId,
    event::{Actor, Event, EventKind},
    held_file::{Due, Refusal, SourceMark, State},
    id::{CaseId, FileId, ReceiptId},
    ports::{PortResult, Ports},
    transition::{Transition, Wrap, Write},
};

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Files whose erasure had begun and goes on: their receipts are still to come.
    pub going_on: u64,
    /// Files whose receipt the customer has.
    pub receipted: u64,
    /// Files that the restored ledger has not seen, or not taken in yet. They are not taken in.
    pub not_taken_in: u64,
}

impl Replayed {
    /// All of them.
    pub const fn all(&self) -> u64 {
        self.going_on + self.receipted + self.not_taken_in
    }
}

/// Does again what the journal of a backup says was erased: no wrap of such a file is left in the ledger afterwards, and none
/// of them is taken in again. Safe to run twice.
async fn replay(ports: &Ports, journal: &[JournalEntry]) -> Result<Replayed, FlowError> {
    let mut files: BTreeMap<FileId, &JournaledFile> = BTreeMap::new();
    let mut receipts: BTreeMap<FileId, ReceiptId> = BTreeMap::new();
    for entry in journal {
        match entry {
            JournalEntry::Erasing(file) => drop(files.entry(file.file).or_insert(file)),
            JournalEntry::Receipted { receipt, files } => {
                for file in files {
                    receipts.entry(*file).or_insert(*receipt);
                }
            }
        }
    }
    let mut replayed = Replayed::default();
    for (id, file) in files {
        replay_one(ports, file, receipts.get(&id).copied(), &mut replayed).await?;
    }
    info!(going_on = replayed.going_on, receipted = replayed.receipted, "restore.replay");
    Ok(replayed)
}

async fn replay_one(
    ports: &Ports,
    journaled: &JournaledFile,
    receipt: Option<ReceiptId>,
    replayed: &mut Replayed,
) -> Result<(), FlowError> {
    let now = ports.clock.now();
    // The forum may still serve it, and the ledger may be older than the case: it must be known again when it is seen.
    remember(ports, journaled).await?;
    let Some(file) = ports.ledger.file(journaled.file).await? else {
        replayed.not_taken_in += 1;
        return Ok(());
    };
    match file.state() {
        State::Arriving { .. } => {
            replayed.not_taken_in += 1;
            return intake::refuse(ports, file, Refusal::ErasedBefore, now).await;
        }
        State::Held { .. } | State::Due { .. } => {
            let due = Due { reason: journaled.reason, since: journaled.at, erase_at: journaled.at };
            ports.ledger.commit(vec![file.resume_erasing(due, receipt, now)?]).await?;
        }
        State::Erasing { .. } => {}
        State::Refused { .. } | State::Erased { .. } | State::Lost { .. } => return Ok(()),
    }
    let Some(file) = ports.ledger.file(journaled.file).await? else { return Ok(()) };
    super::erase::drop_wraps(ports, &file).await?;
    match receipt {
        Some(receipt) => {
            replayed.receipted += 1;
            ports.strongroom.erase(file.id()).await?;
            ports.ledger.commit(vec![file.erased_before(receipt, now)?]).await?;
        }
        None => replayed.going_on += 1,
    }
    Ok(())
}

async fn remember(ports: &Ports, journaled: &JournaledFile) -> PortResult<()> {
    ports.ledger.put_mark(&erased_mark(journaled.mark), &journaled.file.to_string()).await?;
    if ports.ledger.case(journaled.case).await?.is_none() {
        ports.ledger.put_mark(&case_mark(journaled.topic), &journaled.case.to_string()).await?;
    }
    Ok(())
}

/// Whether this attachment was erased before the desk was restored.
pub(super) async fn was_erased(ports: &Ports, mark: SourceMark) -> PortResult<bool> {
    Ok(ports.ledger.mark(&erased_mark(mark)).await?.is_some())
}

/// The id that the case of this thread had before the desk was restored, if its ledger is older than the case.
pub(super) async fn earlier_case(ports: &Ports, topic: TopicId) -> PortResult<Option<CaseId>> {
    Ok(ports.ledger.mark(&case_mark(topic)).await?.and_then(|id| id.parse().ok()))
}

fn erased_mark(mark: SourceMark) -> String {
    format!("erased {}", hex::encode(mark.as_bytes()))
}

fn case_mark(topic: TopicId) -> String {
    format!("case of {}", topic.0)
}

/// Replays the journal, and then seals every key that is left anew under a new epoch, whose old key is destroyed. `wrap_anew` seals
/// them for the recipients of the new machine. In this order: what was erased is not sealed for anybody again.
pub async fn begin_anew(
    ports: &Ports,
    journal: &[JournalEntry],
    by: Actor,
    wrap_anew: impl AsyncFnOnce(Vec<Wrap>, i64) -> PortResult<Vec<Wrap>>,
) -> Result<Replayed, FlowError> {
    let replayed = replay(ports, journal).await?;
    let next = ports.ledger.epoch().await? + 1;
    ports.strongroom.make_epoch(next).await?;
    let wraps = wrap_anew(ports.ledger.all_wraps().await?, next).await?;
    change_recipients(ports, next, wraps, by).await?;
    super::erase::destroy_old_epochs(ports).await?;
    Ok(replayed)
}

/// Puts wraps for other recipients in the place of all wraps, under a new epoch. The old epoch key is to be destroyed after.
pub async fn change_recipients(ports: &Ports, epoch: i64, wraps: Vec<Wrap>, by: Actor) -> Result<(), FlowError> {
    let mut recipients: Vec<_> = wraps.iter().map(|wrap| wrap.recipient.clone()).collect();
    recipients.sort_unstable();
    recipients.dedup();
    let kind = EventKind::RecipientsChanged { epoch, wraps: wraps.len() as u64, recipients };
    let event = Event { at: ports.clock.now(), actor: by, kind };
    ports.ledger.commit(vec![Transition::new(Write::Recipients { epoch, wraps }, event)]).await?;
    Ok(())
}
