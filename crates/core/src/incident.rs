//! A machine that was lost: what was readable on its desk in that time, told by the desk's events alone.
//!
//! The record says what was taken in, opened and erased, and when. It does not say what was only copied from a screen, nor
//! what lay in a drop folder without having been noticed yet.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    event::{Actor, Event, EventKind},
    held_file::Finding,
    id::{CaseId, CustomerId, FileId, PersonId, ViewingCopyId},
    report::Span,
};

/// What was readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// The time in which the machine may have been in other hands: from the moment it was last seen to the moment of the loss.
    pub span: Span,
    /// Whether the desk was unlocked at some moment of it, as far as the record says: then sealed files could be opened.
    pub unlocked: bool,
    /// Since when, if it still was at its end.
    pub unlocked_since: Option<Timestamp>,
    /// Wrong passphrases in that time.
    pub wrong_passphrases: u64,
    /// Files that were there at some moment of it, in order of arrival.
    pub files: Vec<FileThere>,
    /// Viewing copies that were there, in order of their making.
    pub copies: Vec<CopyThere>,
    /// The last event that the record holds, and when it was.
    pub last_event: Option<(u64, Timestamp)>,
}

/// A file that was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileThere {
    /// The file.
    pub file: FileId,
    /// Its case.
    pub case: CaseId,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Its size in bytes, once sealed.
    pub size: Option<u64>,
    /// When it was sealed.
    pub sealed_at: Option<Timestamp>,
    /// How it lay there: the most readable form of that time.
    pub form: Form,
    /// When it was proven erased, before or after the loss.
    pub erased_at: Option<Timestamp>,
}

/// How a file lay there. Ordered: what comes later is read more easily.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Its key was dropped, and the key above it not yet destroyed: only remnants of the disk could still be opened.
    KeyDropped,
    /// Sealed: opened with the passphrase, or without it while the desk was unlocked.
    Sealed,
    /// Also readable, in a viewing copy.
    ViewingCopy,
    /// Also readable, in the drop folder where it had been saved.
    DropFolder,
}

/// A viewing copy that was there, readable for whoever had the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CopyThere {
    /// The copy.
    pub copy: ViewingCopyId,
    /// Of which file.
    pub file: FileId,
    /// For whom it was made.
    pub person: Option<PersonId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When its lease ended. A machine that is switched off ends nothing.
    pub until: Timestamp,
}

/// Reads events, oldest first, and then tells what was readable.
#[derive(Debug, Default)]
pub struct Reading {
    cases: BTreeMap<CaseId, CustomerId>,
    files: Vec<Facts>,
    places: BTreeMap<FileId, usize>,
    copies: Vec<(CopyThere, Option<Timestamp>)>,
    /// When the desk was unlocked and locked again.
    locks: Vec<(Timestamp, bool)>,
    wrong: Vec<Timestamp>,
    last_event: Option<(u64, Timestamp)>,
}

#[derive(Debug)]
struct Facts {
    file: FileId,
    case: CaseId,
    arrived_at: Timestamp,
    sealed: Option<(Timestamp, u64)>,
    /// No row holds its key any more.
    key_dropped: Option<Timestamp>,
    /// Nothing is left with which a remnant could be opened.
    key_gone: Option<Timestamp>,
    missing: Option<Timestamp>,
    drop_erased: Option<Timestamp>,
    erased_at: Option<Timestamp>,
}

impl Reading {
    /// Takes the next event.
    pub fn event(&mut self, index: u64, event: &Event) {
        let at = event.at;
        self.last_event = Some((index, at));
        match &event.kind {
            EventKind::CaseOpened { case, customer, .. } => {
                self.cases.insert(*case, *customer);
            }
            EventKind::FileArrived { file, case } => {
                self.places.insert(*file, self.files.len());
                self.files.push(Facts {
                    file: *file,
                    case: *case,
                    arrived_at: at,
                    sealed: None,
                    key_dropped: None,
                    key_gone: None,
                    missing: None,
                    drop_erased: None,
                    erased_at: None,
                });
            }
            EventKind::FileSealed { file, size, .. } => self.of(*file, |facts| facts.sealed = Some((at, *size))),
            EventKind::DropErased { file } => self.of(*file, |facts| facts.drop_erased = Some(at)),
            EventKind::WrapsDropped { file } => self.of(*file, |facts| facts.key_dropped = Some(at)),
            EventKind::FileLost { file, finding: Finding::Missing } => self.of(*file, |facts| facts.missing = Some(at)),
            EventKind::EpochDestroyed { .. } => {
                let dropped = self.files.iter_mut().filter(|facts| facts.key_dropped.is_some());
                dropped.filter(|facts| facts.key_gone.is_none()).for_each(|facts| facts.key_gone = Some(at));
            }
            EventKind::FilesErased { files, .. } => {
                files.iter().for_each(|file| self.of(*file, |facts| facts.erased_at = Some(at)));
            }
            EventKind::ViewingCopyMade { copy, file, until } => {
                let person = match event.actor {
                    Actor::Person(person) => Some(person),
                    Actor::Desk | Actor::Customer(_) => None,
                };
                let made = CopyThere { copy: *copy, file: *file, person, made_at: at, until: *until };
                self.copies.push((made, None));
            }
            EventKind::ViewingCopyExtended { copy, until, .. } => {
                for (made, _) in self.copies.iter_mut().filter(|(made, _)| made.copy == *copy) {
                    made.until = *until;
                }
            }
            EventKind::ViewingCopyEnded { copy, .. } => {
                for (_, ended) in self.copies.iter_mut().filter(|(made, _)| made.copy == *copy) {
                    *ended = Some(at);
                }
            }
            EventKind::Unlocked | EventKind::DeskCreated { .. } => self.locks.push((at, true)),
            EventKind::Locked => self.locks.push((at, false)),
            EventKind::UnlockFailed => self.wrong.push(at),
            _ => {}
        }
    }

    fn of(&mut self, file: FileId, change: impl FnOnce(&mut Facts)) {
        if let Some(facts) = self.places.get(&file).and_then(|place| self.files.get_mut(*place)) {
            change(facts);
        }
    }

    /// What was readable at some moment of the span, its end included.
    pub fn tell(self, span: Span) -> Incident {
        let was_there = |since: Timestamp, ended: Option<Timestamp>| {
            since <= span.to && ended.is_none_or(|ended| ended > span.from)
        };
        let copies: Vec<CopyThere> =
            self.copies.iter().filter(|(made, ended)| was_there(made.made_at, *ended)).map(|(made, _)| *made).collect();
        let form = |facts: &Facts| {
            let in_drop_folder = facts.drop_erased.is_some_and(|erased| was_there(facts.arrived_at, Some(erased)));
            if in_drop_folder {
                return Some(Form::DropFolder);
            }
            let (sealed_at, _) = facts.sealed?;
            if copies.iter().any(|copy| copy.file == facts.file) {
                return Some(Form::ViewingCopy);
            }
            if facts.missing.is_some_and(|missing| missing <= span.from) || !was_there(sealed_at, facts.key_gone) {
                return None;
            }
            let dropped_before = facts.key_dropped.is_some_and(|dropped| dropped <= span.from);
            Some(if dropped_before { Form::KeyDropped } else { Form::Sealed })
        };
        let files = self
            .files
            .iter()
            .filter_map(|facts| {
                Some(FileThere {
                    file: facts.file,
                    case: facts.case,
                    customer: self.cases.get(&facts.case).copied(),
                    size: facts.sealed.map(|(_, size)| size),
                    sealed_at: facts.sealed.map(|(at, _)| at),
                    form: form(facts)?,
                    erased_at: facts.erased_at,
                })
            })
            .collect();
        let mut unlocked_since = None;
        let mut unlocked = false;
        for (at, open) in self.locks.iter().filter(|(at, _)| *at <= span.to) {
            unlocked |= unlocked_since.is_some() && *at > span.from;
            unlocked_since = match (open, unlocked_since) {
                (true, None) => Some(*at),
                (true, since) => since,
                (false, _) => None,
            };
        }
        Incident {
            span,
            unlocked: unlocked || unlocked_since.is_some(),
            unlocked_since,
            wrong_passphrases: self.wrong.iter().filter(|at| **at >= span.from && **at <= span.to).count() as u64,
            files,
            copies,
            last_event: self.last_event,
        }
    }
}

#[cfg(test)]
mod tests;
