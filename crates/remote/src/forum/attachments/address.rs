//! Which upload of the forum an address means.

use url::Url;

use crate::forum::base62;

/// Longer addresses are no uploads of a forum.
const LONGEST: usize = 2048;

/// An upload and where the forum serves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Upload {
    /// The forum's key in base 62 if it can be told, else the path: the same for all forms of address of one upload.
    pub key: String,
    /// Absolute path on the forum.
    pub path: String,
    /// The last part of the address, for a file that has no other name.
    pub last: String,
    /// The extension, without the dot.
    pub extension: Option<String>,
}

/// How sure the markup makes us that an address is an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// The forum marked it as an upload, or shows it as an image or a film: other hosts may be its storage or CDN.
    Marked,
    /// Any link: only addresses of the forum itself count.
    Bare,
}

/// The upload that an attribute of a post at the forum of `base` points to.
pub(super) fn upload(base: &Url, address: &str, markup: Markup) -> Option<Upload> {
    let address = address.trim();
    if address.len() > LONGEST {
        return None;
    }
    if let Some(short) = address.strip_prefix("upload://") {
        return short_form(base, short);
    }
    let url = base.join(address).ok()?;
    if !matches!(url.scheme(), "https" | "http") || is_disguised(url.path()) {
        return None;
    }
    let root = base.path().trim_end_matches('/');
    let below = match url.path().strip_prefix(root) {
        Some(below) if below.starts_with('/') => below,
        _ => url.path(),
    };
    if is_same_site(base, &url) {
        return on_forum(base, below);
    }
    if markup == Markup::Bare {
        return None;
    }
    // A CDN serves the forum's own paths; a storage has the tree of uploads alone.
    on_forum(base, below).or_else(|| {
        let (tree, last) = url.path().rsplit_once('/')?;
        let is_tree = tree.split('/').any(|part| matches!(part, "original" | "optimized"));
        let (sha1, extension) = sha1_of(last)?;
        is_tree.then(|| by_sha1(base, &sha1, extension))
    })
}

/// The upload of a key in base 62, with the extension of a shown address.
pub(super) fn by_key(base: &Url, key: &str, shown: Option<&Upload>) -> Option<Upload> {
    let sha1 = base62::decode(key)?;
    Some(by_sha1(base, &sha1, shown.and_then(|shown| shown.extension.as_deref())))
}

/// `below` is a path below the forum's root.
fn on_forum(base: &Url, below: &str) -> Option<Upload> {
    let parts: Vec<&str> = below.trim_start_matches('/').split('/').collect();
    let last = *parts.last()?;
    if last.is_empty() {
        return None;
    }
    match parts.as_slice() {
        ["uploads", "short-url", short] => short_form(base, short),
        ["secure-uploads" | "secure-media-uploads", _, ..] => Some(as_it_stands(base, below, last)),
        // Thumbnails made by the forum: the file itself is meant.
        ["uploads", _, "optimized", ..] => {
            let (sha1, extension) = sha1_of(last)?;
            Some(by_sha1(base, &sha1, extension))
        }
        ["uploads", _, part, ..] if part.starts_with('_') => None,
        ["uploads", "tombstone", ..] => None,
        ["uploads", _, _, ..] => Some(as_it_stands(base, below, last)),
        _ => None,
    }
}

fn as_it_stands(base: &Url, below: &str, last: &str) -> Upload {
    let path = rooted(base, below.trim_start_matches('/'));
    let (_, extension) = stem_and_extension(last);
    let key = sha1_of(last).map_or_else(|| path.clone(), |(sha1, _)| base62::encode(&sha1));
    Upload { key, path, last: last.to_owned(), extension: extension.map(str::to_owned) }
}

/// `<base62>.<extension>`
fn short_form(base: &Url, short: &str) -> Option<Upload> {
    let short = short.split(['?', '#']).next().unwrap_or_default();
    let (key, extension) = stem_and_extension(short);
    let sha1 = base62::decode(key)?;
    Some(by_sha1(base, &sha1, extension))
}

fn by_sha1(base: &Url, sha1: &[u8; 20], extension: Option<&str>) -> Upload {
    let key = base62::encode(sha1);
    let last = match extension {
        Some(extension) => format!("{key}.{extension}"),
        None => key.clone(),
    };
    Upload {
        key,
        path: rooted(base, &format!("uploads/short-url/{last}")),
        last,
        extension: extension.map(str::to_owned),
    }
}

fn rooted(base: &Url, below: &str) -> String {
    format!("{}/{below}", base.path().trim_end_matches('/'))
}

/// The first dot parts them: a key has none. An extension with anything but letters and digits is not carried on.
fn stem_and_extension(last: &str) -> (&str, Option<&str>) {
    match last.split_once('.') {
        Some((stem, extension)) => {
            let is_plain = !extension.is_empty()
                && extension.len() <= 32
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
                && !extension.contains("..");
            (stem, is_plain.then_some(extension))
        }
        None => (last, None),
    }
}

/// The SHA-1 in `<sha1>.png` and `<sha1>_2_690x388.png`.
fn sha1_of(last: &str) -> Option<([u8; 20], Option<&str>)> {
    let (stem, extension) = stem_and_extension(last);
    let digits = stem.split('_').next()?;
    let mut sha1 = [0; 20];
    hex::decode_to_slice(digits, &mut sha1).ok()?;
    Some((sha1, extension))
}

/// The same host, whether or not the post is older than the site's TLS.
fn is_same_site(base: &Url, url: &Url) -> bool {
    base.host() == url.host()
        && (base.port_or_known_default() == url.port_or_known_default()
            || (base.port().is_none() && url.port().is_none()))
}

/// Whether a path says one thing here and may say another thing to the server.
fn is_disguised(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["%2f", "%5c", "%2e", "%00", "\\"].iter().any(|sign| path.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "bda2c513e1da04f7b4e99230851ea2aafeb8cc4e";
    const KEY: &str = "r3AYqESanERjladb4vBB7VsMBm6";

    fn found(base: &str, address: &str, markup: Markup) -> Option<(String, String)> {
        upload(&Url::parse(base).unwrap(), address, markup).map(|upload| (upload.key, upload.path))
    }

    #[test]
    fn every_form_of_address_leads_to_the_same_upload_on_the_forum() {
        use Markup::{Bare, Marked};
        let short = format!("/uploads/short-url/{KEY}.zip");
        for (address, markup, path) in [
            (format!("upload://{KEY}.zip"), Marked, short.clone()),
            (format!("/uploads/short-url/{KEY}.zip"), Bare, short.clone()),
            (format!("/uploads/short-url/{KEY}.zip?dl=1"), Bare, short.clone()),
            (format!("https://forum.example/uploads/short-url/{KEY}.zip"), Bare, short.clone()),
            (
                format!("/secure-uploads/original/3X/b/d/{HEX}.zip"),
                Bare,
                format!("/secure-uploads/original/3X/b/d/{HEX}.zip"),
            ),
            (
                format!("/secure-media-uploads/original/3X/b/d/{HEX}.zip"),
                Bare,
                format!("/secure-media-uploads/original/3X/b/d/{HEX}.zip"),
            ),
            (
                format!("//forum.example/uploads/default/original/1X/{HEX}.zip"),
                Bare,
                format!("/uploads/default/original/1X/{HEX}.zip"),
            ),
            (
                format!("http://forum.example/uploads/default/original/1X/{HEX}.zip"),
                Bare,
                format!("/uploads/default/original/1X/{HEX}.zip"),
            ),
            (format!("/uploads/default/{HEX}"), Bare, format!("/uploads/default/{HEX}")),
            (format!("/uploads/default/optimized/1X/{HEX}_2_690x388.zip"), Bare, short.clone()),
            (
                format!("//cdn.example/uploads/default/original/1X/{HEX}.zip"),
                Marked,
                format!("/uploads/default/original/1X/{HEX}.zip"),
            ),
            (format!("https://bucket.s3.dualstack.eu.amazonaws.com/original/3X/b/d/{HEX}.zip"), Marked, short.clone()),
            (format!("https://bucket.example/forum/optimized/3X/b/d/{HEX}_2_10x10.zip"), Marked, short.clone()),
        ] {
            assert_eq!(found("https://forum.example/", &address, markup), Some((KEY.to_owned(), path)), "{address}");
        }
    }

    #[test]
    fn an_upload_from_before_content_addressing_is_known_by_its_path() {
        let path = "/uploads/default/123/0123456789abcdef.zip".to_owned();
        assert_eq!(found("https://forum.example/", &path, Markup::Bare), Some((path.clone(), path)));
    }

    #[test]
    fn a_forum_under_a_folder_keeps_it() {
        let base = "https://example.com/forum/";
        let path = format!("/forum/uploads/short-url/{KEY}.zip");
        for address in [path.clone(), format!("/uploads/short-url/{KEY}.zip"), format!("upload://{KEY}.zip")] {
            assert_eq!(found(base, &address, Markup::Bare), Some((KEY.to_owned(), path.clone())), "{address}");
        }
    }

    #[test]
    fn nothing_but_uploads_of_the_forum_is_an_attachment() {
        for address in [
            "https://evil.example/payload.zip",
            "https://evil.example/original/1X/payload.zip",
            "https://evil.example/bda2c513e1da04f7b4e99230851ea2aafeb8cc4e.zip",
            "/admin/backups/site.tar.gz",
            "/uploads/../admin/backups/site.tar.gz",
            "/uploads/default/%2e%2e/%2e%2e/admin",
            "/uploads/default/..%2fadmin/backups",
            "/uploads/short-url/%00",
            "/uploads/short-url/not-base-62.zip",
            "/uploads/tombstone/default/original/1X/x.zip",
            "/uploads/default/_emoji/smile.png",
            "/uploads/",
            "javascript:alert(1)",
            "data:text/plain,x",
            "file:///etc/passwd",
            "upload://",
            "upload://ZZZZZZZZZZZZZZZZZZZZZZZZZZZ.zip",
            "http://[broken",
            "",
        ] {
            assert_eq!(found("https://forum.example/", address, Markup::Marked), None, "{address}");
        }
        let foreign = format!("https://cdn.example/uploads/default/original/1X/{HEX}.zip");
        assert_eq!(found("https://forum.example/", &foreign, Markup::Bare), None);
    }
}
