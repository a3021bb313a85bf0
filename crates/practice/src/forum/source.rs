//! Files handed to the practice forum: a name, and bytes that need never be in memory all at once.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The pieces of a file, in order.
pub type Chunks = Box<dyn Iterator<Item = Bytes> + Send>;

/// A file for a post: its name as the customer gave it, its bytes, and how the post shows it.
#[derive(Clone)]
pub struct PracticeFile {
    name: String,
    source: Arc<dyn Fn() -> Chunks + Send + Sync>,
    markup: Markup,
}

impl PracticeFile {
    /// A file from bytes already at hand.
    pub fn bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        Self::generated(name, move || Box::new(std::iter::once(content.clone())))
    }

    /// A file made while it is read. `source` must give the same pieces each time it is called.
    pub fn generated(name: impl Into<String>, source: impl Fn() -> Chunks + Send + Sync + 'static) -> Self {
        Self { name: name.into(), source: Arc::new(source), markup: Markup::Usual }
    }

    /// Chooses the markup the post shows this file in.
    #[must_use]
    pub fn shown_as(mut self, markup: Markup) -> Self {
        self.markup = markup;
        self
    }

    /// The same content under another name.
    #[must_use]
    pub fn renamed(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The name as the customer gave it; it may be hostile.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The markup the post shows this file in.
    pub fn markup(&self) -> Markup {
        self.markup
    }

    /// The content, piece by piece, from the start.
    pub fn chunks(&self) -> Chunks {
        (self.source)()
    }

    /// Size in bytes, found by reading the whole content once.
    pub fn size(&self) -> u64 {
        self.chunks().map(|chunk| chunk.len() as u64).sum()
    }

    /// SHA-256 of the content in lower-case hex, found by reading it once.
    pub fn sha256(&self) -> String {
        let mut digest = Sha256::new();
        for chunk in self.chunks() {
            digest.update(&chunk);
        }
        hex::encode(digest.finalize())
    }
}

impl fmt::Debug for PracticeFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PracticeFile").field("name", &self.name).field("markup", &self.markup).finish_non_exhaustive()
    }
}

/// The forms in which a post's HTML may show an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// What the forum would choose: by file kind, image size and storage.
    Usual,
    /// `<a class="attachment" href="/uploads/short-url/…">`
    ShortUrl,
    /// `<a class="attachment" href="/secure-uploads/original/…">`
    SecureUploads,
    /// `<a class="attachment" href="/secure-media-uploads/original/…">`, as older sites wrote it.
    SecureMediaUploads,
    /// `<a class="attachment" href="/uploads/default/original/…">`
    Direct,
    /// `<a class="attachment" href="//host/uploads/default/original/…">`
    ProtocolRelative,
    /// `<a class="attachment" href="http://storage/original/…">`: the storage's own address.
    StorageAddress,
    /// `<a class="attachment" href="/uploads/default/123/<16 hex>.zip">`, from before content addressing.
    Legacy,
    /// `<a class="attachment" href="/404" data-orig-href="upload://…">`: the upload is gone.
    Gone,
    /// A large image inside a lightbox link.
    Lightbox,
    /// A plain `<img data-base62-sha1="…">`.
    SmallImage,
    /// `<div class="video-placeholder-container" data-video-src=…>`
    VideoPlaceholder,
    /// `<video><source src=…>`
    Video,
    /// `<audio><source src=…>`
    Audio,
}
