//! Links to large-file services. They are shown to an engineer; nothing here fetches them.

use custody_core::ports::FileService;
use url::{Host, Url};

/// Longer addresses are nobody's link.
const LONGEST: usize = 2048;

/// The service that an address leads to, if it is one that people send files by.
pub(super) fn service(address: &str) -> Option<(FileService, String)> {
    let address = address.trim();
    if address.len() > LONGEST {
        return None;
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let Some(Host::Domain(host)) = url.host() else { return None };
    let of = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|below| below.ends_with('.'));
    let service = if of("dropbox.com") || of("db.tt") || of("dropboxusercontent.com") {
        FileService::Dropbox
    } else if host == "drive.google.com" || host == "docs.google.com" || host == "drive.usercontent.google.com" {
        FileService::GoogleDrive
    } else if of("1drv.ms") || host == "onedrive.live.com" || of("sharepoint.com") {
        FileService::OneDrive
    } else if of("wetransfer.com") || host == "we.tl" {
        FileService::WeTransfer
    } else if is_bucket(host) {
        FileService::AmazonS3
    } else {
        return None;
    };
    // The page of a service that names no file is an advertisement, not a delivery.
    let names_something = url.path().trim_matches('/').len() > 1 || url.query().is_some();
    names_something.then(|| (service, String::from(url)))
}

/// `bucket.s3.region.amazonaws.com`, `s3.region.amazonaws.com/bucket` and the older `bucket.s3-region.amazonaws.com`.
fn is_bucket(host: &str) -> bool {
    host.strip_suffix(".amazonaws.com")
        .or_else(|| host.strip_suffix(".amazonaws.com.cn"))
        .is_some_and(|below| below.split('.').any(|part| part == "s3" || part.starts_with("s3-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_services_are_recognised_and_others_are_not() {
        for (address, expected) in [
            ("https://www.dropbox.com/s/abc/dump.zip?dl=0", FileService::Dropbox),
            ("https://drive.google.com/file/d/1aB/view", FileService::GoogleDrive),
            ("https://1drv.ms/u/s!Ab", FileService::OneDrive),
            ("https://contoso-my.sharepoint.com/:u:/g/personal/x", FileService::OneDrive),
            ("https://we.tl/t-Ab12", FileService::WeTransfer),
            ("https://wetransfer.com/downloads/abc/def", FileService::WeTransfer),
            ("https://logs.s3.eu-west-1.amazonaws.com/dump.zip?X-Amz-Signature=1", FileService::AmazonS3),
            ("https://s3.amazonaws.com/logs/dump.zip", FileService::AmazonS3),
            ("https://logs.s3-eu-west-1.amazonaws.com/dump.zip", FileService::AmazonS3),
        ] {
            assert_eq!(service(address).map(|(service, _)| service), Some(expected), "{address}");
        }
        for other in [
            "https://www.dropbox.com/",
            "https://notdropbox.com/s/abc",
            "https://dropbox.com.evil.example/s/abc",
            "https://ec2.amazonaws.com/x",
            "https://google.com/search?q=drive.google.com",
            "javascript:alert('https://we.tl/t-x')",
            "ftp://we.tl/t-x",
            "we.tl/t-x",
        ] {
            assert_eq!(service(other), None, "{other}");
        }
    }
}
