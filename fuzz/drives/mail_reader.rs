//! Any bytes as a mail.

use std::sync::LazyLock;

use custody_core::{phrases::Phrases, receipt::token_in};
use custody_remote::mail::reply::read_mail;

/// Reads them, with all that is made of them afterwards, and checks what must hold for every mail.
///
/// # Panics
/// When something does not hold.
pub fn drive(bytes: &[u8]) {
    // Made once: they take longer than most mails.
    static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::default);
    let mails = [None, Some("mail.support.example")].map(|server| {
        let mail = read_mail(bytes, server);
        assert!(!mail.message_id.reveal().is_empty(), "every mail has a name");
        assert!(mail.message_id.reveal().len() <= 998, "and not too long a one");
        assert!(mail.from.reveal().len() <= 400, "an address has an end");
        assert!(mail.references.len() <= 100, "as many references as matter");
        assert!(mail.own_text.reveal().len() <= 64 * 1024, "own words have an end");
        assert!(!mail.subject.reveal().contains(['\r', '\n']), "a subject is one line");
        assert!(server.is_some() || !mail.dkim_pass, "without a configured server nobody is authentic");
        mail
    });
    let [mail, vouched] = &mails;
    assert!(mail.own_text.reveal() == vouched.own_text.reveal(), "whoever vouches for them, the words are the same");
    PHRASES.answer(mail.own_text.reveal());
    PHRASES.wish(mail.own_text.reveal());
    token_in(mail.subject.reveal());
    token_in(mail.own_text.reveal());
}
