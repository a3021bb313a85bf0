//! SMTP submission (RFC 5321, 6409): a letter is taken only over TLS and from an account's owner.

use std::{io, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::fmt::rfc2822;

use super::{
    AnswerPoint, DropPoint,
    office::{DOMAINS, Envelope, Full, HOST, LETTER_MOST, Office, mailbox_of},
    sasl::{LoginMechanism, REASONS, bearer_credentials, plain_credentials},
    wire::Wire,
};

/// RFC 5321 asks for 512; AUTH lines and long addresses need more.
const LINE_MOST: usize = 12 * 1024;
/// How many recipients a letter may have.
const RECIPIENTS_MOST: usize = 100;
/// Wrong passwords before the connection ends.
const GUESSES_MOST: u32 = 3;
/// How much of an oversized letter is read and thrown away before the connection ends.
const DISCARD_MOST: usize = LETTER_MOST;

#[derive(Default)]
struct Session {
    greeted: bool,
    user: Option<String>,
    guesses: u32,
    transaction: Option<Transaction>,
}

struct Transaction {
    sender: String,
    name: Option<String>,
    recipients: Vec<Recipient>,
}

struct Recipient {
    address: String,
    notify: Option<String>,
}

/// Serves one client until it leaves.
pub(super) async fn converse(mut wire: Wire, office: Arc<Office>) -> io::Result<()> {
    if office.faults.drops(DropPoint::Greeting) {
        return Ok(());
    }
    if let Some(answer) = office.faults.answer(AnswerPoint::Greeting) {
        wire.say(answer).await?;
        return wire.close().await;
    }
    wire.say(&format!("220 {HOST} ESMTP Custody practice")).await?;
    let mut session = Session::default();
    loop {
        let line = match wire.line(LINE_MOST).await {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                wire.say("500 5.5.2 Line too long").await?;
                return wire.close().await;
            }
            Err(error) => return Err(error),
        };
        let line = String::from_utf8_lossy(&line).into_owned();
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let may_log_in = wire.is_secure() || office.faults.allows_plain();
        if let Some(answer) = scripted(&office, verb) {
            wire.say(answer).await?;
            if answer.starts_with("421") {
                return wire.close().await;
            }
            continue;
        }
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                session = Session { greeted: true, user: session.user, guesses: session.guesses, transaction: None };
                let offer = offer(&office, wire.is_secure(), may_log_in);
                wire.send(offer.as_bytes()).await?;
            }
            "HELO" => {
                session.greeted = true;
                session.transaction = None;
                wire.say(&format!("250 {HOST}")).await?;
            }
            "STARTTLS" if wire.is_secure() => wire.say("503 5.5.1 TLS is already on").await?,
            "STARTTLS" if office.faults.hides_starttls() => wire.say("502 5.5.1 Command not known").await?,
            "STARTTLS" => {
                wire.say("220 2.0.0 Ready to start TLS").await?;
                if office.faults.breaks_tls() {
                    wire.say("this is no TLS").await?;
                    return wire.close().await;
                }
                wire = wire.into_secure(&office.acceptor).await?;
                session = Session::default();
            }
            "AUTH" if !session.greeted => wire.say("503 5.5.1 EHLO first").await?,
            "AUTH" if !may_log_in => wire.say("530 5.7.0 Must issue a STARTTLS command first").await?,
            "AUTH" if session.user.is_some() => wire.say("503 5.5.1 Already authenticated").await?,
            "AUTH" => {
                log_in(&mut wire, &office, &mut session, rest).await?;
                if session.guesses >= GUESSES_MOST {
                    wire.say("421 4.7.0 Too many wrong passwords").await?;
                    return wire.close().await;
                }
            }
            "MAIL" => {
                let answer = mail(&mut session, &office, may_log_in, rest);
                wire.say(&answer).await?;
            }
            "RCPT" => {
                let answer = rcpt(&mut session, &office, rest);
                wire.say(answer).await?;
            }
            "DATA" => {
                let Some(transaction) = session.transaction.take().filter(|taken| !taken.recipients.is_empty()) else {
                    wire.say("554 5.5.1 No valid recipients").await?;
                    continue;
                };
                wire.say("354 End data with <CR><LF>.<CR><LF>").await?;
                if office.faults.drops(DropPoint::Data) {
                    return Ok(());
                }
                if office.faults.drops(DropPoint::MidLetter) {
                    drop(wire.raw_line(LETTER_MOST).await?);
                    return Ok(());
                }
                let user = session.user.as_deref().unwrap_or_default();
                let letter = read_letter(&mut wire).await?;
                if let Some(answer) = office.faults.answer(AnswerPoint::Letter) {
                    wire.say(answer).await?;
                    if answer.starts_with("421") {
                        return wire.close().await;
                    }
                    continue;
                }
                let answer = match letter {
                    None => "552 5.3.4 Message too big".to_owned(),
                    Some(_) if office.faults.refuses_letter() => "554 5.6.0 Message content refused".to_owned(),
                    Some(letter) => keep(&office, &transaction, user, &letter),
                };
                if office.faults.drops(DropPoint::Answer) {
                    return Ok(());
                }
                wire.say(&answer).await?;
            }
            "RSET" => {
                session.transaction = None;
                wire.say("250 2.0.0 Ok").await?;
            }
            "NOOP" => wire.say("250 2.0.0 Ok").await?,
            "VRFY" => wire.say("252 2.0.0 Send a letter and see").await?,
            "QUIT" => {
                wire.say("221 2.0.0 Bye").await?;
                return wire.close().await;
            }
            _ => wire.say("500 5.5.2 Command not known").await?,
        }
    }
}

/// The answer that a test wants to this command.
fn scripted(office: &Office, verb: &str) -> Option<&'static str> {
    let point = match verb.to_ascii_uppercase().as_str() {
        "AUTH" => AnswerPoint::Auth,
        "MAIL" => AnswerPoint::Sender,
        "RCPT" => AnswerPoint::Recipient,
        "DATA" => AnswerPoint::Data,
        _ => return None,
    };
    office.faults.answer(point)
}

fn offer(office: &Office, secure: bool, may_log_in: bool) -> String {
    let mut words = vec!["PIPELINING".to_owned(), format!("SIZE {LETTER_MOST}")];
    if !secure && !office.faults.hides_starttls() {
        words.push("STARTTLS".to_owned());
    }
    if may_log_in {
        let offered = LoginMechanism::ALL.into_iter().filter(|mechanism| office.faults.offers(*mechanism));
        let names: Vec<_> = offered.map(LoginMechanism::name).collect();
        words.push(format!("AUTH {}", names.join(" ")));
    }
    words.extend(["ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8"].map(str::to_owned));
    let last = words.pop().unwrap_or_default();
    let middle: String = words.iter().map(|word| format!("250-{word}\r\n")).collect();
    format!("250-{HOST}\r\n{middle}250 {last}\r\n")
}

async fn log_in(wire: &mut Wire, office: &Office, session: &mut Session, rest: &str) -> io::Result<()> {
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let mechanism = LoginMechanism::of(mechanism).filter(|mechanism| office.faults.offers(*mechanism));
    let credentials = match mechanism {
        None => return wire.say("504 5.5.4 Mechanism not known").await,
        Some(bearer) if bearer.is_bearer() => return log_in_with_token(wire, office, session, bearer, initial).await,
        Some(LoginMechanism::Plain) => {
            let response = match initial {
                "" => ask(wire, "334 ").await?,
                given => decode(given),
            };
            response.and_then(|response| plain_credentials(&response))
        }
        Some(_) => {
            let user = match initial {
                "" => ask(wire, "334 VXNlcm5hbWU6").await?,
                given => decode(given),
            };
            let password = ask(wire, "334 UGFzc3dvcmQ6").await?;
            user.zip(password)
        }
    };
    let Some((user, password)) = credentials else {
        return wire.say("501 5.5.2 Cannot read that").await;
    };
    session.user = office.log_in(&user, &password);
    if session.user.is_some() {
        wire.say("235 2.7.0 Authentication successful").await
    } else {
        session.guesses += 1;
        wire.say("535 5.7.8 Authentication credentials invalid").await
    }
}

/// A token that is refused gets the reasons first, and the client says that it saw them.
async fn log_in_with_token(
    wire: &mut Wire,
    office: &Office,
    session: &mut Session,
    mechanism: LoginMechanism,
    initial: &str,
) -> io::Result<()> {
    let response = match initial {
        "" => ask(wire, "334 ").await?,
        given => decode(given),
    };
    let Some((user, token)) = response.and_then(|response| bearer_credentials(mechanism, &response)) else {
        return wire.say("501 5.5.2 Cannot read that").await;
    };
    session.user = office.log_in_with_token(&user, &token);
    if session.user.is_some() {
        return wire.say("235 2.7.0 Authentication successful").await;
    }
    session.guesses += 1;
    ask(wire, &format!("334 {}", BASE64_STANDARD.encode(REASONS))).await?;
    wire.say("535 5.7.8 Username and token not accepted").await
}

async fn ask(wire: &mut Wire, challenge: &str) -> io::Result<Option<String>> {
    wire.say(challenge).await?;
    let Some(answer) = wire.line(LINE_MOST).await? else { return Ok(None) };
    Ok(decode(&String::from_utf8_lossy(&answer)))
}

fn decode(text: &str) -> Option<String> {
    let text = if text == "=" { "" } else { text };
    String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
}

fn mail(session: &mut Session, office: &Office, may_log_in: bool, rest: &str) -> String {
    if !session.greeted {
        return "503 5.5.1 EHLO first".to_owned();
    }
    let Some(user) = session.user.as_deref() else {
        let what = if may_log_in { "Authentication required" } else { "Must issue a STARTTLS command first" };
        return format!("530 5.7.0 {what}");
    };
    if session.transaction.is_some() {
        return "503 5.5.1 One letter at a time".to_owned();
    }
    let Some((sender, parameters)) = path(rest, "FROM:") else {
        return "501 5.1.7 Cannot read the sender".to_owned();
    };
    if !sender.is_empty() && mailbox_of(&sender) != user {
        return "553 5.7.1 Sender address rejected: not owned by user".to_owned();
    }
    let mut name = None;
    for parameter in parameters.split_whitespace() {
        let (keyword, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match keyword.to_ascii_uppercase().as_str() {
            "ENVID" => name = Some(value.to_owned()),
            "SIZE" if value.parse::<usize>().is_ok_and(|size| size > LETTER_MOST) => {
                return "552 5.3.4 Message too big".to_owned();
            }
            "SIZE" | "BODY" | "SMTPUTF8" | "RET" | "AUTH" => {}
            _ => return "555 5.5.4 Parameter not known".to_owned(),
        }
    }
    if office.faults.disk_is_full() {
        return "452 4.3.1 Insufficient system storage".to_owned();
    }
    session.transaction = Some(Transaction { sender, name, recipients: Vec::new() });
    "250 2.1.0 Ok".to_owned()
}

fn rcpt(session: &mut Session, office: &Office, rest: &str) -> &'static str {
    let Some(transaction) = session.transaction.as_mut() else { return "503 5.5.1 MAIL first" };
    let Some((address, parameters)) = path(rest, "TO:") else { return "501 5.1.3 Cannot read the recipient" };
    if transaction.recipients.len() >= RECIPIENTS_MOST {
        return "452 4.5.3 Too many recipients";
    }
    let mut notify = None;
    for parameter in parameters.split_whitespace() {
        let (keyword, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match keyword.to_ascii_uppercase().as_str() {
            "NOTIFY" => notify = Some(value.to_owned()),
            "ORCPT" => {}
            _ => return "555 5.5.4 Parameter not known",
        }
    }
    let domain = address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    if !domain.is_some_and(|domain| DOMAINS.contains(&domain.as_str())) {
        return "554 5.7.1 Relay access denied";
    }
    if !office.knows(&address) {
        return "550 5.1.1 Recipient address rejected: User unknown";
    }
    if office.faults.greylists() {
        return "451 4.7.1 Greylisted, try again later";
    }
    transaction.recipients.push(Recipient { address, notify });
    "250 2.1.5 Ok"
}

/// The address between angle brackets and what follows it.
fn path<'a>(rest: &'a str, word: &str) -> Option<(String, &'a str)> {
    let given = rest.get(..word.len()).filter(|given| given.eq_ignore_ascii_case(word))?;
    let (address, parameters) = rest[given.len()..].trim_start().strip_prefix('<')?.split_once('>')?;
    let clean = address.len() <= 320 && !address.contains(|c: char| c.is_control() || c.is_whitespace() || c == '<');
    clean.then(|| (address.to_owned(), parameters))
}

/// Reads up to the single dot; `None` if the letter was too large.
async fn read_letter(wire: &mut Wire) -> io::Result<Option<Vec<u8>>> {
    let gone = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let mut letter = Vec::new();
    let mut discarded = 0;
    loop {
        let line = wire.raw_line(LETTER_MOST).await?.ok_or_else(gone)?;
        // Only CR LF . CR LF ends a letter: a bare LF must not smuggle a second one in.
        if line == b".\r\n" && (letter.is_empty() || letter.ends_with(b"\r\n")) {
            return Ok((discarded == 0).then_some(letter));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if discarded == 0 && letter.len() + line.len() <= LETTER_MOST {
            letter.extend_from_slice(line);
        } else {
            discarded += line.len();
            letter = b"\r\n".to_vec();
            if discarded > DISCARD_MOST {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a letter is too large"));
            }
        }
    }
}

fn keep(office: &Office, transaction: &Transaction, user: &str, letter: &[u8]) -> String {
    let serial = office.serial();
    let now = rfc2822::DateTimePrinter::new().timestamp_to_string(&office.clock.now()).unwrap_or_default();
    let sender = &transaction.sender;
    let domain = user.rsplit_once('@').map_or(user, |(_, domain)| domain);
    for Recipient { address, notify } in &transaction.recipients {
        let mut raw = format!(
            "Return-Path: <{sender}>\r\n\
             Authentication-Results: {HOST}; dkim=pass header.d={domain}\r\n\
             Received: by {HOST} with ESMTPSA id practice-{serial} for <{address}>; {now}\r\n"
        )
        .into_bytes();
        if !has_message_id(letter) {
            raw.extend_from_slice(format!("Message-ID: <submitted-{serial}@{HOST}>\r\n").as_bytes());
        }
        raw.extend_from_slice(letter);
        let envelope = Envelope { sender, notify: notify.as_deref(), name: transaction.name.as_deref() };
        if let Err(Full) = office.deliver(address, raw.into(), &envelope) {
            return "452 4.3.1 Insufficient system storage".to_owned();
        }
    }
    format!("250 2.0.0 Ok: queued as practice-{serial}")
}

fn has_message_id(letter: &[u8]) -> bool {
    letter
        .split(|byte| *byte == b'\n')
        .take_while(|line| !matches!(line, [] | [b'\r']))
        .any(|line| line.get(..11).is_some_and(|name| name.eq_ignore_ascii_case(b"message-id:")))
}

#[cfg(test)]
mod tests {
    use super::{has_message_id, path};

    #[test]
    fn a_path_is_read_with_its_parameters() {
        assert_eq!(path("to:<a@b> NOTIFY=FAILURE", "TO:"), Some(("a@b".to_owned(), " NOTIFY=FAILURE")));
        assert_eq!(path("FROM: <>", "FROM:"), Some((String::new(), "")));
        for wrong in ["TO:a@b", "TO:<a@b", "TO:<a b>", "TO:<a<b>", "é", ""] {
            assert_eq!(path(wrong, "TO:"), None, "{wrong:?} is no path");
        }
    }

    #[test]
    fn a_message_id_counts_only_in_the_header() {
        assert!(has_message_id(b"From: a\r\nmessage-ID: <1@a>\r\n\r\n"));
        assert!(!has_message_id(b"From: a\r\n\r\nMessage-ID: <1@a>\r\n"));
    }
}
