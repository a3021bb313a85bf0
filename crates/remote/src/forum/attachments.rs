//! Reads the HTML of a post: which files belong to it, and what its author says.
//!
//! The HTML was made by the forum from what a customer wrote. It is read with the tokenizer of a real parser and without
//! its tree: hostile nesting makes trees slow, and time and memory here grow with the length of the text alone.

mod address;
mod found;
mod own_text;
mod services;
mod walk;

use custody_core::{
    Private,
    ports::{Attachment, AttachmentRef, FileLink},
};
use html5ever::{
    TokenizerResult,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tokenizer, TokenizerOpts},
};
use url::Url;

/// The longest post that is read, in bytes of HTML. Forums allow 32,000 characters as shipped.
pub const LONGEST_POST: usize = 1024 * 1024;

/// What was read of a post.
#[derive(Clone, Debug)]
pub struct Cooked {
    /// The author's own words as plain text: no quotes, no long code, no file names.
    pub own_text: Private<String>,
    /// The files that belong to the post, each once, in order.
    pub attachments: Vec<Attachment>,
    /// The author's links to large-file services, each once, in order.
    pub links: Vec<FileLink>,
}

/// Bytes handed to the tokenizer at a time.
const MOUTHFUL: usize = 512;

/// The tokenizer compares each attribute of a tag with all before it. Characters that can part attributes are counted, and
/// a tag with this many was written by nobody but an attacker.
const MOST_ATTRIBUTES: usize = 4096;

/// Why a post is not read. Reading a part of it could miss a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is longer than [`LONGEST_POST`].
    #[error("a post of more than {LONGEST_POST} bytes")]
    TooLong,
    /// One of its tags has thousands of attributes.
    #[error("a tag of thousands of attributes")]
    TooDense,
}

/// Reads the HTML of a post of the forum at `base`.
///
/// Whatever a post points to, the attachments it yields are addresses on the forum itself: where the file really lies is
/// the forum's to say when it is fetched. So a post can make nobody talk to a host of its author's choice.
pub fn read(base: &Url, post: i64, html: &str) -> Result<Cooked, Unreadable> {
    if html.len() > LONGEST_POST {
        return Err(Unreadable::TooLong);
    }
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(walk::Walk::new(base), TokenizerOpts::default());
    let (mut rest, mut tokens, mut parted) = (html, 0, 0);
    while !rest.is_empty() {
        let (mouthful, after) = rest.split_at(rest.floor_char_boundary(MOUTHFUL));
        rest = after;
        input.push_back(StrTendril::from_slice(mouthful));
        while let TokenizerResult::Script(()) = tokenizer.feed(&input) {}
        if tokenizer.sink.tokens() != tokens {
            (tokens, parted) = (tokenizer.sink.tokens(), 0);
        }
        parted += mouthful.bytes().filter(|byte| byte.is_ascii_whitespace() || b"/\"'".contains(byte)).count();
        if parted > MOST_ATTRIBUTES {
            return Err(Unreadable::TooDense);
        }
    }
    tokenizer.end();
    let walk::Finished { own_text, files, links } = tokenizer.sink.into_inner().finish();
    let attachments = files
        .into_iter()
        .map(|file| Attachment {
            reference: AttachmentRef { post, upload: Private::new(file.key), url: Private::new(file.path) },
            name: Private::new(file.name),
        })
        .collect();
    let links = links.into_iter().map(|(service, url)| FileLink { service, url: Private::new(url) }).collect();
    Ok(Cooked { own_text: Private::new(own_text), attachments, links })
}
