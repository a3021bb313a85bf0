//! What a test can make go wrong.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::sasl::LoginMechanism;

/// Something the practice mail servers do wrong from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailFault {
    /// The next `tries` recipients are put off: `451 4.7.1`.
    Greylist {
        /// How many `RCPT` commands.
        tries: u32,
    },
    /// The next `times` letters are read in full and then refused with `554 5.6.0`.
    RefuseLetter {
        /// How many letters.
        times: u32,
    },
    /// The next `times` SMTP connections are cut.
    DropSmtp {
        /// At which point.
        at: DropPoint,
        /// How many connections.
        times: u32,
    },
    /// The next `times` TLS handshakes get bytes that are no TLS.
    BreakTls {
        /// How many handshakes.
        times: u32,
    },
    /// The next `times` times an SMTP client gets here, it gets this answer instead; after a 421 the server leaves.
    Answer {
        /// Where.
        at: AnswerPoint,
        /// The answer, one line without its end.
        answer: &'static str,
        /// How many times.
        times: u32,
    },
    /// Both servers offer and take these ways to log in and no others.
    OfferOnly(&'static [LoginMechanism]),
    /// Whether every letter is refused with `452 4.3.1` for want of space.
    FullDisk(bool),
    /// Whether both servers say that they know no STARTTLS, as an attacker in between would.
    HideStartTls(bool),
    /// Whether both servers take passwords without TLS, as a local relay may.
    AllowPlain(bool),
    /// Whether the IMAP server knows no IDLE.
    HideIdle(bool),
    /// The next `times` IMAP connections that go idle are cut.
    DropIdle {
        /// How many connections.
        times: u32,
    },
}

/// Where an SMTP client gets an answer of the test's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerPoint {
    /// In place of the greeting.
    Greeting,
    /// To `AUTH`.
    Auth,
    /// To `MAIL`.
    Sender,
    /// To `RCPT`.
    Recipient,
    /// To `DATA`.
    Data,
    /// To the whole letter, which is thrown away.
    Letter,
}

/// Where an SMTP connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropPoint {
    /// Before a word is said.
    Greeting,
    /// After the client's `DATA` was answered, before the letter is read.
    Data,
    /// After the first line of the letter.
    MidLetter,
    /// After the letter was kept, before the client is told so.
    Answer,
}

#[derive(Default)]
struct Settings {
    greylist: u32,
    refuse_letter: u32,
    drop_greeting: u32,
    drop_data: u32,
    drop_mid_letter: u32,
    drop_answer: u32,
    break_tls: u32,
    drop_idle: u32,
    full_disk: bool,
    hide_starttls: bool,
    allow_plain: bool,
    hide_idle: bool,
    answer: Option<(AnswerPoint, &'static str, u32)>,
    offer: Option<&'static [LoginMechanism]>,
}

/// The faults in force.
#[derive(Default)]
pub(super) struct Faults(Mutex<Settings>);

impl Faults {
    pub(super) fn set(&self, fault: &MailFault) {
        let mut settings = self.settings();
        match *fault {
            MailFault::Greylist { tries } => settings.greylist = tries,
            MailFault::RefuseLetter { times } => settings.refuse_letter = times,
            MailFault::DropSmtp { at: DropPoint::Greeting, times } => settings.drop_greeting = times,
            MailFault::DropSmtp { at: DropPoint::Data, times } => settings.drop_data = times,
            MailFault::DropSmtp { at: DropPoint::MidLetter, times } => settings.drop_mid_letter = times,
            MailFault::DropSmtp { at: DropPoint::Answer, times } => settings.drop_answer = times,
            MailFault::Answer { at, answer, times } => settings.answer = Some((at, answer, times)),
            MailFault::OfferOnly(mechanisms) => settings.offer = Some(mechanisms),
            MailFault::BreakTls { times } => settings.break_tls = times,
            MailFault::DropIdle { times } => settings.drop_idle = times,
            MailFault::FullDisk(on) => settings.full_disk = on,
            MailFault::HideStartTls(on) => settings.hide_starttls = on,
            MailFault::AllowPlain(on) => settings.allow_plain = on,
            MailFault::HideIdle(on) => settings.hide_idle = on,
        }
    }

    pub(super) fn clear(&self) {
        *self.settings() = Settings::default();
    }

    pub(super) fn greylists(&self) -> bool {
        one_less(&mut self.settings().greylist)
    }

    pub(super) fn refuses_letter(&self) -> bool {
        one_less(&mut self.settings().refuse_letter)
    }

    pub(super) fn drops(&self, at: DropPoint) -> bool {
        let mut settings = self.settings();
        one_less(match at {
            DropPoint::Greeting => &mut settings.drop_greeting,
            DropPoint::Data => &mut settings.drop_data,
            DropPoint::MidLetter => &mut settings.drop_mid_letter,
            DropPoint::Answer => &mut settings.drop_answer,
        })
    }

    /// The answer that a test wants here.
    pub(super) fn answer(&self, here: AnswerPoint) -> Option<&'static str> {
        let mut settings = self.settings();
        let (at, answer, times) = settings.answer.as_mut()?;
        (*at == here && one_less(times)).then_some(*answer)
    }

    pub(super) fn offers(&self, mechanism: LoginMechanism) -> bool {
        self.settings().offer.is_none_or(|offer| offer.contains(&mechanism))
    }

    pub(super) fn breaks_tls(&self) -> bool {
        one_less(&mut self.settings().break_tls)
    }

    pub(super) fn drops_idle(&self) -> bool {
        one_less(&mut self.settings().drop_idle)
    }

    pub(super) fn disk_is_full(&self) -> bool {
        self.settings().full_disk
    }

    pub(super) fn hides_starttls(&self) -> bool {
        self.settings().hide_starttls
    }

    pub(super) fn allows_plain(&self) -> bool {
        self.settings().allow_plain
    }

    pub(super) fn hides_idle(&self) -> bool {
        self.settings().hide_idle
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn one_less(count: &mut u32) -> bool {
    let any = *count > 0;
    *count = count.saturating_sub(1);
    any
}
