//! Keys against files: every held file has a wrap, every wrap a file, and one epoch key lies over all of them.

use std::collections::BTreeSet;

use super::{Compared, FlowError};
use crate::{
    held_file::{HeldFile, StateName},
    id::FileId,
    ports::Ports,
};

/// Counts what does not fit. Nothing is changed: a wrap or a key that is too many goes with the next rotation, and one that is
/// missing cannot be made again.
pub(super) async fn compare(ports: &Ports, compared: &mut Compared) -> Result<(), FlowError> {
    let wrapped: BTreeSet<FileId> = ports.ledger.all_wraps().await?.into_iter().map(|wrap| wrap.file).collect();
    let with_keys = [StateName::Held, StateName::Due, StateName::Erasing, StateName::Lost];
    let files = ports.ledger.files_in(&with_keys).await?;
    for file in files.iter().filter(|file| file.is_in_strongroom() && !wrapped.contains(&file.id())) {
        compared.without_key += u64::from(is_without_key(ports, file.id()).await?);
    }
    let known: BTreeSet<FileId> = files.iter().map(HeldFile::id).collect();
    for file in wrapped.difference(&known) {
        compared.stray_keys += u64::from(has_stray_wrap(ports, *file).await?);
    }
    let before = ports.ledger.epoch().await?;
    let there = ports.strongroom.epochs().await?;
    let after = ports.ledger.epoch().await?;
    compared.epoch_key_missing = !there.contains(&after) && !there.contains(&before);
    // A rotation under way makes the next key before the ledger names it, and destroys the last one after.
    let expected = before..=after.saturating_add(1);
    compared.old_epoch_keys = there.iter().filter(|epoch| !expected.contains(epoch)).count() as u64;
    Ok(())
}

/// Asked once more: it may have been sealed, or its erasure begun, while we were comparing.
async fn is_without_key(ports: &Ports, file: FileId) -> Result<bool, FlowError> {
    let held = ports.ledger.file(file).await?.is_some_and(|file| file.is_in_strongroom());
    Ok(held && ports.ledger.wraps(file).await?.is_empty())
}

async fn has_stray_wrap(ports: &Ports, file: FileId) -> Result<bool, FlowError> {
    let over = |name| matches!(name, StateName::Arriving | StateName::Refused | StateName::Erased);
    let is_over = ports.ledger.file(file).await?.is_none_or(|file| over(file.state().name()));
    Ok(is_over && !ports.ledger.wraps(file).await?.is_empty())
}
