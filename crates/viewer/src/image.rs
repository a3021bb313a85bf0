//! Pictures: what they are and how large they would become. They are drawn by the window, and not decoded here.

use custody_core::ports::{PortResult, RangeSource};

use crate::head;

/// A kind of picture that every web view draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF; its first picture is shown.
    Gif,
    /// WebP.
    Webp,
    /// BMP.
    Bmp,
}

impl Format {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Bmp => "image/bmp",
        }
    }
}

/// The most bytes of a picture: it goes to the window as a whole.
pub const LARGEST: u64 = 32 << 20;
/// The longest side that is drawn.
pub const LONGEST_SIDE: u64 = 12_000;
/// The most points that are drawn: four bytes each in memory, and that twice.
pub const MOST_POINTS: u64 = 24_000_000;

/// Where the size stands is a matter of the format; pictures of cameras have other things before it.
const LOOKED_AT: usize = 512 << 10;

/// The format of a picture that begins so.
pub fn format_of(head: &[u8]) -> Option<Format> {
    const BEGINNINGS: [(&[u8], Format); 5] = [
        (b"\x89PNG\r\n\x1a\n", Format::Png),
        (b"\xff\xd8\xff", Format::Jpeg),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
        (b"BM", Format::Bmp),
    ];
    if head.starts_with(b"RIFF") {
        return (head.get(8..12) == Some(b"WEBP")).then_some(Format::Webp);
    }
    let found = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, format)| *format)?;
    // Two letters are how a text may begin too: a bitmap has a header of a known length behind them.
    let is_bitmap = || matches!(head.get(14..18), Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]));
    (found != Format::Bmp || is_bitmap()).then_some(found)
}

/// How many points wide and high a picture is; `None` if it does not say so where it should.
pub fn dimensions(source: &dyn RangeSource) -> PortResult<Option<(u64, u64)>> {
    let size = imagesize::blob_size(&head(source, LOOKED_AT)?).ok();
    Ok(size.map(|size| (size.width as u64, size.height as u64)))
}

/// Whether a picture of this size is drawn.
pub const fn is_drawn((width, height): (u64, u64), bytes: u64) -> bool {
    width > 0
        && height > 0
        && width <= LONGEST_SIDE
        && height <= LONGEST_SIDE
        && width * height <= MOST_POINTS
        && bytes <= LARGEST
}
