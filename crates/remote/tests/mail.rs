//! The mail clients against the practice mail servers, and against servers that behave worse than those.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::{net::SocketAddr, time::Duration};

use custody_core::{
    Private,
    ports::{
        Arrived, ErrorKind, Fault, IncomingMail, MailNature, Mailbox, OutgoingLetter, PortError, PortResult, Postbox,
    },
};
use custody_practice::{
    clock::PracticeClock,
    mailbox::{AnswerPoint, DropPoint, LoginMechanism, MailFault, PracticeMail},
};
use custody_remote::mail::{
    Login, MailServer, PATIENCE, Security,
    imap::{ImapMailbox, ImapSettings, POLL_EVERY},
    smtp::{SmtpPostbox, SmtpSettings},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const DESK: &str = "desk@support.example";
const CAROL: &str = "carol@customer.example";
/// Longer than any test may take: a wait that ends was woken.
const LONG: Duration = Duration::from_secs(3600);

async fn start() -> PracticeMail {
    let mail = PracticeMail::start(PracticeClock::flowing()).await.unwrap();
    mail.account(CAROL);
    mail
}

fn server(mail: &PracticeMail, address: SocketAddr, security: Security) -> MailServer {
    MailServer {
        host: "localhost".to_owned(),
        port: address.port(),
        security,
        extra_ca_pem: Some(mail.ca_pem().as_bytes().to_vec()),
        patience: PATIENCE,
    }
}

fn login(mail: &PracticeMail) -> Login {
    let account = mail.desk_account();
    Login::with_password(account.user.into(), account.password.into())
}

fn smtp_settings(mail: &PracticeMail, security: Security) -> SmtpSettings {
    let address = if security == Security::Tls { mail.smtps_addr() } else { mail.smtp_addr() };
    SmtpSettings {
        server: server(mail, address, security),
        login: Some(login(mail)),
        from_name: Some("Support désk".into()),
        from_address: DESK.into(),
    }
}

fn postbox(mail: &PracticeMail) -> SmtpPostbox {
    SmtpPostbox::new(smtp_settings(mail, Security::Tls)).unwrap()
}

fn imap_settings(mail: &PracticeMail, security: Security) -> ImapSettings {
    let address = if security == Security::Tls { mail.imaps_addr() } else { mail.imap_addr() };
    ImapSettings {
        server: server(mail, address, security),
        login: login(mail),
        folder: "INBOX".to_owned(),
        authserv_id: Some(PracticeMail::AUTHSERV_ID.to_owned()),
        poll_every: POLL_EVERY,
    }
}

fn mailbox(mail: &PracticeMail) -> ImapMailbox {
    ImapMailbox::new(imap_settings(mail, Security::Tls)).unwrap()
}

fn letter(to: &str) -> OutgoingLetter {
    OutgoingLetter {
        message_id: "receipt-1@support.example".to_owned(),
        to: to.into(),
        subject: "Your files are erased: 領収書\r\nBcc: everybody@elsewhere.example".into(),
        text: "Dear Carol,\n.\n.. what we held is erased. Grüße".into(),
        html: "<p>Dear Carol, <b>what we held is erased</b>. Grüße</p>".into(),
        attachment: Some(("receipt.json".to_owned(), Private::new(b"{\"signed\":1}\nas it is".to_vec()))),
    }
}

fn refusal<T>(result: PortResult<T>) -> (ErrorKind, Fault) {
    let Err(PortError { kind, fault, source }) = result else { panic!("it went well") };
    let mut texts = format!("{fault:?} {source:?}");
    if let Some(source) = source {
        texts.push_str(&source.to_string());
    }
    for name in ["carol", "desk@", "localhost"] {
        assert!(!texts.contains(name), "an error names nobody, but this one says {texts}");
    }
    (kind, fault)
}

const PASSES: ErrorKind = ErrorKind::TryAgain { after: None };

/// Sends a first letter and gives it as Carol got it.
async fn receipt_at_carol(mail: &PracticeMail) -> custody_practice::mailbox::Letter {
    postbox(mail).send(&letter(CAROL)).await.unwrap();
    mail.wait_for_letter(CAROL).await.unwrap()
}

async fn only_mail(mail: &PracticeMail) -> IncomingMail {
    let Arrived { mut mails, .. } = mailbox(mail).arrived(None).await.unwrap();
    assert_eq!(mails.len(), 1);
    mails.pop().unwrap()
}

// ----------------------------------------------------------------------------------------------------------- posting --

#[tokio::test]
async fn a_letter_arrives_whole_over_starttls_and_over_tls() {
    for security in [Security::StartTls, Security::Tls] {
        let mail = start().await;
        SmtpPostbox::new(smtp_settings(&mail, security)).unwrap().send(&letter(CAROL)).await.unwrap();
        let got = mail.wait_for_letter(CAROL).await.unwrap();
        assert_eq!(got.message_id, "receipt-1@support.example");
        assert_eq!(got.from, DESK);
        assert!(got.subject.starts_with("Your files are erased: 領収書"));
        assert_eq!(got.notify.as_deref(), Some("FAILURE,DELAY"));
        assert_eq!(got.envelope_name.as_deref(), Some("receipt-1@support.example"));

        let parsed = mail_parser::MessageParser::default().parse(&got.raw).unwrap();
        assert!(parsed.bcc().is_none(), "a subject cannot bring headers of its own");
        assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Support désk"));
        assert_eq!(parsed.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        let text = parsed.body_text(0).unwrap().replace("\r\n", "\n");
        assert_eq!(text.trim_end(), "Dear Carol,\n.\n.. what we held is erased. Grüße");
        assert!(parsed.body_html(0).unwrap().contains("<b>what we held is erased</b>. Grüße"));
        let attached = parsed.attachment(0).unwrap();
        assert_eq!(attached.contents(), b"{\"signed\":1}\nas it is", "a signed file keeps every byte");
    }
}

#[tokio::test]
async fn the_same_letter_sent_twice_reaches_the_customer_once() {
    let mail = start().await;
    let postbox = postbox(&mail);
    postbox.send(&letter(CAROL)).await.unwrap();
    postbox.send(&letter(CAROL)).await.unwrap();
    assert_eq!((mail.letters(CAROL).len(), mail.duplicates(CAROL)), (1, 1));
}

#[tokio::test]
async fn each_fault_of_a_mail_server_has_its_outcome() {
    let dropped = |at| MailFault::DropSmtp { at, times: 1 };
    let said = |at, answer| MailFault::Answer { at, answer, times: 1 };
    let refused = |kind| (kind, Fault::AddressRefused);
    let (trouble, nobody) = ((PASSES, Fault::ServerTrouble), refused(ErrorKind::NotPossible));
    let (credentials, barred) =
        ((ErrorKind::NeedsPerson, Fault::CredentialsRefused), (ErrorKind::NeedsPerson, Fault::NotAllowed));
    for (fault, (kind, expected)) in [
        (said(AnswerPoint::Greeting, "421 4.3.2 Shutting down"), trouble),
        (said(AnswerPoint::Greeting, "554 5.7.1 Not from there"), barred),
        (said(AnswerPoint::Auth, "421 4.7.0 Try later"), trouble),
        (said(AnswerPoint::Auth, "454 4.7.0 Temporary authentication failure"), trouble),
        (said(AnswerPoint::Auth, "534 5.7.9 Application password required"), credentials),
        (said(AnswerPoint::Auth, "535 5.7.8 Wrong"), credentials),
        (said(AnswerPoint::Sender, "421 4.4.2 Timeout"), trouble),
        (said(AnswerPoint::Sender, "452 4.3.1 No space"), trouble),
        (said(AnswerPoint::Sender, "550 5.7.1 Sending quota is used up for good"), barred),
        (said(AnswerPoint::Sender, "552 5.3.4 Too big"), (ErrorKind::NotPossible, Fault::TooLarge)),
        (said(AnswerPoint::Recipient, "421 4.3.2 Shutting down"), trouble),
        (said(AnswerPoint::Recipient, "450 4.2.0 Greylisted"), trouble),
        (said(AnswerPoint::Recipient, "450 Greylisted, says an old server"), trouble),
        (said(AnswerPoint::Recipient, "451 4.7.1 Greylisted"), trouble),
        (said(AnswerPoint::Recipient, "452 4.2.2 Mailbox full"), trouble),
        (said(AnswerPoint::Recipient, "452 4.5.3 Too many recipients"), trouble),
        (said(AnswerPoint::Recipient, "550 5.1.1 <carol@customer.example> unknown"), nobody),
        (said(AnswerPoint::Recipient, "550 No such user"), nobody),
        (said(AnswerPoint::Recipient, "552 5.2.2 Mailbox full"), nobody),
        (said(AnswerPoint::Recipient, "553 5.1.3 Not an address"), nobody),
        (said(AnswerPoint::Recipient, "554 5.7.1 Relay access denied"), nobody),
        (said(AnswerPoint::Data, "421 4.3.2 Shutting down"), trouble),
        (said(AnswerPoint::Data, "451 4.3.0 Trouble"), trouble),
        (said(AnswerPoint::Data, "554 5.5.1 No valid recipients"), nobody),
        (said(AnswerPoint::Letter, "421 4.3.2 Shutting down"), trouble),
        (said(AnswerPoint::Letter, "451 4.7.1 Greylisted"), trouble),
        (said(AnswerPoint::Letter, "452 4.3.1 No space"), trouble),
        (said(AnswerPoint::Letter, "550 5.7.1 Taken for spam"), nobody),
        (said(AnswerPoint::Letter, "552 5.3.4 Too big"), (ErrorKind::NotPossible, Fault::TooLarge)),
        (said(AnswerPoint::Letter, "554 5.6.0 Content refused"), nobody),
        (said(AnswerPoint::Letter, "299 Whatever that means"), (PASSES, Fault::AnswerNotUnderstood)),
        (said(AnswerPoint::Letter, "no answer of SMTP"), (PASSES, Fault::AnswerNotUnderstood)),
        (dropped(DropPoint::MidLetter), (PASSES, Fault::Unreachable)),
    ] {
        let mail = start().await;
        let postbox = postbox(&mail);
        mail.fault(&fault);
        assert_eq!(refusal(postbox.send(&letter(CAROL)).await), (kind, expected), "{fault:?}");
        assert_eq!(mail.letters(CAROL).len(), 0, "{fault:?} left nothing there");
        postbox.send(&letter(CAROL)).await.unwrap();
        assert_eq!(mail.letters(CAROL)[0].message_id, letter(CAROL).message_id, "the same letter comes later");
    }

    let table = [
        (MailFault::Greylist { tries: 1 }, PASSES, Fault::ServerTrouble),
        (MailFault::FullDisk(true), PASSES, Fault::ServerTrouble),
        (MailFault::RefuseLetter { times: 1 }, ErrorKind::NotPossible, Fault::AddressRefused),
        (dropped(DropPoint::Greeting), PASSES, Fault::Unreachable),
        (dropped(DropPoint::Data), PASSES, Fault::Unreachable),
        (dropped(DropPoint::Answer), PASSES, Fault::Unreachable),
        (MailFault::BreakTls { times: 1 }, PASSES, Fault::Tls),
        (MailFault::HideStartTls(true), ErrorKind::NeedsPerson, Fault::Tls),
    ];
    for (fault, kind, expected) in table {
        let mail = start().await;
        let postbox = SmtpPostbox::new(smtp_settings(&mail, Security::StartTls)).unwrap();
        mail.fault(&fault);
        assert_eq!(refusal(postbox.send(&letter(CAROL)).await), (kind, expected), "{fault:?}");
        mail.clear_faults();
        postbox.send(&letter(CAROL)).await.unwrap();
        assert_eq!(mail.letters(CAROL).len(), 1, "after {fault:?} the letter is there once");
    }
}

#[tokio::test]
async fn an_address_that_takes_no_mail_is_told_apart_from_trouble() {
    let mail = start().await;
    let postbox = postbox(&mail);
    for address in ["ghost@customer.example", "carol@elsewhere.example", "no address", "", "a@b\r\nRCPT TO:<c@d>"] {
        let refused = refusal(postbox.send(&letter(address)).await);
        assert_eq!(refused, (ErrorKind::NotPossible, Fault::AddressRefused), "{address:?}");
    }
}

#[tokio::test]
async fn wrong_credentials_need_a_person() {
    let mail = start().await;
    let wrong = Login::with_password(DESK.into(), "wrong".into());
    let settings = SmtpSettings { login: Some(wrong.clone()), ..smtp_settings(&mail, Security::Tls) };
    let refused = refusal(SmtpPostbox::new(settings).unwrap().send(&letter(CAROL)).await);
    assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::CredentialsRefused));
    let settings = ImapSettings { login: wrong, ..imap_settings(&mail, Security::Tls) };
    let refused = refusal(ImapMailbox::new(settings).unwrap().arrived(None).await);
    assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::CredentialsRefused));
}

fn bearer(token: &str) -> Login {
    Login::with_bearer_token(DESK.into(), token.into())
}

async fn log_in_to_both(mail: &PracticeMail, login: Login) -> [PortResult<()>; 2] {
    let smtp = SmtpSettings { login: Some(login.clone()), ..smtp_settings(mail, Security::StartTls) };
    let imap = ImapSettings { login, ..imap_settings(mail, Security::StartTls) };
    [SmtpPostbox::new(smtp).unwrap().check().await, ImapMailbox::new(imap).unwrap().check().await]
}

#[tokio::test]
async fn a_bearer_token_logs_in_by_whichever_way_is_offered() {
    for offered in [&[LoginMechanism::XOAuth2][..], &[LoginMechanism::OAuthBearer], &LoginMechanism::ALL] {
        let mail = start().await;
        mail.fault(&MailFault::OfferOnly(match offered {
            [LoginMechanism::XOAuth2] => &[LoginMechanism::XOAuth2],
            [LoginMechanism::OAuthBearer] => &[LoginMechanism::OAuthBearer],
            _ => &LoginMechanism::ALL,
        }));
        let login = bearer(&mail.token(DESK));
        for logged_in in log_in_to_both(&mail, login.clone()).await {
            logged_in.unwrap();
        }
        let settings = SmtpSettings { login: Some(login.clone()), ..smtp_settings(&mail, Security::Tls) };
        SmtpPostbox::new(settings).unwrap().send(&letter(CAROL)).await.unwrap();
        let got = mail.wait_for_letter(CAROL).await.unwrap();
        mail.reply(CAROL, &got, "Yes.");
        let settings = ImapSettings { login, ..imap_settings(&mail, Security::Tls) };
        assert_eq!(ImapMailbox::new(settings).unwrap().arrived(None).await.unwrap().mails.len(), 1, "{offered:?}");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_needs_a_person() {
    for offered in [&[LoginMechanism::XOAuth2], &[LoginMechanism::OAuthBearer]] {
        let mail = start().await;
        mail.fault(&MailFault::OfferOnly(offered));
        let token = mail.token(DESK);
        mail.expire_token(DESK);
        for login in [bearer(&token), bearer("wrong"), bearer("no\u{1}token"), bearer("")] {
            for refused in log_in_to_both(&mail, login).await {
                assert_eq!(refusal(refused), (ErrorKind::NeedsPerson, Fault::CredentialsRefused), "{offered:?}");
            }
        }
    }
}

#[tokio::test]
async fn what_a_server_does_not_take_is_not_told_to_it() {
    let mail = start().await;
    let token = bearer(&mail.token(DESK));
    mail.fault(&MailFault::OfferOnly(&[LoginMechanism::Plain, LoginMechanism::Login]));
    for refused in log_in_to_both(&mail, token).await {
        assert_eq!(refusal(refused), (ErrorKind::NeedsPerson, Fault::CredentialsRefused), "passwords only");
    }
    mail.fault(&MailFault::OfferOnly(&[LoginMechanism::XOAuth2]));
    for refused in log_in_to_both(&mail, login(&mail)).await {
        assert_eq!(refusal(refused), (ErrorKind::NeedsPerson, Fault::CredentialsRefused), "tokens only");
    }
    mail.fault(&MailFault::OfferOnly(&[LoginMechanism::Plain]));
    for logged_in in log_in_to_both(&mail, login(&mail)).await {
        logged_in.unwrap();
    }
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_is_refused() {
    let mail = start().await;
    for security in [Security::StartTls, Security::Tls] {
        let mut settings = smtp_settings(&mail, security);
        settings.server.extra_ca_pem = None;
        let refused = refusal(SmtpPostbox::new(settings).unwrap().send(&letter(CAROL)).await);
        assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::Tls), "SMTP {security:?}");
        let mut settings = imap_settings(&mail, security);
        settings.server.extra_ca_pem = None;
        let refused = refusal(ImapMailbox::new(settings).unwrap().arrived(None).await);
        assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::Tls), "IMAP {security:?}");
    }
}

#[tokio::test]
async fn a_plain_connection_is_for_this_machine_and_passwords_only_where_taken() {
    let mail = start().await;
    let mut settings = smtp_settings(&mail, Security::PlainOnLoopback);
    let refused = refusal(SmtpPostbox::new(settings.clone()).unwrap().send(&letter(CAROL)).await);
    assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::CredentialsRefused), "the server takes none without TLS");
    mail.fault(&MailFault::AllowPlain(true));
    SmtpPostbox::new(settings.clone()).unwrap().send(&letter(CAROL)).await.unwrap();
    mailbox(&mail).check().await.unwrap();
    ImapMailbox::new(imap_settings(&mail, Security::PlainOnLoopback)).unwrap().arrived(None).await.unwrap();
    settings.server.host = "two words".to_owned();
    assert_eq!(refusal(SmtpPostbox::new(settings)), (ErrorKind::NeedsPerson, Fault::Unreachable));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let mail = start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = smtp_settings(&mail, Security::Tls);
    settings.server.port = listener.local_addr().unwrap().port();
    drop(listener);
    let refused = refusal(SmtpPostbox::new(settings).unwrap().send(&letter(CAROL)).await);
    assert_eq!(refused, (PASSES, Fault::Unreachable));
}

/// A server on loopback that says one thing, over and over if asked to.
async fn one_sided(words: String, repeat: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let words = words.clone();
            tokio::spawn(async move {
                while stream.write_all(words.as_bytes()).await.is_ok() && repeat {}
                // Held open until the client leaves.
                drop(stream.read_to_end(&mut Vec::new()).await);
            });
        }
    });
    address
}

#[tokio::test]
async fn a_server_that_never_stops_talking_is_left() {
    let mail = start().await;
    let more = "more ".repeat(50);
    for words in ["220 x".to_owned(), "* OK x".to_owned(), format!("220-{more}\r\n"), format!("* OK {more}\r\n")] {
        let address = one_sided(words, true).await;
        let mut settings = smtp_settings(&mail, Security::PlainOnLoopback);
        settings.server.port = address.port();
        assert_eq!(refusal(SmtpPostbox::new(settings).unwrap().check().await).0, PASSES);
        let mut settings = imap_settings(&mail, Security::PlainOnLoopback);
        settings.server.port = address.port();
        assert_eq!(refusal(ImapMailbox::new(settings).unwrap().arrived(None).await).0, PASSES);
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left() {
    let mail = start().await;
    let address = one_sided(String::new(), false).await;
    let short = Duration::from_millis(50);
    let mut settings = smtp_settings(&mail, Security::PlainOnLoopback);
    (settings.server.port, settings.server.patience) = (address.port(), short);
    assert_eq!(refusal(SmtpPostbox::new(settings).unwrap().check().await), (PASSES, Fault::Unreachable));
    let mut settings = imap_settings(&mail, Security::PlainOnLoopback);
    (settings.server.port, settings.server.patience) = (address.port(), short);
    assert_eq!(refusal(ImapMailbox::new(settings).unwrap().arrived(None).await), (PASSES, Fault::Unreachable));
}

// ----------------------------------------------------------------------------------------------------------- reading --

#[tokio::test]
async fn a_customers_reply_is_read_with_its_own_words_alone() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    let id = mail.reply(CAROL, &letter, "Yes, confirmed.\n\nGrüße\nCarol");
    for security in [Security::StartTls, Security::Tls] {
        let Arrived { mails, .. } =
            ImapMailbox::new(imap_settings(&mail, security)).unwrap().arrived(None).await.unwrap();
        let [reply] = &mails[..] else { panic!("one mail arrived") };
        assert_eq!(reply.message_id.reveal(), &id);
        assert_eq!(reply.from.reveal(), CAROL);
        assert!(reply.subject.reveal().starts_with("Re: Your files are erased"));
        assert_eq!(reply.references, ["receipt-1@support.example"]);
        assert_eq!(reply.own_text.reveal(), "Yes, confirmed.\n\nGrüße\nCarol");
        assert_eq!(reply.nature, MailNature::Personal);
        assert!(reply.dkim_pass);
    }
    assert_eq!(mail.flags(DESK), [Vec::<String>::new()], "reading leaves the mail unread");
}

#[tokio::test]
async fn a_forged_reply_has_no_signature_whatever_it_claims() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.forged_reply(CAROL, &letter, "Yes, confirmed.");
    let forged = only_mail(&mail).await;
    assert_eq!(forged.from.reveal(), CAROL);
    assert!(!forged.dkim_pass);
}

#[tokio::test]
async fn without_a_configured_server_name_no_signature_counts() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.reply(CAROL, &letter, "Yes.");
    let settings = ImapSettings { authserv_id: None, ..imap_settings(&mail, Security::Tls) };
    assert!(!ImapMailbox::new(settings).unwrap().arrived(None).await.unwrap().mails[0].dkim_pass);
}

#[tokio::test]
async fn an_absent_customers_answer_is_automatic() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.vacation_reply(CAROL, &letter);
    let vacation = only_mail(&mail).await;
    assert_eq!(vacation.nature, MailNature::Automatic);
    assert_eq!(vacation.references, ["receipt-1@support.example"], "it names our letter all the same");
}

#[tokio::test]
async fn a_bounce_names_our_letter_and_quotes_none_of_it() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.bounce(CAROL, &letter);
    let bounce = only_mail(&mail).await;
    let original = Some("receipt-1@support.example".to_owned());
    assert_eq!(bounce.nature, MailNature::Bounce { original, permanent: true });
    assert!(!bounce.own_text.reveal().contains("what we held"), "an attached letter is nobody's own words");
}

#[tokio::test]
async fn a_bounce_without_anything_of_our_letter_is_matched_by_its_envelope() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.bare_bounce(CAROL, &letter);
    let original = Some("receipt-1@support.example".to_owned());
    assert_eq!(only_mail(&mail).await.nature, MailNature::Bounce { original, permanent: true });
}

#[tokio::test]
async fn an_author_whom_our_own_server_refutes_is_doubtful() {
    let mail = start().await;
    let letter = receipt_at_carol(&mail).await;
    mail.refuted_reply(CAROL, &letter, "I confirm.");
    let reply = only_mail(&mail).await;
    assert_eq!((reply.nature, reply.dkim_pass), (MailNature::Doubtful, false));
    let settings = ImapSettings { authserv_id: None, ..imap_settings(&mail, Security::Tls) };
    let reply = ImapMailbox::new(settings).unwrap().arrived(None).await.unwrap().mails.pop().unwrap();
    assert_eq!(reply.nature, MailNature::Personal, "without a configured server nobody's verdict counts");
}

#[tokio::test]
async fn every_mail_is_given_and_a_mark_leaves_out_what_was_read() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    let put = |n: u32| mail.deliver_raw(DESK, format!("From: a@b\r\nMessage-ID: <{n}@b>\r\n\r\nMail {n}\r\n"));
    let nothing = mailbox.arrived(None).await.unwrap();
    assert!(nothing.mails.is_empty());
    (0..120).for_each(|n| assert!(put(n)));

    let (mut mark, mut texts, mut looks) = (Some(nothing.mark), Vec::new(), 0);
    loop {
        let Arrived { mails, mark: next } = mailbox.arrived(mark.as_deref()).await.unwrap();
        mark = Some(next);
        if mails.is_empty() {
            break;
        }
        // More is waiting, or may be: a wait does not sleep over it.
        mailbox.wait(if looks < 2 { LONG } else { Duration::ZERO }).await.unwrap();
        texts.extend(mails.into_iter().map(|mail| mail.own_text.into_revealed()));
        looks += 1;
    }
    assert_eq!(texts, (0..120).map(|n| format!("Mail {n}")).collect::<Vec<_>>());
    assert!(put(120));
    let one = mailbox.arrived(mark.as_deref()).await.unwrap();
    assert_eq!(one.mails.len(), 1);
    for unknown in ["", "rubbish", "9.9"] {
        assert!(
            !mailbox.arrived(Some(unknown)).await.unwrap().mails.is_empty(),
            "{unknown:?} starts from the beginning"
        );
    }
}

#[tokio::test]
async fn mails_far_apart_are_found_look_by_look() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    for n in 0..3 {
        mail.skip_uids(DESK, 600_000);
        mail.deliver_raw(DESK, format!("Message-ID: <{n}@b>\r\n\r\nMail {n}\r\n"));
    }
    let (mut mark, mut texts, mut looks) = (None, Vec::new(), 0);
    while texts.len() < 3 {
        let Arrived { mails, mark: next } = mailbox.arrived(mark.as_deref()).await.unwrap();
        texts.extend(mails.into_iter().map(|mail| mail.own_text.into_revealed()));
        assert_ne!(mark.as_ref(), Some(&next), "each look gets further");
        mark = Some(next);
        mailbox.wait(if texts.len() < 3 { LONG } else { Duration::ZERO }).await.unwrap();
        looks += 1;
    }
    assert_eq!(texts, ["Mail 0", "Mail 1", "Mail 2"]);
    assert!(looks > 3, "one look does not search for ever");
}

#[tokio::test]
async fn a_rebuilt_mailbox_is_read_from_its_start() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    mail.deliver_raw(DESK, "Message-ID: <1@b>\r\n\r\nOne\r\n");
    let first = mailbox.arrived(None).await.unwrap();
    assert!(mailbox.arrived(Some(&first.mark)).await.unwrap().mails.is_empty());
    mail.change_uid_validity(DESK);
    mailbox.wait(LONG).await.unwrap();
    let again = mailbox.arrived(Some(&first.mark)).await.unwrap();
    assert_eq!(again.mails.len(), 1);
    assert_ne!(again.mark, first.mark);
}

#[tokio::test]
async fn a_reply_wakes_the_wait() {
    for hide_idle in [false, true] {
        let mail = start().await;
        let letter = receipt_at_carol(&mail).await;
        mail.fault(&MailFault::HideIdle(hide_idle));
        let settings = ImapSettings { poll_every: Duration::from_millis(20), ..imap_settings(&mail, Security::Tls) };
        let mailbox = ImapMailbox::new(settings).unwrap();
        let mark = mailbox.arrived(None).await.unwrap().mark;
        let answered = async {
            if !hide_idle {
                mail.wait_for_idle().await;
            }
            mail.reply(CAROL, &letter, "Yes.");
        };
        let (woken, ()) = tokio::join!(mailbox.wait(LONG), answered);
        woken.unwrap();
        assert_eq!(mailbox.arrived(Some(&mark)).await.unwrap().mails.len(), 1);
    }
}

#[tokio::test]
async fn mail_that_came_between_a_look_and_the_wait_is_not_slept_over() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    mailbox.wait(LONG).await.unwrap();
    mailbox.arrived(None).await.unwrap();
    mail.deliver_raw(DESK, "Message-ID: <1@b>\r\n\r\nOne\r\n");
    mailbox.wait(LONG).await.unwrap();
}

#[tokio::test]
async fn a_wait_ends_when_its_time_is_over() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    mailbox.arrived(None).await.unwrap();
    mailbox.wait(Duration::from_millis(20)).await.unwrap();
}

#[tokio::test]
async fn a_connection_that_breaks_in_idle_is_made_again_but_not_for_ever() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    mailbox.arrived(None).await.unwrap();
    mail.fault(&MailFault::DropIdle { times: 2 });
    let delivered = async {
        mail.wait_for_idle().await;
        mail.deliver_raw(DESK, "Message-ID: <1@b>\r\n\r\nOne\r\n");
    };
    let (woken, ()) = tokio::join!(mailbox.wait(LONG), delivered);
    woken.unwrap();
    mailbox.arrived(None).await.unwrap();
    mail.fault(&MailFault::DropIdle { times: 1000 });
    assert_eq!(refusal(mailbox.wait(LONG).await), (PASSES, Fault::Unreachable));
}

#[tokio::test]
async fn a_mail_larger_than_is_fetched_is_read_by_its_text() {
    let mail = start().await;
    let attachment = "QUJD\r\n".repeat(500_000);
    let raw = format!(
        "From: {CAROL}\r\nMessage-ID: <big@b>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
         --x\r\nContent-Type: text/plain\r\n\r\nPlease erase my files.\r\n--x\r\n\
         Content-Type: application/zip\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {attachment}\r\n--x--\r\n"
    );
    mail.deliver_raw(DESK, raw);
    let big = only_mail(&mail).await;
    assert_eq!(big.own_text.reveal(), "Please erase my files.");
    assert_eq!(big.from.reveal(), CAROL);
}

#[tokio::test]
async fn a_folder_that_is_not_there_needs_a_person() {
    let mail = start().await;
    let settings = ImapSettings { folder: "Receipts \"x\"".to_owned(), ..imap_settings(&mail, Security::Tls) };
    let refused = refusal(ImapMailbox::new(settings).unwrap().arrived(None).await);
    assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::NotFound));
}

#[tokio::test]
async fn starttls_that_is_not_offered_stops_the_reader() {
    let mail = start().await;
    mail.fault(&MailFault::HideStartTls(true));
    let refused = refusal(ImapMailbox::new(imap_settings(&mail, Security::StartTls)).unwrap().arrived(None).await);
    assert_eq!(refused, (ErrorKind::NeedsPerson, Fault::Tls));
}

#[tokio::test]
async fn a_mailbox_that_is_rebuilt_under_the_wait_wakes_it() {
    let mail = start().await;
    let mailbox = mailbox(&mail);
    mail.deliver_raw(DESK, "Message-ID: <1@b>\r\n\r\nOne\r\n");
    let mark = mailbox.arrived(None).await.unwrap().mark;
    let rebuilt = async {
        mail.wait_for_idle().await;
        mail.change_uid_validity(DESK);
    };
    let (woken, ()) = tokio::join!(mailbox.wait(LONG), rebuilt);
    woken.unwrap();
    let again = mailbox.arrived(Some(&mark)).await.unwrap();
    assert_eq!(again.mails.len(), 1, "under the new numbers every mail is read once more");
}

/// An IMAP server on loopback that answers as a usual one would, but to one command in its own way; `None` leaves.
async fn imap_that_says(command: &'static str, own: Option<&'static str>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = tokio::io::BufReader::new(stream);
            let mut next = "greeting x".to_owned();
            loop {
                let (tag, rest) = next.trim_end().split_once(' ').unwrap_or(("*", ""));
                let usual = match rest.split(' ').next().unwrap_or_default() {
                    "x" => "* OK ready",
                    "CAPABILITY" => "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done",
                    "EXAMINE" => "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\nTAG OK done",
                    "UID" if rest.contains("SEARCH") => "* SEARCH 1\r\nTAG OK done",
                    "UID" => "* 1 FETCH (UID 1 BODY[]<0> {4}\r\nA: b)\r\nTAG OK done",
                    _ => "TAG OK done",
                };
                let answer = if next.contains(command) { own } else { Some(usual) };
                let Some(answer) = answer.map(|answer| answer.replace("TAG", tag)) else { break };
                stream.write_all(answer.as_bytes()).await.unwrap();
                if answer.ends_with('{') {
                    break;
                }
                stream.write_all(b"\r\n").await.unwrap();
                next.clear();
                if !matches!(stream.read_line(&mut next).await, Ok(1..)) {
                    break;
                }
            }
        }
    });
    address
}

#[tokio::test]
async fn each_answer_of_a_mail_server_to_its_reader_has_its_outcome() {
    let (trouble, gone) = ((PASSES, Fault::ServerTrouble), (PASSES, Fault::Unreachable));
    let credentials = (ErrorKind::NeedsPerson, Fault::CredentialsRefused);
    for (command, own, expected) in [
        ("greeting", Some("* BYE Too many connections"), trouble),
        ("greeting", Some("* PREAUTH You are known"), (PASSES, Fault::AnswerNotUnderstood)),
        ("greeting", None, gone),
        ("CAPABILITY", None, gone),
        ("LOGIN", Some("TAG NO [UNAVAILABLE] The backend is down"), trouble),
        ("LOGIN", Some("TAG NO [INUSE] Somebody else is in"), trouble),
        ("LOGIN", Some("TAG NO [LIMIT] Too many of you"), trouble),
        ("LOGIN", Some("TAG NO [AUTHENTICATIONFAILED] Wrong"), credentials),
        ("LOGIN", Some("TAG NO Wrong"), credentials),
        ("LOGIN", Some("TAG BAD What"), credentials),
        ("LOGIN", None, gone),
        ("EXAMINE", Some("TAG NO [NONEXISTENT] No such folder"), (ErrorKind::NeedsPerson, Fault::NotFound)),
        ("EXAMINE", None, gone),
        ("SEARCH", Some("TAG NO [SERVERBUG] Internal error"), trouble),
        ("SEARCH", None, gone),
        ("FETCH", Some("TAG NO [SERVERBUG] Internal error"), trouble),
        ("FETCH", Some("* 1 FETCH (UID 1 BODY[]<0> {400}\r\nFrom: a@b {"), gone),
        ("FETCH", None, gone),
    ] {
        let mail = start().await;
        let mut settings = imap_settings(&mail, Security::PlainOnLoopback);
        settings.server.port = imap_that_says(command, own).await.port();
        let arrived = ImapMailbox::new(settings).unwrap().arrived(None).await;
        assert!(arrived.is_err(), "{command} {own:?} must not look like an empty mailbox");
        assert_eq!(refusal(arrived), expected, "{command} {own:?}");
    }
    let mail = start().await;
    let mut settings = imap_settings(&mail, Security::PlainOnLoopback);
    settings.server.port = imap_that_says("nothing", None).await.port();
    assert_eq!(ImapMailbox::new(settings).unwrap().arrived(None).await.unwrap().mails.len(), 1, "the usual answers");
}
