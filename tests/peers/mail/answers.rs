//! Who wrote, and when we hear of it.

use std::time::Duration;

use custody_core::{
    phrases::Phrases,
    ports::{MailNature, Mailbox as _},
    receipt::Answer,
};
use custody_remote::mail::imap::ImapMailbox;

use crate::office::{ALICE, Office, US, arrival, written};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// Long enough for any server, far shorter than the hour between two looks.
const SOON: Duration = Duration::from_secs(60);

#[tokio::test]
async fn only_the_authors_own_signature_counts_and_only_by_our_own_servers_word() {
    let office = Office::open();
    let forged = "Authentication-Results: mail.vault.test; dkim=pass (2048-bit key) header.d=example.test header.i=@example.test\n";
    let borrowed = "Authentication-Results: mail.elsewhere.test; dkim=pass header.d=example.test\n";
    for (test, port, more, pass) in [
        ("alice-herself", office.customers, "", true),
        ("alice-borrows", office.customers, borrowed, true),
        ("forged", office.elsewhere, "", false),
        ("forged-with-our-servers-word", office.elsewhere, forged, false),
        ("forged-with-anothers-word", office.elsewhere, borrowed, false),
    ] {
        let text = "I confirm.\n\n> Please answer.\n";
        office.hand_over(port, ALICE, US, &written(test, ALICE, more, text)).await;
        let id = format!("{test}@example.test");
        let mail = arrival(&office.mailbox(US), |mail| *mail.message_id.reveal() == id).await;
        assert_eq!(mail.dkim_pass, pass, "{test}");
        assert_eq!(mail.from.reveal(), ALICE, "{test}");
        assert_eq!(mail.own_text.reveal().trim(), "I confirm.", "{test}: the quote is not hers");
        assert_ne!(mail.nature, MailNature::Automatic, "{test}");

        // By the word of a server that we do not call our own, nobody signed.
        for authserv_id in [None, Some("mail.elsewhere.test".to_owned())] {
            let mut settings = office.imap(US);
            settings.authserv_id.clone_from(&authserv_id);
            let mailbox = ImapMailbox::new(settings).unwrap();
            let mail = arrival(&mailbox, |mail| *mail.message_id.reveal() == id).await;
            // The other server's word arrived inside the mail: whoever names that server trusts it.
            let trusted = authserv_id.is_some() && more == borrowed;
            assert_eq!(mail.dkim_pass, trusted, "{test} {authserv_id:?}");
        }
    }
}

#[tokio::test]
async fn a_customer_confirms_or_disputes_by_answering() {
    let office = Office::open();
    for (test, text, answer) in [
        ("confirms", "I confirm.\n\n> Please answer.\n", Answer::Confirmed),
        ("disputes", "I can still see it.\n\n> Please answer: I confirm.\n", Answer::Disputed),
        ("says-something-else", "What is this?\n\n> Please answer: I confirm.\n", Answer::Unclear),
    ] {
        office.hand_over(office.customers, ALICE, US, &written(test, ALICE, "", text)).await;
        let id = format!("{test}@example.test");
        let mail = arrival(&office.mailbox(US), |mail| *mail.message_id.reveal() == id).await;
        assert_eq!(Phrases::default().answer(mail.own_text.reveal()), answer, "{test}");
    }
}

#[tokio::test]
async fn mail_wakes_us_without_a_look() {
    let office = Office::open();
    let mailbox = office.mailbox("kicked@vault.test");
    let mut mark = mailbox.arrived(None).await.unwrap().mark;
    for test in ["wakes-once", "wakes-twice"] {
        let waiting = mailbox.wait(HOUR);
        let message = written(test, ALICE, "", "Hello.\n");
        let writing = office.hand_over(office.customers, ALICE, "kicked@vault.test", &message);
        let (woken, _) = tokio::join!(tokio::time::timeout(SOON, waiting), writing);
        woken.expect("nobody told us").unwrap();
        let arrived = mailbox.arrived(Some(&mark)).await.unwrap();
        assert_eq!(arrived.mails.len(), 1, "{test}");
        assert_eq!(arrived.mails[0].message_id.reveal(), &format!("{test}@example.test"));
        mark = arrived.mark;
    }

    // Thrown out while we wait, we come again.
    let waiting = mailbox.wait(HOUR);
    let moving = async {
        while !office.is_waiting("kicked@vault.test") {
            tokio::task::yield_now().await;
        }
        office.doveadm(&["kick", "kicked@vault.test"]);
        let message = written("after-the-kick", ALICE, "", "Hello again.\n");
        office.hand_over(office.customers, ALICE, "kicked@vault.test", &message).await;
    };
    let (woken, ()) = tokio::join!(tokio::time::timeout(SOON, waiting), moving);
    woken.expect("nobody told us").unwrap();
    let mail = arrival(&mailbox, |mail| mail.message_id.reveal() == "after-the-kick@example.test").await;
    assert_eq!(mail.own_text.reveal().trim(), "Hello again.");
}

#[tokio::test]
async fn a_folder_that_was_made_anew_is_read_from_its_beginning() {
    let office = Office::open();
    office.doveadm(&["mailbox", "create", "-u", US, "Answers"]);
    let mut settings = office.imap(US);
    settings.folder = "Answers".to_owned();
    let mailbox = ImapMailbox::new(settings).unwrap();
    for test in ["first", "second"] {
        office.save(US, "Answers", &written(test, ALICE, "", "Hello.\n"));
    }
    let before = mailbox.arrived(None).await.unwrap();
    assert_eq!(before.mails.len(), 2);
    assert!(mailbox.arrived(Some(&before.mark)).await.unwrap().mails.is_empty());

    office.doveadm(&["mailbox", "delete", "-u", US, "Answers"]);
    office.doveadm(&["mailbox", "create", "-u", US, "Answers"]);
    // Under a number that the mark would take for known.
    office.save(US, "Answers", &written("third", ALICE, "", "Hello.\n"));
    let after = mailbox.arrived(Some(&before.mark)).await.unwrap();
    let ids: Vec<_> = after.mails.iter().map(|mail| mail.message_id.reveal().as_str()).collect();
    assert_eq!(ids, ["third@example.test"]);
}
