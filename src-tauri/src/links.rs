//! Links that lead into the window: `custody://…`. Anybody can write one, so each is parsed whole, and does no more than to
//! show something.

use custody_core::{
    Private,
    id::{CaseId, ReceiptId},
};
use url::{Host, Url};

/// Their scheme, as the bundles register it.
pub const SCHEME: &str = "custody";

/// The longest link there is: what a forum sends along when somebody signed in.
const LONGEST: usize = 8 * 1024;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Link {
    /// `custody://case/<id>`
    Case(CaseId),
    /// `custody://receipt/<id>`
    Receipt(ReceiptId),
    /// `custody://attention`
    Attention,
    /// `custody://forum/signed-in?payload=…`: what the forum answers, encrypted for this desk alone.
    SignedIn(Private<String>),
}

/// A text that is no link of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no link of Custody")]
pub struct NotALink;

impl Link {
    /// Whether this is meant to be a link of ours, well-formed or not.
    pub fn is_meant(text: &str) -> bool {
        text.get(..SCHEME.len() + 1).is_some_and(|start| start.eq_ignore_ascii_case("custody:"))
    }

    /// Parses a link.
    ///
    /// # Errors
    /// [`NotALink`] for everything that is not exactly one of the four.
    pub fn parse(text: &str) -> Result<Self, NotALink> {
        if text.len() > LONGEST || text.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
            return Err(NotALink);
        }
        let url = Url::parse(text).map_err(|_| NotALink)?;
        let is_plain = url.scheme() == SCHEME
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none()
            && url.fragment().is_none();
        let Some(Host::Domain(host)) = url.host().filter(|_| is_plain) else { return Err(NotALink) };
        match (host, url.path(), url.query()) {
            ("attention", "" | "/", None) => Ok(Self::Attention),
            ("case", path, None) => id(path).map(Self::Case),
            ("receipt", path, None) => id(path).map(Self::Receipt),
            ("forum", "/signed-in", Some(_)) => payload(&url).map(Self::SignedIn),
            _ => Err(NotALink),
        }
    }
}

/// The one id that makes up a path.
fn id<Id: std::str::FromStr>(path: &str) -> Result<Id, NotALink> {
    path.strip_prefix('/').and_then(|id| id.parse().ok()).ok_or(NotALink)
}

/// The one thing in the query: a text in Base64. A plus sign may have been read as a space on its way.
fn payload(url: &Url) -> Result<Private<String>, NotALink> {
    let mut pairs = url.query_pairs();
    let (Some((name, value)), None) = (pairs.next(), pairs.next()) else { return Err(NotALink) };
    let value = value.replace(' ', "+");
    let is_base64 =
        |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'=' | b'-' | b'_' | b'\n');
    if name == "payload" && !value.is_empty() && value.bytes().all(is_base64) {
        Ok(Private::new(value))
    } else {
        Err(NotALink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_link_leads_to_what_it_names() {
        assert_eq!(Link::parse(&format!("custody://case/{ID}")), Ok(Link::Case(ID.parse().unwrap())));
        assert_eq!(Link::parse(&format!("custody://receipt/{ID}")), Ok(Link::Receipt(ID.parse().unwrap())));
        for text in ["custody://attention", "custody://attention/", "CUSTODY://attention"] {
            assert_eq!(Link::parse(text), Ok(Link::Attention), "{text}");
        }
    }

    #[test]
    fn what_a_forum_sends_along_comes_whole_and_is_not_printed() {
        let link = Link::parse("custody://forum/signed-in?payload=aGVsbG8%2BIHdvcmxk%0AZg%3D%3D").unwrap();
        let Link::SignedIn(payload) = &link else { panic!("{link:?}") };
        assert_eq!(payload.reveal(), "aGVsbG8+IHdvcmxk\nZg==");
        assert!(!format!("{link:?}").contains("aGVs"));
        assert_eq!(Link::parse("custody://forum/signed-in?payload=a+b"), Ok(Link::SignedIn("a+b".to_owned().into())));
    }

    #[test]
    fn whatever_is_not_exactly_a_link_is_none() {
        let long = format!("custody://forum/signed-in?payload={}", "a".repeat(LONGEST));
        for text in [
            "",
            "custody:",
            "custody://",
            "custody:attention",
            "custody://case",
            "custody://case/",
            "custody://case/../attention",
            "custody://case/0123",
            "custody://case/%30123456789abcdef0123456789abcdef",
            &format!("custody://case/{ID}/"),
            &format!("custody://case/{ID}/files"),
            &format!("custody://case/{ID}?erase=1"),
            &format!("custody://case/{ID}#erase"),
            &format!("custody://user@case/{ID}"),
            &format!("custody://user:word@case/{ID}"),
            &format!("custody://case:80/{ID}"),
            &format!("https://case/{ID}"),
            &format!("custody://case/{ID} --practice"),
            &format!("custody://case/{ID}\u{202e}"),
            &format!(" custody://case/{ID}"),
            &format!("custody://case/{ID}\n"),
            "custody://attention/all",
            "custody://attention?x",
            "custody://settings",
            "custody://forum/signed-in",
            "custody://forum/signed-in?payload=",
            "custody://forum/signed-in?payload=<script>",
            "custody://forum/signed-in?payload=a&payload=b",
            "custody://forum/signed-in?payload=a&client=b",
            "custody://forum/signed-out?payload=a",
            "custody://[::1]/signed-in?payload=a",
            &long,
        ] {
            assert_eq!(Link::parse(text), Err(NotALink), "{text}");
        }
    }

    #[test]
    fn a_broken_link_of_ours_is_told_from_other_words() {
        for meant in ["custody://nowhere", "Custody:x", "custody://case/../../x"] {
            assert!(Link::is_meant(meant), "{meant}");
        }
        for other in ["--practice", "custodyx://a", "https://custody:1", "é", ""] {
            assert!(!Link::is_meant(other), "{other}");
        }
    }
}
