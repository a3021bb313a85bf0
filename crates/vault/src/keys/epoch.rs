//! Epoch keys: one lies over every wrap, and destroying it makes every older remnant of a wrap useless.

use std::collections::BTreeMap;

use custody_core::{
    id::FileId,
    ports::{Fault, PortError, PortResult},
    transition::Wrap,
};
use secrecy::ExposeSecret;

use super::{Key, KeyName, Store, recipient::Recipient, wrap};

/// Makes the key of an epoch. One that is there stays: wraps may be sealed under it already.
pub(crate) fn make(store: &dyn Store, epoch: i64) -> PortResult<()> {
    let name = KeyName::Epoch(epoch);
    if store.get(&name)?.is_none() {
        store.put(&name, super::make()?.expose_secret())?;
    }
    Ok(())
}

/// The key of an epoch, or [`Fault::KeyMissing`].
pub(crate) fn load(store: &dyn Store, epoch: i64) -> PortResult<Key> {
    super::load(store, &KeyName::Epoch(epoch))
}

/// The epochs whose keys are there.
pub(crate) fn list(store: &dyn Store) -> PortResult<Vec<i64>> {
    let mut epochs = Vec::new();
    for name in store.names()? {
        if let KeyName::Epoch(epoch) = name
            && store.get(&name)?.is_some()
        {
            epochs.push(epoch);
        }
    }
    epochs.sort_unstable();
    Ok(epochs)
}

/// Destroys every epoch key but one, which must be there: without it nothing could be opened ever again.
pub(crate) fn destroy_all_but(store: &dyn Store, keep: i64) -> PortResult<Vec<i64>> {
    let epochs = list(store)?;
    if !epochs.contains(&keep) {
        return Err(PortError::needs_person(Fault::KeyMissing));
    }
    let others: Vec<i64> = epochs.into_iter().filter(|epoch| *epoch != keep).collect();
    for epoch in &others {
        store.destroy(&KeyName::Epoch(*epoch))?;
    }
    Ok(others)
}

/// Opens the key of every file with the wrap that is `own`, and seals it for these recipients under the key of `to`.
///
/// A file without such a wrap keeps the wraps it has, under the new key: what cannot be opened is not thrown away.
pub(crate) fn wrap_anew(
    store: &dyn Store,
    wraps: &[Wrap],
    identity: &age::x25519::Identity,
    own: &str,
    recipients: &[Recipient],
    to: i64,
) -> PortResult<Vec<Wrap>> {
    let new = load(store, to)?;
    let mut of_file: BTreeMap<FileId, Vec<&Wrap>> = BTreeMap::new();
    for wrap in wraps {
        of_file.entry(wrap.file).or_default().push(wrap);
    }
    let mut anew = Vec::new();
    for (file, wraps) in of_file {
        let Some(opened) = wraps.iter().find(|wrap| wrap.recipient == own) else {
            for wrap in wraps {
                anew.push(wrap::reseal(wrap, &load(store, wrap.epoch)?, to, &new)?);
            }
            continue;
        };
        let text = wrap::open(file, opened, &load(store, opened.epoch)?, identity)?.to_string();
        for recipient in recipients {
            anew.push(wrap::seal(file, to, &new, recipient, &text)?);
        }
    }
    Ok(anew)
}

/// Seals these wraps anew under the key of `to`.
pub(crate) fn rewrap(store: &dyn Store, wraps: &[Wrap], to: i64) -> PortResult<Vec<Wrap>> {
    let new = load(store, to)?;
    let mut old = BTreeMap::new();
    for wrap in wraps {
        if let std::collections::btree_map::Entry::Vacant(place) = old.entry(wrap.epoch) {
            place.insert(load(store, wrap.epoch)?);
        }
    }
    wraps.iter().map(|wrap| wrap::reseal(wrap, &old[&wrap.epoch], to, &new)).collect()
}
