//! Reads answers by IMAP4rev1, without touching a flag.

use std::{
    collections::BTreeSet,
    fmt,
    panic::AssertUnwindSafe,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_imap::{
    Authenticator, Client, Session,
    error::Error as ImapError,
    imap_proto::{AttributeValue, Capability, MailboxDatum, Response, Status},
    types::Mailbox as Folder,
};
use async_trait::async_trait;
use custody_core::ports::{Arrived, Fault, Mailbox, PortError, PortResult};
use futures_util::FutureExt;
use tokio::{
    io::AsyncWriteExt as _,
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    Login, MailServer, Security,
    connection::{Connector, Guarded, within},
    login::{BearerMechanism, NoPasswords, NoTokens, Proof},
    reply,
};

/// How much of one mail is fetched. Text stands before attachments, so a larger mail is read as far as this goes.
const MAIL_MOST: usize = 1024 * 1024;
/// How many mails, and how many bytes of them, are given at one time.
const BATCH_MOST: usize = 50;
const BATCH_BYTES_MOST: usize = 16 * 1024 * 1024;
/// What a server may send for one question, in bytes. The crate reads a line again from its start with every piece that
/// comes, so a line without an end costs the square of this.
const ANSWER_MOST: u64 = 64 * 1024;
/// What it may send when it is asked for numbers.
const NUMBERS_BYTES_MOST: u64 = 1024 * 1024;
/// How many mail numbers are asked for at once, and how often in one look.
const NUMBERS_MOST: u32 = 5_000;
const QUESTIONS_MOST: usize = 100;
/// RFC 2177: a client says IDLE again at least every 29 minutes.
const IDLE_MOST: Duration = Duration::from_secs(25 * 60);
/// How often a connection that breaks while waiting is made again before the wait is given up.
const RECONNECTS_MOST: u32 = 3;
/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(5);

/// How often a server without IDLE is asked, unless the settings say otherwise.
pub const POLL_EVERY: Duration = Duration::from_secs(60);

/// Where and as whom answers are read.
#[derive(Clone, Debug)]
pub struct ImapSettings {
    /// The IMAP server.
    pub server: MailServer,
    /// The account.
    pub login: Login,
    /// The folder, usually `INBOX`.
    pub folder: String,
    /// The name under which the own mail server writes `Authentication-Results`; without it no signature counts.
    pub authserv_id: Option<String>,
    /// How often a server without IDLE is asked.
    pub poll_every: Duration,
}

/// Reads answers.
pub struct ImapMailbox {
    connector: Connector,
    login: Login,
    folder: String,
    authserv_id: Option<String>,
    poll_every: Duration,
    looked_at: Mutex<Option<LookedAt>>,
}

/// The folder as the last look saw it, so that a wait ends at once when mail came in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LookedAt {
    validity: u32,
    next: Option<u32>,
    exists: u32,
    /// Whether there was more than one look could give.
    more: bool,
}

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    validity: u32,
    last: u32,
}

impl Cursor {
    /// Reads a mark. An unknown one starts from the beginning: a mail given twice does no harm, one left out does.
    fn read(mark: &str) -> Option<Self> {
        let (validity, last) = mark.split_once('.')?;
        Some(Self { validity: validity.parse().ok()?, last: last.parse().ok()? })
    }

    fn mark(self) -> String {
        format!("{}.{}", self.validity, self.last)
    }
}

impl ImapMailbox {
    /// A mailbox with these settings. Nothing is connected yet.
    pub fn new(settings: ImapSettings) -> PortResult<Self> {
        let ImapSettings { server, login, folder, authserv_id, poll_every } = settings;
        let connector = Connector::new(server)?;
        Ok(Self { connector, login, folder, authserv_id, poll_every, looked_at: Mutex::new(None) })
    }

    /// Connects, logs in and opens the folder: for a check of the settings.
    pub async fn check(&self) -> PortResult<()> {
        let (session, _) = self.open().await?;
        leave(session).await;
        Ok(())
    }

    async fn read(&self, mark: Option<&str>) -> PortResult<Arrived> {
        let (mut session, folder) = self.open().await?;
        let validity = folder.uid_validity.unwrap_or_default();
        let mut cursor = mark
            .and_then(Cursor::read)
            .filter(|cursor| cursor.validity == validity)
            .unwrap_or(Cursor { validity, last: 0 });

        let Numbers { numbers, searched, rest } =
            self.numbers_after(&mut session, cursor.last, folder.uid_next).await?;
        let (mut mails, mut bytes) = (Vec::new(), 0);
        for number in &numbers {
            if mails.len() >= BATCH_MOST || bytes >= BATCH_BYTES_MOST {
                break;
            }
            if let Some(raw) = self.fetch(&mut session, *number).await? {
                bytes += raw.len();
                mails.push(reply::read_mail(&raw, self.authserv_id.as_deref()));
            }
            cursor.last = *number;
        }
        leave(session).await;
        let more = rest || numbers.last().is_some_and(|last| *last > cursor.last);
        if rest && numbers.is_empty() {
            cursor.last = searched;
        }
        *self.looked_at() = Some(LookedAt { validity, next: folder.uid_next, exists: folder.exists, more });
        Ok(Arrived { mails, mark: cursor.mark() })
    }

    /// The next numbers in use, in their order, among those that were given out when the folder was opened.
    async fn numbers_after(&self, session: &mut Session<Guarded>, last: u32, next: Option<u32>) -> PortResult<Numbers> {
        let end = next.map_or(u32::MAX, |next| next.saturating_sub(1));
        let mut searched = last;
        for _ in 0..QUESTIONS_MOST {
            if searched >= end {
                break;
            }
            let first = searched + 1;
            // A range, so that a folder of any size gives an answer of one size; `*` only where the end is not known.
            let (until, range) = match next {
                Some(_) => {
                    let until = end.min(searched.saturating_add(NUMBERS_MOST));
                    (until, format!("UID {first}:{until}"))
                }
                None => (end, format!("UID {first}:*")),
            };
            session.get_mut().allow(NUMBERS_BYTES_MOST);
            let mut numbers = BTreeSet::new();
            let searching = obeyed(session, format!("UID SEARCH {range}"), |answer| {
                if let Response::MailboxData(MailboxDatum::Search(found)) = answer {
                    // The last mail is always part of `n:*`, even if its number is below n.
                    numbers.extend(found.iter().copied().filter(|number| (first..=until).contains(number)));
                }
            });
            self.ask(searching).await?;
            searched = until;
            if !numbers.is_empty() {
                let numbers = numbers.into_iter().collect();
                return Ok(Numbers { numbers, searched, rest: searched < end });
            }
        }
        Ok(Numbers { numbers: Vec::new(), searched, rest: searched < end })
    }

    /// One mail, or nothing if it was removed meanwhile.
    async fn fetch(&self, session: &mut Session<Guarded>, number: u32) -> PortResult<Option<Vec<u8>>> {
        session.get_mut().allow(ANSWER_MOST + MAIL_MOST as u64);
        let mut raw = None;
        let query = format!("UID FETCH {number} (UID BODY.PEEK[]<0.{MAIL_MOST}>)");
        let fetching = obeyed(session, query, |answer| {
            let Response::Fetch(_, told) = answer else { return };
            let body = told.iter().find_map(|one| match one {
                AttributeValue::BodySection { section: None, data: Some(body), .. } => Some(body),
                _ => None,
            });
            if let Some(body) = body.filter(|_| told.contains(&AttributeValue::Uid(number))) {
                raw = Some(body[..body.len().min(MAIL_MOST)].to_vec());
            }
        });
        self.ask(fetching).await?;
        Ok(raw)
    }

    async fn open(&self) -> PortResult<(Session<Guarded>, Folder)> {
        let proof = self.login.credential.proof().await?;
        match self.open_by(&proof).await {
            Ok(opened) => Ok(opened),
            Err(refusal) => self.open_by(&self.login.credential.other_proof(&proof, refusal).await?).await,
        }
    }

    async fn open_by(&self, proof: &Proof) -> PortResult<(Session<Guarded>, Folder)> {
        let stream = self.connector.open(ANSWER_MOST).await?;
        let mut client = Client::new(stream);
        self.greeting(&mut client).await?;
        if self.connector.server().security == Security::StartTls {
            match self.ask_as_is(client.run_command_and_check_ok("STARTTLS", None)).await? {
                Ok(()) => {}
                Err(ImapError::No(_) | ImapError::Bad(_)) => {
                    return Err(PortError::needs_person(Fault::Tls).because(NoStartTls));
                }
                Err(error) => return Err(failed(&error)),
            }
            // What came before TLS is dropped with the client that read it.
            client = Client::new(self.connector.secure(client.into_inner(), ANSWER_MOST).await?);
        }
        let mut session = self.log_in(client, proof).await?;
        let folder = match self.ask_as_is(session.examine(&self.folder)).await? {
            Ok(folder) => folder,
            Err(ImapError::No(_)) => return Err(PortError::needs_person(Fault::NotFound).because(NoFolder)),
            Err(error) => return Err(failed(&error)),
        };
        Ok((session, folder))
    }

    async fn greeting(&self, client: &mut Client<Guarded>) -> PortResult<()> {
        let greeting = within(self.connector.server().patience, client.read_response()).await?;
        let greeting =
            greeting.map_err(|error| failed(&error.into()))?.ok_or_else(|| failed(&ImapError::ConnectionLost))?;
        match greeting.parsed() {
            Response::Data { status: Status::Ok, .. } => Ok(()),
            Response::Data { status: Status::Bye, .. } => Err(PortError::try_again(Fault::ServerTrouble).because(Bye)),
            _ => Err(PortError::try_again(Fault::AnswerNotUnderstood).because(NotUnderstood)),
        }
    }

    async fn log_in(&self, mut client: Client<Guarded>, proof: &Proof) -> PortResult<Session<Guarded>> {
        let refused = || PortError::needs_person(Fault::CredentialsRefused);
        let offers = self.ask(offers(&mut client)).await?;
        let user = self.login.user.reveal();
        let answer = match proof {
            Proof::Password(password) => {
                let password = password.reveal();
                // LOGIN takes ASCII alone; servers that know other passwords know AUTHENTICATE.
                if offers.login && user.is_ascii() && password.is_ascii() {
                    let logged_in = async { client.login(user, password).await.map_err(|(error, _)| error) };
                    self.ask_as_is(logged_in).await?
                } else if offers.has("PLAIN") {
                    let words = Words { first: Some(format!("\0{user}\0{password}")), then: "" };
                    self.ask_as_is(authenticate(client, "PLAIN", words)).await?
                } else {
                    return Err(refused().because(NoPasswords));
                }
            }
            Proof::BearerToken(token) => {
                let mechanism = BearerMechanism::choose(|name| offers.has(name));
                let mechanism = mechanism.ok_or_else(|| refused().because(NoTokens))?;
                let response = mechanism.response(self.connector.server(), &self.login.user, token)?;
                let words = Words { first: Some(response), then: mechanism.acknowledgement() };
                self.ask_as_is(authenticate(client, mechanism.name(), words)).await?
            }
        };
        match answer {
            Ok(session) => Ok(session),
            Err(ImapError::No(text)) if PASSING.iter().any(|code| text.contains(code)) => {
                Err(PortError::try_again(Fault::ServerTrouble).because(LogInRefused))
            }
            Err(ImapError::No(_) | ImapError::Bad(_) | ImapError::Validate(_)) => Err(refused().because(LogInRefused)),
            Err(error) => Err(failed(&error)),
        }
    }

    /// Waits on one connection. `Ok(false)` if it broke while nothing was asked.
    async fn wait_once(&self, deadline: Instant) -> PortResult<bool> {
        let (mut session, folder) = self.open().await?;
        if self.is_news(&folder) {
            leave(session).await;
            return Ok(true);
        }
        let can_idle = self.ask(session.capabilities()).await?.has_str("IDLE");
        let mut known = folder.exists;
        while Instant::now() < deadline {
            if can_idle {
                session.get_mut().allow(ANSWER_MOST);
                match self.idle(&mut session, &mut known, deadline.min(Instant::now() + IDLE_MOST)).await? {
                    Idled::News => break,
                    Idled::Nothing => {}
                    Idled::Broken => return Ok(false),
                }
            } else {
                sleep(self.poll_every.min(deadline - Instant::now())).await;
                session.get_mut().allow(ANSWER_MOST);
                let folder = self.ask(session.examine(&self.folder)).await?;
                if self.is_news(&folder) {
                    break;
                }
            }
        }
        leave(session).await;
        Ok(true)
    }

    /// IDLE until the folder holds another number of mails than `known`, or `until` is there.
    ///
    /// Spoken here and not by the crate's handle, which counts a closed connection as an interrupt and wakes at every flag.
    async fn idle(&self, session: &mut Session<Guarded>, known: &mut u32, until: Instant) -> PortResult<Idled> {
        let tag = self.ask(session.run_command("IDLE")).await?;
        let idling = async {
            loop {
                let Ok(Some(answer)) = session.read_response().await else { return Idled::Broken };
                match answer.parsed() {
                    Response::Data { status: Status::Bye, .. } | Response::Done { .. } => return Idled::Broken,
                    other if tells_news(other, known) => return Idled::News,
                    _ => {}
                }
            }
        };
        let mut idled = timeout_at(until, idling).await.unwrap_or(Idled::Nothing);
        if idled == Idled::Broken {
            return Ok(idled);
        }
        let done = async {
            session.run_command_untagged("DONE").await?;
            loop {
                let answer = session.read_response().await?.ok_or(ImapError::ConnectionLost)?;
                match answer.parsed() {
                    Response::Done { tag: answered, .. } if *answered == tag => return Ok(()),
                    // What is told now is not told again at the next IDLE.
                    other if tells_news(other, known) => idled = Idled::News,
                    _ => {}
                }
            }
        };
        match self.ask(done).await {
            Ok(()) => Ok(idled),
            // News are news, however the connection ends after them.
            Err(_) if idled == Idled::News => Ok(idled),
            Err(error) => Err(error),
        }
    }

    fn is_news(&self, folder: &Folder) -> bool {
        let validity = folder.uid_validity.unwrap_or_default();
        self.looked_at()
            .is_none_or(|seen| seen != LookedAt { validity, next: folder.uid_next, exists: folder.exists, more: false })
    }

    async fn ask<T>(&self, answer: impl Future<Output = Result<T, ImapError>>) -> PortResult<T> {
        self.ask_as_is(answer).await?.map_err(|error| failed(&error))
    }

    async fn ask_as_is<T, E>(&self, answer: impl Future<Output = Result<T, E>>) -> PortResult<Result<T, E>> {
        within(self.connector.server().patience, answer).await
    }

    fn looked_at(&self) -> MutexGuard<'_, Option<LookedAt>> {
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Mailbox for ImapMailbox {
    async fn arrived(&self, mark: Option<&str>) -> PortResult<Arrived> {
        contained(self.read(mark)).await
    }

    async fn wait(&self, limit: Duration) -> PortResult<()> {
        let deadline = Instant::now() + limit;
        for _ in 0..=RECONNECTS_MOST {
            if contained(self.wait_once(deadline)).await? {
                return Ok(());
            }
        }
        Err(PortError::try_again(Fault::Unreachable).because(KeepsBreaking))
    }
}

impl fmt::Debug for ImapMailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImapMailbox").field("connector", &self.connector).finish_non_exhaustive()
    }
}

/// What a search brought.
#[derive(Debug)]
struct Numbers {
    numbers: Vec<u32>,
    /// Up to which number was searched.
    searched: u32,
    /// Whether there are numbers above it.
    rest: bool,
}

/// How a wait in IDLE ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Idled {
    News,
    Nothing,
    Broken,
}

/// Gives a command and shows every answer to it, up to the last.
///
/// The crate's own searches and fetches take a refusal, and a connection that ends, for an answer without mails: those
/// would be read over and never seen again.
async fn obeyed(
    session: &mut Session<Guarded>,
    command: String,
    mut each: impl FnMut(&Response<'_>),
) -> Result<(), ImapError> {
    let tag = session.run_command(command).await?;
    loop {
        let answer = session.read_response().await?.ok_or(ImapError::ConnectionLost)?;
        match answer.parsed() {
            Response::Done { tag: answered, status, .. } if *answered == tag => {
                return match status {
                    Status::Ok => Ok(()),
                    Status::No => Err(ImapError::No(String::new())),
                    _ => Err(ImapError::Bad(String::new())),
                };
            }
            Response::Data { status: Status::Bye, .. } => return Err(ImapError::ConnectionLost),
            other => each(other),
        }
    }
}

/// The parser below takes some answers for granted that a hostile server need not give; its panic must not end the desk.
async fn contained<T>(work: impl Future<Output = PortResult<T>>) -> PortResult<T> {
    let caught = AssertUnwindSafe(work).catch_unwind().await;
    caught.unwrap_or_else(|_| Err(PortError::try_again(Fault::AnswerNotUnderstood).because(NotUnderstood)))
}

/// Whether mail came. `known` follows the count, as other programs may remove mails meanwhile.
fn tells_news(answer: &Response<'_>, known: &mut u32) -> bool {
    match answer {
        Response::MailboxData(MailboxDatum::Exists(count)) => std::mem::replace(known, *count) != *count,
        Response::Expunge(_) => {
            *known = known.saturating_sub(1);
            false
        }
        _ => false,
    }
}

/// Logs out, if the server still listens. Nothing depends on it.
async fn leave(mut session: Session<Guarded>) {
    drop(timeout(GOODBYE, session.logout()).await);
}

/// What an error means. The crate's own texts are left out: they hold what the server said, mails included.
fn failed(error: &ImapError) -> PortError {
    match error {
        ImapError::Io(cause) if cause.kind() == std::io::ErrorKind::Other => {
            PortError::try_again(Fault::AnswerNotUnderstood).because(NotUnderstood)
        }
        ImapError::Io(_) | ImapError::ConnectionLost => PortError::try_again(Fault::Unreachable).because(Lost),
        ImapError::No(_) => PortError::try_again(Fault::ServerTrouble).because(Refused),
        _ => PortError::try_again(Fault::AnswerNotUnderstood).because(NotUnderstood),
    }
}

/// Response codes of a refused login that may pass (RFC 5530).
const PASSING: [&str; 4] = ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]"];

/// How a server lets people in.
#[derive(Debug, Default)]
struct Offers {
    /// Whether LOGIN is taken.
    login: bool,
    /// Mechanisms of AUTHENTICATE, in capital letters.
    auth: Vec<String>,
}

impl Offers {
    fn has(&self, mechanism: &str) -> bool {
        self.auth.iter().any(|offer| offer == mechanism)
    }
}

/// Asks for the capabilities before anybody is logged in; what was offered before TLS does not count.
async fn offers(client: &mut Client<Guarded>) -> Result<Offers, ImapError> {
    // The crate asks for them only once somebody is logged in. It counts its own tags from another letter on.
    const TAG: &str = "c1";
    let stream = client.get_mut();
    stream.write_all(format!("{TAG} CAPABILITY\r\n").as_bytes()).await?;
    stream.flush().await?;
    let mut offers = Offers { login: true, auth: Vec::new() };
    loop {
        let answer = client.read_response().await?.ok_or(ImapError::ConnectionLost)?;
        match answer.parsed() {
            Response::Done { tag, .. } if tag.0 == TAG => return Ok(offers),
            Response::Data { status: Status::Bye, .. } => return Err(ImapError::ConnectionLost),
            Response::Capabilities(capabilities) => {
                for capability in capabilities {
                    match capability {
                        Capability::Auth(mechanism) => offers.auth.push(mechanism.to_ascii_uppercase()),
                        Capability::Atom(word) if word.eq_ignore_ascii_case("LOGINDISABLED") => offers.login = false,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

async fn authenticate(client: Client<Guarded>, mechanism: &str, words: Words) -> Result<Session<Guarded>, ImapError> {
    client.authenticate(mechanism, words).await.map_err(|(error, _)| error)
}

/// What is said to the first challenge, and to every one after it.
struct Words {
    first: Option<String>,
    then: &'static str,
}

impl Authenticator for Words {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.first.take().unwrap_or_else(|| self.then.to_owned())
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the mail server does not offer STARTTLS")]
struct NoStartTls;

#[derive(Debug, thiserror::Error)]
#[error("the mail server has no such folder")]
struct NoFolder;

#[derive(Debug, thiserror::Error)]
#[error("the mail server refused the login")]
struct LogInRefused;

#[derive(Debug, thiserror::Error)]
#[error("the mail server refused a command")]
struct Refused;

#[derive(Debug, thiserror::Error)]
#[error("the mail server said goodbye")]
struct Bye;

#[derive(Debug, thiserror::Error)]
#[error("the connection to the mail server was lost")]
struct Lost;

#[derive(Debug, thiserror::Error)]
#[error("the connection to the mail server breaks whenever it waits")]
struct KeepsBreaking;

#[derive(Debug, thiserror::Error)]
#[error("the mail server's answer is no IMAP")]
struct NotUnderstood;

#[cfg(test)]
mod tests {
    use async_imap::imap_proto::{MailboxDatum, Response};

    use super::{Cursor, tells_news};

    #[test]
    fn only_a_mail_that_came_is_news() {
        let mut known = 5;
        let exists = |count| Response::MailboxData(MailboxDatum::Exists(count));
        assert!(!tells_news(&exists(5), &mut known), "some servers say what is known");
        assert!(!tells_news(&Response::Expunge(2), &mut known), "another program removed one");
        assert!(tells_news(&exists(5), &mut known), "and then one came");
        assert!(!tells_news(&Response::Fetch(1, Vec::new()), &mut known), "a flag changed");
    }

    #[test]
    fn a_mark_survives_its_text_and_an_unknown_one_starts_again() {
        let cursor = Cursor { validity: 7, last: 4_294_967_295 };
        assert_eq!(Cursor::read(&cursor.mark()), Some(cursor));
        for other in ["", "7", "7.", ".7", "7.x", "-1.2", "7.4294967296"] {
            assert_eq!(Cursor::read(other), None, "{other:?} is no mark");
        }
    }
}
