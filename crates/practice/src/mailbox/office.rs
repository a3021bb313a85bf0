//! The post office behind both servers: mailboxes, the letters in them, and who waits for one.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;
use jiff::Timestamp;
use mail_parser::MessageParser;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use super::{Account, Letter, faults::Faults};
use crate::clock::PracticeClock;

/// The name in greetings, `Received` and `Authentication-Results`.
pub(super) const HOST: &str = "mail.support.example";
/// The domains this office takes letters for; every other one is somebody else's.
pub(super) const DOMAINS: [&str; 2] = ["support.example", "customer.example"];
/// The desk's own address.
pub(super) const DESK: &str = "desk@support.example";
/// The largest letter, in bytes.
pub(super) const LETTER_MOST: usize = 32 * 1024 * 1024;
/// The bytes all letters together may take; the disk counts as full from there on.
const OFFICE_MOST: usize = 512 * 1024 * 1024;

/// Everything the sessions share.
pub(super) struct Office {
    pub(super) clock: PracticeClock,
    pub(super) faults: Faults,
    pub(super) acceptor: TlsAcceptor,
    boxes: Mutex<BTreeMap<String, MailBox>>,
    changed: watch::Sender<()>,
    idling: watch::Sender<usize>,
    serial: AtomicU64,
}

/// One account's letters.
struct MailBox {
    password: String,
    token: Option<AccessToken>,
    uid_validity: u32,
    uid_next: u32,
    letters: Vec<Kept>,
    ids: HashSet<String>,
    duplicates: u64,
}

/// What opens an account besides its password.
pub(super) struct AccessToken {
    pub(super) token: String,
    /// When it expires by the practice clock; one without an end lasts until it is replaced.
    pub(super) until: Option<Timestamp>,
}

/// A letter in its place.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) uid: u32,
    pub(super) flags: BTreeSet<String>,
    pub(super) letter: Letter,
}

/// What a client sees of a mailbox at one moment.
pub(super) struct Shelf {
    pub(super) uid_validity: u32,
    pub(super) uid_next: u32,
    pub(super) letters: Vec<Kept>,
}

/// What comes with a letter besides its bytes.
pub(super) struct Envelope<'a> {
    /// The envelope's sender; empty for a bounce.
    pub(super) sender: &'a str,
    /// The notifications asked for with `NOTIFY=`.
    pub(super) notify: Option<&'a str>,
    /// The name that the sender gave the envelope with `ENVID=`.
    pub(super) name: Option<&'a str>,
}

/// There is no room for the letter.
pub(super) struct Full;

impl AccessToken {
    fn opens(&self, token: &str, now: Timestamp) -> bool {
        self.token == token && self.until.is_none_or(|until| now < until)
    }
}

impl Office {
    pub(super) fn new(clock: PracticeClock, acceptor: TlsAcceptor) -> Self {
        Self {
            clock,
            acceptor,
            faults: Faults::default(),
            boxes: Mutex::default(),
            changed: watch::Sender::new(()),
            idling: watch::Sender::new(0),
            serial: AtomicU64::new(1),
        }
    }

    /// A number that no other letter or boundary has.
    pub(super) fn serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    /// The account with this address; made if it is not there.
    pub(super) fn open(&self, address: &str, password: impl FnOnce() -> String) -> Account {
        let user = mailbox_of(address);
        let mut boxes = self.boxes();
        let held = boxes.entry(user.clone()).or_insert_with(|| MailBox {
            password: password(),
            token: None,
            uid_validity: 1,
            uid_next: 1,
            letters: Vec::new(),
            ids: HashSet::new(),
            duplicates: 0,
        });
        Account { user, password: held.password.clone() }
    }

    pub(super) fn accounts(&self) -> Vec<Account> {
        let boxes = self.boxes();
        boxes.iter().map(|(user, held)| Account { user: user.clone(), password: held.password.clone() }).collect()
    }

    pub(super) fn knows(&self, address: &str) -> bool {
        self.boxes().contains_key(&mailbox_of(address))
    }

    /// The mailbox that this user and password open.
    pub(super) fn log_in(&self, user: &str, password: &str) -> Option<String> {
        let user = mailbox_of(user);
        let right = self.boxes().get(&user)?.password == password;
        right.then_some(user)
    }

    /// Makes a new bearer token for an account, or only takes the old one back.
    pub(super) fn set_token(&self, address: &str, token: Option<AccessToken>) {
        if let Some(held) = self.boxes().get_mut(&mailbox_of(address)) {
            held.token = token;
        }
    }

    /// The mailbox that this user and token open.
    pub(super) fn log_in_with_token(&self, user: &str, token: &str) -> Option<String> {
        let user = mailbox_of(user);
        let now = self.clock.now();
        let right = self.boxes().get(&user)?.token.as_ref().is_some_and(|held| held.opens(token, now));
        right.then_some(user)
    }

    /// Keeps a letter, once for each Message-ID.
    pub(super) fn deliver(&self, address: &str, raw: Bytes, envelope: &Envelope<'_>) -> Result<(), Full> {
        let letter = read_letter(raw, self.clock.now(), envelope);
        let mut boxes = self.boxes();
        let taken: usize = boxes.values().flat_map(|held| &held.letters).map(|kept| kept.letter.raw.len()).sum();
        if self.faults.disk_is_full() || taken + letter.raw.len() > OFFICE_MOST {
            return Err(Full);
        }
        let Some(held) = boxes.get_mut(&mailbox_of(address)) else { return Ok(()) };
        if !letter.message_id.is_empty() && !held.ids.insert(letter.message_id.clone()) {
            held.duplicates += 1;
        } else {
            let uid = held.uid_next;
            held.uid_next += 1;
            held.letters.push(Kept { uid, flags: BTreeSet::new(), letter });
        }
        drop(boxes);
        self.changed.send_replace(());
        Ok(())
    }

    pub(super) fn letters(&self, address: &str) -> Vec<Letter> {
        let boxes = self.boxes();
        let held = boxes.get(&mailbox_of(address));
        held.map(|held| held.letters.iter().map(|kept| kept.letter.clone()).collect()).unwrap_or_default()
    }

    pub(super) fn duplicates(&self, address: &str) -> u64 {
        self.boxes().get(&mailbox_of(address)).map_or(0, |held| held.duplicates)
    }

    /// What is in the mailbox now; cheap, since letters share their bytes.
    pub(super) fn shelf(&self, user: &str) -> Option<Shelf> {
        let boxes = self.boxes();
        let held = boxes.get(user)?;
        Some(Shelf { uid_validity: held.uid_validity, uid_next: held.uid_next, letters: held.letters.clone() })
    }

    /// Changes one letter's flags and tells the new ones.
    pub(super) fn mark(&self, user: &str, uid: u32, change: impl FnOnce(&mut BTreeSet<String>)) -> BTreeSet<String> {
        let mut boxes = self.boxes();
        let kept = boxes.get_mut(user).and_then(|held| held.letters.iter_mut().find(|kept| kept.uid == uid));
        kept.map(|kept| {
            change(&mut kept.flags);
            kept.flags.clone()
        })
        .unwrap_or_default()
    }

    /// Gives every letter a new number, as a server does that rebuilt its index.
    pub(super) fn renumber(&self, address: &str) {
        if let Some(held) = self.boxes().get_mut(&mailbox_of(address)) {
            held.uid_validity += 1;
            held.uid_next = 1;
            for kept in &mut held.letters {
                kept.uid = held.uid_next;
                held.uid_next += 1;
            }
        }
        self.changed.send_replace(());
    }

    /// Leaves out the next numbers, as if that many letters had come and gone.
    pub(super) fn skip_numbers(&self, address: &str, count: u32) {
        if let Some(held) = self.boxes().get_mut(&mailbox_of(address)) {
            held.uid_next = held.uid_next.saturating_add(count);
        }
    }

    /// Wakes whoever waits for a change of any mailbox.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// How many clients are idle.
    pub(super) fn idlers(&self) -> watch::Receiver<usize> {
        self.idling.subscribe()
    }

    /// Counts a client as idle until the guard is dropped.
    pub(super) fn idle(&self) -> Idle<'_> {
        self.idling.send_modify(|count| *count += 1);
        Idle(self)
    }

    fn boxes(&self) -> MutexGuard<'_, BTreeMap<String, MailBox>> {
        self.boxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A client that waits in IDLE.
pub(super) struct Idle<'a>(&'a Office);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.idling.send_modify(|count| *count -= 1);
    }
}

/// The mailbox an address leads to: `Desk+ticket@…` is `desk@…`.
pub(super) fn mailbox_of(address: &str) -> String {
    let address = address.trim().to_lowercase();
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let local = local.split_once('+').map_or(local, |(local, _)| local);
            format!("{local}@{domain}")
        }
        None => address,
    }
}

fn read_letter(raw: Bytes, received_at: Timestamp, envelope: &Envelope<'_>) -> Letter {
    let (message_id, subject, from) = {
        let message = MessageParser::default().parse_headers(&raw);
        let message = message.as_ref();
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        let from =
            message.and_then(|message| message.from()).and_then(|from| from.first()).and_then(|from| from.address());
        (text(message.and_then(|m| m.message_id())), text(message.and_then(|m| m.subject())), text(from))
    };
    Letter {
        message_id,
        subject,
        from,
        raw,
        received_at,
        envelope_sender: envelope.sender.to_owned(),
        notify: envelope.notify.map(str::to_owned),
        envelope_name: envelope.name.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::mailbox_of;

    #[test]
    fn case_and_detail_do_not_make_another_mailbox() {
        assert_eq!(mailbox_of("Desk+r7@Support.Example"), "desk@support.example");
        assert_eq!(mailbox_of(" carol@customer.example"), "carol@customer.example");
        assert_eq!(mailbox_of("nobody"), "nobody");
    }
}
