//! Answers that real forums, proxies and other eras give, and some that nobody should.

use std::{sync::Arc, time::Duration};

use custody_core::{
    case::TopicId,
    ports::{AttachmentRef, ErrorKind, Fault, Forum},
};
use custody_practice::PracticeClock;
use custody_remote::{
    forum::{DiscourseForum, DiscourseSettings, ForumKey, Source},
    http::{Http, HttpSettings},
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    bench::{bytes, client_at, http, sources, told, written},
    script::Script,
};

const KEY: &str = "r3AYqESanERjladb4vBB7VsMBm6";

fn key() -> ForumKey {
    ForumKey::User { key: "0123456789abcdef0123456789abcdef".into(), client_id: Some("bench".to_owned()) }
}

fn client(script: &Script, change: impl FnOnce(&mut DiscourseSettings)) -> DiscourseForum {
    let clock = Arc::new(PracticeClock::frozen_at("2026-11-02T09:00:00Z".parse().unwrap()));
    client_at(&script.base, key(), sources(), clock, change)
}

fn post(id: i64, number: i64, user: i64, username: &str, more: &str) -> String {
    format!(
        r#"{{"id":{id},"post_number":{number},"post_type":1,"user_id":{user},"username":"{username}","name":"","created_at":"2026-09-29T10:00:00.000Z","cooked":"<p>hello</p>"{more}}}"#
    )
}

fn topic(posts: &[String], stream: &str, more: &str) -> String {
    format!(
        r#"{{"id":5,"title":"Crash","archetype":"private_message","user_id":9,"post_stream":{{"posts":[{}]{stream}}}{more}}}"#,
        posts.join(",")
    )
}

#[tokio::test]
async fn members_of_a_support_group_are_staff_though_the_forum_flags_nobody() {
    let script = Script::start().await;
    let client = client(&script, |settings| settings.staff_groups = vec!["support".to_owned()]);
    let posts = [
        post(1, 1, 20, "erin", ""),
        post(2, 2, 21, "frank", r#","primary_group_name":"Support""#),
        post(3, 3, 9, "carol", ""),
    ];
    script.json(
        "/t/5.json",
        &topic(&posts, r#","stream":[1,2,3]"#, "")
            .replace("\"user_id\":9,\"post_stream\"", "\"user_id\":20,\"post_stream\""),
    );
    // Guessing would take an engineer for the customer.
    assert_eq!(told(&client.thread(TopicId(5)).await.unwrap_err()), (Fault::NotFound, "needs a person"));
    script.json(
        "/groups/support/members.json?limit=100&offset=0",
        r#"{"members":[{"id":20,"username":"erin"}],"meta":{"total":1}}"#,
    );
    let thread = client.thread(TopicId(5)).await.unwrap();
    let sides: Vec<bool> = thread.posts.iter().map(|post| post.by_staff).collect();
    assert_eq!(sides, [true, true, false]);
    assert_eq!(thread.customer.unwrap().username.reveal(), "carol");
}

#[tokio::test]
async fn posts_that_come_unordered_twice_or_not_at_all_make_one_ordered_thread() {
    let script = Script::start().await;
    let client = client(&script, |_| {});
    script.json(
        "/t/5.json",
        &topic(&[post(3, 3, 9, "carol", ""), post(1, 1, 9, "carol", "")], r#","stream":[1,3,7,4,7]"#, ""),
    );
    let more =
        format!(r#"{{"post_stream":{{"posts":[{},{}]}}}}"#, post(4, 2, 3, "bob", ""), post(3, 3, 9, "carol", ""));
    script.json("/t/5/posts.json?post_ids%5B%5D=7&post_ids%5B%5D=4", &more);
    let thread = client.thread(TopicId(5)).await.unwrap();
    assert_eq!(thread.posts.iter().map(|post| post.id).collect::<Vec<_>>(), [1, 4, 3]);
}

#[tokio::test]
async fn a_topic_that_is_too_long_or_another_or_of_no_known_shape_is_refused() {
    let script = Script::start().await;
    let client = client(&script, |_| {});
    let long = format!(r#","stream":[{}]"#, (1..=10_000).map(|id| id.to_string()).collect::<Vec<_>>().join(","));
    let loud = post(1, 1, 9, "carol", "").replace("<p>hello</p>", &"x".repeat(2 << 20));
    for (body, fault, kind) in [
        (topic(&[], r#","isMegaTopic":true,"lastId":7"#, ""), Fault::TooLarge, "not possible"),
        (topic(&[], &long, ""), Fault::TooLarge, "not possible"),
        (topic(&[loud], r#","stream":[1]"#, ""), Fault::TooLarge, "not possible"),
        (topic(&[], r#","stream":[]"#, "").replace("\"id\":5", "\"id\":6"), Fault::AnswerNotUnderstood, "not possible"),
        (r#"{"id":"five"}"#.to_owned(), Fault::AnswerNotUnderstood, "not possible"),
        ("[]".to_owned(), Fault::AnswerNotUnderstood, "not possible"),
        (
            "<!DOCTYPE html><html><title>Just a moment</title></html>".to_owned(),
            Fault::AnswerNotUnderstood,
            "try again",
        ),
        (String::new(), Fault::AnswerNotUnderstood, "try again"),
        ("[".repeat(100_000), Fault::AnswerNotUnderstood, "not possible"),
        (format!("{{\"accepted_answer\":{}", "[".repeat(100_000)), Fault::AnswerNotUnderstood, "try again"),
        (" ".repeat(17 << 20), Fault::TooLarge, "not possible"),
    ] {
        script.json("/t/5.json", &body);
        let error = client.thread(TopicId(5)).await.unwrap_err();
        assert_eq!(told(&error), (fault, kind), "{}", body.get(..80).unwrap_or(&body));
    }
}

#[tokio::test]
async fn solved_is_read_in_every_eras_words() {
    use custody_core::ticket::{Closing, TicketReading};
    let script = Script::start().await;
    let client = client(&script, |_| {});
    for (more, solved) in [
        (r#","accepted_answer":{"post_number":2,"username":"bob"}"#, true),
        (r#","accepted_answers":[{"post_number":2}]"#, true),
        (r#","has_accepted_answer":true"#, true),
        (r#","accepted_answer":null,"accepted_answers":[],"has_accepted_answer":false"#, false),
        (r#","accepted_answer":false"#, false),
        ("", false),
    ] {
        script.json("/t/5.json", &topic(&[], r#","stream":[]"#, more));
        let expected = if solved { TicketReading::Closed { how: Closing::Solved } } else { TicketReading::Open };
        assert_eq!(client.thread(TopicId(5)).await.unwrap().reading, expected, "{more}");
    }
}

#[tokio::test]
async fn a_category_is_restricted_only_if_the_forum_says_so() {
    let script = Script::start().await;
    let client = client(&script, |_| {});
    let show = |category: i64| {
        let body = topic(&[], r#","stream":[]"#, &format!(r#","category_id":{category}"#))
            .replace("private_message", "regular");
        script.json("/t/5.json", &body);
    };
    script.json(
        "/categories.json?include_subcategories=true",
        r#"{"category_list":{"categories":[{"id":1,"read_restricted":true,"subcategory_list":[{"id":2,"read_restricted":true}]},{"id":3}]}}"#,
    );
    script.json("/c/4/show.json", r#"{"category":{"id":4,"read_restricted":true}}"#);
    for (category, private) in [(1, true), (2, true), (3, false), (4, true)] {
        show(category);
        assert_eq!(client.thread(TopicId(5)).await.unwrap().private, private, "{category}");
    }
    // Unknown is neither private nor public: the thread waits.
    show(6);
    assert_eq!(told(&client.thread(TopicId(5)).await.unwrap_err()), (Fault::NotFound, "not possible"));
}

#[tokio::test]
async fn every_kind_of_429_is_waited_for_as_it_asks() {
    let text = "Slow down, too many requests from this IP address.\nPlease retry again in 7 seconds.\nError code: ip_10_secs_limit.";
    let json = |wait: &str| {
        format!(r#"{{"errors":["x"],"error_type":"rate_limit","extras":{{{wait}"time_left":"a while"}}}}"#)
    };
    let code = "Discourse-Rate-Limit-Error-Code: user_api_key_limiter_1_day\r\n";
    for (headers, body, wait, stops_all) in [
        (
            "Content-Type: text/plain\r\nRetry-After: 7\r\nDiscourse-Rate-Limit-Error-Code: ip_10_secs_limit\r\n",
            text.to_owned(),
            7,
            true,
        ),
        ("Content-Type: text/html\r\n", "<html>429</html>".to_owned(), 30, true),
        ("Content-Type: text/html\r\nRetry-After: 12\r\n", String::new(), 12, true),
        (
            &format!("Content-Type: application/json\r\n{code}Retry-After: 7200\r\n"),
            json("\"wait_seconds\":7200,"),
            7200,
            true,
        ),
        ("Content-Type: application/json\r\n", json("\"wait_seconds\":5,"), 5, false),
        ("Content-Type: application/json\r\n", json("\"wait_seconds\":1e300,"), 30, false),
        ("Content-Type: application/json\r\nRetry-After: 99999999999\r\n", json(""), 24 * 60 * 60, false),
        ("Content-Type: application/json\r\nRetry-After: soon\r\n", json("\"wait_seconds\":-4,"), 30, false),
    ] {
        let script = Script::start().await;
        let client = client(&script, |_| {});
        client.account().await.unwrap();
        script.json("/t/5.json", &topic(&[], r#","stream":[]"#, ""));
        script.say("/posts.json", 429, headers, &body);
        let error = client.reply(TopicId(5), &"Your files were erased.".into()).await.unwrap_err();
        let expected = ErrorKind::TryAgain { after: Some(Duration::from_secs(wait)) };
        assert_eq!((error.fault, error.kind), (Fault::RateLimited, expected), "{headers}{body}");
        // Posting waits in any case; reading waits only if the forum meant all of us.
        let error = client.reply(TopicId(5), &"Your files were erased.".into()).await.unwrap_err();
        assert_eq!(error.kind, expected);
        let reading = client.thread(TopicId(5)).await;
        assert_eq!(reading.err().map(|error| error.kind), stops_all.then_some(expected), "{headers}");
        assert_eq!(script.asked().iter().filter(|asked| asked.path == "/posts.json").count(), 1);
    }
}

#[tokio::test]
async fn refusals_of_proxies_and_firewalls_are_told_from_the_forums_own() {
    let page = "Content-Type: text/html\r\n";
    let forum = "Content-Type: application/json\r\n";
    for (status, headers, body, fault, kind) in [
        (401, page, "", Fault::CredentialsRefused, "needs a person"),
        (403, page, "<html>nginx</html>", Fault::Blocked, "needs a person"),
        (403, "Content-Type: text/html\r\ncf-mitigated: challenge\r\n", "", Fault::Blocked, "needs a person"),
        (403, "Content-Type: text/plain\r\n", "[\"BAD CSRF\"]", Fault::CredentialsRefused, "needs a person"),
        (403, forum, r#"{"error_type":"invalid_access"}"#, Fault::NotAllowed, "not possible"),
        (404, forum, r#"{"error_type":"not_found"}"#, Fault::NotFound, "not possible"),
        (410, forum, "{}", Fault::NotFound, "not possible"),
        (400, forum, "{}", Fault::AnswerNotUnderstood, "not possible"),
        (422, forum, r#"{"errors":["x"]}"#, Fault::NotAllowed, "needs a person"),
        (500, page, "", Fault::ServerTrouble, "try again"),
        (502, page, "", Fault::ServerTrouble, "try again"),
        (520, page, "", Fault::ServerTrouble, "try again"),
        (503, forum, r#"{"error_type":"read_only"}"#, Fault::ServerTrouble, "try again"),
        (204, "", "", Fault::AnswerNotUnderstood, "try again"),
    ] {
        let script = Script::start().await;
        script.say("/t/5.json", status, headers, body);
        let error = client(&script, |_| {}).thread(TopicId(5)).await.unwrap_err();
        assert_eq!(told(&error), (fault, kind), "{status} {headers}");
    }
    let script = Script::start().await;
    script.say("/t/5.json", 503, "Retry-After: 300\r\n", "");
    let error = client(&script, |_| {}).thread(TopicId(5)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::TryAgain { after: Some(Duration::from_secs(300)) });
}

#[tokio::test]
async fn a_missing_thread_is_our_keys_fault_when_nobody_is_logged_in() {
    let script = Script::start().await;
    script.say("/session/current.json", 404, "", "");
    let error = client(&script, |_| {}).thread(TopicId(5)).await.unwrap_err();
    assert_eq!(told(&error), (Fault::CredentialsRefused, "needs a person"));
}

fn attachment() -> AttachmentRef {
    AttachmentRef { post: 1, upload: KEY.into(), url: format!("/uploads/short-url/{KEY}.zip").into() }
}

fn path() -> String {
    format!("/uploads/short-url/{KEY}.zip")
}

#[tokio::test]
async fn the_key_reaches_the_forum_and_no_other_origin_on_any_way_of_redirects() {
    let forum = Script::start().await;
    let storage = Script::start().await;
    forum.json("/site/settings.json", r#"{"secure_uploads":true}"#);
    forum.say(&path(), 302, &format!("Location: {}/a?X-Amz-Signature=1\r\n", storage.base), "");
    storage.say("/a?X-Amz-Signature=1", 307, "Location: /b\r\n", "");
    // And back again: the forum's own file, asked for without the key.
    storage.say("/b", 301, &format!("Location: {}/uploads/default/x.zip\r\n", forum.base), "");
    forum.say("/uploads/default/x.zip", 200, "", "the file");
    let client = client(&forum, |_| {});
    assert_eq!(bytes(client.download(&attachment()).await.unwrap()).await.unwrap(), b"the file");
    let keyed =
        |asked: &crate::script::Asked| asked.head.contains("user-api-key") || asked.head.contains("0123456789abcdef");
    let on_forum: Vec<_> = forum.asked();
    assert_eq!(
        on_forum.iter().map(|asked| (asked.path.as_str(), keyed(asked))).collect::<Vec<_>>(),
        [("/site/settings.json", true), (path().as_str(), true), ("/uploads/default/x.zip", false)]
    );
    let on_storage = storage.asked();
    assert_eq!(on_storage.len(), 2);
    for asked in &on_storage {
        assert!(!keyed(asked) && !asked.head.contains("cookie") && !asked.head.contains("referer"), "{asked:?}");
    }
    assert!(
        on_forum
            .iter()
            .all(|asked| asked.head.contains("user-agent: custody/") && asked.head.contains("(discourse client)"))
    );
    assert!(on_forum.iter().all(|asked| !asked.head.contains("x-requested-with")));
}

#[tokio::test]
async fn redirects_to_a_login_page_in_a_circle_or_without_end_are_refused() {
    let script = Script::start().await;
    script.json("/site/settings.json", "{}");
    let client = client(&script, |_| {});
    for (location, then) in [
        ("Location: /login\r\n".to_owned(), vec![]),
        (format!("Location: {}\r\n", path()), vec![]),
        (String::new(), vec![]),
        ("Location: http://[\r\n".to_owned(), vec![]),
        ("Location: http://forum.example/x\r\n".to_owned(), vec![]),
        ("Location: file:///etc/passwd\r\n".to_owned(), vec![]),
        (
            "Location: /uploads/1\r\n".to_owned(),
            (1..10).map(|n| (format!("/uploads/{n}"), format!("Location: /uploads/{}\r\n", n + 1))).collect(),
        ),
    ] {
        script.say(&path(), 302, &location, "");
        for (path, location) in &then {
            script.say(path, 302, location, "");
        }
        let error = client.download(&attachment()).await.unwrap_err();
        assert_eq!(told(&error), (Fault::BadRedirect, "needs a person"), "{location}");
        assert!(!written(&error).contains("uploads"), "{}", written(&error));
    }
    let asked = script.asked().len();
    assert!(asked < 20, "{asked}");
    script.say("/posts.json", 301, "Location: /posts2.json\r\n", "");
    let error = client.reply(TopicId(5), &"Your files were erased.".into()).await.unwrap_err();
    assert_eq!(told(&error), (Fault::BadRedirect, "needs a person"));
    assert!(script.asked().iter().all(|asked| asked.path != "/posts2.json"));
}

#[tokio::test]
async fn a_page_in_place_of_a_file_is_not_taken_for_it() {
    let script = Script::start().await;
    script.json("/site/settings.json", "{}");
    let client = client(&script, |_| {});
    script.say(&path(), 200, "Content-Type: text/html; charset=utf-8\r\n", "<html>Please log in</html>");
    assert_eq!(told(&client.download(&attachment()).await.unwrap_err()), (Fault::AnswerNotUnderstood, "try again"));
    let page = AttachmentRef { url: format!("/uploads/short-url/{KEY}.html").into(), ..attachment() };
    script.say(page.url.reveal(), 200, "Content-Type: text/html\r\n", "<html>mine</html>");
    assert_eq!(bytes(client.download(&page).await.unwrap()).await.unwrap(), b"<html>mine</html>");
}

#[tokio::test]
async fn a_digest_is_compared_only_where_the_forum_says_what_it_is_of() {
    for (settings, given) in [
        (r#"{"secure_uploads":false}"#, true),
        (r#"{"secure_uploads":false,"enable_direct_s3_uploads":false}"#, true),
        (r#"{"secure_uploads":false,"enable_direct_s3_uploads":true}"#, false),
        (r#"{"secure_uploads":true}"#, false),
        ("{}", false),
    ] {
        let script = Script::start().await;
        script.json("/site/settings.json", settings);
        script.say(&path(), 200, "", "x");
        let download = client(&script, |_| {}).download(&attachment()).await.unwrap();
        assert_eq!(download.sha1.is_some(), given, "{settings}");
    }
    let script = Script::start().await;
    script.say(&path(), 200, "", "x");
    assert!(client(&script, |_| {}).download(&attachment()).await.unwrap().sha1.is_none());
}

#[tokio::test]
async fn an_address_that_would_break_a_letter_is_no_address() {
    let script = Script::start().await;
    let client = client(&script, |_| {});
    for (body, given) in [
        (r#"{"email":"carol@example.org"}"#, true),
        (r#"{"email":"carol@example.org\r\nBcc: all@example.org"}"#, false),
        (r#"{"email":null}"#, false),
        ("{}", false),
    ] {
        script.json("/u/carol/emails.json", body);
        assert_eq!(client.email_of(&"carol".into()).await.unwrap().is_some(), given, "{body}");
    }
}

/// A TLS server on this machine that knows one account.
async fn tls_server() -> (String, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut head = [0; 4096];
            let _ = stream.read(&mut head).await;
            let body = r#"{"current_user":{"id":3,"username":"bob"}}"#;
            let answer =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    (base, made.cert.pem().into_bytes())
}

fn client_over(http: Http, base: &str) -> DiscourseForum {
    let settings = DiscourseSettings::new("tls", base.parse().unwrap(), key(), vec![Source::PersonalInbox]);
    DiscourseForum::new(settings, http, Arc::new(PracticeClock::flowing())).unwrap()
}

#[tokio::test]
async fn a_certificate_counts_if_it_is_trusted_and_an_authority_of_ones_own_can_be_added() {
    let (base, pem) = tls_server().await;
    let error = client_over(http(), &base).account().await.unwrap_err();
    assert_eq!(told(&error), (Fault::Tls, "needs a person"));
    let trusting = Http::new(&HttpSettings { extra_ca_pem: Some(pem), ..HttpSettings::default() }).unwrap();
    assert_eq!(client_over(trusting, &base).account().await.unwrap().username.reveal(), "bob");
    let broken = HttpSettings {
        extra_ca_pem: Some(b"-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n".to_vec()),
        ..HttpSettings::default()
    };
    assert!(Http::new(&broken).is_err());
}

#[tokio::test]
async fn a_server_without_tls_where_tls_is_due_is_told_as_such() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let error = client_over(http(), &base).account().await.unwrap_err();
    assert_eq!(told(&error), (Fault::Tls, "needs a person"));
}
