//! A server that says what it is told, for answers the practice forum does not give.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Answers by path (query included); what it was not told is a 404.
#[derive(Clone)]
pub struct Script {
    pub base: String,
    lines: Arc<Mutex<HashMap<String, Line>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

#[derive(Clone)]
struct Line {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// Names and values of all headers, lower case.
    pub head: String,
}

impl Script {
    /// Starts a server that knows the engineer with number 3.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let script = Self { base, lines: Arc::default(), asked: Arc::default() };
        let server = script.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                tokio::spawn(async move { server.serve(stream).await });
            }
        });
        script.json(
            "/session/current.json",
            r#"{"current_user":{"id":3,"username":"bob","staff":true,"groups":[{"id":41,"name":"support","has_messages":true}]}}"#,
        );
        script
    }

    pub fn json(&self, path: &str, body: &str) {
        self.say(path, 200, "Content-Type: application/json\r\n", body);
    }

    pub fn say(&self, path: &str, status: u16, headers: &str, body: &str) {
        let line = Line { status, headers: headers.to_owned(), body: body.as_bytes().to_vec() };
        self.lines.lock().unwrap().insert(path.to_owned(), line);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    async fn serve(&self, mut stream: TcpStream) -> Option<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.ok()?);
        }
        let head = String::from_utf8(head).ok()?;
        let path = head.split(' ').nth(1)?.to_owned();
        let length = head
            .lines()
            .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        self.asked.lock().unwrap().push(Asked { path: path.clone(), head: head.to_lowercase() });
        let line = self.lines.lock().unwrap().get(&path).cloned();
        let line = line.unwrap_or(Line { status: 404, headers: String::new(), body: b"{}".to_vec() });
        let answer = format!(
            "HTTP/1.1 {} X\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n",
            line.status,
            line.headers,
            line.body.len()
        );
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.write_all(&line.body).await.ok()?;
        stream.shutdown().await.ok()
    }
}
