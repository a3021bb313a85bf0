//! What kind of file it is, as far as a rule cares: told by how the file begins, and where that says nothing, by its name.

use serde::{Deserialize, Serialize};

/// The kind of a file. It is kept with what was sealed, so that the choice of a rule outlives the file's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Texts, tables, presentations, PDFs, mails.
    Document,
    /// What a program wrote about itself.
    Log,
    /// What was in a memory, a database or a network.
    Dump,
    /// A packed collection of files.
    Archive,
    /// Pictures, also screenshots.
    Image,
    /// Everything else, and what was taken in before kinds were kept.
    #[default]
    Other,
}

/// As many bytes of the beginning of a file are looked at.
pub const HEAD: usize = 64;

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Document, Self::Log, Self::Dump, Self::Archive, Self::Image, Self::Other];

    /// The word in rules and commands.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Log => "log",
            Self::Dump => "dump",
            Self::Archive => "archive",
            Self::Image => "image",
            Self::Other => "other",
        }
    }

    /// The kind of a file of this name that begins with these bytes.
    ///
    /// How it begins is believed first: a name is whatever somebody typed. A packed file may be one log, one dump or a
    /// document, which only its name tells.
    pub fn of(name: &str, head: &[u8]) -> Self {
        let named = Self::of_name(name);
        match Self::of_head(head) {
            Some(Self::Archive) => named.unwrap_or(Self::Archive),
            Some(certain) => certain,
            None => named.unwrap_or_default(),
        }
    }

    fn of_head(head: &[u8]) -> Option<Self> {
        const ELF_CORE: u8 = 4;
        if head.starts_with(b"\x7fELF") {
            // The type is two bytes, in the order that the sixth byte says.
            let kind = if head.get(5) == Some(&2) { head.get(17) } else { head.get(16) };
            return (kind == Some(&ELF_CORE)).then_some(Self::Dump);
        }
        if head.starts_with(b"RIFF") {
            return (head.get(8..12) == Some(b"WEBP")).then_some(Self::Image);
        }
        BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, kind)| *kind)
    }

    fn of_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let unpacked = PACKED.iter().find_map(|ending| name.strip_suffix(ending));
        if let Some(inner) = unpacked {
            return Some(ending_of(inner).filter(|kind| *kind != Self::Image).unwrap_or(Self::Archive));
        }
        // `server.log.1`: what turned over keeps a number behind its ending.
        let turned = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-'));
        ending_of(&name).or_else(|| ending_of(turned))
    }
}

/// The ending of a single packed file; what is before it tells what was packed.
const PACKED: [&str; 5] = [".gz", ".xz", ".zst", ".bz2", ".lz4"];

fn ending_of(name: &str) -> Option<FileKind> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or(("", name));
    // `core` and `core.4711` are what a system calls a dump of its own accord.
    if name == "core" || (stem == "core" && ending.bytes().all(|letter| letter.is_ascii_digit())) {
        return Some(FileKind::Dump);
    }
    if stem.is_empty() {
        return None;
    }
    ENDINGS.iter().find(|(_, endings)| endings.contains(&ending)).map(|(kind, _)| *kind)
}

const ENDINGS: [(FileKind, &[&str]); 5] = [
    (
        FileKind::Document,
        &[
            "pdf", "txt", "md", "rtf", "doc", "docx", "odt", "xls", "xlsx", "ods", "csv", "tsv", "ppt", "pptx", "odp",
            "html", "htm", "xml", "json", "yaml", "yml", "eml", "msg", "epub", "pages", "numbers", "key",
        ],
    ),
    (FileKind::Log, &["log", "out", "err", "trace", "evtx", "evt", "etl", "journal", "syslog", "har"]),
    (
        FileKind::Dump,
        &[
            "dmp",
            "mdmp",
            "hdmp",
            "dump",
            "core",
            "hprof",
            "phd",
            "heapsnapshot",
            "sql",
            "bak",
            "dbf",
            "sqlite",
            "sqlite3",
            "db",
            "mdf",
            "pcap",
            "pcapng",
            "cap",
            "vmcore",
            "vmem",
        ],
    ),
    (FileKind::Archive, &["zip", "tar", "tgz", "txz", "tbz", "tbz2", "7z", "rar", "jar", "cab", "iso", "sos"]),
    (
        FileKind::Image,
        &["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif", "svg", "ico"],
    ),
];

const BEGINNINGS: [(&[u8], FileKind); 25] = [
    (b"%PDF-", FileKind::Document),
    (b"{\\rtf", FileKind::Document),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind::Document),
    (b"ElfFile\0", FileKind::Log),
    (b"LPKSHHRH", FileKind::Log),
    (b"MDMP", FileKind::Dump),
    (b"PAGEDUMP", FileKind::Dump),
    (b"PAGEDU64", FileKind::Dump),
    (b"JAVA PROFILE", FileKind::Dump),
    (b"PGDMP", FileKind::Dump),
    (b"SQLite format 3\0", FileKind::Dump),
    (b"\xa1\xb2\xc3\xd4", FileKind::Dump),
    (b"\xd4\xc3\xb2\xa1", FileKind::Dump),
    (b"\x0a\x0d\x0d\x0a", FileKind::Dump),
    (b"PK\x03\x04", FileKind::Archive),
    (b"\x1f\x8b", FileKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (b"\xfd7zXZ\0", FileKind::Archive),
    (b"\x28\xb5\x2f\xfd", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\x89PNG\r\n\x1a\n", FileKind::Image),
    (b"\xff\xd8\xff", FileKind::Image),
    (b"GIF8", FileKind::Image),
    (b"II*\0", FileKind::Image),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind_where_the_beginning_does_not() {
        use FileKind::{Archive, Document, Dump, Image, Log, Other};
        for (name, kind) in [
            ("Contract.PDF", Document),
            ("notes.txt", Document),
            ("server.log", Log),
            ("server.log.3", Log),
            ("server-2026-03-02.log.gz", Log),
            ("heap.hprof", Dump),
            ("heap.hprof.zst", Dump),
            ("core", Dump),
            ("core.4711", Dump),
            ("everything.tar.gz", Archive),
            ("bundle.zip", Archive),
            ("bundle.gz", Archive),
            ("screen.png", Image),
            ("no ending", Other),
            (".log", Other),
            ("", Other),
            ("core.values", Other),
            ("firmware.bin", Other),
        ] {
            assert_eq!(FileKind::of(name, b"plain"), kind, "{name:?}");
        }
    }

    #[test]
    fn how_a_file_begins_beats_its_name() {
        use FileKind::{Archive, Document, Dump, Image, Log, Other};
        for (name, head, kind) in [
            ("holiday.png", &b"PAGEDU64"[..], Dump),
            ("report.pdf", b"\x89PNG\r\n\x1a\n", Image),
            ("contract.docx", b"PK\x03\x04", Document),
            ("server.log.gz", b"\x1f\x8b\x08", Log),
            ("contract", b"PK\x03\x04", Archive),
            ("picture.txt", b"RIFF....WEBP", Image),
            ("sound.wav", b"RIFF....WAVE", Other),
            ("a.out", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0", Log),
            ("x", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x04\0", Dump),
            ("x", b"\x7fELF\x02\x02\x01\0\0\0\0\0\0\0\0\0\0\x04", Dump),
            ("x.log", b"", Log),
            ("x", b"\x7fELF", Other),
        ] {
            assert_eq!(FileKind::of(name, head), kind, "{name:?} {head:?}");
        }
    }

    #[test]
    fn every_kind_has_its_word() {
        for kind in FileKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
