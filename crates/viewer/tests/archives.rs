//! Archives that were made to harm: they are listed and opened within bounds, or refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::io::{Cursor, Write as _};

use custody_core::ports::{Fault, PortError, PortResult, RangeSource};
use custody_viewer::{
    InMemory, Kind, Refusal, ViewError,
    archive::{self, EntryKind, LARGEST_ENTRY, LONGEST_NAME, MOST_ENTRIES},
    image, kind_of,
};
use flate2::{Compression, GzBuilder, write::GzEncoder};
use proptest::prelude::*;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        // By hand: the crate would refuse to write what a stranger writes.
        let field = &mut header.as_old_mut().name;
        let length = name.len().min(field.len());
        field[..length].copy_from_slice(&name.as_bytes()[..length]);
        header.set_size(content.len() as u64);
        header.set_cksum();
        writer.append(&header, *content).unwrap();
    }
    writer.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::default());
    packing.write_all(bytes).unwrap();
    packing.finish().unwrap()
}

fn list(bytes: Vec<u8>) -> Result<archive::Listing, Refusal> {
    let kind = kind_of(&bytes);
    refused(archive::list(kind, &InMemory::new(bytes)))
}

fn unpack(bytes: Vec<u8>, index: usize, room: usize) -> Result<archive::Unpacked, Refusal> {
    let kind = kind_of(&bytes);
    refused(archive::unpack(kind, &InMemory::new(bytes), index, room))
}

fn refused<T>(outcome: Result<T, ViewError>) -> Result<T, Refusal> {
    outcome.map_err(|error| match error {
        ViewError::Refused(refusal) => refusal,
        ViewError::Port(error) => panic!("{error:?}"),
    })
}

const ROOM: usize = 96 << 20;

#[test]
fn every_kind_of_archive_is_listed_and_its_entries_are_opened() {
    let entries: [(&str, &[u8]); 2] = [("logs/app.log", b"INFO begun\n"), ("screen.txt", b"what was seen")];
    for packed in [zip_of(&entries), tar_of(&entries), gzip(&tar_of(&entries))] {
        let listing = list(packed.clone()).unwrap();
        let names: Vec<_> = listing.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["logs/app.log", "screen.txt"]);
        assert_eq!(listing.entries[1].size, Some(13));
        assert!(!listing.more && !listing.broken);
        for (index, (_, content)) in entries.iter().enumerate() {
            let unpacked = unpack(packed.clone(), index, ROOM).unwrap();
            assert_eq!((&unpacked.bytes[..], unpacked.cut), (*content, false));
        }
        assert_eq!(unpack(packed, 2, ROOM).unwrap_err(), Refusal::NotThere);
    }
}

#[test]
fn a_single_packed_file_is_listed_under_its_own_name() {
    let mut packing = GzBuilder::new().filename("app.log").write(Vec::new(), Compression::fast());
    packing.write_all(b"one\ntwo\n").unwrap();
    let mut bytes = packing.finish().unwrap();
    let listing = list(bytes.clone()).unwrap();
    assert_eq!((listing.entries[0].name.as_str(), listing.entries[0].size), ("app.log", None));
    // Rotated logs are often joined: each part is a packed file of its own.
    bytes.extend(gzip(b"three\n"));
    assert_eq!(unpack(bytes, 0, ROOM).unwrap().bytes, b"one\ntwo\nthree\n");
}

#[test]
fn hostile_names_are_texts_and_lead_nowhere() {
    let long = "n".repeat(5_000);
    let names = ["../../etc/passwd", "/etc/shadow", "C:\\Windows\\win.ini", "a\u{202e}gpj.exe", "\u{1b}[2Jx", &long];
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"x"[..])).collect();
    let listing = list(zip_of(&entries)).unwrap();
    for (entry, name) in listing.entries.iter().zip(&names[..5]) {
        assert_eq!(entry.name, *name, "shown as it stands there");
        assert_eq!(entry.refusal, None, "and its content can be looked at: nothing is written anywhere");
    }
    assert_eq!(listing.entries[5].name.chars().count(), LONGEST_NAME + 1);
    assert!(listing.entries[5].name.ends_with('…'));
    let listing = list(tar_of(&entries[..4])).unwrap();
    assert_eq!(listing.entries[0].name, "../../etc/passwd");
}

#[test]
fn a_long_name_of_a_tar_archive_is_read_up_to_a_bound() {
    let mut writer = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_size(2 << 20);
    header.set_cksum();
    writer.append(&header, &vec![b'n'; 2 << 20][..]).unwrap();
    let mut header = tar::Header::new_gnu();
    header.set_size(1);
    header.set_cksum();
    writer.append(&header, &b"x"[..]).unwrap();
    let packed = gzip(&writer.into_inner().unwrap());
    let listing = list(packed.clone()).unwrap();
    assert_eq!(listing.entries.len(), 1);
    assert_eq!(listing.entries[0].name.chars().count(), LONGEST_NAME + 1);
    assert_eq!(unpack(packed, 0, ROOM).unwrap().bytes, b"x");
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let zeros = vec![0; 12 << 20];
    for bomb in [zip_of(&[("zeros", &zeros)]), gzip(&zeros), gzip(&tar_of(&[("zeros", &zeros)]))] {
        assert!(bomb.len() < 1 << 20);
        assert_eq!(unpack(bomb, 0, ROOM).unwrap_err(), Refusal::Bomb);
    }
}

#[test]
fn archives_in_archives_are_met_one_at_a_time_and_share_the_memory() {
    let inner = zip_of(&[("deep.log", b"found")]);
    let outer = zip_of(&[("inner.zip", &inner)]);
    let unpacked = unpack(outer.clone(), 0, ROOM).unwrap().bytes;
    assert_eq!(kind_of(&unpacked), Kind::Zip);
    assert_eq!(unpack(unpacked, 0, ROOM).unwrap().bytes, b"found");
    assert_eq!(unpack(outer.clone(), 0, 0).unwrap_err(), Refusal::NoRoom);
    let little = unpack(outer, 0, 10).unwrap();
    assert_eq!((little.bytes.len(), little.cut), (10, true), "no more than there is room for");
}

#[test]
fn what_is_longer_than_an_entry_may_be_is_cut_and_says_so() {
    // Random enough not to be taken for a bomb.
    let mut seed = 1_u64;
    let long: Vec<u8> = (0..LARGEST_ENTRY + 1000)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 60) as u8 + b'a'
        })
        .collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("long", SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
    writer.write_all(&long).unwrap();
    let unpacked = unpack(writer.finish().unwrap().into_inner(), 0, ROOM).unwrap();
    assert!(unpacked.cut && unpacked.bytes[..] == long[..LARGEST_ENTRY]);
}

#[test]
fn entries_that_share_their_bytes_are_each_bounded() {
    // Two central entries that name the same local file, as the bombs do that need no archive within an archive.
    let zip = zip_of(&[("kernel", &vec![b'k'; 9 << 20])]);
    let begin = zip.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = zip.windows(4).position(|four| four == b"PK\x05\x06").unwrap();
    let (local, central, mut tail) = (&zip[..begin], &zip[begin..end], zip[end..].to_vec());
    let count = 500_u16;
    let size = (central.len() * usize::from(count)) as u32;
    tail[8..10].copy_from_slice(&count.to_le_bytes());
    tail[10..12].copy_from_slice(&count.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    let bomb = [local, &central.repeat(usize::from(count)), &tail].concat();
    let listing = list(bomb.clone()).unwrap();
    assert_eq!(listing.entries.len(), usize::from(count));
    assert_eq!(unpack(bomb, 400, ROOM).unwrap_err(), Refusal::Bomb);
}

#[test]
fn a_directory_of_a_million_entries_is_listed_up_to_the_bound() {
    let zip = zip_of(&[("x", b"")]);
    let begin = zip.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let end = zip.windows(4).position(|four| four == b"PK\x05\x06").unwrap();
    let (local, central, eocd) = (&zip[..begin], &zip[begin..end], zip[end..].to_vec());
    let count = 1_000_000_u64;
    let directory = central.repeat(count as usize);
    // What has more than 65,535 entries says so in a record of its own.
    let mut record = Vec::new();
    record.extend(b"PK\x06\x06");
    record.extend(44_u64.to_le_bytes());
    record.extend([45, 0, 45, 0]);
    record.extend([0; 8]);
    record.extend(count.to_le_bytes());
    record.extend(count.to_le_bytes());
    record.extend((directory.len() as u64).to_le_bytes());
    record.extend((local.len() as u64).to_le_bytes());
    let at = local.len() + directory.len();
    let mut locator = b"PK\x06\x07\0\0\0\0".to_vec();
    locator.extend((at as u64).to_le_bytes());
    locator.extend(1_u32.to_le_bytes());
    let mut tail = eocd;
    tail[8..20].fill(0xff);
    let listing = list([local, &directory, &record, &locator, &tail].concat()).unwrap();
    assert_eq!((listing.entries.len(), listing.more), (MOST_ENTRIES, true));
}

#[test]
fn folders_links_and_encrypted_entries_say_why_they_are_not_opened() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("folder", SimpleFileOptions::default()).unwrap();
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    let listing = list(bytes.clone()).unwrap();
    assert_eq!(listing.entries[0].kind, EntryKind::Folder);
    assert_eq!(listing.entries[1].kind, EntryKind::Other);
    assert!(listing.entries.iter().all(|entry| entry.refusal == Some(Refusal::NotAFile)));
    assert_eq!(unpack(bytes.clone(), 1, ROOM).unwrap_err(), Refusal::NotAFile);
    bytes = zip_of(&[("secret", b"x")]);
    let central = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    assert_eq!(list(bytes.clone()).unwrap().entries[0].refusal, Some(Refusal::Encrypted));
    assert_eq!(unpack(bytes, 0, ROOM).unwrap_err(), Refusal::Encrypted);
}

#[test]
fn a_disk_that_fails_is_told_as_such_and_not_as_a_broken_archive() {
    struct Failing(InMemory);
    impl RangeSource for Failing {
        fn size(&self) -> u64 {
            self.0.size()
        }
        fn check(&self) -> PortResult<()> {
            Ok(())
        }
        fn read_at(&self, _: u64, _: &mut [u8]) -> PortResult<usize> {
            Err(PortError::needs_person(Fault::Locked))
        }
    }
    for (kind, bytes) in [(Kind::Zip, zip_of(&[])), (Kind::Tar, tar_of(&[])), (Kind::Gzip, gzip(b"x"))] {
        let outcome = archive::list(kind, &Failing(InMemory::new(bytes)));
        assert!(matches!(outcome, Err(ViewError::Port(error)) if error.fault == Fault::Locked), "{kind:?}");
    }
}

#[test]
fn a_huge_picture_is_told_by_its_header_and_not_drawn() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(60_000_u32.to_be_bytes());
    png.extend(60_000_u32.to_be_bytes());
    png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(kind_of(&png), Kind::Image(image::Format::Png));
    let points = image::dimensions(&InMemory::new(png)).unwrap().unwrap();
    assert_eq!(points, (60_000, 60_000));
    assert!(!image::is_drawn(points, 100));
    assert!(image::is_drawn((1920, 1080), 1 << 20));
    assert!(!image::is_drawn((1920, 1080), 33 << 20));
    assert!(!image::is_drawn((0, 10), 100));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    /// Damage anywhere is an answer: a list, a list that ends early, or a refusal.
    #[test]
    fn damaged_archives_are_answered(which in 0..3, flips in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..8), cut in any::<u16>()) {
        let entries: [(&str, &[u8]); 3] = [("a/b.log", b"some text"), ("c", b""), ("d.bin", &[7; 2000])];
        let mut bytes = match which { 0 => zip_of(&entries), 1 => tar_of(&entries), _ => gzip(&tar_of(&entries)) };
        let kind = kind_of(&bytes);
        for (at, mask) in flips {
            let at = usize::from(at) % bytes.len();
            bytes[at] ^= mask;
        }
        bytes.truncate(bytes.len().saturating_sub(usize::from(cut) % 200));
        let source = InMemory::new(bytes);
        let _ = archive::list(kind, &source);
        for index in 0..4 {
            if let Ok(unpacked) = archive::unpack(kind, &source, index, ROOM) {
                prop_assert!(unpacked.bytes.len() <= LARGEST_ENTRY);
            }
        }
        let _ = image::dimensions(&source);
    }
}
