//! Epoch keys: one lies over every wrap, and destroying it makes every older remnant of a wrap useless.

use std::collections::BTreeMap;

use custody_core::{
    ports::{Fault, PortError, PortResult},
    transition::Wrap,
};
use secrecy::ExposeSecret;

use super::{Key, KeyName, Store, wrap};

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
