//! A server that says what it is told.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What is said to a query.
type Answers = Arc<dyn Fn(&str) -> Line + Send + Sync>;

/// Answers by path; what it was not told is a 404.
#[derive(Clone)]
pub struct Server {
    pub base: String,
    routes: Arc<Mutex<HashMap<String, Answers>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Line {
    pub status: u16,
    pub headers: String,
    pub body: String,
}

impl Line {
    pub fn json(body: impl Into<String>) -> Self {
        Self::new(200, "Content-Type: application/json\r\n", body)
    }

    pub fn new(status: u16, headers: &str, body: impl Into<String>) -> Self {
        Self { status, headers: headers.to_owned(), body: body.into() }
    }
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub query: String,
    /// Names and values of all headers; the names in lower case.
    pub head: String,
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { base, routes: Arc::default(), asked: Arc::default() };
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = shared.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        server
    }

    /// Says this to whoever asks for the path.
    pub fn say(&self, path: &str, line: Line) {
        self.answer(path, move |_| line.clone());
    }

    pub fn json(&self, path: &str, body: impl Into<String>) {
        self.say(path, Line::json(body));
    }

    /// Answers the path by what is asked.
    pub fn answer(&self, path: &str, answers: impl Fn(&str) -> Line + Send + Sync + 'static) {
        self.routes.lock().unwrap().insert(path.to_owned(), Arc::new(answers));
    }

    /// What was asked since the last time.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).ok()?;
        let target = head.split(' ').nth(1)?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        self.asked.lock().unwrap().push(Asked { path: path.to_owned(), query: query.to_owned(), head: head.clone() });
        let answers = self.routes.lock().unwrap().get(path).cloned();
        let line = answers.map_or_else(|| Line::new(404, "", "{}"), |answers| answers(query));
        let start = format!(
            "HTTP/1.1 {} X\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n",
            line.status,
            line.headers,
            line.body.len()
        );
        stream.write_all(start.as_bytes()).await.ok()?;
        stream.write_all(line.body.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()
    }
}
