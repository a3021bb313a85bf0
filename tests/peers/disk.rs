//! A whole desk on a small disk of its own, an ext4 file system in a file: what is left on it of an erased file, and what becomes of a
//! desk whose disk is full. `npm run test:peers -- --only disk`, as root, since file systems are mounted.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "the stories' stage has more hands than this one needs")]
#[path = "../stories/desk/support.rs"]
mod stage;

use std::{
    collections::BTreeMap,
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use custody_core::{id::FileId, period::Period};
use custody_desk::Tables;
use custody_practice::{
    PracticeClock, WorldOptions,
    scenario::{CAROLA, OWEN, Person, Story},
};
use custody_practice_desk::PracticeDesk;
use tempfile::TempDir;

use crate::stage::{START, Stage};

const MIB: u64 = 1 << 20;

/// An ext4 file system in a file, mounted.
struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    fn make(mib: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = Self { folder };
        fs::File::create(disk.image()).unwrap().set_len(mib * MIB).unwrap();
        fs::create_dir(disk.mount()).unwrap();
        run("mkfs.ext4", &["-q", "-m", "0", path(&disk.image())]);
        run("mount", &["-o", "loop", path(&disk.image()), path(&disk.mount())]);
        disk
    }

    fn image(&self) -> PathBuf {
        self.folder.path().join("image")
    }

    fn mount(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    /// Every byte of the disk, with all that was to be written to it.
    fn bytes(&self) -> Vec<u8> {
        run("umount", &[path(&self.mount())]);
        let mut bytes = Vec::new();
        fs::File::open(self.image()).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut filler = fs::File::create(self.mount().join("filler")).unwrap();
        let block = vec![0x5a; 64 << 10];
        let mut size = block.len();
        while size > 0 {
            match filler.write(&block[..size]) {
                Ok(_) => {}
                Err(full) if full.kind() == std::io::ErrorKind::StorageFull => size /= 2,
                Err(other) => panic!("{other}"),
            }
        }
        drop(filler.sync_all());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Unmounted already, if its bytes were read.
        drop(Command::new("umount").arg("-l").arg(self.mount()).stderr(std::process::Stdio::null()).status());
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn run(program: &str, words: &[&str]) {
    let status = Command::new(program).args(words).status().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(status.success(), "{program} {words:?}: {status}");
}

async fn desk_on(disk: &SmallDisk, log_size: u64) -> Stage {
    let clock = PracticeClock::frozen_at(START.parse().unwrap());
    let options = WorldOptions { clock, story: Story::Demo, log_size, ..WorldOptions::default() };
    let practice = PracticeDesk::start(&disk.mount().join("desk"), options).await.unwrap();
    Stage { practice, folder: tempfile::tempdir().unwrap() }
}

/// Byte strings to look for, each of a kind, found by their first eight bytes.
#[derive(Default)]
struct Needles {
    by_beginning: BTreeMap<[u8; 8], Vec<(&'static str, Vec<u8>)>>,
    count: usize,
}

impl Needles {
    fn plant(&mut self, kind: &'static str, needle: &[u8]) {
        let beginning = needle[..8].try_into().unwrap();
        self.by_beginning.entry(beginning).or_default().push((kind, needle.to_vec()));
        self.count += 1;
    }

    /// Pieces of 48 bytes from all over a content.
    fn plant_content(&mut self, kind: &'static str, content: &[u8]) {
        for piece in content.chunks(997).filter(|piece| piece.len() >= 48) {
            self.plant(kind, &piece[..48]);
        }
    }

    /// How often needles of each kind lie in these bytes.
    fn count_in(&self, bytes: &[u8]) -> BTreeMap<&'static str, usize> {
        let mut possible = vec![false; 1 << 16];
        for beginning in self.by_beginning.keys() {
            possible[usize::from(u16::from_le_bytes([beginning[0], beginning[1]]))] = true;
        }
        let mut hits = BTreeMap::new();
        for at in 0..bytes.len().saturating_sub(8) {
            if !possible[usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))] {
                continue;
            }
            let beginning: [u8; 8] = bytes[at..at + 8].try_into().unwrap();
            for (kind, needle) in self.by_beginning.get(&beginning).into_iter().flatten() {
                if bytes[at..].starts_with(needle) {
                    *hits.entry(*kind).or_default() += 1;
                }
            }
        }
        hits
    }
}

fn sent(stage: &Stage, customer: Person) -> Vec<Vec<u8>> {
    stage.told(customer).files.iter().map(|file| file.chunks().collect::<Vec<_>>().concat()).collect()
}

/// The sealed identities of all files, as the ledger has them now.
async fn wraps(stage: &Stage) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    stage
        .desk()
        .dump(Tables::All, &mut |line| {
            if line.starts_with("wraps ")
                && let Some(sealed) = line.split(' ').find_map(|word| word.strip_prefix("sealed="))
            {
                found.push(hex::decode(sealed).unwrap());
            }
        })
        .await
        .unwrap();
    found
}

/// The keys in the key file that are destroyed with an erasure, as they are written there.
fn epoch_keys(stage: &Stage) -> Vec<String> {
    let text = fs::read_to_string(stage.places().keys().join("keys.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    fn look(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (name, value) in map {
                    match value.as_str() {
                        Some(text) if name.starts_with("epoch-") => found.push(text.to_owned()),
                        _ => look(value, found),
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| look(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    look(&file, &mut found);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_erased_file_nothing_readable_is_on_the_disk_no_key_and_no_wrap() {
    let disk = SmallDisk::make(96);
    let stage = desk_on(&disk, 400_000).await;
    stage.round().await;
    let (carola, owen) = (stage.case_of(CAROLA.name).await, stage.case_of(OWEN.name).await);

    let mut needles = Needles::default();
    sent(&stage, CAROLA).iter().for_each(|content| needles.plant_content("plaintext", content));
    sent(&stage, OWEN).iter().for_each(|content| needles.plant_content("plaintext of a viewed file", content));
    let wraps = wraps(&stage).await;
    assert!(!wraps.is_empty());
    wraps.iter().for_each(|wrap| needles.plant("wrap", wrap));
    let keys = epoch_keys(&stage);
    assert!(!keys.is_empty(), "the desk keeps its keys in a file on this disk");
    keys.iter().for_each(|key| needles.plant("epoch key", key.as_bytes()));
    for file in stage.files(carola).await {
        let sealed = fs::read(stage.places().sealed().join(format!("{}.age", file.id))).unwrap();
        needles.plant_content("ciphertext", &sealed[sealed.len() / 2..]);
    }
    let control = [0xc0, 0x17, 0x70, 0x1c].repeat(16);
    needles.plant("control", &control);
    fs::write(disk.mount().join("control"), &control).unwrap();

    for file in stage.files(owen).await {
        let id: FileId = file.id.parse().unwrap();
        let (copy, path) = stage.view(id, Period::minutes(30)).await;
        // As it would be after half a minute: what the disk never got could not be found on it.
        fs::File::open(path.reveal()).unwrap().sync_all().unwrap();
        stage.desk().end_viewing_copy(copy).await.unwrap();
    }
    for case in [carola, owen] {
        stage.practice.customer_asks(case).await.unwrap();
    }
    stage.round().await;
    for case in [carola, owen] {
        assert!(stage.states(case).await.iter().all(|state| state == "erased"));
    }
    let Stage { practice, folder } = stage;
    practice.desk.close().await;
    drop(folder);

    let bytes = disk.bytes();
    let hits = needles.count_in(&bytes);
    println!("{} MiB read, {} needles planted", bytes.len() as u64 / MIB, needles.count);
    for kind in ["control", "plaintext", "plaintext of a viewed file", "wrap", "epoch key", "ciphertext"] {
        println!("{kind:<28} {:>6} hits", hits.get(kind).unwrap_or(&0));
    }
    assert_eq!(hits.get("control"), Some(&1), "what is there is found");
    for kind in ["plaintext", "wrap", "epoch key"] {
        assert_eq!(hits.get(kind), None, "{kind} of an erased file is on the disk");
    }
    // On this file system an overwritten block is the same block. On others, and on flash, receipts promise nothing of it.
    assert_eq!(hits.get("plaintext of a viewed file"), None, "overwriting a viewing copy left something");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_is_lost_and_erasing_comes_to_its_end() {
    let disk = SmallDisk::make(96);
    let stage = desk_on(&disk, 3_000_000).await;
    stage.round().await;
    let (carola, owen) = (stage.case_of(CAROLA.name).await, stage.case_of(OWEN.name).await);
    let kept: Vec<FileId> = stage.files(owen).await.iter().map(|file| file.id.parse().unwrap()).collect();
    let before: Vec<Vec<u8>> = sent(&stage, OWEN);
    disk.fill();

    stage.practice.customer_asks(carola).await.unwrap();
    for _ in 0..4 {
        // What cannot be written now is told, and tried again.
        drop(stage.desk().round(&custody_core::flow::Silent).await);
        stage.hours(1);
    }
    assert!(stage.states(carola).await.iter().all(|state| state == "erased"), "{:?}", stage.states(carola).await);
    assert_eq!(stage.letters(CAROLA).len(), 1, "one receipt");
    for (file, content) in kept.iter().zip(&before) {
        assert!(stage.read(*file).await == *content, "a file that nobody asked to erase is whole");
    }
    assert!(stage.chain_is_whole().await);
}
