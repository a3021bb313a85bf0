//! A mail server and the customer's mailbox in memory.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{Arrived, Fault, IncomingMail, MailNature, Mailbox, OutgoingLetter, PortError, PortResult, Postbox},
};

use super::{Power, lock};

/// A mail server in memory.
#[derive(Debug)]
pub struct MemoryMail {
    power: Arc<Power>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    received: Vec<OutgoingLetter>,
    answers: Vec<IncomingMail>,
    down: bool,
}

impl MemoryMail {
    /// An empty one.
    pub fn new(power: Arc<Power>) -> Self {
        Self { power, state: Mutex::new(State::default()) }
    }

    /// Every letter that was handed over, repeats too.
    pub fn received(&self) -> Vec<OutgoingLetter> {
        lock(&self.state).received.clone()
    }

    /// The server stops or starts to take mail.
    pub fn set_down(&self, down: bool) {
        lock(&self.state).down = down;
    }

    /// The customer answers a letter.
    pub fn answer(&self, letter: &OutgoingLetter, text: &str) {
        let mut state = lock(&self.state);
        let number = state.answers.len();
        state.answers.push(IncomingMail {
            message_id: Private::new(format!("answer-{number}@customer.example")),
            from: letter.to.clone(),
            subject: Private::new(format!("Re: {}", letter.subject.reveal())),
            references: vec![letter.message_id.clone()],
            own_text: text.into(),
            nature: MailNature::Personal,
            dkim_pass: false,
        });
    }
}

#[async_trait]
impl Postbox for MemoryMail {
    async fn send(&self, letter: &OutgoingLetter) -> PortResult<()> {
        self.power.write(|| {
            let mut state = lock(&self.state);
            if state.down {
                return Err(PortError::try_again(Fault::Unreachable));
            }
            state.received.push(letter.clone());
            Ok(())
        })
    }
}

#[async_trait]
impl Mailbox for MemoryMail {
    async fn arrived(&self, mark: Option<&str>) -> PortResult<Arrived> {
        self.power.on()?;
        let state = lock(&self.state);
        let read: usize = mark.and_then(|mark| mark.parse().ok()).unwrap_or_default();
        Ok(Arrived { mails: state.answers[read..].to_vec(), mark: state.answers.len().to_string() })
    }

    async fn wait(&self, _limit: Duration) -> PortResult<()> {
        Ok(())
    }
}
