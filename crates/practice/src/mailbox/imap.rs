//! IMAP4rev1 (RFC 3501) with IDLE, for one folder: INBOX. Letters are never removed, so there is no EXPUNGE.

mod command;
mod fetch;
mod search;

use std::{io, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};

use self::command::{Change, Command, Fetch, Mailbox, Numbers, Wrong};
use super::{
    office::{HOST, Kept, Office, Shelf},
    sasl::{LoginMechanism, REASONS, bearer_credentials, plain_credentials},
    wire::Wire,
};

/// One command, literals included.
const COMMAND_MOST: usize = 64 * 1024;
/// Wrong passwords before the connection ends.
const GUESSES_MOST: u32 = 3;
const FLAGS: &str = r"(\Answered \Flagged \Deleted \Seen \Draft)";

#[derive(Default)]
struct Session {
    user: Option<String>,
    guesses: u32,
    selected: Option<Selected>,
}

/// The selected folder, as the client last heard of it.
struct Selected {
    uid_validity: u32,
    announced: usize,
    read_only: bool,
}

enum After {
    Go,
    Leave,
}

/// Serves one client until it leaves.
pub(super) async fn converse(mut wire: Wire, office: Arc<Office>) -> io::Result<()> {
    let mut session = Session::default();
    let greeting =
        format!("* OK [CAPABILITY {}] {HOST} Custody practice", capability(&office, wire.is_secure(), false));
    wire.say(&greeting).await?;
    loop {
        let command = match read_command(&mut wire, &office, &session).await {
            Ok(Some(command)) => command,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                wire.say("* BYE Command too long").await?;
                return wire.close().await;
            }
            Err(error) => return Err(error),
        };
        let (tag, command) = match command::parse(&command) {
            Ok(parsed) => parsed,
            Err(Wrong { tag, why }) => {
                wire.say(&format!("{} BAD {why}", tag.as_deref().unwrap_or("*"))).await?;
                continue;
            }
        };
        if matches!(command, Command::StartTls) && !wire.is_secure() && !office.faults.hides_starttls() {
            wire.say(&format!("{tag} OK Begin TLS")).await?;
            if office.faults.breaks_tls() {
                wire.say("this is no TLS").await?;
                return wire.close().await;
            }
            wire = wire.into_secure(&office.acceptor).await?;
            session = Session::default();
            continue;
        }
        match obey(&mut wire, &office, &mut session, &tag, command).await? {
            After::Go => {}
            After::Leave => return wire.close().await,
        }
    }
}

/// A whole command: its line, and each literal that the line announces.
async fn read_command(wire: &mut Wire, office: &Office, session: &Session) -> io::Result<Option<Vec<u8>>> {
    let mut command = Vec::new();
    loop {
        let Some(line) = line_or_bye(wire, office, session, COMMAND_MOST - command.len()).await? else {
            return Ok(None);
        };
        command.extend_from_slice(&line);
        let Some((size, waits)) = command::announced_literal(&line) else { return Ok(Some(command)) };
        if command.len() + size + 2 >= COMMAND_MOST {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        if waits {
            wire.say("+ Go on").await?;
        }
        command.extend_from_slice(b"\r\n");
        command.extend_from_slice(&wire.exactly(size).await?);
    }
}

/// The next line, unless the folder's numbers stop being true first: then the client must start again.
async fn line_or_bye(wire: &mut Wire, office: &Office, session: &Session, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut changes = office.changes();
    loop {
        if renumbered(office, session) {
            wire.say("* BYE The mailbox was rebuilt").await?;
            return Ok(None);
        }
        tokio::select! {
            line = wire.line(most) => return line,
            changed = changes.changed() => if changed.is_err() { return Ok(None) },
        }
    }
}

fn renumbered(office: &Office, session: &Session) -> bool {
    let Some((selected, user)) = session.selected.as_ref().zip(session.user.as_deref()) else { return false };
    office.shelf(user).is_none_or(|shelf| shelf.uid_validity != selected.uid_validity)
}

fn capability(office: &Office, secure: bool, logged_in: bool) -> String {
    let mut auth = String::new();
    let mut words = vec!["IMAP4rev1", "LITERAL+", "SASL-IR", "ID", "NAMESPACE", "UNSELECT"];
    if !office.faults.hides_idle() {
        words.push("IDLE");
    }
    if !secure && !office.faults.hides_starttls() {
        words.push("STARTTLS");
    }
    if !logged_in {
        let may_log_in = secure || office.faults.allows_plain();
        if !may_log_in || !office.faults.offers(LoginMechanism::Login) {
            words.push("LOGINDISABLED");
        }
        // LOGIN is a command here and no mechanism.
        let offered = LoginMechanism::ALL
            .into_iter()
            .filter(|mechanism| may_log_in && *mechanism != LoginMechanism::Login && office.faults.offers(*mechanism));
        auth = offered.map(|mechanism| format!(" AUTH={}", mechanism.name())).collect();
    }
    words.join(" ") + &auth
}

async fn obey(
    wire: &mut Wire,
    office: &Office,
    session: &mut Session,
    tag: &str,
    command: Command,
) -> io::Result<After> {
    let secure = wire.is_secure();
    let may_log_in = secure || office.faults.allows_plain();
    match command {
        Command::Capability => {
            wire.say(&format!("* CAPABILITY {}", capability(office, secure, session.user.is_some()))).await?;
            wire.say(&format!("{tag} OK Done")).await?;
        }
        Command::Id => {
            wire.say("* ID (\"name\" \"Custody practice\")").await?;
            wire.say(&format!("{tag} OK Done")).await?;
        }
        Command::Logout => {
            wire.say(&format!("* BYE Until next time\r\n{tag} OK Done")).await?;
            return Ok(After::Leave);
        }
        Command::StartTls => wire.say(&format!("{tag} BAD TLS cannot be started")).await?,
        Command::Login { .. } | Command::Authenticate { .. } if session.user.is_some() => {
            wire.say(&format!("{tag} BAD Already logged in")).await?;
        }
        Command::Login { .. } | Command::Authenticate { .. } if !may_log_in => {
            wire.say(&format!("{tag} NO [PRIVACYREQUIRED] TLS first")).await?;
        }
        Command::Login { .. } if !office.faults.offers(LoginMechanism::Login) => {
            wire.say(&format!("{tag} NO [PRIVACYREQUIRED] LOGIN is not taken")).await?;
        }
        Command::Login { user, password } => {
            let user = office.log_in(&user, &password);
            return log_in(wire, office, session, tag, user).await;
        }
        Command::Authenticate { mechanism, initial } => {
            let known = LoginMechanism::of(&mechanism)
                .filter(|known| *known != LoginMechanism::Login && office.faults.offers(*known));
            let Some(mechanism) = known else {
                wire.say(&format!("{tag} NO [CANNOT] Mechanism not known")).await?;
                return Ok(After::Go);
            };
            let response = match initial {
                Some(initial) => initial,
                None => {
                    wire.say("+ ").await?;
                    let Some(line) = wire.line(COMMAND_MOST).await? else { return Ok(After::Leave) };
                    String::from_utf8_lossy(&line).into_owned()
                }
            };
            let response = BASE64_STANDARD.decode(response).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            if !mechanism.is_bearer() {
                let credentials = response.and_then(|response| plain_credentials(&response));
                let user = credentials.and_then(|(user, password)| office.log_in(&user, &password));
                return log_in(wire, office, session, tag, user).await;
            }
            let credentials = response.and_then(|response| bearer_credentials(mechanism, &response));
            let user = credentials.and_then(|(user, token)| office.log_in_with_token(&user, &token));
            if user.is_none() {
                // The reasons first; the client says that it saw them.
                wire.say(&format!("+ {}", BASE64_STANDARD.encode(REASONS))).await?;
                if wire.line(COMMAND_MOST).await?.is_none() {
                    return Ok(After::Leave);
                }
            }
            return log_in(wire, office, session, tag, user).await;
        }
        command => match session.user.clone() {
            Some(user) => return with_user(wire, office, session, &user, tag, command).await,
            None if matches!(command, Command::Noop) => wire.say(&format!("{tag} OK Done")).await?,
            None => wire.say(&format!("{tag} BAD Log in first")).await?,
        },
    }
    Ok(After::Go)
}

async fn log_in(
    wire: &mut Wire,
    office: &Office,
    session: &mut Session,
    tag: &str,
    user: Option<String>,
) -> io::Result<After> {
    session.user = user;
    if session.user.is_some() {
        let capability = capability(office, wire.is_secure(), true);
        wire.say(&format!("{tag} OK [CAPABILITY {capability}] Logged in")).await?;
        return Ok(After::Go);
    }
    wire.say(&format!("{tag} NO [AUTHENTICATIONFAILED] Wrong user, password or token")).await?;
    session.guesses += 1;
    if session.guesses < GUESSES_MOST {
        return Ok(After::Go);
    }
    wire.say("* BYE Too many wrong passwords").await?;
    Ok(After::Leave)
}

async fn with_user(
    wire: &mut Wire,
    office: &Office,
    session: &mut Session,
    user: &str,
    tag: &str,
    command: Command,
) -> io::Result<After> {
    let Some(shelf) = office.shelf(user) else { return Ok(After::Leave) };
    match command {
        Command::Select { mailbox: Mailbox::Other, .. } => {
            session.selected = None;
            wire.say(&format!("{tag} NO [NONEXISTENT] There is only INBOX")).await?;
        }
        Command::Select { mailbox: Mailbox::Inbox, read_only } => {
            session.selected =
                Some(Selected { uid_validity: shelf.uid_validity, announced: shelf.letters.len(), read_only });
            wire.say(&selected_answer(&shelf, tag, read_only)).await?;
        }
        Command::List { word, any } => {
            let name = if any { format!("* {word} () \"/\" INBOX\r\n") } else { String::new() };
            wire.say(&format!("{name}{tag} OK Done")).await?;
        }
        Command::Status { mailbox: Mailbox::Other, .. } => {
            wire.say(&format!("{tag} NO [NONEXISTENT] There is only INBOX")).await?;
        }
        Command::Status { mailbox: Mailbox::Inbox, items } => {
            let said: Vec<_> = items.iter().filter_map(|item| status_item(&shelf, item)).collect();
            wire.say(&format!("* STATUS INBOX ({})\r\n{tag} OK Done", said.join(" "))).await?;
        }
        Command::Namespace => wire.say(&format!("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n{tag} OK Done")).await?,
        Command::Close => {
            session.selected = None;
            wire.say(&format!("{tag} OK Done")).await?;
        }
        Command::Noop | Command::Check => {
            announce(wire, session, &shelf).await?;
            wire.say(&format!("{tag} OK Done")).await?;
        }
        Command::Idle if office.faults.hides_idle() => wire.say(&format!("{tag} BAD Command not known")).await?,
        Command::Idle => return idle(wire, office, session, user, tag).await,
        command => match &session.selected {
            Some(selected) => {
                let read_only = selected.read_only;
                wire.send(&on_letters(office, user, &shelf, read_only, tag, command)).await?;
                announce(wire, session, &shelf).await?;
            }
            None => wire.say(&format!("{tag} BAD Select a mailbox first")).await?,
        },
    }
    Ok(After::Go)
}

fn selected_answer(shelf: &Shelf, tag: &str, read_only: bool) -> String {
    let Shelf { uid_validity, uid_next, letters } = shelf;
    let unseen = letters.iter().position(|kept| !kept.flags.contains("\\Seen"));
    let unseen = unseen.map(|at| format!("* OK [UNSEEN {}] First unseen\r\n", at + 1)).unwrap_or_default();
    let (permanent, mode) = if read_only { ("()", "READ-ONLY") } else { (FLAGS, "READ-WRITE") };
    format!(
        "* FLAGS {FLAGS}\r\n* {} EXISTS\r\n* 0 RECENT\r\n{unseen}\
         * OK [UIDVALIDITY {uid_validity}] Ok\r\n* OK [UIDNEXT {uid_next}] Ok\r\n\
         * OK [PERMANENTFLAGS {permanent}] Ok\r\n{tag} OK [{mode}] Done",
        letters.len()
    )
}

fn status_item(shelf: &Shelf, item: &str) -> Option<String> {
    let value = match item {
        "MESSAGES" => shelf.letters.len(),
        "RECENT" => 0,
        "UIDNEXT" => shelf.uid_next as usize,
        "UIDVALIDITY" => shelf.uid_validity as usize,
        "UNSEEN" => shelf.letters.iter().filter(|kept| !kept.flags.contains("\\Seen")).count(),
        _ => return None,
    };
    Some(format!("{item} {value}"))
}

/// Tells how many letters there are, if the client does not know yet.
async fn announce(wire: &mut Wire, session: &mut Session, shelf: &Shelf) -> io::Result<()> {
    let count = shelf.letters.len();
    match &mut session.selected {
        Some(selected) if selected.announced != count => {
            selected.announced = count;
            wire.say(&format!("* {count} EXISTS")).await
        }
        _ => Ok(()),
    }
}

async fn idle(wire: &mut Wire, office: &Office, session: &mut Session, user: &str, tag: &str) -> io::Result<After> {
    wire.say("+ idling").await?;
    if office.faults.drops_idle() {
        return Ok(After::Leave);
    }
    let mut changes = office.changes();
    let _idle = office.idle();
    loop {
        let Some(shelf) = office.shelf(user) else { return Ok(After::Leave) };
        if renumbered(office, session) {
            wire.say("* BYE The mailbox was rebuilt").await?;
            return Ok(After::Leave);
        }
        announce(wire, session, &shelf).await?;
        tokio::select! {
            line = wire.line(COMMAND_MOST) => {
                let Some(line) = line? else { return Ok(After::Leave) };
                let answer = if line.eq_ignore_ascii_case(b"DONE") { "OK Done" } else { "BAD Expected DONE" };
                wire.say(&format!("{tag} {answer}")).await?;
                return Ok(After::Go);
            }
            changed = changes.changed() => if changed.is_err() { return Ok(After::Leave) },
        }
    }
}

/// The commands that look at letters or mark them; the answer with its last line.
fn on_letters(office: &Office, user: &str, shelf: &Shelf, read_only: bool, tag: &str, command: Command) -> Vec<u8> {
    let mut answer = Vec::new();
    let last = match command {
        Command::Search { by, key } => {
            let found = search::search(&key, &shelf.letters);
            let numbers = found.into_iter().map(|(number, kept)| match by {
                Numbers::Sequence => format!(" {number}"),
                Numbers::Uid => format!(" {}", kept.uid),
            });
            answer.extend_from_slice(format!("* SEARCH{}\r\n", numbers.collect::<String>()).as_bytes());
            "OK Done"
        }
        Command::Fetch(Fetch { by, set, items }) => {
            for (number, kept) in chosen(shelf, by, &set) {
                let seen = items.iter().any(fetch::marks_seen) && !read_only && !kept.flags.contains("\\Seen");
                let flags = seen.then(|| {
                    office.mark(user, kept.uid, |flags| {
                        flags.insert("\\Seen".to_owned());
                    })
                });
                fetch::answer(&mut answer, number, kept, by, &items, flags);
            }
            "OK Done"
        }
        Command::Store { .. } if read_only => "NO [READ-ONLY] The mailbox was only examined",
        Command::Store { by, set, change, silent, flags } => {
            for (number, kept) in chosen(shelf, by, &set) {
                let now = office.mark(user, kept.uid, |held| match change {
                    Change::Replace => *held = flags.iter().cloned().collect(),
                    Change::Add => held.extend(flags.iter().cloned()),
                    Change::Remove => held.retain(|flag| !flags.contains(flag)),
                });
                if !silent {
                    fetch::answer(&mut answer, number, kept, by, &[fetch::Item::Flags], Some(now));
                }
            }
            "OK Done"
        }
        _ => "BAD Command not known here",
    };
    answer.extend_from_slice(format!("{tag} {last}\r\n").as_bytes());
    answer
}

fn chosen<'a>(shelf: &'a Shelf, by: Numbers, set: &'a command::Set) -> impl Iterator<Item = (u32, &'a Kept)> {
    let last_uid = shelf.letters.last().map_or(0, |kept| kept.uid);
    (1_u32..).zip(&shelf.letters).filter(move |(number, kept)| match by {
        Numbers::Sequence => set.holds(*number, shelf.letters.len() as u32),
        Numbers::Uid => set.holds(kept.uid, last_uid),
    })
}
