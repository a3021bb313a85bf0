//! The mail side of the practice world: an SMTP submission server and an IMAP server on loopback that speak the real
//! protocols over real TLS, with the desk's account and one for each customer.
//!
//! A story posts through the production client, looks at what a customer got, and answers as the customer would.

mod compose;
mod faults;
mod imap;
mod office;
mod sasl;
mod smtp;
mod tls;
mod token_endpoint;
mod wire;

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::sync::{CancellationToken, DropGuard};

use self::{
    compose::Verdict,
    office::{AccessToken, DESK, Envelope, HOST, Office},
    wire::Wire,
};
pub use self::{
    faults::{AnswerPoint, DropPoint, MailFault},
    sasl::LoginMechanism,
    token_endpoint::{TokenAnswer, TokenEndpoint},
};
use crate::{clock::PracticeClock, random};

/// Clients at one time, for each server.
const CLIENTS_MOST: usize = 64;

/// The practice mail servers. They stop when this is dropped.
pub struct PracticeMail {
    office: Arc<Office>,
    addresses: Addresses,
    tokens: TokenEndpoint,
    ca_pem: String,
    _stop: DropGuard,
}

#[derive(Clone, Copy, Debug)]
struct Addresses {
    smtp: SocketAddr,
    smtps: SocketAddr,
    imap: SocketAddr,
    imaps: SocketAddr,
}

/// Who may log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The user name, which is the address.
    pub user: String,
    /// The password.
    pub password: String,
}

/// A letter as it lies in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The Message-ID without angle brackets.
    pub message_id: String,
    /// The decoded subject.
    pub subject: String,
    /// The author's address.
    pub from: String,
    /// The whole letter with the headers that the server put on top.
    pub raw: Bytes,
    /// When it arrived, by the practice clock.
    pub received_at: Timestamp,
    /// The envelope's sender; empty for a bounce.
    pub envelope_sender: String,
    /// The delivery notifications that the sender asked for (`NOTIFY=`).
    pub notify: Option<String>,
    /// The name that the sender gave the envelope (`ENVID=`).
    pub envelope_name: Option<String>,
}

#[derive(Clone, Copy)]
enum Protocol {
    Smtp,
    Imap,
}

impl PracticeMail {
    /// The name that the servers use in `Authentication-Results`.
    pub const AUTHSERV_ID: &str = HOST;

    /// Starts both servers, and the endpoint that gives tokens for them, on free ports of `127.0.0.1`, with and without implicit TLS. Needs a Tokio runtime.
    pub async fn start(clock: PracticeClock) -> io::Result<Self> {
        let tls::Certificates { ca_pem, acceptor } = tls::certificates()?;
        let office = Arc::new(Office::new(clock, acceptor));
        office.open(DESK, random_password);
        let stop = CancellationToken::new();
        let addresses = Addresses {
            smtp: listen(&office, Protocol::Smtp, false, &stop).await?,
            smtps: listen(&office, Protocol::Smtp, true, &stop).await?,
            imap: listen(&office, Protocol::Imap, false, &stop).await?,
            imaps: listen(&office, Protocol::Imap, true, &stop).await?,
        };
        let tokens = TokenEndpoint::start(Arc::clone(&office), stop.clone()).await?;
        Ok(Self { office, addresses, tokens, ca_pem, _stop: stop.drop_guard() })
    }

    /// Where SMTP with STARTTLS is spoken.
    pub const fn smtp_addr(&self) -> SocketAddr {
        self.addresses.smtp
    }

    /// Where SMTP with TLS from the first byte is spoken.
    pub const fn smtps_addr(&self) -> SocketAddr {
        self.addresses.smtps
    }

    /// Where IMAP with STARTTLS is spoken.
    pub const fn imap_addr(&self) -> SocketAddr {
        self.addresses.imap
    }

    /// Where IMAP with TLS from the first byte is spoken.
    pub const fn imaps_addr(&self) -> SocketAddr {
        self.addresses.imaps
    }

    /// The certificate of the authority that a client must trust, as PEM.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The desk's own account.
    pub fn desk_account(&self) -> Account {
        self.office.open(DESK, random_password)
    }

    /// The account with this address, opened if it is new. Letters to other addresses of our domains are refused.
    pub fn account(&self, address: &str) -> Account {
        self.office.open(address, random_password)
    }

    /// A new bearer token for an account; the one before it is worth nothing from now on.
    pub fn token(&self, address: &str) -> String {
        let token = random_password();
        self.office.set_token(address, Some(AccessToken { token: token.clone(), until: None }));
        token
    }

    /// Where access tokens are fetched.
    pub const fn token_endpoint(&self) -> &TokenEndpoint {
        &self.tokens
    }

    /// Makes the bearer token of an account worth nothing, as its expiry would.
    pub fn expire_token(&self, address: &str) {
        self.office.set_token(address, None);
    }

    /// Every account.
    pub fn accounts(&self) -> Vec<Account> {
        self.office.accounts()
    }

    /// The letters in a mailbox, oldest first.
    pub fn letters(&self, address: &str) -> Vec<Letter> {
        self.office.letters(address)
    }

    /// How many letters came to a mailbox that already held one with the same Message-ID.
    pub fn duplicates(&self, address: &str) -> u64 {
        self.office.duplicates(address)
    }

    /// Waits until a mailbox holds a letter and gives the newest.
    pub async fn wait_for_letter(&self, address: &str) -> Option<Letter> {
        self.wait_for_letters(address, 1).await.pop()
    }

    /// Waits until a mailbox holds at least `count` letters and gives all of them, oldest first.
    pub async fn wait_for_letters(&self, address: &str, count: usize) -> Vec<Letter> {
        let mut changes = self.office.changes();
        loop {
            let letters = self.office.letters(address);
            // The office lives as long as this borrow, so the wait cannot fail; giving what is there ends the loop anyway.
            if letters.len() >= count || changes.changed().await.is_err() {
                return letters;
            }
        }
    }

    /// Waits until at least one IMAP client is idle.
    pub async fn wait_for_idle(&self) {
        let mut idlers = self.office.idlers();
        drop(idlers.wait_for(|count| *count > 0).await);
    }

    /// The customer answers a letter: the text above the quoted letter, as mail programs write it. Gives the reply's Message-ID.
    pub fn reply(&self, address: &str, letter: &Letter, text: &str) -> String {
        self.answer(address, letter, text, Verdict::Pass)
    }

    /// Somebody else answers in the customer's name: no signature, and a forged verdict further down.
    pub fn forged_reply(&self, address: &str, letter: &Letter, text: &str) -> String {
        self.answer(address, letter, text, Verdict::Forged)
    }

    /// Somebody else answers in the customer's name, and the desk's server finds it out (DMARC).
    pub fn refuted_reply(&self, address: &str, letter: &Letter, text: &str) -> String {
        self.answer(address, letter, text, Verdict::Refuted)
    }

    /// The customer's mailbox answers by itself: out of office.
    pub fn vacation_reply(&self, address: &str, letter: &Letter) -> String {
        let serial = self.office.serial();
        let (id, raw) = compose::vacation(address, letter, self.office.clock.now(), serial);
        self.put_in_desk(raw, "");
        id
    }

    /// A server further on could not deliver a letter after all: a report (RFC 3464) with the letter attached.
    pub fn bounce(&self, address: &str, letter: &Letter) -> String {
        let serial = self.office.serial();
        let (id, raw) = compose::bounce(address, letter, self.office.clock.now(), serial);
        self.put_in_desk(raw, "");
        id
    }

    /// The same by a server that sends nothing of the letter back but the name of its envelope.
    pub fn bare_bounce(&self, address: &str, letter: &Letter) -> String {
        let serial = self.office.serial();
        let (id, raw) = compose::bare_bounce(address, letter, self.office.clock.now(), serial);
        self.put_in_desk(raw, "");
        id
    }

    /// Puts any bytes into a mailbox as they are. `false` if there is no room.
    pub fn deliver_raw(&self, address: &str, raw: impl Into<Bytes>) -> bool {
        let envelope = Envelope { sender: "", notify: None, name: None };
        self.office.deliver(address, raw.into(), &envelope).is_ok()
    }

    /// Gives every letter of a mailbox a new number and ends the sessions that know the old ones.
    pub fn change_uid_validity(&self, address: &str) {
        self.office.renumber(address);
    }

    /// Leaves out the next numbers of a mailbox, as if that many letters had come and gone.
    pub fn skip_uids(&self, address: &str, count: u32) {
        self.office.skip_numbers(address, count);
    }

    /// The flags of each letter in a mailbox, oldest first.
    pub fn flags(&self, address: &str) -> Vec<Vec<String>> {
        let shelf = self.office.shelf(&office::mailbox_of(address));
        let letters = shelf.map(|shelf| shelf.letters).unwrap_or_default();
        letters.into_iter().map(|kept| kept.flags.into_iter().collect()).collect()
    }

    /// Makes something go wrong from now on.
    pub fn fault(&self, fault: &MailFault) {
        self.office.faults.set(fault);
    }

    /// Makes everything go right again.
    pub fn clear_faults(&self) {
        self.office.faults.clear();
    }

    fn answer(&self, address: &str, letter: &Letter, text: &str, verdict: Verdict) -> String {
        let serial = self.office.serial();
        let (id, raw) = compose::reply(address, letter, text, verdict, self.office.clock.now(), serial);
        self.put_in_desk(raw, address);
        id
    }

    fn put_in_desk(&self, raw: Vec<u8>, sender: &str) {
        // A full disk is a fault that the story itself has switched on.
        drop(self.office.deliver(DESK, raw.into(), &Envelope { sender, notify: None, name: None }));
    }
}

impl fmt::Debug for PracticeMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PracticeMail").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

fn random_password() -> String {
    let mut bytes = [0; 9];
    random::fill(&mut bytes);
    hex::encode(bytes)
}

async fn listen(
    office: &Arc<Office>,
    protocol: Protocol,
    implicit_tls: bool,
    stop: &CancellationToken,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let (office, stop) = (Arc::clone(office), stop.clone());
    tokio::spawn(async move {
        let seats = Arc::new(Semaphore::new(CLIENTS_MOST));
        let accept = async {
            while let Ok(seat) = Arc::clone(&seats).acquire_owned().await {
                // A client that left before it was accepted is no reason to stop.
                let Ok((stream, _)) = listener.accept().await else { continue };
                let (office, stop) = (Arc::clone(&office), stop.clone());
                tokio::spawn(async move {
                    let session = converse(stream, office, protocol, implicit_tls);
                    if let Some(Err(error)) = stop.run_until_cancelled(session).await {
                        tracing::debug!(kind = ?error.kind(), "a practice mail session broke off");
                    }
                    drop(seat);
                });
            }
        };
        stop.run_until_cancelled(accept).await;
    });
    Ok(address)
}

async fn converse(stream: TcpStream, office: Arc<Office>, protocol: Protocol, implicit_tls: bool) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut wire = Wire::plain(stream);
    if implicit_tls {
        if office.faults.breaks_tls() {
            wire.say("this is no TLS").await?;
            return wire.close().await;
        }
        wire = wire.into_secure(&office.acceptor).await?;
    }
    match protocol {
        Protocol::Smtp => smtp::converse(wire, office).await,
        Protocol::Imap => imap::converse(wire, office).await,
    }
}
