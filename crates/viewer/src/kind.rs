//! What kind of file it is, told by how it begins. Its name is whatever somebody typed.

use crate::{
    image::{self, Format},
    text::Encoding,
};

/// As many bytes of the beginning are looked at.
pub const HEAD: usize = 8 << 10;

/// How a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It has no bytes.
    Empty,
    /// Lines of text.
    Text(Encoding),
    /// A picture.
    Image(Format),
    /// A zip archive; documents of office programs are such archives too.
    Zip,
    /// A tar archive.
    Tar,
    /// Something packed with gzip, which may be a tar archive.
    Gzip,
    /// Bytes that are shown as such.
    Other,
}

/// The kind of a file that begins so.
pub fn kind_of(head: &[u8]) -> Kind {
    const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];
    if head.is_empty() {
        return Kind::Empty;
    }
    if let Some(format) = image::format_of(head) {
        return Kind::Image(format);
    }
    if ZIP.iter().any(|magic| head.starts_with(magic)) {
        return Kind::Zip;
    }
    if head.starts_with(b"\x1f\x8b\x08") {
        return Kind::Gzip;
    }
    if is_tar(head) {
        return Kind::Tar;
    }
    let encoding = Encoding::of(head);
    if encoding.bom() > 0 || looks_like_text(head) { Kind::Text(encoding) } else { Kind::Other }
}

/// Whether a tar archive begins so.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// No zero byte, and hardly any control character but those that logs have.
fn looks_like_text(head: &[u8]) -> bool {
    const IN_LOGS: &[u8] = b"\t\n\r\x08\x0c\x1b";
    let strange = head.iter().filter(|byte| **byte < b' ' && !IN_LOGS.contains(byte)).count();
    !head.contains(&0) && strange * 20 <= head.len()
}
