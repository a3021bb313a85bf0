//! Signing in, on forums of 2026 and of before, and on ones that lie.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use custody_core::{
    Private, SignedDuration,
    ports::{ErrorKind, Fault, Forum, PortResult},
};
use custody_practice::forum::{ForumOptions, Limits, SignInRules};
use custody_remote::forum::{
    DiscourseForum, ForumKey,
    discourse::Standing,
    sign_in::{DeviceAnswer, Granted, Scope, SignIn, SignInAsk, Wishes},
};
use getrandom::SysRng;
use rsa::{PublicKey, pkcs8::DecodePublicKey as _};
use serde_json::{Value, json};
use sha1::Sha1;
use url::Url;

use crate::{
    bench::{Bench, client_at, http, sources, told, written},
    script::Script,
};

const REDIRECT: &str = "custody://auth_redirect";
const CHANCE: [u8; 16] = [7; 16];

fn ask(base: &str, wishes: Wishes) -> SignInAsk {
    SignInAsk {
        base_url: Url::parse(base).unwrap(),
        application: "Custody + desk".to_owned(),
        client_id: "desk-1".to_owned(),
        wishes,
        expires_in: Some(Duration::from_secs(3600)),
        chance: CHANCE,
    }
}

async fn begin(bench: &Bench) -> SignIn {
    SignIn::begin(http(), ask(&bench.practice.base_url(), Wishes::default())).await.unwrap()
}

fn rules(change: impl FnOnce(&mut SignInRules)) -> ForumOptions {
    let mut sign_in = SignInRules { redirects: vec![REDIRECT.to_owned()], ..SignInRules::default() };
    change(&mut sign_in);
    ForumOptions { sign_in, ..ForumOptions::default() }
}

/// What the page sends when bob presses its button.
async fn press(bench: &Bench, page: &Url) -> reqwest::Response {
    let mut fields: Vec<(String, String)> =
        page.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    fields.push(("as".to_owned(), "bob".to_owned()));
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    let address = format!("{}/user-api-key.json", bench.practice.base_url());
    browser.build().unwrap().post(address).form(&fields).send().await.unwrap()
}

async fn pasted(bench: &Bench, page: &Url) -> String {
    let answer = press(bench, page).await;
    assert_eq!(answer.status(), 200);
    answer.json::<Value>().await.unwrap()["payload"].as_str().unwrap().to_owned()
}

fn client_with(bench: &Bench, granted: &Granted) -> DiscourseForum {
    let key = ForumKey::User { key: granted.key.clone(), client_id: Some("desk-1".to_owned()) };
    let clock = std::sync::Arc::new(bench.clock.clone());
    client_at(&bench.practice.base_url(), key, sources(), clock, |_| {})
}

async fn is_bobs(bench: &Bench, granted: &Granted) {
    assert_eq!(client_with(bench, granted).account().await.unwrap().username.reveal(), "bob");
}

/// Encrypts for a sign-in, as anybody can who saw its page.
fn forged(page: &Url, clear: &Value) -> String {
    let pem = page.query_pairs().find(|(name, _)| name == "public_key").unwrap().1.into_owned();
    let public = PublicKey::from_public_key_pem(&pem).unwrap();
    let block = public.oaep_encrypt_with_rng::<Sha1, _>(&mut SysRng, clear.to_string().as_bytes()).unwrap();
    STANDARD.encode(block)
}

#[tokio::test]
async fn a_code_typed_on_the_forum_brings_the_key() {
    let bench = Bench::with(rules(|_| {})).await;
    let sign_in = begin(&bench).await;
    assert!(sign_in.offer().device_codes);
    let code = sign_in.ask_code().await.unwrap();
    assert!(code.page.as_str().starts_with(&format!("{}/user-api-key/activate?request=", bench.practice.base_url())));
    assert_eq!((code.interval, code.lasts), (Duration::from_secs(5), Duration::from_secs(600)));
    assert_eq!(sign_in.poll_code(&code).await.unwrap(), DeviceAnswer::Pending);
    bench.practice.approve_device(&code.user_code, "bob").unwrap();
    let granted = sign_in.wait_for_code(&code).await.unwrap();
    is_bobs(&bench, &granted).await;
    assert_eq!(granted.expires_at, Some("2026-11-02T10:00:00Z".parse().unwrap()));
    assert_eq!(granted.scopes, [Scope::Read, Scope::SessionInfo]);
}

#[tokio::test]
async fn whoever_waits_for_a_code_asks_again_until_it_is_typed() {
    let bench = Bench::with(rules(|rules| rules.device_interval = 1)).await;
    let sign_in = begin(&bench).await;
    let code = sign_in.ask_code().await.unwrap();
    let polls = || bench.practice.requests().iter().filter(|it| it.path.ends_with("/device/poll.json")).count();
    let typing = async {
        while polls() == 0 {
            tokio::task::yield_now().await;
        }
        bench.practice.approve_device(&code.user_code, "bob").unwrap();
    };
    let (granted, ()) = tokio::join!(sign_in.wait_for_code(&code), typing);
    is_bobs(&bench, &granted.unwrap()).await;
    assert!(polls() >= 2);
}

#[tokio::test]
async fn a_redirect_to_our_own_scheme_brings_the_key_from_new_and_old_forums() {
    for old_server in [false, true] {
        let bench = Bench::with(rules(|rules| rules.old_server = old_server)).await;
        let sign_in = begin(&bench).await;
        assert_eq!(sign_in.offer().device_codes, !old_server);
        let redirect = Url::parse(REDIRECT).unwrap();
        let answer = press(&bench, &sign_in.page(Some(&redirect))).await;
        assert_eq!(answer.status(), 302);
        let came = Private::from(answer.headers()["location"].to_str().unwrap());
        let granted = sign_in.open_redirect(&redirect, &came).unwrap();
        is_bobs(&bench, &granted).await;
        assert_eq!(granted.expires_at.is_none(), old_server);
    }
}

#[tokio::test]
async fn a_pasted_text_brings_the_key_whatever_a_mail_program_made_of_its_lines() {
    for old_server in [false, true] {
        let bench = Bench::with(rules(|rules| rules.old_server = old_server)).await;
        let sign_in = begin(&bench).await;
        let text = pasted(&bench, &sign_in.page(None)).await;
        let mangled = format!(" \u{feff}\t{}\r\n ", text.replace('\n', "\r\n  ")).replace('\u{feff}', "\u{a0}");
        is_bobs(&bench, &sign_in.open_payload(&mangled.into()).unwrap()).await;
    }
}

#[tokio::test]
async fn a_forum_below_a_folder_lets_us_in_as_well() {
    let options = ForumOptions { subfolder: "/forum".to_owned(), ..rules(|_| {}) };
    let bench = Bench::with(options).await;
    let sign_in = begin(&bench).await;
    let code = sign_in.ask_code().await.unwrap();
    bench.practice.approve_device(&code.user_code, "bob").unwrap();
    is_bobs(&bench, &sign_in.wait_for_code(&code).await.unwrap()).await;
    let text = pasted(&bench, &sign_in.page(None)).await;
    is_bobs(&bench, &sign_in.open_payload(&text.into()).unwrap()).await;
}

#[tokio::test]
async fn the_page_survives_whoever_reads_a_plus_sign_as_a_space() {
    let bench = Bench::with(rules(|_| {})).await;
    let page = begin(&bench).await.page(None);
    let query = page.query().unwrap();
    assert!(!query.contains('+') && !query.contains(' ') && !query.contains('\n'), "{query}");
    assert!(query.contains("application_name=Custody%20%2B%20desk"), "{query}");
    let read = |name: &str| page.query_pairs().find(|(it, _)| it == name).unwrap().1.into_owned();
    assert!(read("public_key").starts_with("-----BEGIN PUBLIC KEY-----\n"));
    assert_eq!((read("nonce").len(), read("scopes")), (32, "read,session_info".to_owned()));
}

#[tokio::test]
async fn what_was_not_made_for_this_sign_in_is_refused_and_the_sign_in_goes_on() {
    let bench = Bench::with(rules(|_| {})).await;
    let (sign_in, other) = (begin(&bench).await, begin(&bench).await);
    let page = sign_in.page(None);
    let nonce = hex::encode(CHANCE);
    let key = "0123456789abcdef0123456789abcdef";
    let cases = [
        ("empty", String::new()),
        ("no base64", "not base64 at all".to_owned()),
        ("too long", "QUFB".repeat(2000)),
        ("another length", STANDARD.encode([1; 100])),
        ("no block of ours", STANDARD.encode([1; 256])),
        ("for another pair", forged(&other.page(None), &json!({"key": key, "nonce": nonce, "api": 4}))),
        ("another nonce", forged(&page, &json!({"key": key, "nonce": "0".repeat(32), "api": 4}))),
        ("no nonce", forged(&page, &json!({"key": key, "api": 4}))),
        ("another version", forged(&page, &json!({"key": key, "nonce": nonce, "api": 5}))),
        ("no key", forged(&page, &json!({"key": "", "nonce": nonce, "api": 4}))),
        (
            "a key with a header in it",
            forged(&page, &json!({"key": "0123456789abcdef\r\nX: y", "nonce": nonce, "api": 4})),
        ),
        ("no JSON", forged(&page, &json!("just text"))),
    ];
    for (what, text) in cases {
        let error = sign_in.open_payload(&text.into()).unwrap_err();
        assert_eq!(told(&error), (Fault::AnswerNotUnderstood, "not possible"), "{what}");
        assert!(!written(&error).contains(key), "{what}");
    }
    let genuine = pasted(&bench, &page).await;
    is_bobs(&bench, &sign_in.open_payload(&genuine.into()).unwrap()).await;
}

#[tokio::test]
async fn a_redirect_that_was_not_asked_for_is_refused() {
    let bench = Bench::with(rules(|_| {})).await;
    let sign_in = begin(&bench).await;
    let redirect = Url::parse(REDIRECT).unwrap();
    let genuine = pasted(&bench, &sign_in.page(None)).await;
    let payload: String = url::form_urlencoded::byte_serialize(genuine.as_bytes()).collect();
    for came in [
        "nonsense".to_owned(),
        format!("other://auth_redirect?payload={payload}"),
        format!("custody://elsewhere?payload={payload}"),
        format!("custody://auth_redirect/deeper?payload={payload}"),
        format!("custody://auth_redirect:99?payload={payload}"),
        "custody://auth_redirect".to_owned(),
        "custody://auth_redirect?payload=".to_owned(),
        format!("custody://auth_redirect?payload={payload}&payload={payload}"),
    ] {
        let error = sign_in.open_redirect(&redirect, &Private::new(came.clone())).unwrap_err();
        assert_eq!(told(&error), (Fault::AnswerNotUnderstood, "not possible"), "{came}");
    }
    let came = Private::new(format!("{REDIRECT}?payload={payload}"));
    is_bobs(&bench, &sign_in.open_redirect(&redirect, &came).unwrap()).await;
}

#[tokio::test]
async fn a_person_may_turn_us_down_and_a_code_grows_old() {
    let bench = Bench::with(rules(|_| {})).await;
    let sign_in = begin(&bench).await;
    let code = sign_in.ask_code().await.unwrap();
    bench.practice.deny_device(&code.user_code).unwrap();
    assert_eq!(told(&sign_in.wait_for_code(&code).await.unwrap_err()), (Fault::NotAllowed, "not possible"));
    let code = sign_in.ask_code().await.unwrap();
    bench.clock.advance(SignedDuration::from_secs(600));
    assert_eq!(told(&sign_in.wait_for_code(&code).await.unwrap_err()), (Fault::CredentialsRefused, "try again"));
}

#[tokio::test]
async fn what_the_forum_does_not_allow_is_told_as_such() {
    let tell = async |options: ForumOptions, wishes: Wishes| -> PortResult<()> {
        let bench = Bench::with(options).await;
        let sign_in = SignIn::begin(http(), ask(&bench.practice.base_url(), wishes)).await?;
        sign_in.ask_code().await.map(drop)
    };
    let replies = Wishes { replies: true, ..Wishes::default() };
    for (options, wishes, expected) in [
        (rules(|rules| rules.scopes.retain(|it| it != "write")), replies, (Fault::NotAllowed, "not possible")),
        (rules(|rules| rules.enabled = false), Wishes::default(), (Fault::NotFound, "not possible")),
        (rules(|rules| rules.old_server = true), Wishes::default(), (Fault::NotFound, "not possible")),
    ] {
        assert_eq!(told(&tell(options, wishes).await.unwrap_err()), expected);
    }
    tell(rules(|_| {}), replies).await.unwrap();
}

#[tokio::test]
async fn the_forums_limits_on_codes_are_told_with_their_wait() {
    let limits = Limits { device_codes_per_minute: 1, device_polls_per_minute: 1, ..Limits::as_shipped() };
    let bench = Bench::with(ForumOptions { limits, ..rules(|_| {}) }).await;
    let sign_in = begin(&bench).await;
    let code = sign_in.ask_code().await.unwrap();
    sign_in.poll_code(&code).await.unwrap();
    for error in [sign_in.ask_code().await.unwrap_err(), sign_in.poll_code(&code).await.unwrap_err()] {
        assert_eq!(error.fault, Fault::RateLimited);
        assert!(matches!(error.kind, ErrorKind::TryAgain { after: Some(after) } if after == Duration::from_secs(60)));
    }
}

#[tokio::test]
async fn a_site_that_lies_about_signing_in_is_not_believed() {
    let server = Script::start().await;
    let begin = || SignIn::begin(http(), ask(&server.base, Wishes::default()));
    let probe = "/user-api-key/new";
    for (status, headers, expected) in [
        (404, "", (Fault::NotFound, "not possible")),
        (200, "", (Fault::AnswerNotUnderstood, "not possible")),
        (200, "Auth-Api-Version: 5\r\n", (Fault::AnswerNotUnderstood, "not possible")),
        (200, "Auth-Api-Version: x\r\n", (Fault::AnswerNotUnderstood, "not possible")),
        (302, "Location: https://evil.example/\r\n", (Fault::BadRedirect, "needs a person")),
        (403, "cf-mitigated: challenge\r\n", (Fault::Blocked, "needs a person")),
        (500, "", (Fault::ServerTrouble, "try again")),
    ] {
        server.say(probe, status, headers, "");
        assert_eq!(told(&begin().await.unwrap_err()), expected, "{status} {headers}");
    }
    server.say(probe, 200, "Auth-Api-Version: 4\r\nAuth-Api-Device-Code: true\r\n", "");
    let sign_in = begin().await.unwrap();
    let base = server.base.clone();
    let created = |page: &str, code: &str| {
        json!({"device_code": "d", "user_code": code, "verification_uri": page, "expires_in": 10_000_000, "interval": 0})
            .to_string()
    };
    let ours = format!("{base}/user-api-key/activate");
    for (body, expected) in [
        ("{".to_owned(), Fault::AnswerNotUnderstood),
        ("{}".to_owned(), Fault::AnswerNotUnderstood),
        (created("https://evil.example/activate", "ABCD-2345"), Fault::BadRedirect),
        (created("file:///etc/passwd", "ABCD-2345"), Fault::BadRedirect),
        (created(&ours, "<b>A</b>"), Fault::AnswerNotUnderstood),
        (created(&ours, ""), Fault::AnswerNotUnderstood),
        (format!("{{\"x\":\"{}\"}}", "x".repeat(20_000)), Fault::TooLarge),
    ] {
        server.json("/user-api-key/device.json", &body);
        assert_eq!(sign_in.ask_code().await.unwrap_err().fault, expected, "{body:.80}");
    }
    server.json("/user-api-key/device.json", &created(&ours, "ABCD-2345"));
    let code = sign_in.ask_code().await.unwrap();
    assert_eq!((code.interval, code.lasts), (Duration::from_secs(1), Duration::from_secs(3600)));
    for body in [r#"{"status":"perhaps"}"#, r#"{"status":"authorized"}"#, r#"{"status":"authorized","payload":"QQ=="}"#]
    {
        server.json("/user-api-key/device/poll.json", body);
        assert_eq!(sign_in.poll_code(&code).await.unwrap_err().fault, Fault::AnswerNotUnderstood, "{body}");
    }
    // No request of a sign-in carries a key.
    assert!(server.asked().iter().all(|asked| !asked.head.contains("user-api-key:")));
}

#[tokio::test]
async fn an_address_without_tls_beyond_this_machine_is_never_asked() {
    let error = SignIn::begin(http(), ask("http://forum.example", Wishes::default())).await.unwrap_err();
    assert_eq!(told(&error), (Fault::Tls, "needs a person"));
}

#[tokio::test]
async fn a_key_given_back_is_refused_from_then_on() {
    let bench = Bench::with(rules(|_| {})).await;
    let sign_in = begin(&bench).await;
    let granted = sign_in.open_payload(&pasted(&bench, &sign_in.page(None)).await.into()).unwrap();
    let client = client_with(&bench, &granted);
    client.account().await.unwrap();
    client.revoke_key().await.unwrap();
    assert_eq!(told(&client.account().await.unwrap_err()), (Fault::CredentialsRefused, "needs a person"));
    assert_eq!(told(&client.revoke_key().await.unwrap_err()), (Fault::CredentialsRefused, "needs a person"));
}

#[tokio::test]
async fn what_a_key_may_do_is_found_out_and_writing_is_reported_as_asked_for() {
    let bench = Bench::with(rules(|_| {})).await;
    let wishes = Wishes { news: true, replies: true };
    let sign_in = SignIn::begin(http(), ask(&bench.practice.base_url(), Wishes::default())).await.unwrap();
    let granted = sign_in.open_payload(&pasted(&bench, &sign_in.page(None)).await.into()).unwrap();
    let posts = bench.practice.requests().iter().filter(|it| it.path.ends_with("/posts.json")).count();
    let rights = client_with(&bench, &granted).what_may_we(&wishes.scopes()).await.unwrap();
    assert_eq!((rights.account.username.reveal().as_str(), rights.account.staff), ("bob", true));
    assert_eq!(rights.account.inboxes, ["support"]);
    assert_eq!(
        rights.scopes,
        [
            (Scope::Read, Standing::Found),
            (Scope::SessionInfo, Standing::Found),
            (Scope::MessageBus, Standing::Missing),
            (Scope::Write, Standing::AskedFor),
        ]
    );
    assert_eq!(posts, 0);
}

#[tokio::test]
async fn no_secret_of_a_sign_in_is_ever_printed() {
    let bench = Bench::with(rules(|_| {})).await;
    let sign_in = begin(&bench).await;
    let code = sign_in.ask_code().await.unwrap();
    bench.practice.approve_device(&code.user_code, "bob").unwrap();
    let DeviceAnswer::Granted(granted) = sign_in.poll_code(&code).await.unwrap() else { panic!("not granted") };
    let printed = format!("{sign_in:?} {code:?} {granted:?}");
    assert!(!printed.contains(granted.key.reveal().as_str()), "{printed}");
    assert!(!printed.contains(&hex::encode(CHANCE)) && !printed.contains("PRIVATE"), "{printed}");
    assert!(printed.contains("device_code: private"), "{printed}");
}
