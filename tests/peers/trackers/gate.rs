//! Stands before a tracker and, while it is told to, answers in its place: as a proxy does whose server is down.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// The requests that are refused: those whose first line contains this.
type Refused = Arc<Mutex<Option<&'static str>>>;

pub struct Gate {
    pub url: Url,
    refused: Refused,
}

impl Gate {
    /// Open, before the server at this address.
    pub async fn before(server: &str) -> Self {
        let server = Url::parse(server).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let refused = Refused::default();
        let theirs = refused.clone();
        tokio::spawn(async move {
            loop {
                let Ok((client, _)) = listener.accept().await else { return };
                tokio::spawn(pass(client, server.clone(), theirs.clone()));
            }
        });
        Self { url, refused }
    }

    /// From now on, requests whose first line contains this are answered with 500: all of them, if it is empty.
    pub fn refuse(&self, part: &'static str) {
        *self.refused.lock().unwrap() = Some(part);
    }

    pub fn open(&self) {
        *self.refused.lock().unwrap() = None;
    }
}

/// One request, which has no body: the desk only asks. An error ends the connection, as it does between servers.
async fn pass(mut client: TcpStream, server: Url, refused: Refused) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    let head = String::from_utf8(head).unwrap();
    let (first, fields) = head.split_once("\r\n").unwrap();
    let is_refused = refused.lock().unwrap().is_some_and(|part| first.contains(part));
    if is_refused {
        return client
            .write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            .await;
    }
    let mut server = TcpStream::connect((server.host_str().unwrap(), server.port().unwrap())).await?;
    server.write_all(format!("{first}\r\nConnection: close\r\n{fields}").as_bytes()).await?;
    tokio::io::copy(&mut server, &mut client).await?;
    client.shutdown().await
}
