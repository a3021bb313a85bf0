//! The practice mail servers, spoken to line by line as any mail program would.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{net::SocketAddr, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use custody_practice::{
    clock::PracticeClock,
    mailbox::{DropPoint, MailFault, PracticeMail},
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

const DESK: &str = "desk@support.example";
const CAROL: &str = "carol@customer.example";
const LETTER: &str = "From: Desk <desk@support.example>\r\nTo: carol@customer.example\r\n\
                      Subject: =?utf-8?B?44GT44KT44Gr44Gh44Gv?=\r\nMessage-ID: <r1@support.example>\r\n\r\n\
                      First line\r\n..dotted\r\n";

async fn start() -> PracticeMail {
    let noon = "2027-03-01T12:00:00Z".parse().unwrap();
    let mail = PracticeMail::start(PracticeClock::frozen_at(noon)).await.unwrap();
    mail.account(CAROL);
    mail
}

trait Duplex: AsyncRead + AsyncWrite + Unpin {}

impl<T: AsyncRead + AsyncWrite + Unpin> Duplex for T {}

/// A mail program that says what it is told.
struct Talk(BufReader<Box<dyn Duplex>>);

impl Talk {
    async fn plain(address: SocketAddr) -> Self {
        Self(BufReader::new(Box::new(TcpStream::connect(address).await.unwrap())))
    }

    async fn tls(address: SocketAddr, mail: &PracticeMail) -> Self {
        Self::plain(address).await.into_tls(mail).await.unwrap()
    }

    async fn into_tls(self, mail: &PracticeMail) -> std::io::Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(mail.ca_pem().as_bytes()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let stream = TlsConnector::from(Arc::new(config)).connect(name, self.0.into_inner()).await?;
        Ok(Self(BufReader::new(Box::new(stream))))
    }

    async fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// One line without its end; empty when the server has gone.
    async fn line(&mut self) -> String {
        let mut line = String::new();
        drop(self.0.read_line(&mut line).await);
        line.trim_end().to_owned()
    }

    /// The last line of an SMTP answer.
    async fn answer(&mut self) -> String {
        loop {
            let line = self.line().await;
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    /// Says an SMTP command and gives the last line of the answer.
    async fn smtp(&mut self, command: &str) -> String {
        self.write(&format!("{command}\r\n")).await;
        self.answer().await
    }

    /// Says an IMAP command and gives every line up to the tagged one.
    async fn imap(&mut self, command: &str) -> Vec<String> {
        self.write(&format!("a {command}\r\n")).await;
        self.lines_until("a ").await
    }

    async fn lines_until(&mut self, start: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line().await;
            let last = line.is_empty() || line.starts_with(start);
            lines.push(line);
            if last && lines.last().is_some_and(|line| line.starts_with(start)) {
                return lines;
            }
            assert!(lines.len() < 1000, "the server never says {start:?}");
        }
    }
}

/// An SMTP session with TLS, logged in as the desk.
async fn smtp(mail: &PracticeMail) -> Talk {
    let mut talk = Talk::tls(mail.smtps_addr(), mail).await;
    assert!(talk.answer().await.starts_with("220 "));
    log_in(&mut talk, mail).await;
    talk
}

async fn log_in(talk: &mut Talk, mail: &PracticeMail) {
    assert!(talk.smtp("EHLO [127.0.0.1]").await.starts_with("250 "));
    let account = mail.desk_account();
    let plain = BASE64_STANDARD.encode(format!("\0{}\0{}", account.user, account.password));
    assert_eq!(talk.smtp(&format!("AUTH PLAIN {plain}")).await, "235 2.7.0 Authentication successful");
}

/// Posts a letter from the desk and gives the server's last word.
async fn post(talk: &mut Talk, to: &str, letter: &str) -> String {
    let sender = talk.smtp(&format!("MAIL FROM:<{DESK}> SIZE=200 BODY=8BITMIME RET=HDRS")).await;
    if !sender.starts_with("250") {
        return sender;
    }
    let recipient = talk.smtp(&format!("RCPT TO:<{to}> NOTIFY=FAILURE,DELAY")).await;
    if !recipient.starts_with("250") {
        drop(talk.smtp("RSET").await);
        return recipient;
    }
    assert!(talk.smtp("DATA").await.starts_with("354"));
    talk.smtp(&format!("{letter}.")).await
}

/// An IMAP session with TLS, logged in as the desk, with INBOX selected.
async fn imap(mail: &PracticeMail, select: &str) -> Talk {
    let mut talk = Talk::tls(mail.imaps_addr(), mail).await;
    assert!(talk.line().await.starts_with("* OK "));
    let account = mail.desk_account();
    let logged_in = talk.imap(&format!("LOGIN {} \"{}\"", account.user, account.password)).await;
    assert!(logged_in.last().unwrap().starts_with("a OK "));
    assert!(talk.imap(&format!("{select} INBOX")).await.last().unwrap().starts_with("a OK "));
    talk
}

#[tokio::test]
async fn a_letter_goes_over_starttls_and_arrives_as_it_was_sent() {
    let mail = start().await;
    let mut talk = Talk::plain(mail.smtp_addr()).await;
    talk.answer().await;
    talk.smtp("EHLO x").await;
    assert!(talk.smtp("AUTH PLAIN AAAA").await.starts_with("530 5.7.0"), "no password goes over a plain connection");
    assert!(talk.smtp(&format!("MAIL FROM:<{DESK}>")).await.starts_with("530 5.7.0"));
    assert!(talk.smtp("STARTTLS").await.starts_with("220"));
    let mut talk = talk.into_tls(&mail).await.unwrap();
    log_in(&mut talk, &mail).await;
    assert!(post(&mut talk, CAROL, LETTER).await.starts_with("250 2.0.0"));
    assert!(talk.smtp("QUIT").await.starts_with("221"));

    let letter = mail.wait_for_letter(CAROL).await.unwrap();
    assert_eq!(letter.message_id, "r1@support.example");
    assert_eq!(letter.subject, "こんにちは");
    assert_eq!(letter.from, DESK);
    assert_eq!(letter.envelope_sender, DESK);
    assert_eq!(letter.notify.as_deref(), Some("FAILURE,DELAY"));
    assert_eq!(letter.received_at, "2027-03-01T12:00:00Z".parse().unwrap());
    assert!(letter.raw.ends_with(b"\r\n\r\nFirst line\r\n.dotted\r\n"), "one dot of two is the protocol's");
}

#[tokio::test]
async fn auth_login_works_and_a_wrong_password_does_not() {
    let mail = start().await;
    let account = mail.desk_account();
    let mut talk = Talk::tls(mail.smtps_addr(), &mail).await;
    talk.answer().await;
    talk.smtp("EHLO x").await;
    let wrong = BASE64_STANDARD.encode(format!("\0{}\0wrong", account.user));
    assert!(talk.smtp(&format!("AUTH PLAIN {wrong}")).await.starts_with("535 5.7.8"));
    assert!(talk.smtp("AUTH LOGIN").await.starts_with("334 "));
    assert!(talk.smtp(&BASE64_STANDARD.encode(&account.user)).await.starts_with("334 "));
    assert!(talk.smtp(&BASE64_STANDARD.encode(&account.password)).await.starts_with("235 "));
    assert!(talk.smtp("MAIL FROM:<carol@customer.example>").await.starts_with("553 5.7.1"), "only the own address");
}

#[tokio::test]
async fn addresses_that_cannot_be_reached_are_refused_at_once() {
    let mail = start().await;
    let mut talk = smtp(&mail).await;
    assert!(post(&mut talk, "ghost@customer.example", LETTER).await.starts_with("550 5.1.1"));
    assert!(post(&mut talk, "carol@elsewhere.example", LETTER).await.starts_with("554 5.7.1"));
    assert!(talk.smtp(&format!("MAIL FROM:<{DESK}> SIZE=99999999")).await.starts_with("552 5.3.4"));
    assert_eq!(mail.letters(CAROL), []);
}

#[tokio::test]
async fn the_same_letter_twice_is_kept_once_and_counted() {
    let mail = start().await;
    let mut talk = smtp(&mail).await;
    for _ in 0..3 {
        assert!(post(&mut talk, CAROL, LETTER).await.starts_with("250"));
    }
    assert_eq!(mail.letters(CAROL).len(), 1);
    assert_eq!(mail.duplicates(CAROL), 2);
}

#[tokio::test]
async fn a_bare_line_feed_does_not_end_a_letter() {
    let mail = start().await;
    let mut talk = smtp(&mail).await;
    let smuggled = format!("{LETTER}more\n.\nMAIL FROM:<{DESK}>\r\n");
    assert!(post(&mut talk, CAROL, &smuggled).await.starts_with("250"));
    assert!(talk.smtp("NOOP").await.starts_with("250"), "nothing after the letter was taken for a command");
    assert_eq!(mail.letters(CAROL).len(), 1);
}

#[tokio::test]
async fn faults_of_smtp_happen_as_often_as_asked() {
    let mail = start().await;
    let mut talk = smtp(&mail).await;
    mail.fault(&MailFault::Greylist { tries: 2 });
    assert!(post(&mut talk, CAROL, LETTER).await.starts_with("451 4.7.1"));
    assert!(post(&mut talk, CAROL, LETTER).await.starts_with("451 4.7.1"));
    mail.fault(&MailFault::RefuseLetter { times: 1 });
    assert!(post(&mut talk, CAROL, LETTER).await.starts_with("554 5.6.0"));
    mail.fault(&MailFault::FullDisk(true));
    assert!(post(&mut talk, CAROL, LETTER).await.starts_with("452 4.3.1"));
    mail.fault(&MailFault::FullDisk(false));
    assert_eq!(mail.letters(CAROL), []);

    mail.fault(&MailFault::DropSmtp { at: DropPoint::Answer, times: 1 });
    assert_eq!(post(&mut talk, CAROL, LETTER).await, "", "the letter was taken, the answer lost");
    assert_eq!(mail.letters(CAROL).len(), 1);
    mail.fault(&MailFault::DropSmtp { at: DropPoint::Greeting, times: 1 });
    assert_eq!(Talk::tls(mail.smtps_addr(), &mail).await.answer().await, "");
    assert!(post(&mut smtp(&mail).await, CAROL, LETTER).await.starts_with("250"));
}

#[tokio::test]
async fn broken_tls_is_noticed_and_passes() {
    let mail = start().await;
    mail.fault(&MailFault::BreakTls { times: 1 });
    assert!(Talk::plain(mail.imaps_addr()).await.into_tls(&mail).await.is_err());
    imap(&mail, "SELECT").await;
    mail.fault(&MailFault::HideStartTls(true));
    let mut talk = Talk::plain(mail.smtp_addr()).await;
    talk.answer().await;
    assert!(talk.smtp("STARTTLS").await.starts_with("502"));
}

#[tokio::test]
async fn imap_asks_for_tls_before_a_password() {
    let mail = start().await;
    let account = mail.desk_account();
    let login = format!("LOGIN {} {}", account.user, account.password);
    let mut talk = Talk::plain(mail.imap_addr()).await;
    assert!(talk.line().await.contains("LOGINDISABLED"));
    assert!(talk.imap(&login).await[0].starts_with("a NO [PRIVACYREQUIRED]"));
    assert!(talk.imap("STARTTLS").await[0].starts_with("a OK"));
    let mut talk = talk.into_tls(&mail).await.unwrap();
    assert!(talk.imap("SELECT INBOX").await[0].starts_with("a BAD"));
    assert!(talk.imap("LOGIN desk@support.example wrong").await[0].contains("[AUTHENTICATIONFAILED]"));
    let plain = BASE64_STANDARD.encode(format!("\0{}\0{}", account.user, account.password));
    assert!(talk.imap(&format!("AUTHENTICATE PLAIN {plain}")).await[0].starts_with("a OK"));
}

#[tokio::test]
async fn letters_are_fetched_searched_and_marked() {
    let mail = start().await;
    assert!(mail.deliver_raw(DESK, "From: a@b\r\nSubject: One\r\nMessage-ID: <1@b>\r\n\r\nText\r\n"));
    assert!(mail.deliver_raw(DESK, "From: c@d\r\nSubject: Two\r\nMessage-ID: <2@d>\r\n\r\nMore\r\n"));
    let mut talk = imap(&mail, "SELECT").await;
    let search = |talk: Vec<String>| talk[0].clone();
    assert_eq!(search(talk.imap("UID SEARCH ALL").await), "* SEARCH 1 2");
    assert_eq!(search(talk.imap("UID SEARCH UID 2:*").await), "* SEARCH 2");
    assert_eq!(search(talk.imap("SEARCH FROM a@b").await), "* SEARCH 1");
    assert_eq!(search(talk.imap("SEARCH SINCE 1-Mar-2027 NOT SUBJECT one").await), "* SEARCH 2");
    assert_eq!(search(talk.imap("SEARCH SINCE 2-Mar-2027").await), "* SEARCH");

    let peeked = talk.imap("UID FETCH 1 (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])").await;
    assert_eq!(
        peeked[0],
        "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 52 INTERNALDATE \"01-Mar-2027 12:00:00 +0000\" \
         BODY[HEADER.FIELDS (Subject)] {16}"
    );
    assert_eq!(peeked[1], "Subject: One");
    assert_eq!(search(talk.imap("SEARCH UNSEEN").await), "* SEARCH 1 2", "peeking is not reading");
    let partial = talk.imap("FETCH 1 BODY[TEXT]<1.2>").await;
    assert_eq!(partial[..2], ["* 1 FETCH (FLAGS (\\Seen) BODY[TEXT]<1> {2}", "ex)"]);
    assert_eq!(search(talk.imap("SEARCH UNSEEN").await), "* SEARCH 2");
    assert_eq!(talk.imap("UID STORE 2 +FLAGS (\\Flagged)").await[0], "* 2 FETCH (UID 2 FLAGS (\\Flagged))");
    assert_eq!(mail.flags(DESK), [["\\Seen"], ["\\Flagged"]]);
    assert!(talk.imap("UID FETCH 1 BODYSTRUCTURE").await[0].starts_with("a BAD"));
    assert!(talk.imap("LOGOUT").await[0].starts_with("* BYE"));

    let mut examined = imap(&mail, "EXAMINE").await;
    examined.imap("FETCH 2 BODY[]").await;
    assert!(examined.imap("STORE 2 FLAGS ()").await[0].starts_with("a NO [READ-ONLY]"));
    assert_eq!(mail.flags(DESK)[1], ["\\Flagged"], "an examined mailbox stays as it is");
}

#[tokio::test]
async fn an_idle_client_hears_of_a_reply() {
    let mail = start().await;
    post(&mut smtp(&mail).await, CAROL, LETTER).await;
    let letter = mail.wait_for_letter(CAROL).await.unwrap();
    let mut talk = imap(&mail, "EXAMINE").await;
    talk.write("b IDLE\r\n").await;
    assert_eq!(talk.line().await, "+ idling");
    mail.wait_for_idle().await;
    let id = mail.reply(CAROL, &letter, "Danke, bestätigt.");
    assert_eq!(talk.line().await, "* 1 EXISTS");
    talk.write("DONE\r\n").await;
    assert_eq!(talk.line().await, "b OK Done");

    let reply = mail.letters(DESK).pop().unwrap();
    assert_eq!(reply.message_id, id);
    assert_eq!(reply.subject, "Re: こんにちは");
    let parsed = mail_parser::MessageParser::default().parse(&reply.raw).unwrap();
    assert_eq!(parsed.in_reply_to().as_text(), Some("r1@support.example"));
    assert_eq!(parsed.references().as_text(), Some("r1@support.example"));
    let text = parsed.body_text(0).unwrap();
    assert!(text.starts_with("Danke, bestätigt.") && text.contains("> First line"), "it quotes the letter");
}

#[tokio::test]
async fn new_numbers_end_the_sessions_that_know_the_old_ones() {
    let mail = start().await;
    mail.deliver_raw(DESK, "Message-ID: <1@b>\r\n\r\n");
    let mut talk = imap(&mail, "SELECT").await;
    mail.change_uid_validity(DESK);
    assert!(talk.line().await.starts_with("* BYE"));
    let mut again = Talk::tls(mail.imaps_addr(), &mail).await;
    again.line().await;
    let account = mail.desk_account();
    again.imap(&format!("LOGIN {} {}", account.user, account.password)).await;
    let selected = again.imap("EXAMINE INBOX").await;
    assert!(selected.iter().any(|line| line.contains("[UIDVALIDITY 2]")));
}

#[tokio::test]
async fn a_dropped_idle_and_a_hidden_one() {
    let mail = start().await;
    mail.fault(&MailFault::DropIdle { times: 1 });
    let mut talk = imap(&mail, "SELECT").await;
    talk.write("b IDLE\r\n").await;
    assert_eq!(talk.line().await, "+ idling");
    assert_eq!(talk.line().await, "", "the connection is cut");
    mail.fault(&MailFault::HideIdle(true));
    let mut talk = imap(&mail, "SELECT").await;
    assert!(!talk.imap("CAPABILITY").await[0].contains("IDLE"));
    assert!(talk.imap("IDLE").await[0].starts_with("a BAD"));
}

#[tokio::test]
async fn hostile_clients_are_cut_off() {
    let mail = start().await;
    let mut talk = Talk::plain(mail.smtp_addr()).await;
    talk.answer().await;
    talk.write(&"x".repeat(20_000)).await;
    assert!(talk.answer().await.starts_with("500 5.5.2"));
    let mut talk = Talk::plain(mail.imap_addr()).await;
    talk.line().await;
    talk.write("a LOGIN {99999999}\r\n").await;
    assert!(talk.line().await.starts_with("* BYE"));
    let mut talk = smtp(&mail).await;
    assert!(talk.smtp("WHAT is this").await.starts_with("500"), "the server still stands");
}
