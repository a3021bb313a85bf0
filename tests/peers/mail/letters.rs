//! What becomes of a letter.

use custody_core::ports::{ErrorKind, Fault, IncomingMail, MailNature, Postbox as _};
use custody_remote::mail::{Login, Security, imap::ImapMailbox, smtp::SmtpPostbox};

use crate::office::{ALICE, BOB, Office, US, arrival, letter, written};

#[tokio::test]
async fn a_letter_arrives_and_reads_well_as_text_as_a_page_and_with_its_receipt() {
    let office = Office::open();
    let letter = letter("reads-well", ALICE);
    office.postbox().check().await.unwrap();
    office.postbox().send(&letter).await.unwrap();
    let mail = arrival(&office.mailbox(ALICE), |mail| mail.message_id.reveal() == "reads-well@vault.test").await;
    assert_eq!(mail.subject.reveal(), letter.subject.reveal());
    assert_eq!(mail.from.reveal(), US);
    assert!(mail.own_text.reveal().contains("\u{c4}u\u{df}erst gr\u{fc}ndlich"), "{}", mail.own_text.reveal());
    assert!(mail.dkim_pass, "our own provider signs for us");
    let raw = office.raw(ALICE, "reads-well@vault.test");
    for part in ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "filename=\"receipt.json\""] {
        assert!(raw.contains(part), "{part} in {raw}");
    }
    assert!(raw.contains("Auto-Submitted: auto-generated"), "no program may answer it: {raw}");
    assert!(raw.contains("Received: from") && raw.contains("ESMTPSA"), "it went over TLS and with a login: {raw}");
}

#[tokio::test]
async fn a_wrong_password_is_named_as_such_by_both_servers() {
    let office = Office::open();
    let login = || Login::with_password(US.into(), "wrong".into());
    let mut smtp = office.smtp();
    smtp.login = Some(login());
    let postbox = SmtpPostbox::new(smtp).unwrap();
    assert_eq!(postbox.check().await.unwrap_err().fault, Fault::CredentialsRefused);
    assert_eq!(postbox.send(&letter("wrong-password", ALICE)).await.unwrap_err().fault, Fault::CredentialsRefused);
    for (port, security) in [(office.imap, Security::StartTls), (office.imaps, Security::Tls)] {
        let mut imap = office.imap(US);
        imap.server = office.server(port, security);
        imap.login = login();
        let mailbox = ImapMailbox::new(imap.clone()).unwrap();
        assert_eq!(mailbox.check().await.unwrap_err().fault, Fault::CredentialsRefused);
        imap.login = office.imap(US).login;
        ImapMailbox::new(imap).unwrap().check().await.unwrap();
    }
}

#[tokio::test]
async fn a_server_whose_certificate_nobody_vouches_for_gets_no_password() {
    let office = Office::open();
    let mut smtp = office.smtp();
    smtp.server.extra_ca_pem = None;
    assert_eq!(SmtpPostbox::new(smtp).unwrap().check().await.unwrap_err().fault, Fault::Tls);
    let mut imap = office.imap(US);
    imap.server.extra_ca_pem = None;
    assert_eq!(ImapMailbox::new(imap).unwrap().check().await.unwrap_err().fault, Fault::Tls);
}

#[tokio::test]
async fn an_address_that_the_server_does_not_know_is_refused_at_once() {
    let office = Office::open();
    let error = office.postbox().send(&letter("refused", "nobody@example.test")).await.unwrap_err();
    assert_eq!(error.fault, Fault::AddressRefused);
    assert!(!matches!(error.kind, ErrorKind::TryAgain { .. }), "{:?}", error.kind);
}

#[tokio::test]
async fn a_letter_that_comes_back_later_is_matched_to_its_receipt() {
    let office = Office::open();
    office.postbox().send(&letter("comes-back", "ghost@example.test")).await.unwrap();
    let ours = |original: &Option<String>| original.as_deref() == Some("comes-back@vault.test");
    let mailbox = office.mailbox(US);
    let is_ours = |mail: &IncomingMail| matches!(&mail.nature, MailNature::Bounce { original, .. } if ours(original));
    let bounce = arrival(&mailbox, is_ours).await;
    assert!(matches!(bounce.nature, MailNature::Bounce { permanent: true, .. }), "{:?}", bounce.nature);
}

#[tokio::test]
async fn an_answer_of_a_program_is_no_answer_of_the_customer() {
    let office = Office::open();
    office.postbox().send(&letter("bob-is-away", BOB)).await.unwrap();
    // Our letters ask programs for silence. One that answers all the same has read a letter without that line.
    let plain = written("hello-bob", US, "", "Good day,\nare you there?\n")
        .replace("To: receipts@vault.test", "To: bob@example.test");
    office.hand_over(office.customers, US, BOB, &plain).await;
    let mailbox = office.mailbox(US);
    let is_his = |mail: &IncomingMail| {
        mail.from.reveal() == BOB && mail.references.iter().any(|id| id == "hello-bob@example.test")
    };
    assert_eq!(arrival(&mailbox, is_his).await.nature, MailNature::Automatic);
    let all = office.doveadm(&["search", "-u", US, "header", "in-reply-to", "bob-is-away"]);
    assert!(all.trim().is_empty(), "a receipt starts no conversation between programs: {all}");
}
