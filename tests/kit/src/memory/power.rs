//! The power supply: it can fail at any write, before or after the write is on the disk.

use std::sync::Mutex;

use custody_core::ports::{Fault, PortError, PortResult};

use super::lock;

/// Whether a write that met the power cut is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It is not.
    Before,
    /// It is, but nobody heard of it.
    After,
    /// The power stays on: the disk is full for this one write.
    Full,
}

/// Counts writes and fails at the one it was told to.
#[derive(Debug, Default)]
pub struct Power {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    writes: u64,
    fail_at: Option<(u64, Cut)>,
    off: bool,
}

impl Power {
    /// Fails at the `nth` write from now, counted from 1.
    pub fn cut_at(&self, nth: u64, cut: Cut) {
        let mut state = lock(&self.state);
        state.fail_at = Some((state.writes + nth, cut));
    }

    /// The machine is started again.
    pub fn restore(&self) {
        let mut state = lock(&self.state);
        state.off = false;
        state.fail_at = None;
    }

    /// Whether the machine is off.
    pub fn is_off(&self) -> bool {
        lock(&self.state).off
    }

    /// How many writes there were.
    pub fn writes(&self) -> u64 {
        lock(&self.state).writes
    }

    /// Every read asks this first.
    pub fn on(&self) -> PortResult<()> {
        if self.is_off() { Err(cut()) } else { Ok(()) }
    }

    /// Every write goes through here.
    pub fn write<T>(&self, write: impl FnOnce() -> PortResult<T>) -> PortResult<T> {
        let met = {
            let mut state = lock(&self.state);
            if state.off {
                return Err(cut());
            }
            state.writes += 1;
            let met = state.fail_at.filter(|(at, _)| *at == state.writes).map(|(_, cut)| cut);
            state.off = met.is_some_and(|cut| cut != Cut::Full);
            met
        };
        match met {
            None => write(),
            Some(Cut::Before) => Err(cut()),
            Some(Cut::Full) => Err(PortError::try_again(Fault::DiskFull)),
            Some(Cut::After) => {
                write()?;
                Err(cut())
            }
        }
    }
}

fn cut() -> PortError {
    PortError::needs_person(Fault::LedgerTrouble)
}
