//! The mail server of `scripts/peers/mail.mjs`, and those who write.

use std::{path::PathBuf, process::Command, time::Duration};

use custody_core::{
    Private,
    ports::{IncomingMail, Mailbox as _, OutgoingLetter},
};
use custody_remote::mail::{
    Login, MailServer, Security,
    imap::{ImapMailbox, ImapSettings},
    smtp::{SmtpPostbox, SmtpSettings},
};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::support::peer;

pub const US: &str = "receipts@vault.test";
pub const ALICE: &str = "alice@example.test";
pub const BOB: &str = "bob@example.test";

/// Longer than anything here takes: a test that waits for nothing fails in the end.
const END: Duration = Duration::from_secs(60);

#[derive(Clone, Deserialize)]
pub struct Office {
    pub submission: u16,
    /// Where any server of the world hands mail over.
    pub elsewhere: u16,
    /// Where the customers' own provider does, with its signature.
    pub customers: u16,
    pub imap: u16,
    pub imaps: u16,
    pub password: String,
    pub host: String,
    ca: PathBuf,
    folder: PathBuf,
    dovecot: PathBuf,
}

impl Office {
    pub fn open() -> Self {
        peer("mail")
    }

    pub fn server(&self, port: u16, security: Security) -> MailServer {
        MailServer {
            host: "localhost".to_owned(),
            port,
            security,
            extra_ca_pem: Some(std::fs::read(&self.ca).unwrap()),
            patience: END,
        }
    }

    pub fn smtp(&self) -> SmtpSettings {
        SmtpSettings {
            server: self.server(self.submission, Security::StartTls),
            login: Some(Login::with_password(US.into(), self.password.as_str().into())),
            from_name: Some("Support of Vault".into()),
            from_address: US.into(),
        }
    }

    pub fn postbox(&self) -> SmtpPostbox {
        SmtpPostbox::new(self.smtp()).unwrap()
    }

    /// An hour between two looks: what is found sooner was told by the server.
    pub fn imap(&self, user: &str) -> ImapSettings {
        ImapSettings {
            server: self.server(self.imap, Security::StartTls),
            login: Login::with_password(user.into(), self.password.as_str().into()),
            folder: "INBOX".to_owned(),
            authserv_id: Some(self.host.clone()),
            poll_every: Duration::from_secs(60 * 60),
        }
    }

    pub fn mailbox(&self, user: &str) -> ImapMailbox {
        ImapMailbox::new(self.imap(user)).unwrap()
    }

    /// Hands a mail over as a server does, and gives the answer to the last line.
    pub async fn hand_over(&self, port: u16, from: &str, to: &str, message: &str) -> String {
        let mut stream = BufReader::new(TcpStream::connect(("127.0.0.1", port)).await.unwrap());
        let mut said = String::new();
        let lines = [
            String::new(),
            "EHLO elsewhere.test\r\n".to_owned(),
            format!("MAIL FROM:<{from}>\r\n"),
            format!("RCPT TO:<{to}>\r\n"),
            "DATA\r\n".to_owned(),
            format!("{}\r\n.\r\n", message.replace('\n', "\r\n")),
            "QUIT\r\n".to_owned(),
        ];
        for line in &lines {
            stream.get_mut().write_all(line.as_bytes()).await.unwrap();
            if line.starts_with("QUIT") {
                break;
            }
            loop {
                said.clear();
                stream.read_line(&mut said).await.unwrap();
                assert!(said.starts_with(['2', '3']), "{line} {said}");
                if said.as_bytes()[3] == b' ' {
                    break;
                }
            }
        }
        said
    }

    /// Dovecot's own tool.
    pub fn doveadm(&self, words: &[&str]) -> String {
        let output = Command::new("doveadm").arg("-c").arg(&self.dovecot).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?} {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Whether somebody waits in IDLE: Dovecot's processes say so in their titles.
    pub fn is_waiting(&self, user: &str) -> bool {
        let output = Command::new("ps").args(["-eo", "args"]).output().unwrap();
        let titles = String::from_utf8_lossy(&output.stdout).into_owned();
        titles.lines().any(|title| title.contains("imap") && title.contains(user) && title.contains("IDLE"))
    }

    /// Puts a mail into a folder.
    pub fn save(&self, user: &str, folder: &str, message: &str) {
        let file = self.folder.join(format!("mail-{folder}"));
        std::fs::write(&file, message.replace('\n', "\r\n")).unwrap();
        self.doveadm(&["save", "-u", user, "-m", folder, file.to_str().unwrap()]);
    }

    /// A mail as it lies in somebody's mailbox.
    pub fn raw(&self, user: &str, message_id: &str) -> String {
        let id = format!("<{message_id}>");
        self.doveadm(&["fetch", "-u", user, "text", "mailbox", "INBOX", "header", "message-id", &id])
    }
}

/// Waits for a mail that fits: each look begins where the last one ended.
pub async fn arrival(mailbox: &ImapMailbox, fits: impl Fn(&IncomingMail) -> bool) -> IncomingMail {
    let search = async {
        let mut mark: Option<String> = None;
        loop {
            let arrived = mailbox.arrived(mark.as_deref()).await.unwrap();
            if let Some(mail) = arrived.mails.into_iter().find(&fits) {
                return mail;
            }
            if mark.as_ref() == Some(&arrived.mark) {
                mailbox.wait(END).await.unwrap();
            }
            mark = Some(arrived.mark);
        }
    };
    tokio::time::timeout(END, search).await.expect("no such mail came")
}

/// A letter whose Message-ID is this test's own.
pub fn letter(test: &str, to: &str) -> OutgoingLetter {
    OutgoingLetter {
        message_id: format!("{test}@vault.test"),
        to: to.into(),
        subject: "Your files were erased \u{2713}".into(),
        text: "Good day,\n\nthree files were erased. \u{c4}u\u{df}erst gr\u{fc}ndlich.\n".into(),
        html: "<p>Good day,</p><p>three files were <b>erased</b>.</p>".into(),
        attachment: Some(("receipt.json".to_owned(), Private::new(b"{\"payload\":\"eyJ9\"}".to_vec()))),
    }
}

/// A mail as somebody's program writes it.
pub fn written(test: &str, from: &str, more: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: {US}\nSubject: Re: {test}\nMessage-ID: <{test}@example.test>\nDate: Mon, 23 Nov 2026 18:59:00 +0000\n\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n{more}\n{text}"
    )
}
