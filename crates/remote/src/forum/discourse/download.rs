//! The bytes of an attachment, and whether the forum still has them.

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::ports::{AttachmentRef, ByteSource, Download, Fault, ForumCopy, PortError, PortResult};
use reqwest::{Method, StatusCode};
use url::Url;

use super::{DiscourseForum, api};
use crate::{
    forum::base62,
    http::{Answer, Call, Failure, Follow, budget::Purpose},
};

const ROUTE: &str = "upload.show";

impl DiscourseForum {
    pub(super) async fn begin_download(&self, attachment: &AttachmentRef) -> PortResult<Download> {
        let url = self.upload_address(attachment)?;
        let sha1 = self.announced_sha1(attachment, &url).await?;
        let answer = self.fetch(url.clone()).await?;
        match answer.status() {
            StatusCode::OK => {}
            // The storage's own refusals say nothing about us: its addresses expire after minutes.
            status if !answer.is_inside && status != StatusCode::NOT_FOUND => {
                return Err(PortError::try_again(Fault::ServerTrouble)
                    .because(Failure::Status { route: ROUTE, status: status.as_u16() }));
            }
            _ => return Err(self.refused(Purpose::Download, answer).await),
        }
        if answer.is_page() && !may_be_a_page(&url) {
            return Err(Failure::of_sense(ROUTE, "a page where a file was asked for"));
        }
        let length = answer.length();
        Ok(Download { length, sha1, body: Box::new(Body { answer, length, counted: 0, is_over: false }) })
    }

    /// Whether the forum still serves an attachment. That it does not is said only while it knows us and shows us the post.
    pub(super) async fn look_for(&self, attachment: &AttachmentRef) -> PortResult<ForumCopy> {
        let url = self.upload_address(attachment)?;
        let answer = self.fetch(url).await?;
        let is_inside = answer.is_inside;
        let status = answer.status();
        if status == StatusCode::OK {
            return Ok(ForumCopy::Served);
        }
        let unproven = || {
            PortError::needs_person(Fault::NotProven).because(Failure::Status { route: ROUTE, status: status.as_u16() })
        };
        if !is_inside {
            // The forum sent us on, so it knows the file; that its storage refuses proves nothing.
            return Err(unproven());
        }
        if status != StatusCode::NOT_FOUND && status != StatusCode::GONE {
            return Err(self.refused(Purpose::Download, answer).await);
        }
        drop(answer);
        self.make_sure_of_account().await?;
        let post = self.page(&["posts", &attachment.post.to_string()]);
        match self.ask_json::<api::SinglePost>(Purpose::Reading, "post.show", Method::GET, post, None).await {
            Ok(post) if post.topic_id > 0 => Ok(ForumCopy::Gone),
            Ok(_) => Err(unproven()),
            Err(error) if matches!(error.fault, Fault::NotFound | Fault::NotAllowed) => Err(unproven()),
            Err(error) => Err(error),
        }
    }

    /// Whether anybody who knows the address gets the file. No credentials go along, so it costs nothing of the key's budget
    /// on the forum; it is counted all the same.
    pub(super) async fn is_served_without_key(&self, attachment: &AttachmentRef) -> PortResult<bool> {
        let url = self.upload_address(attachment)?;
        let call = Call {
            route: "upload.probe",
            method: Method::GET,
            url: url.clone(),
            secrets: &[],
            realm: &self.uploads,
            follow: Follow::Anywhere,
            body: None,
        };
        let answer = match self.send(Purpose::Download, call).await {
            Ok(answer) => answer,
            // Sent to a page of the site: to log in.
            Err(error) if error.fault == Fault::BadRedirect => return Ok(false),
            Err(error) => return Err(error),
        };
        match answer.status() {
            StatusCode::OK => Ok(!answer.is_page() || may_be_a_page(&url)),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => Ok(false),
            _ => Err(self.refused(Purpose::Download, answer).await),
        }
    }

    async fn fetch(&self, url: Url) -> PortResult<Answer> {
        let call = Call {
            route: ROUTE,
            method: Method::GET,
            url,
            secrets: &self.secrets,
            realm: &self.uploads,
            follow: Follow::Anywhere,
            body: None,
        };
        self.send(Purpose::Download, call).await
    }

    /// Only the forum's own addresses of uploads are fetched; where the bytes really lie is for the forum to say.
    fn upload_address(&self, attachment: &AttachmentRef) -> PortResult<Url> {
        self.settings.base_url.join(attachment.url.reveal()).ok().filter(|url| self.uploads.covers(url)).ok_or_else(
            || {
                PortError::not_possible(Fault::NotAllowed)
                    .because(Failure::Unexpected { route: ROUTE, what: "not an address of an upload on this forum" })
            },
        )
    }

    async fn announced_sha1(&self, attachment: &AttachmentRef, url: &Url) -> PortResult<Option<[u8; 20]>> {
        let Some(sha1) = base62::decode(attachment.upload.reveal()) else { return Ok(None) };
        let is_secure = url.path().contains("/secure-uploads/") || url.path().contains("/secure-media-uploads/");
        if is_secure || !self.sha1_is_of_content().await? {
            return Ok(None);
        }
        Ok(Some(sha1))
    }
}

/// Whether an HTML page can be the customer's own file.
fn may_be_a_page(url: &Url) -> bool {
    let last = url.path().rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    match last.rsplit_once('.') {
        Some((_, extension)) => matches!(extension, "html" | "htm" | "xhtml" | "shtml" | "mhtml"),
        None => true,
    }
}

/// The bytes of a file, counted.
struct Body {
    answer: Answer,
    length: Option<u64>,
    counted: u64,
    is_over: bool,
}

#[async_trait]
impl ByteSource for Body {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        if self.is_over {
            return Ok(None);
        }
        match self.answer.piece().await {
            Ok(Some(piece)) => {
                self.counted += piece.len() as u64;
                if self.length.is_some_and(|length| self.counted > length) {
                    return Err(self.wrong_length());
                }
                Ok(Some(piece))
            }
            Ok(None) => {
                self.is_over = true;
                if self.length.is_some_and(|length| self.counted != length) {
                    return Err(self.wrong_length());
                }
                Ok(None)
            }
            Err(error) if error.is_timeout() => Err(Failure::of_transport(ROUTE, &error)),
            Err(_) => Err(self.wrong_length()),
        }
    }
}

impl Body {
    fn wrong_length(&mut self) -> PortError {
        self.is_over = true;
        PortError::try_again(Fault::WrongLength).because(Failure::Length {
            route: ROUTE,
            counted: self.counted,
            announced: self.length.unwrap_or_default(),
        })
    }
}
