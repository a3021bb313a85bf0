use base64::{Engine as _, engine::general_purpose::STANDARD};
use custody_practice::forum::{ForumOptions, Limits, PracticeForum, ScriptError, SignInRules};
use getrandom::SysRng;
use jiff::SignedDuration;
use rsa::{
    PrivateKey,
    pkcs1::EncodeRsaPublicKey as _,
    pkcs8::{EncodePublicKey as _, LineEnding},
};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::client::{Client, forum};

struct Program {
    pair: PrivateKey,
    pem: String,
}

impl Program {
    fn new() -> Self {
        Self::of_size(2048)
    }

    fn of_size(bits: usize) -> Self {
        let pair = PrivateKey::new(&mut SysRng, bits).unwrap();
        let pem = pair.to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
        Self { pair, pem }
    }

    /// What it asks for, with changes.
    fn ask(&self, changes: Value) -> Value {
        let mut ask = json!({
            "application_name": "A <b>program</b>",
            "client_id": "desk-1",
            "scopes": "read,session_info",
            "public_key": self.pem,
            "nonce": "0123456789abcdef",
            "as": "bob",
        });
        for (name, value) in changes.as_object().unwrap() {
            ask[name] = value.clone();
        }
        ask
    }

    fn block(payload: &str) -> Vec<u8> {
        assert!(payload.lines().all(|line| line.len() <= 60) && payload.contains('\n'), "{payload}");
        STANDARD.decode(payload.replace('\n', "")).unwrap()
    }

    fn open_pkcs1(&self, payload: &str) -> Value {
        serde_json::from_slice(&self.pair.pkcs1v15_decrypt_with_rng(&mut SysRng, &Self::block(payload)).unwrap())
            .unwrap()
    }

    fn open_oaep(&self, payload: &str) -> Value {
        serde_json::from_slice(&self.pair.oaep_decrypt_with_rng::<Sha1, _>(&mut SysRng, &Self::block(payload)).unwrap())
            .unwrap()
    }
}

fn rules(change: impl FnOnce(&mut SignInRules)) -> ForumOptions {
    let mut sign_in = SignInRules::default();
    change(&mut sign_in);
    ForumOptions { sign_in, ..ForumOptions::default() }
}

fn with_key(forum: &PracticeForum, clear: &Value) -> Client {
    Client::anonymous(forum).with("user-api-key", clear["key"].as_str().unwrap())
}

async fn payload_of(forum: &PracticeForum, ask: Value) -> String {
    let given = Client::anonymous(forum).post("/user-api-key.json", ask).await.ok();
    given.json()["payload"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_probe_tells_the_version_and_whether_there_are_codes_for_devices() {
    for (options, version, codes) in
        [(ForumOptions::default(), "4", "true"), (rules(|rules| rules.old_server = true), "4", "")]
    {
        let forum = forum(options).await;
        let told = Client::anonymous(&forum).head("/user-api-key/new").await.ok();
        assert_eq!((told.header("auth-api-version"), told.header("auth-api-device-code")), (version, codes));
    }
    let forum = forum(rules(|rules| rules.enabled = false)).await;
    assert_eq!(Client::anonymous(&forum).head("/user-api-key/new").await.status, 404);
}

#[tokio::test]
async fn a_person_grants_a_key_on_a_page_and_copies_what_it_shows() {
    let forum = forum(ForumOptions { login_required: true, ..ForumOptions::default() }).await;
    let program = Program::new();
    let browser = Client::anonymous(&forum).with("accept", "text/html");
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            program.ask(json!({})).as_object().unwrap().iter().map(|(name, value)| (name, value.as_str().unwrap())),
        )
        .finish();
    let page = browser.get(&format!("/user-api-key/new?{query}")).await.ok();
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("<form method=\"post\" action=\"/user-api-key\">"), "{}", page.text());
    assert!(page.text().contains("A &lt;b&gt;program&lt;/b&gt; asks for:") && !page.text().contains("<b>"));

    let pem = program.pem.clone();
    let fields = [
        ("application_name", "p"),
        ("client_id", "c"),
        ("scopes", "read"),
        ("public_key", &pem),
        ("nonce", "n"),
        ("as", "bob"),
    ];
    let shown = browser.form("/user-api-key", &fields).await.ok();
    let payload = shown.text().split_once("<textarea readonly>").unwrap().1.split_once("</textarea>").unwrap().0;
    let clear = program.open_pkcs1(payload);
    assert_eq!((&clear["nonce"], &clear["api"], &clear["push"]), (&json!("n"), &json!(4), &json!(false)));
    assert_eq!(clear["key"].as_str().unwrap().len(), 32);
    let me = with_key(&forum, &clear).get("/session/current.json").await.ok();
    assert_eq!(me.json()["current_user"]["username"], "bob");
    assert_eq!(with_key(&forum, &clear).post("/posts.json", json!({})).await.status, 403);
}

#[tokio::test]
async fn the_payload_is_padded_as_asked_and_as_ever_by_old_servers() {
    let program = Program::new();
    let forum_2026 = forum(ForumOptions::default()).await;
    let asked = program.ask(json!({"padding": "oaep"}));
    assert_eq!(program.open_oaep(&payload_of(&forum_2026, asked.clone()).await)["nonce"], "0123456789abcdef");
    let odd = Client::anonymous(&forum_2026).post("/user-api-key.json", program.ask(json!({"padding": "none"}))).await;
    assert_eq!((odd.status, odd.error_type().as_str()), (400, "invalid_parameters"));
    let old = forum(rules(|rules| rules.old_server = true)).await;
    assert_eq!(program.open_pkcs1(&payload_of(&old, asked).await)["nonce"], "0123456789abcdef");
}

#[tokio::test]
async fn a_redirect_carries_the_payload_to_an_allowed_address_only() {
    let forum = forum(rules(|rules| rules.redirects = vec!["custody://*_redirect".to_owned()])).await;
    let (program, nobody) = (Program::new(), Client::anonymous(&forum));
    let ask = program.ask(json!({"auth_redirect": "custody://auth_redirect?x=1"}));
    assert_eq!(nobody.post("/user-api-key", ask).await.status, 403, "the list holds no query");
    let sent = nobody.post("/user-api-key", program.ask(json!({"auth_redirect": "custody://auth_redirect"}))).await;
    assert_eq!(sent.status, 302);
    let address = url::Url::parse(sent.header("location")).unwrap();
    assert_eq!((address.scheme(), address.host_str()), ("custody", Some("auth_redirect")));
    let payload = address.query_pairs().find(|(name, _)| name == "payload").unwrap().1.into_owned();
    with_key(&forum, &program.open_pkcs1(&payload)).get("/session/current.json").await.ok();
    for foreign in ["custody:auth_redirect", "https://evil.example/auth_redirect", "discourse://auth_redirect"] {
        let refused = nobody.post("/user-api-key", program.ask(json!({"auth_redirect": foreign}))).await;
        assert_eq!(refused.status, 403, "{foreign}");
    }
}

#[tokio::test]
async fn what_the_site_does_not_allow_is_refused() {
    let forum = forum(rules(|rules| rules.scopes.retain(|scope| scope != "write"))).await;
    let program = Program::new();
    let nobody = Client::anonymous(&forum);
    let raw = program.pair.to_public_key().to_pkcs1_pem(LineEnding::LF).unwrap();
    for (changes, status) in [
        (json!({"scopes": "read,write"}), 403),
        (json!({"scopes": "read,fly"}), 403),
        (json!({"as": "nobody"}), 403),
        (json!({"as": ""}), 403),
        (json!({"client_id": ""}), 400),
        (json!({"client_id": "x".repeat(201)}), 400),
        (json!({"nonce": "x".repeat(200)}), 400),
        (json!({"public_key": raw}), 400),
        (json!({"public_key": program.pem.replace('+', " ")}), if program.pem.contains('+') { 400 } else { 200 }),
        (json!({"expires_in_seconds": 366 * 86_400}), 400),
        (json!({"expires_in_seconds": "soon"}), 400),
    ] {
        let answer = nobody.post("/user-api-key.json", program.ask(changes.clone())).await;
        assert_eq!(answer.status, status, "{changes} {}", answer.text());
    }
    let page = nobody.clone().with("accept", "text/html");
    let shown =
        page.get("/user-api-key/new?application_name=x&client_id=c&scopes=read&nonce=n&public_key=x").await.ok();
    assert!(shown.text().contains("unable to issue user API keys"));
}

#[tokio::test]
async fn an_expiry_that_was_asked_for_is_told_and_kept() {
    let forum = forum(ForumOptions::default()).await;
    let program = Program::new();
    let clear = program.open_pkcs1(&payload_of(&forum, program.ask(json!({"expires_in_seconds": 3600}))).await);
    assert_eq!(clear["expires_at"], "2026-03-01T10:00:00Z");
    let bob = with_key(&forum, &clear);
    bob.get("/session/current.json").await.ok();
    forum.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(bob.get("/session/current.json").await.status, 403);
}

#[tokio::test]
async fn a_program_that_signs_in_again_loses_its_earlier_key_and_no_other() {
    let forum = forum(ForumOptions::default()).await;
    let program = Program::new();
    let first = with_key(&forum, &program.open_pkcs1(&payload_of(&forum, program.ask(json!({}))).await));
    let other = program.ask(json!({"client_id": "desk-2"}));
    let other = with_key(&forum, &program.open_pkcs1(&payload_of(&forum, other).await));
    let erin = program.ask(json!({"as": "erin"}));
    let erin = with_key(&forum, &program.open_pkcs1(&payload_of(&forum, erin).await));
    first.get("/session/current.json").await.ok();
    let second = with_key(&forum, &program.open_pkcs1(&payload_of(&forum, program.ask(json!({}))).await));
    assert_eq!(first.get("/session/current.json").await.status, 403);
    for client in [second, other, erin] {
        client.get("/session/current.json").await.ok();
    }
}

#[tokio::test]
async fn a_code_that_is_typed_hands_the_key_over_once() {
    let forum = forum(ForumOptions::default()).await;
    let (program, device) = (Program::new(), Client::anonymous(&forum));
    let given = device.post("/user-api-key/device.json", program.ask(json!({"padding": "oaep"}))).await.ok();
    assert_eq!(given.header("cache-control"), "no-store");
    let told = given.json();
    assert_eq!((&told["expires_in"], &told["interval"]), (&json!(600), &json!(5)));
    assert_eq!(told["device_code"].as_str().unwrap().len(), 64);
    let code = told["user_code"].as_str().unwrap();
    let page = told["verification_uri_with_request"].as_str().unwrap();
    assert!(page.starts_with(&format!("{}?request=", told["verification_uri"].as_str().unwrap())));
    let shown = device.clone().with("accept", "text/html").get(page).await.ok();
    assert!(shown.text().contains("asks for:") && shown.text().contains("/user-api-key/device/authorize"));

    let poll = || device.post("/user-api-key/device/poll.json", json!({"device_code": told["device_code"]}));
    assert_eq!(poll().await.ok().json(), json!({"status": "authorization_pending"}));
    let typed = [("user_code", code.to_lowercase().replace('-', "")), ("as", "bob".to_owned())];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    device.form("/user-api-key/device/authorize", &typed).await.ok();
    let granted = poll().await.ok().json();
    assert_eq!(granted["status"], "authorized");
    let clear = program.open_oaep(granted["payload"].as_str().unwrap());
    with_key(&forum, &clear).get("/session/current.json").await.ok();
    assert_eq!(poll().await.ok().json(), json!({"status": "expired_token"}));
    assert!(matches!(forum.approve_device(code, "bob"), Err(ScriptError::NoSuchCode)));
}

#[tokio::test]
async fn codes_are_denied_grow_old_and_their_keys_wait_a_minute() {
    let forum = forum(ForumOptions::default()).await;
    let (program, device) = (Program::new(), Client::anonymous(&forum));
    let code = async || device.post("/user-api-key/device.json", program.ask(json!({}))).await.ok().json();
    let poll = async |told: &Value| {
        let body = json!({"device_code": told["device_code"]});
        let answer = device.post("/user-api-key/device/poll.json", body).await.ok().json();
        answer["status"].as_str().unwrap().to_owned()
    };
    let word = |told: &Value| told["user_code"].as_str().unwrap().to_owned();
    let denied = code().await;
    forum.deny_device(&word(&denied)).unwrap();
    assert_eq!(poll(&denied).await, "access_denied");
    let late = code().await;
    forum.approve_device(&word(&late), "bob").unwrap();
    forum.clock().advance(SignedDuration::from_secs(60));
    assert_eq!(poll(&late).await, "expired_token");
    let old = code().await;
    forum.clock().advance(SignedDuration::from_secs(600));
    assert_eq!(poll(&old).await, "expired_token");
    assert!(matches!(forum.approve_device(&word(&old), "bob"), Err(ScriptError::NoSuchCode)));
    assert_eq!(poll(&json!({"device_code": "unknown"})).await, "expired_token");
}

#[tokio::test]
async fn devices_speak_json_with_keys_that_are_large_enough_and_ask_for_no_passwords() {
    let site = forum(ForumOptions::default()).await;
    let (program, device) = (Program::new(), Client::anonymous(&site));
    let pem = program.pem.clone();
    assert_eq!(device.form("/user-api-key/device.json", &[("public_key", &pem)]).await.status, 403);
    for changes in [
        json!({"public_key": Program::of_size(1024).pem}),
        json!({"scopes": "read,one_time_password"}),
        json!({"scopes": vec!["read"; 21].join(",")}),
        json!({"nonce": "x".repeat(257)}),
    ] {
        let refused = device.post("/user-api-key/device.json", program.ask(changes.clone())).await;
        assert_eq!(refused.status, 400, "{changes}");
    }
    let old = forum(rules(|rules| rules.old_server = true)).await;
    let refused = Client::anonymous(&old).post("/user-api-key/device.json", program.ask(json!({}))).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn an_address_may_ask_for_20_codes_and_poll_60_times_a_minute() {
    let limits = Limits { address_per_10_seconds: 1000, address_per_minute: 1000, ..Limits::as_shipped() };
    let forum = forum(ForumOptions { limits, ..ForumOptions::default() }).await;
    let (program, device) = (Program::new(), Client::anonymous(&forum));
    let create = || device.post("/user-api-key/device.json", program.ask(json!({})));
    for _ in 0..20 {
        create().await.ok();
    }
    let refused = create().await;
    assert_eq!((refused.status, refused.error_type().as_str()), (429, "rate_limit"));
    assert_eq!((refused.header("retry-after"), refused.header("discourse-rate-limit-error-code")), ("60", ""));
    let poll = || device.post("/user-api-key/device/poll.json", json!({"device_code": "x"}));
    for _ in 0..60 {
        poll().await.ok();
    }
    assert_eq!(poll().await.status, 429);
    forum.clock().advance(SignedDuration::from_secs(60));
    poll().await.ok();
}
