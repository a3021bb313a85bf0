//! Sends a stored file, from disk, piece by piece.

use std::io::SeekFrom;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::store::Upload;
use crate::forum::answers::Outcome;
use crate::forum::refusal::Refusal;

/// How a file is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// `Range` is honoured.
    pub ranges: bool,
    /// To be shown in the browser rather than saved.
    pub inline: bool,
}

const PIECE: usize = 64 * 1024;

/// The whole file, or the range asked for where ranges are honoured.
pub(crate) async fn file(upload: &Upload, headers: &HeaderMap, manner: Manner) -> Outcome {
    let mut source = tokio::fs::File::open(&upload.file).await.map_err(|_| Refusal::Trouble)?;
    let wanted = manner
        .ranges
        .then(|| headers.get(header::RANGE)?.to_str().ok())
        .flatten()
        .and_then(|text| range(text, upload.size));
    let (start, length) = wanted.unwrap_or((0, upload.size));
    if start > 0 {
        source.seek(SeekFrom::Start(start)).await.map_err(|_| Refusal::Trouble)?;
    }
    let body = Body::from_stream(ReaderStream::with_capacity(source.take(length), PIECE));
    let mut response = Response::new(body);
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&upload.extension)));
    let place = if manner.inline { "inline" } else { "attachment" };
    if let Ok(value) = HeaderValue::from_str(&disposition(place, &upload.original_filename)) {
        answer.insert(header::CONTENT_DISPOSITION, value);
    }
    if manner.ranges {
        answer.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    if wanted.is_some() {
        let last = start + length - 1;
        if let Ok(value) = HeaderValue::from_str(&format!("bytes {start}-{last}/{}", upload.size)) {
            answer.insert(header::CONTENT_RANGE, value);
        }
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// Start and length of `bytes=a-b`, `bytes=a-` or `bytes=-n`; anything else asks for the whole.
fn range(text: &str, size: u64) -> Option<(u64, u64)> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let last = size.checked_sub(1)?;
    let (start, end) = match (from.trim(), to.trim()) {
        ("", count) => (size.saturating_sub(count.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, to.parse::<u64>().ok()?.min(last)),
    };
    (start <= end).then(|| (start, end - start + 1))
}

fn media_type(extension: &str) -> &'static str {
    match extension {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "html" | "htm" => "text/html",
        "txt" | "log" => "text/plain",
        "json" => "application/json",
        "zip" => "application/zip",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// Both spellings of the name, as Rails writes them.
fn disposition(place: &str, name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
    format!(
        "{place}; filename=\"{}\"; filename*=UTF-8''{}",
        escaped(&plain, b" !#$+.^_`|~-"),
        escaped(name, b"!#$&+.^_`|~-")
    )
}

fn escaped(text: &str, kept: &[u8]) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_quotes_and_other_scripts_stay_inside_the_header() {
        assert_eq!(
            disposition("attachment", "report.zip"),
            "attachment; filename=\"report.zip\"; filename*=UTF-8''report.zip"
        );
        assert_eq!(
            disposition("attachment", "a\"b;報.log"),
            "attachment; filename=\"a%22b%3B%3F.log\"; filename*=UTF-8''a%22b%3B%E5%A0%B1.log"
        );
    }

    #[test]
    fn ranges_outside_the_file_ask_for_the_whole() {
        assert_eq!(range("bytes=0-9", 100), Some((0, 10)));
        assert_eq!(range("bytes=90-", 100), Some((90, 10)));
        assert_eq!(range("bytes=-5", 100), Some((95, 5)));
        assert_eq!(range("bytes=50-500", 100), Some((50, 50)));
        assert_eq!(range("bytes=100-", 100), None);
        assert_eq!(range("bytes=0-", 0), None);
        assert_eq!(range("lines=1-2", 100), None);
    }
}
