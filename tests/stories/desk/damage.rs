//! What happens to a desk's own folder: wrong keys, damage, a full disk, two programs at once. Nothing is erased or lost by
//! it, and once it is put right everything goes on.

use std::{
    ffi::OsString,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use custody_core::{
    id::FileId,
    ports::{Fault, Program},
};
use custody_desk::{Desk, views::AttentionKind};
use custody_practice::scenario::{CAROLA, OWEN};
use custody_practice_desk::PRACTICE_PASSPHRASE;
use custody_vault::disk::{AtWill, Disk, Entry, Grip, Lies, NewFile, Original, RealDisk, Stamped, Writer};

use crate::support::{Stage, assert_told, options_of, word};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_passphrase_opens_nothing_and_changes_nothing_but_the_record() {
    let stage = held().await.restart().await;
    let head = stage.desk().head().await.unwrap();
    let error = stage.desk().unlock("not this one".into()).await.unwrap_err();
    assert_eq!(error.fault(), Fault::WrongPassphrase);
    assert_told(&error.problem());
    assert!(!stage.desk().is_unlocked());
    let events = stage.desk().events(head, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.as_str()).collect::<Vec<_>>(), ["unlock_failed"]);
    stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
    assert_whole(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_sealed_file_is_told_where_it_is_reached_and_can_still_be_erased() {
    type Damage = fn(Vec<u8>) -> Vec<u8>;
    let damages: [(&str, Damage); 3] = [
        ("a flipped byte", |mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            bytes
        }),
        ("a flipped byte in the header", |mut bytes| {
            bytes[60] ^= 1;
            bytes
        }),
        ("zeros", |bytes| vec![0; bytes.len()]),
    ];
    for (name, damage) in damages {
        let stage = held().await;
        let case = stage.case_of(OWEN.name).await;
        let files = stage.files(case).await;
        let path = sealed_path(&stage, &files[0].id);
        std::fs::write(&path, damage(std::fs::read(&path).unwrap())).unwrap();
        assert_eq!(read_fault(&stage, &files[0].id).await, Some(Fault::Damaged), "{name}");
        assert_eq!(read_fault(&stage, &files[1].id).await, None, "{name}: the other file is whole");
        assert_eq!(stage.states(case).await, ["held", "held"], "{name}: reading changes nothing");

        stage.practice.customer_asks(case).await.unwrap();
        stage.round().await;
        assert_eq!(stage.states(case).await, ["erased", "erased"], "{name}");
        assert_eq!(stage.letters(OWEN).len(), 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sealed_files_that_were_exchanged_both_refuse_to_open() {
    let stage = held().await;
    let files = stage.files(stage.case_of(OWEN.name).await).await;
    let (a, b) = (sealed_path(&stage, &files[0].id), sealed_path(&stage, &files[1].id));
    let aside = stage.folder.path().join("aside.age");
    for (from, to) in [(&a, &aside), (&b, &a), (&aside, &b)] {
        std::fs::rename(from, to).unwrap();
    }
    for file in &files {
        assert_eq!(read_fault(&stage, &file.id).await, Some(Fault::Damaged));
    }
    for (from, to) in [(&a, &aside), (&b, &a), (&aside, &b)] {
        std::fs::rename(from, to).unwrap();
    }
    assert_whole(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_file_that_is_missing_or_cut_is_lost_for_all_to_see_and_what_is_unknown_is_set_aside() {
    let stage = held().await;
    let (owen, carola) = (stage.case_of(OWEN.name).await, stage.case_of(CAROLA.name).await);
    let (missing, cut) = (&stage.files(owen).await[0], &stage.files(owen).await[1]);
    std::fs::remove_file(sealed_path(&stage, &missing.id)).unwrap();
    let bytes = std::fs::read(sealed_path(&stage, &cut.id)).unwrap();
    std::fs::write(sealed_path(&stage, &cut.id), &bytes[..bytes.len() - 1]).unwrap();
    let stranger = FileId::from_bytes([7; 16]);
    std::fs::write(sealed_path(&stage, &stranger.to_string()), b"not ours").unwrap();

    let compared = stage.desk().reconcile().await.unwrap();
    assert_eq!((compared.whole, compared.lost, compared.unknown), (3, 2, 1));
    assert_eq!(stage.states(owen).await, ["lost", "lost"]);
    assert_eq!(stage.states(carola).await, ["held", "held", "held"]);
    assert_eq!(stage.waiting(AttentionKind::FileLost).await.len(), 2);
    assert!(sealed_path(&stage, &cut.id).exists(), "what is left of it is kept for the person");
    let aside: Vec<_> = std::fs::read_dir(stage.places().aside()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(aside.len(), 1);
    assert_eq!(std::fs::read(&aside[0]).unwrap(), b"not ours", "nothing is removed that we do not know");
    assert!(stage.receipts(owen).await.is_empty(), "lost is not erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_ledger_is_refused_and_its_copy_goes_on() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage, &[Fault]); 4] = [
        ("a garbage page", |ledger| change(ledger, |bytes| bytes[..4096].fill(0xaa)), &[Fault::LedgerDamaged]),
        ("a truncated file", |ledger| change(ledger, |bytes| bytes.truncate(5000)), &[Fault::LedgerDamaged]),
        ("no file", |ledger| std::fs::remove_file(ledger).unwrap(), &[Fault::LedgerDamaged]),
        ("an empty file", |ledger| change(ledger, Vec::clear), &[Fault::LedgerDamaged]),
    ];
    for (name, damage, faults) in damages {
        let shut = held().await.shut().await;
        let ledger = shut.places.ledger();
        let copy = std::fs::read(&ledger).unwrap();
        let sealed = names_in(&shut.places.sealed());
        damage(&ledger);
        let (shut, error) = shut.open().await.err().unwrap_or_else(|| panic!("{name} was not noticed"));
        assert!(faults.contains(&error.fault()), "{name}: {error:?}");
        assert_told(&error.problem());
        assert_eq!(names_in(&shut.places.sealed()), sealed, "{name}: nothing is erased");

        for left in names_in(ledger.parent().unwrap()) {
            std::fs::remove_file(ledger.parent().unwrap().join(left)).unwrap();
        }
        std::fs::write(&ledger, copy).unwrap();
        let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{name}: {error:?}"));
        stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
        assert_whole(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_used_are_refused_before_anything_is_done() {
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 6] = [
        ("another desk's", other_desk),
        ("a misspelt key", |text| format!("retention_graze = \"1 day\"\n{text}")),
        ("no TOML", |_| "settings = {".to_owned()),
        ("a broken period", |text| text.replace("grace = \"3 days\"", "grace = \"3 weeks\"")),
        ("a rule that would keep for ever", |text| text.replace("ceiling = \"90 days\"\n", "")),
        ("no rule for every thread", |text| {
            text.replace("[rule.applies]\ntags = []", "[rule.applies]\ntags = [\"urgent\"]")
        }),
    ];
    for (name, change) in changes {
        let shut = held().await.shut().await;
        let settings = shut.places.settings().to_owned();
        let good = std::fs::read_to_string(&settings).unwrap();
        let bad = change(&good);
        assert_ne!(bad, good, "{name} changes something:\n{good}");
        std::fs::write(&settings, &bad).unwrap();
        let (shut, error) = shut.open().await.err().unwrap_or_else(|| panic!("{name} was taken"));
        assert_eq!(error.fault(), Fault::SettingsTrouble, "{name}");
        assert_told(&error.problem());
        assert_eq!(std::fs::read_to_string(&settings).unwrap(), bad, "{name}: they are the person's to correct");
        std::fs::write(&settings, &good).unwrap();
        let stage = shut.open().await.unwrap_or_else(|(_, error)| panic!("{name}: {error:?}"));
        stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
        assert_whole(&stage).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_on_the_same_desk_is_refused_and_the_first_goes_on() {
    let stage = held().await;
    let error = Desk::open(stage.places(), options_of(&stage.practice.world.clock)).await.unwrap_err();
    assert_eq!(error.fault(), Fault::InUse);
    assert_told(&error.problem());
    assert_whole(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_is_missed_and_what_it_guards_opens_once_it_is_back() {
    let shut = held().await.shut().await;
    let file = shut.places.keys().join("keys.json");
    let good = std::fs::read_to_string(&file).unwrap();
    let names: Vec<String> = keys_of(&good).keys().cloned().collect();
    assert!(names.len() >= 6, "ledger, signing, one epoch and three tokens: {names:?}");
    let mut shut = shut;
    for name in names {
        let mut keys: serde_json::Value = serde_json::from_str(&good).unwrap();
        keys["keys"].as_object_mut().unwrap().remove(&name).unwrap();
        std::fs::write(&file, serde_json::to_vec_pretty(&keys).unwrap()).unwrap();
        let stage = match shut.open().await {
            Err((shut_again, error)) => {
                assert_eq!(error.fault(), Fault::KeyMissing, "{name}");
                assert_told(&error.problem());
                std::fs::write(&file, &good).unwrap();
                shut_again.open().await.unwrap_or_else(|(_, error)| panic!("{name}: {error:?}"))
            }
            Ok(stage) => {
                // The key of the epoch is missed where a file is opened.
                stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
                let files = stage.files(stage.case_of(OWEN.name).await).await;
                assert_eq!(read_fault(&stage, &files[0].id).await, Some(Fault::KeyMissing), "{name}");
                let doctor = stage.desk().doctor().await;
                assert!(doctor.iter().any(|check| check.name == "keys" && check.problem.is_some()), "{name}");
                std::fs::write(&file, &good).unwrap();
                stage
            }
        };
        stage.desk().unlock(PRACTICE_PASSPHRASE.into()).await.unwrap();
        assert_whole(&stage).await;
        shut = stage.shut().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_delays_intake_and_erasure_and_claims_nothing() {
    let disk = FullDisk::default();
    let stage = Stage::demo_on(disk.clone()).await;
    disk.is_full.store(true, Ordering::SeqCst);
    let round = stage.round_with(Fault::DiskFull).await;
    assert_told(&round.problems[0].problem);
    let case = stage.case_of(OWEN.name).await;
    for file in stage.files(case).await {
        assert_eq!((word(file.state), file.problem.unwrap().code), ("arriving".to_owned(), Fault::DiskFull));
    }
    disk.is_full.store(false, Ordering::SeqCst);
    stage.hours(7);
    stage.round().await;
    assert_whole(&stage).await;

    // A new epoch key cannot be written: the erasure is not done, and nothing says that it is.
    stage.practice.customer_asks(case).await.unwrap();
    disk.is_full.store(true, Ordering::SeqCst);
    stage.round_with(Fault::DiskFull).await;
    assert!(stage.receipts(case).await.is_empty());
    assert!(stage.letters(OWEN).is_empty());
    let carola = stage.files(stage.case_of(CAROLA.name).await).await;
    assert_eq!(read_fault(&stage, &carola[0].id).await, None, "other files open as before");
    disk.is_full.store(false, Ordering::SeqCst);
    stage.hours(7);
    stage.round().await;
    assert_eq!(stage.states(case).await, ["erased", "erased"]);
    assert_eq!(stage.letters(OWEN).len(), 1);
}

/// The demo's five files, held.
async fn held() -> Stage {
    let stage = Stage::demo().await;
    stage.round().await;
    stage
}

/// Every file of the demo is held and opens as it was sent.
async fn assert_whole(stage: &Stage) {
    for case in &stage.practice.world.cases {
        let files = stage.files(stage.case_of(case.customer.name).await).await;
        assert_eq!(files.len(), case.files.len());
        for (held, sent) in files.iter().zip(&case.files) {
            let bytes = stage.read(held.id.parse().unwrap()).await;
            assert!(bytes == sent.chunks().collect::<Vec<_>>().concat(), "{} differs", held.name);
        }
    }
    assert!(stage.chain_is_whole().await);
}

/// What reading a file to its end meets.
async fn read_fault(stage: &Stage, file: &str) -> Option<Fault> {
    let mut body = match stage.desk().open_file(file.parse().unwrap()).await {
        Ok(body) => body,
        Err(error) => {
            assert_told(&error.problem());
            return Some(error.fault());
        }
    };
    loop {
        match body.next().await {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(error) => return Some(error.fault),
        }
    }
}

fn sealed_path(stage: &Stage, file: &str) -> PathBuf {
    stage.places().sealed().join(format!("{file}.age"))
}

fn change(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(file).unwrap();
    change(&mut bytes);
    std::fs::write(file, bytes).unwrap();
}

fn names_in(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

fn keys_of(text: &str) -> serde_json::Map<String, serde_json::Value> {
    let mut content: serde_json::Value = serde_json::from_str(text).unwrap();
    std::mem::take(content["keys"].as_object_mut().unwrap())
}

fn other_desk(text: &str) -> String {
    let other = custody_core::id::DeskId::from_bytes([3; 16]);
    let lines = text
        .lines()
        .map(|line| if line.starts_with("desk = ") { format!("desk = \"{other}\"") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

/// The real disk, on which nothing more can be written while it is full.
#[derive(Clone, Debug, Default)]
pub struct FullDisk {
    pub is_full: Arc<AtomicBool>,
}

impl FullDisk {
    fn room(&self) -> io::Result<()> {
        if self.is_full.load(Ordering::SeqCst) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for FullDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.room()?;
        RealDisk.make_folder(path)
    }

    fn take_over_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.take_over_folder(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.room()?;
        RealDisk.create(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename_new(from, to)
    }

    fn true_path(&self, path: &Path) -> io::Result<PathBuf> {
        RealDisk.true_path(path)
    }

    fn may_change(&self, folder: &Path) -> io::Result<bool> {
        RealDisk.may_change(folder)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<bool> {
        RealDisk.remove(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<bool> {
        RealDisk.remove_folder(path)
    }

    fn grip(&self, path: &Path) -> io::Result<Option<Box<dyn Grip>>> {
        RealDisk.grip(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<Entry>> {
        RealDisk.list(path)
    }

    fn look(&self, path: &Path) -> io::Result<Option<Lies>> {
        RealDisk.look(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        RealDisk.open(path)
    }

    fn open_at_will(&self, path: &Path) -> io::Result<Box<dyn AtWill>> {
        RealDisk.open_at_will(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamped>> {
        RealDisk.stamp(path)
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        RealDisk.is_link(path)
    }

    fn open_original(&self, path: &Path) -> io::Result<Box<dyn Original>> {
        RealDisk.open_original(path)
    }

    fn writers(&self, paths: &[&Path]) -> io::Result<Vec<Option<Writer>>> {
        RealDisk.writers(paths)
    }

    fn open_below(&self, folder: &Path) -> io::Result<Vec<(OsString, Program)>> {
        RealDisk.open_below(folder)
    }
}
