//! Access tokens for mail accounts, against the practice endpoint that gives them out and against answers worse than its.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use custody_core::{
    Private,
    ports::{ErrorKind, Fault, Mailbox, OutgoingLetter, PortError, PortResult, Postbox},
};
use custody_practice::{
    clock::PracticeClock,
    mailbox::{AnswerPoint, LoginMechanism, MailFault, PracticeMail, TokenAnswer, TokenEndpoint},
};
use custody_remote::{
    http::{Http, HttpSettings},
    mail::{
        Login, MailServer, PATIENCE, Security,
        access_token::{AccessTokens, RefreshTokenStore, TokenSettings, TokenSettingsError},
        imap::{ImapMailbox, ImapSettings, POLL_EVERY},
        smtp::{SmtpPostbox, SmtpSettings},
    },
};
use jiff::SignedDuration;

const DESK: &str = "desk@support.example";
const CAROL: &str = "carol@customer.example";
const PASSES: ErrorKind = ErrorKind::TryAgain { after: None };

/// Practice mail with a refresh token for the desk's account, kept as the desk's keychain would keep it.
struct Bench {
    clock: PracticeClock,
    mail: PracticeMail,
    drawer: Arc<Drawer>,
    tokens: AccessTokens,
}

struct Drawer {
    kept: Mutex<String>,
    is_jammed: AtomicBool,
}

#[async_trait]
impl RefreshTokenStore for Drawer {
    async fn refresh_token(&self) -> PortResult<Private<String>> {
        Ok(self.kept().into())
    }

    async fn replace(&self, token: &Private<String>) -> PortResult<()> {
        if self.is_jammed.load(Ordering::SeqCst) {
            return Err(PortError::needs_person(Fault::KeychainTrouble));
        }
        self.kept.lock().unwrap().clone_from(token.reveal());
        Ok(())
    }
}

impl Drawer {
    fn kept(&self) -> String {
        self.kept.lock().unwrap().clone()
    }
}

impl Bench {
    async fn start() -> Self {
        let clock = PracticeClock::frozen_at("2026-03-02T09:00:00Z".parse().unwrap());
        let mail = PracticeMail::start(clock.clone()).await.unwrap();
        mail.account(CAROL);
        let kept = Mutex::new(mail.token_endpoint().grant(DESK));
        let drawer = Arc::new(Drawer { kept, is_jammed: AtomicBool::new(false) });
        let tokens = tokens(&clock, settings(&mail), &drawer).unwrap();
        Self { clock, mail, drawer, tokens }
    }

    fn endpoint(&self) -> &TokenEndpoint {
        self.mail.token_endpoint()
    }

    fn server(&self, port: u16) -> MailServer {
        MailServer {
            host: "localhost".to_owned(),
            port,
            security: Security::Tls,
            extra_ca_pem: Some(self.mail.ca_pem().as_bytes().to_vec()),
            patience: PATIENCE,
        }
    }

    fn login(&self) -> Login {
        Login::with_access_tokens(DESK.into(), self.tokens.clone())
    }

    fn postbox(&self) -> SmtpPostbox {
        SmtpPostbox::new(SmtpSettings {
            server: self.server(self.mail.smtps_addr().port()),
            login: Some(self.login()),
            from_name: None,
            from_address: DESK.into(),
        })
        .unwrap()
    }

    fn mailbox(&self) -> ImapMailbox {
        ImapMailbox::new(ImapSettings {
            server: self.server(self.mail.imaps_addr().port()),
            login: self.login(),
            folder: "INBOX".to_owned(),
            authserv_id: None,
            poll_every: POLL_EVERY,
        })
        .unwrap()
    }

    async fn post(&self, number: u32) -> PortResult<()> {
        let letter = OutgoingLetter {
            message_id: format!("receipt-{number}@support.example"),
            to: CAROL.into(),
            subject: "Your files are erased".into(),
            text: "Dear Carol".into(),
            html: "<p>Dear Carol</p>".into(),
            attachment: Some(("receipt.json".to_owned(), Private::new(b"{}".to_vec()))),
        };
        self.postbox().send(&letter).await
    }

    fn minutes(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }
}

fn settings(mail: &PracticeMail) -> TokenSettings {
    TokenSettings {
        token_url: mail.token_endpoint().url().parse().unwrap(),
        client_id: TokenEndpoint::CLIENT_ID.to_owned(),
        client_secret: None,
        scope: Some("mail.read mail.send".to_owned()),
    }
}

fn tokens(
    clock: &PracticeClock,
    settings: TokenSettings,
    drawer: &Arc<Drawer>,
) -> Result<AccessTokens, TokenSettingsError> {
    let http = Http::new(&HttpSettings::default()).unwrap();
    AccessTokens::new(settings, http, Arc::new(clock.clone()), drawer.clone())
}

fn refusal<T>(result: PortResult<T>) -> (ErrorKind, Fault) {
    let Err(error) = result else { panic!("it went well") };
    let mut texts = format!("{error} {error:?}");
    if let Some(source) = &error.source {
        texts.push_str(&format!("{source} {source:?}"));
    }
    for secret in ["cnryrefresh.", "cnryaccess.", "practice-desk", "127.0.0.1", "says no", "c4n4ry"] {
        assert!(!texts.contains(secret), "an error holds no word of either side, but this one says {texts}");
    }
    (error.kind, error.fault)
}

#[tokio::test]
async fn letters_go_out_and_answers_come_in_long_after_the_first_token_has_expired() {
    let bench = Bench::start().await;
    for day in 1..4 {
        bench.post(day).await.unwrap();
        assert_eq!(bench.mail.letters(CAROL).len(), day as usize);
        bench.mail.deliver_raw(DESK, format!("Message-ID: <{day}@b>\r\n\r\nYes\r\n"));
        assert_eq!(bench.mailbox().arrived(None).await.unwrap().mails.len(), day as usize);
        bench.minutes(24 * 60);
    }
    assert_eq!(bench.endpoint().asked(), 3, "both servers are logged in to with one token");
}

#[tokio::test]
async fn a_token_is_used_until_a_minute_before_its_end() {
    let bench = Bench::start().await;
    let first = bench.tokens.token().await.unwrap();
    bench.minutes(58);
    assert!(bench.tokens.token().await.unwrap() == first);
    bench.minutes(1);
    assert!(bench.tokens.token().await.unwrap() != first);
    bench.minutes(-120);
    bench.tokens.token().await.unwrap();
    assert_eq!(bench.endpoint().asked(), 3, "a clock that was put back lengthens no life");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_at_the_same_time_gets_the_same_token_by_one_request() {
    let bench = Bench::start().await;
    let asked = (0..16).map(|_| {
        let tokens = bench.tokens.clone();
        tokio::spawn(async move { tokens.token().await.unwrap() })
    });
    let given = futures_util::future::join_all(asked).await;
    let first = given[0].as_ref().unwrap();
    assert!(given.iter().all(|token| token.as_ref().unwrap() == first));
    assert_eq!(bench.endpoint().asked(), 1);
}

#[tokio::test]
async fn a_token_that_the_mail_server_refuses_is_fetched_anew_once() {
    let bench = Bench::start().await;
    bench.post(1).await.unwrap();
    bench.mail.expire_token(DESK);
    bench.post(2).await.unwrap();
    assert_eq!((bench.endpoint().asked(), bench.mail.letters(CAROL).len()), (2, 2));
    bench.mail.expire_token(DESK);
    bench.mailbox().check().await.unwrap();
    assert_eq!(bench.endpoint().asked(), 3);

    bench.mail.fault(&MailFault::Answer { at: AnswerPoint::Auth, answer: "535 5.7.8 No", times: 99 });
    assert_eq!(refusal(bench.post(3).await), (ErrorKind::NeedsPerson, Fault::CredentialsRefused));
    assert_eq!(bench.endpoint().asked(), 4, "once, and not for ever");
}

#[tokio::test]
async fn nothing_is_fetched_anew_for_a_server_that_takes_no_tokens_or_is_in_trouble() {
    let bench = Bench::start().await;
    bench.mail.fault(&MailFault::OfferOnly(&[LoginMechanism::Plain, LoginMechanism::Login]));
    assert_eq!(refusal(bench.post(1).await), (ErrorKind::NeedsPerson, Fault::CredentialsRefused));
    bench.mail.clear_faults();
    bench.mail.fault(&MailFault::Answer { at: AnswerPoint::Auth, answer: "454 4.7.0 Later", times: 1 });
    assert_eq!(refusal(bench.post(1).await), (PASSES, Fault::ServerTrouble));
    assert_eq!(bench.endpoint().asked(), 1);
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_each_time_and_one_that_stays_is_not_kept_again() {
    let bench = Bench::start().await;
    let first = bench.drawer.kept();
    bench.tokens.token().await.unwrap();
    let second = bench.drawer.kept();
    assert_ne!(first, second);
    bench.endpoint().keep_refresh_tokens();
    bench.drawer.is_jammed.store(true, Ordering::SeqCst);
    bench.minutes(61);
    bench.tokens.token().await.unwrap();
    assert_eq!(bench.drawer.kept(), second);
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_kept_is_not_lost_and_nothing_goes_on_until_it_is() {
    let bench = Bench::start().await;
    let first = bench.drawer.kept();
    bench.drawer.is_jammed.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        assert_eq!(refusal(bench.post(1).await), (ErrorKind::NeedsPerson, Fault::KeychainTrouble));
        assert_eq!(bench.drawer.kept(), first, "the old one stays until the new one is kept");
    }
    bench.drawer.is_jammed.store(false, Ordering::SeqCst);
    bench.post(1).await.unwrap();
    assert_eq!(bench.endpoint().asked(), 1, "what came with the first answer was not thrown away");
    bench.minutes(61);
    bench.post(2).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_is_kept_even_if_nobody_waits_for_the_answer_any_more() {
    let bench = Bench::start().await;
    let first = bench.drawer.kept();
    {
        let mut asked = std::pin::pin!(bench.tokens.token());
        assert!(futures_util::poll!(&mut asked).is_pending());
    }
    bench.tokens.token().await.unwrap();
    assert_ne!(bench.drawer.kept(), first);
    bench.minutes(61);
    bench.tokens.token().await.unwrap();
}

#[tokio::test]
async fn a_new_refresh_token_is_kept_even_from_an_answer_without_an_access_token() {
    let bench = Bench::start().await;
    let next = bench.endpoint().grant(DESK);
    bench.endpoint().answer_with(Some(TokenAnswer::new(200, &format!(r#"{{"refresh_token":"{next}"}}"#))));
    assert_eq!(refusal(bench.tokens.token().await), (PASSES, Fault::AnswerNotUnderstood));
    assert_eq!(bench.drawer.kept(), next);
}

#[tokio::test]
async fn each_answer_of_a_token_endpoint_has_its_outcome() {
    let person = (ErrorKind::NeedsPerson, Fault::CredentialsRefused);
    let (garbled, trouble) = ((PASSES, Fault::AnswerNotUnderstood), (PASSES, Fault::ServerTrouble));
    let long = format!(r#"{{"access_token":"{}"}}"#, "c4n4ry".repeat(20_000));
    for (status, body, expected) in [
        (400, r#"{"error":"invalid_grant","error_description":"c4n4ry expired"}"#, person),
        (400, r#"{"error":"unauthorized_client"}"#, person),
        (401, r#"{"error":"invalid_client"}"#, person),
        (400, r#"{"error":"invalid_scope"}"#, garbled),
        (400, "c4n4ry", garbled),
        (401, "", garbled),
        (403, r#"{"error":"invalid_grant"}"#, garbled),
        (404, "<html>c4n4ry</html>", garbled),
        (429, "c4n4ry", (PASSES, Fault::RateLimited)),
        (500, "c4n4ry", trouble),
        (503, "", trouble),
        (204, "", garbled),
        (200, "", garbled),
        (200, "<html>c4n4ry</html>", garbled),
        (200, "{}", garbled),
        (200, r#"["c4n4ry"]"#, garbled),
        (200, r#"{"access_token":7}"#, garbled),
        (200, r#"{"access_token":""}"#, garbled),
        (200, r#"{"access_token":"c4n4ry\r\nRSET"}"#, garbled),
        (200, r#"{"access_token":"c4n4ry\u0001auth=x"}"#, garbled),
        (200, r#"{"access_token":"c4n4ry x"}"#, garbled),
        (200, r#"{"access_token":"c4n4ry","token_type":"mac"}"#, garbled),
        (200, long.as_str(), garbled),
    ] {
        let bench = Bench::start().await;
        let kept = bench.drawer.kept();
        bench.endpoint().answer_with(Some(TokenAnswer::new(status, body)));
        let short: String = body.chars().take(60).collect();
        assert_eq!(refusal(bench.post(1).await), expected, "{status} {short}");
        assert_eq!(refusal(bench.mailbox().arrived(None).await), expected, "{status} {short}");
        assert_eq!((bench.drawer.kept(), bench.mail.letters(CAROL).len()), (kept, 0), "{status} {short}");
        bench.endpoint().answer_with(None);
        bench.post(1).await.unwrap();
    }
}

#[tokio::test]
async fn how_long_a_token_lasts_is_read_as_a_number_as_text_or_not_at_all() {
    for (said, minutes, asked) in [
        (r#","expires_in":7200"#, 118, 1),
        (r#","expires_in":7200"#, 119, 2),
        (r#","expires_in":"7200""#, 118, 1),
        ("", 58, 1),
        ("", 59, 2),
        (r#","expires_in":30"#, 0, 2),
        (r#","expires_in":18446744073709551615"#, 1_000_000, 1),
    ] {
        let bench = Bench::start().await;
        let body = format!(r#"{{"access_token":"ya29.x/+~-_=="{said}}}"#);
        bench.endpoint().answer_with(Some(TokenAnswer::new(200, &body)));
        bench.tokens.token().await.unwrap();
        bench.minutes(minutes);
        bench.tokens.token().await.unwrap();
        assert_eq!(bench.endpoint().asked(), asked, "{said} after {minutes} minutes");
    }
}

#[tokio::test]
async fn an_endpoint_that_asks_for_a_pause_gets_it() {
    for (status, fault) in [(429, Fault::RateLimited), (503, Fault::ServerTrouble)] {
        let bench = Bench::start().await;
        let header = Some(("retry-after", "600".to_owned()));
        bench.endpoint().answer_with(Some(TokenAnswer { header, ..TokenAnswer::new(status, "") }));
        let after = |seconds| (ErrorKind::TryAgain { after: Some(Duration::from_secs(seconds)) }, fault);
        assert_eq!(refusal(bench.tokens.token().await), after(600));
        bench.minutes(4);
        bench.endpoint().answer_with(None);
        assert_eq!(refusal(bench.tokens.token().await), after(360));
        assert_eq!(bench.endpoint().asked(), 1);
        bench.minutes(6);
        bench.tokens.token().await.unwrap();
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_plain_http_leaves_no_machine() {
    let bench = Bench::start().await;
    let elsewhere = Bench::start().await;
    for status in [301, 302, 307, 308] {
        let header = Some(("location", elsewhere.endpoint().url()));
        bench.endpoint().answer_with(Some(TokenAnswer { header, ..TokenAnswer::new(status, "") }));
        assert_eq!(refusal(bench.tokens.token().await), (ErrorKind::NeedsPerson, Fault::BadRedirect));
    }
    assert_eq!(elsewhere.endpoint().asked(), 0);
    for (address, client, expected) in [
        ("http://login.example/token", "c", TokenSettingsError::Address),
        ("https://user:pass@login.example/token", "c", TokenSettingsError::Address),
        ("https://login.example/token#x", "c", TokenSettingsError::Address),
        ("https://login.example/token?p=policy", " ", TokenSettingsError::Client),
    ] {
        let wrong = TokenSettings {
            token_url: address.parse().unwrap(),
            client_id: client.to_owned(),
            ..settings(&bench.mail)
        };
        assert_eq!(tokens(&bench.clock, wrong, &bench.drawer).err(), Some(expected), "{address}");
    }
}

#[tokio::test]
async fn a_client_with_a_secret_says_it() {
    let bench = Bench::start().await;
    bench.endpoint().require_client_secret("c4n4ry & secret = 1");
    assert_eq!(refusal(bench.tokens.token().await), (ErrorKind::NeedsPerson, Fault::CredentialsRefused));
    let with_secret = TokenSettings { client_secret: Some("c4n4ry & secret = 1".into()), ..settings(&bench.mail) };
    let shown = format!("{with_secret:?}");
    let tokens = tokens(&bench.clock, with_secret, &bench.drawer).unwrap();
    tokens.token().await.unwrap();
    let shown = format!("{shown} {tokens:?} {:?} {:?}", bench.login(), bench.postbox());
    assert!(!shown.contains("c4n4ry") && !shown.contains("cnryrefresh.") && !shown.contains("cnryaccess."), "{shown}");
}

#[tokio::test]
async fn what_was_replaced_asks_and_keeps_nothing_any_more() {
    let bench = Bench::start().await;
    bench.tokens.retire().await;
    assert_eq!(refusal(bench.tokens.token().await), (PASSES, Fault::Conflict));
    assert_eq!(bench.endpoint().asked(), 0);
}
