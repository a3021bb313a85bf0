//! Settings that change, and their row: by a command, or by hand while the desk was closed.

use std::collections::BTreeMap;

use custody_core::{
    event::{Actor, Event, EventKind},
    ports::{Fault, Ledger, PortError, Ports},
    transition::Transition,
};
use sha2::{Digest as _, Sha256};

use crate::{
    Result,
    settings::{Settings, SettingsError},
};

/// Where the digests of the settings are kept that the desk last worked by.
const LAST: &str = "settings";

/// The digest of each part. The texts are not kept: they hold addresses.
type Parts = BTreeMap<String, String>;

fn parts_of(settings: &Settings) -> Result<Parts, SettingsError> {
    let table = toml::Table::try_from(settings).map_err(SettingsError::NotWritten)?;
    Ok(table.into_iter().map(|(part, value)| (part, hex::encode(Sha256::digest(value.to_string())))).collect())
}

/// The parts in which these settings differ, and the rules in words if they are among them.
pub(super) fn difference(before: &Settings, after: &Settings) -> Result<Option<EventKind>, SettingsError> {
    event(&parts_of(before)?, after, false)
}

fn event(before: &Parts, after: &Settings, by_hand: bool) -> Result<Option<EventKind>, SettingsError> {
    let now = parts_of(after)?;
    let mut parts: Vec<String> =
        now.iter().filter(|(part, digest)| before.get(*part) != Some(digest)).map(name).collect();
    parts.extend(before.iter().filter(|(part, _)| !now.contains_key(*part)).map(name));
    parts.sort();
    let rules = if parts.iter().any(|part| part == "rule") {
        after.rules.iter().map(ToString::to_string).collect()
    } else {
        Vec::new()
    };
    Ok((!parts.is_empty()).then_some(EventKind::SettingsChanged { parts, rules, by_hand }))
}

fn name((part, _): (&String, &String)) -> String {
    part.clone()
}

/// Remembers what the desk works by from now on.
pub(super) async fn remember(ledger: &(dyn Ledger + '_), settings: &Settings) -> Result<()> {
    let text = serde_json::to_string(&parts_of(settings)?)
        .map_err(|cause| PortError::needs_person(Fault::LedgerTrouble).because(cause))?;
    Ok(ledger.put_mark(LAST, &text).await?)
}

/// Settings are a file that people edit. What was changed in it while the desk was closed is recorded when it is opened: a
/// rule must not change without its row.
pub(super) async fn note_changes_by_hand(ports: &Ports, settings: &Settings) -> Result<()> {
    let known = ports.ledger.mark(LAST).await?.and_then(|text| serde_json::from_str::<Parts>(&text).ok());
    if let Some(known) = known {
        let Some(kind) = event(&known, settings, true)? else { return Ok(()) };
        let event = Event { at: ports.clock.now(), actor: Actor::Desk, kind };
        ports.ledger.commit(vec![Transition::event_only(event)]).await?;
    }
    remember(ports.ledger.as_ref(), settings).await
}
