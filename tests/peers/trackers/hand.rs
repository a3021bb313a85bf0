//! A clock that begins now, as the trackers' clocks do, and moves by hand.

use std::sync::{Arc, Mutex};

use custody_core::{SignedDuration, Timestamp, ports::Clock};
use custody_desk::DeskOptions;

#[derive(Clone)]
pub struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    pub fn begin() -> Self {
        Self(Arc::new(Mutex::new(DeskOptions::default().clock.now())))
    }

    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }
}

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}
