//! Any bytes as the HTML of a post.

use custody_remote::forum::attachments::{LONGEST_POST, read};
use url::Url;

/// Reads them and checks what must hold for every post.
///
/// # Panics
/// When something does not hold.
pub fn drive(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let base = Url::parse("https://forum.example/community").unwrap_or_else(|_| unreachable!());
    match read(&base, 7, &html) {
        Ok(read) => {
            assert!(read.attachments.len() <= html.len(), "a file needs a mark that names it");
            assert!(read.own_text.reveal().len() <= 8 * html.len() + 1024, "a text does not grow out of nothing");
        }
        Err(_) => assert!(html.len() > LONGEST_POST || html.len() > 4096, "a short post is always read"),
    }
}
