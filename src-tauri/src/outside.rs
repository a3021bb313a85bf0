//! What a window needs of the system around it: a browser, a choice of folders, and the place of releases. The program gives
//! the real ones; a test gives its own.

use std::{future::Future, path::PathBuf, pin::Pin};

use serde::Serialize;
use ts_rs::TS;
use url::Url;

/// An answer that takes a while.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The system around the window.
pub trait Outside: Send + Sync {
    /// Opens a page in the person's browser.
    fn browse(&self, page: &Url) -> std::io::Result<()>;

    /// Starts this program once more, on a practice desk.
    fn practise(&self) -> std::io::Result<()>;

    /// Lets a person choose a folder; nothing if they choose none.
    fn choose_folder(&self) -> Later<Option<PathBuf>>;

    /// Lets a person choose files; none if they choose none.
    fn choose_files(&self) -> Later<Vec<PathBuf>>;

    /// Asks where releases are whether there is a newer one.
    fn newest(&self) -> Later<Result<Option<String>, UpdateProblem>>;
}

/// Why it is not known whether there is a newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UpdateProblem {
    /// The server does not answer.
    Unreachable,
    /// It answers, but not with a release for this system.
    NoRelease,
    /// What it answers is not signed by the key of this program, or makes no sense.
    NotTrusted,
}

/// Whether a page may be opened: on a server that the desk is being connected to, over TLS or on this machine.
pub fn may_browse(page: &Url, server: &Url) -> bool {
    let is_loopback = match page.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let is_same = page.host() == server.host() && page.port_or_known_default() == server.port_or_known_default();
    is_same && (page.scheme() == "https" || (page.scheme() == "http" && is_loopback))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_goes_to_the_forum_itself_and_nowhere_else() {
        let may = |page: &str, server: &str| may_browse(&page.parse().unwrap(), &server.parse().unwrap());
        assert!(may("https://forum.example.com/user-api-key/new?x=1", "https://forum.example.com/"));
        assert!(may("http://127.0.0.1:4711/activate", "http://127.0.0.1:4711/"));
        for page in [
            "https://evil.example/",
            "http://forum.example.com/",
            "https://forum.example.com:8443/",
            "https://forum.example.com.evil.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "custody://forum/signed-in",
        ] {
            assert!(!may(page, "https://forum.example.com/"), "{page} is not opened");
        }
    }
}
