//! A forum with a few people on it, and a plain HTTP client that follows nothing.

use bytes::Bytes;
use custody_practice::{
    PracticeClock,
    forum::{ForumOptions, NewUser, PracticeFile, PracticeForum, TopicId, UserScope},
};
use reqwest::{Method, StatusCode, header::HeaderMap, redirect::Policy};
use serde_json::Value;

/// A forum whose clock stands at 2026-03-01, with bob (moderator) and erin in the group support,
/// root (admin), and the customers carol and dave.
pub async fn forum(options: ForumOptions) -> PracticeForum {
    let clock = PracticeClock::frozen_at("2026-03-01T09:00:00Z".parse().unwrap());
    let forum = PracticeForum::start(clock, options).await.unwrap();
    for user in [
        NewUser::new("bob", "Bob", "bob@support.example").moderator(),
        NewUser::new("erin", "Erin", "erin@support.example"),
        NewUser::new("root", "Root", "root@support.example").admin(),
        NewUser::new("carol", "Carol", "carol@customer.example"),
        NewUser::new("dave", "Dave", "dave@customer.example"),
    ] {
        forum.add_user(user).unwrap();
    }
    forum.add_group("support", "Support", &["bob", "erin"]).unwrap();
    forum
}

/// Carol's private thread with the group, with these files.
pub async fn thread(forum: &PracticeForum, files: Vec<PracticeFile>) -> TopicId {
    forum.private_thread("carol", &["support"], "Crash on load", "It crashes.", files).await.unwrap()
}

pub fn report() -> PracticeFile {
    PracticeFile::bytes("report.zip", "PK not really an archive")
}

/// An HTTP client that sends the same headers each time and follows no redirects.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    headers: Vec<(String, String)>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// The error type of a JSON refusal.
    pub fn error_type(&self) -> String {
        self.json()["error_type"].as_str().unwrap_or_default().to_owned()
    }
}

impl Client {
    pub fn anonymous(forum: &PracticeForum) -> Self {
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { http, base: forum.base_url(), headers: vec![("accept".to_owned(), "application/json".to_owned())] }
    }

    /// With a user key for everything.
    pub fn user(forum: &PracticeForum, username: &str) -> Self {
        Self::scoped(forum, username, &[UserScope::Read, UserScope::Write])
    }

    pub fn scoped(forum: &PracticeForum, username: &str, scopes: &[UserScope]) -> Self {
        let key = forum.issue_user_key(username, scopes).unwrap();
        Self::anonymous(forum).with("user-api-key", &key)
    }

    /// With a single-user admin key.
    pub fn admin(forum: &PracticeForum, username: &str) -> Self {
        let key = forum.issue_admin_key(username).unwrap();
        Self::anonymous(forum).with("api-key", &key)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = self.http.request(method, address);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.bytes().await?;
        Ok(Answer { status: StatusCode::as_u16(&status), headers, body })
    }

    pub async fn try_get(&self, path: &str) -> reqwest::Result<Answer> {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_get(path).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await.unwrap()
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(&body)).await.unwrap()
    }

    pub async fn delete(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::DELETE, path).json(&body)).await.unwrap()
    }

    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::POST, path).form(fields)).await.unwrap()
    }

    pub async fn head(&self, path: &str) -> Answer {
        self.send(self.request(Method::HEAD, path)).await.unwrap()
    }

    /// Uploads through the composer.
    pub async fn upload(&self, name: &str, content: impl Into<Bytes>) -> Answer {
        let content: Bytes = content.into();
        let file = reqwest::multipart::Part::stream(reqwest::Body::from(content)).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new().text("upload_type", "composer").part("file", file);
        self.send(self.request(Method::POST, "/uploads.json").multipart(form)).await.unwrap()
    }
}
