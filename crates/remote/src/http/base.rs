//! The address that a server's pages lie below.

use url::Url;

use super::is_allowed;

/// The address with one slash at its end: TLS or this machine, a host and at most a folder.
pub(crate) fn checked_base(mut url: Url) -> Option<Url> {
    if !is_allowed(&url) || url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_host_and_folder_over_tls() {
        let base = |text: &str| checked_base(Url::parse(text).unwrap()).map(String::from);
        assert_eq!(base("https://forum.example").as_deref(), Some("https://forum.example/"));
        assert_eq!(base("https://example.com/forum").as_deref(), Some("https://example.com/forum/"));
        assert_eq!(base("http://127.0.0.1:3000").as_deref(), Some("http://127.0.0.1:3000/"));
        for bad in
            ["http://forum.example", "https://u:p@forum.example", "https://forum.example/?x=1", "ftp://forum.example"]
        {
            assert_eq!(base(bad), None, "{bad}");
        }
    }
}
