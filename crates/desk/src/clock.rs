//! The clock of this machine, and the time that a desk goes by.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use custody_core::{
    SignedDuration, Timestamp,
    ports::{Clock, Witness},
    timekeeper::{Doubt, Reading, Timekeeper},
};

/// The system's clock, UTC.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn uptime(&self) -> SignedDuration {
        static START: OnceLock<Instant> = OnceLock::new();
        SignedDuration::try_from(START.get_or_init(Instant::now).elapsed()).unwrap_or(SignedDuration::MAX)
    }
}

/// The time that a desk goes by: the machine's clock, as far as servers agree with it.
pub(crate) struct DeskClock {
    machine: Arc<dyn Clock>,
    practice: bool,
    keeper: Mutex<Timekeeper>,
}

impl DeskClock {
    /// The clock of a practice desk is the practice world's.
    pub(crate) fn new(machine: Arc<dyn Clock>, practice: bool) -> Self {
        Self { machine, practice, keeper: Mutex::default() }
    }

    /// Whether it is a practice desk's.
    pub(crate) const fn is_practice(&self) -> bool {
        self.practice
    }

    /// Who is told of the dates of servers besides the forum. A practice world's time is no other server's.
    pub(crate) fn witness(self: &Arc<Self>) -> Option<Arc<dyn Witness>> {
        (!self.practice).then(|| self.clone() as Arc<dyn Witness>)
    }

    /// Goes on from the sure time that an earlier run noted.
    pub(crate) fn resume(&self, sure: Timestamp) {
        let uptime = self.machine.uptime();
        self.keeper().resume(sure, uptime);
    }

    pub(crate) fn read(&self) -> Reading {
        let (machine, uptime) = (self.machine.now(), self.machine.uptime());
        self.keeper().read(machine, uptime)
    }

    /// What the machine itself shows.
    pub(crate) fn machine(&self) -> Timestamp {
        self.machine.now()
    }

    /// What a server says that does not agree with the machine.
    pub(crate) fn server(&self) -> Option<Timestamp> {
        let uptime = self.machine.uptime();
        self.keeper().server_time(uptime)
    }

    /// A person says that the machine is right.
    pub(crate) fn believe(&self) {
        let (machine, uptime) = (self.machine.now(), self.machine.uptime());
        self.keeper().believe(machine, uptime);
    }

    fn keeper(&self) -> MutexGuard<'_, Timekeeper> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for DeskClock {
    fn now(&self) -> Timestamp {
        self.read().now
    }

    fn uptime(&self) -> SignedDuration {
        self.machine.uptime()
    }

    fn surely(&self) -> Timestamp {
        self.read().sure
    }

    fn doubt(&self) -> Option<Doubt> {
        self.read().doubt
    }
}

impl Witness for DeskClock {
    fn heard(&self, date: Timestamp) {
        let (machine, uptime) = (self.machine.now(), self.machine.uptime());
        self.keeper().hear(date, machine, uptime);
    }
}
