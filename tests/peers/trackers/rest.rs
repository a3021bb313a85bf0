//! Just enough of HTTP to play an administrator of a tracker.

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

/// Asks the way HTTP 1.0 does, which no server answers in pieces. Gives status and JSON, if there is any.
pub async fn call(method: &str, url: &str, key: &str, body: Option<Value>) -> (u16, Value) {
    let url = Url::parse(url).unwrap();
    let (host, port) = (url.host_str().unwrap(), url.port().unwrap());
    let body = body.map_or_else(String::new, |body| body.to_string());
    let mut stream = TcpStream::connect((host, port)).await.unwrap();
    let head = format!(
        "{method} {} HTTP/1.0\r\nHost: {host}:{port}\r\n{key}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        url.path(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}
