//! Backup targets on a disk that dies: what lies there under its name is whole, and a state that opens is always there.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use custody_core::{
    Timestamp,
    backup::{JournalEntry, JournaledFile},
    case::TopicId,
    event::ChainHash,
    held_file::SourceMark,
    id::{CaseId, ReceiptId},
    period::Period,
    ports::{BackupState, BackupTarget, Fault, Found, Head, KeyStore, StateFacts, Strongroom},
    retention::Reason,
};
use custody_vault::{
    Backup, RecoveryKit, Target, Vault, VaultOptions,
    disk::{RealDisk, failing::FailingDisk},
};
use support::{PASSPHRASE, Pieces, content, desk, file, options, places, seal};

const LEDGER: &[u8] = b"the ledger, as bytes";

struct Kept {
    folder: tempfile::TempDir,
    kit: RecoveryKit,
}

impl Kept {
    /// A desk with a kit, a sealed file and a prepared target.
    async fn new() -> (Self, Vault, Target) {
        let folder = tempfile::tempdir().unwrap();
        let vault = desk(&folder.path().join("desk")).await;
        let kit = RecoveryKit::make();
        vault.adopt_kit(&kit).await.unwrap();
        seal(&vault, file(1), &content(150_000)).await;
        let kept = Self { folder, kit };
        let target = kept.target(&vault);
        target.prepare(false).await.unwrap();
        (kept, vault, target)
    }

    fn target(&self, vault: &Vault) -> Target {
        vault.target("second disk".to_owned(), &self.chosen(), Period::ZERO)
    }

    fn chosen(&self) -> PathBuf {
        self.folder.path().join("backup")
    }

    /// The same desk on a disk that dies.
    async fn on(&self, disk: &FailingDisk) -> (Vault, Target) {
        let options = VaultOptions { disk: Arc::new(disk.clone()), ..options() };
        let vault = Vault::open(places(&self.folder.path().join("desk")), options).await.unwrap();
        let target = self.target(&vault);
        (vault, target)
    }

    /// What the newest state at the target holds.
    async fn opened(&self) -> Option<Vec<u8>> {
        let backup = Backup::find(Arc::new(RealDisk), self.chosen()).await.unwrap();
        let (_, mut ledger) = backup.open(&self.kit).await.ok()?;
        let mut bytes = Vec::new();
        while let Some(piece) = ledger.next().await.ok()? {
            bytes.extend_from_slice(&piece);
        }
        Some(bytes)
    }

    async fn journal(&self) -> Vec<JournalEntry> {
        let backup = Backup::find(Arc::new(RealDisk), self.chosen()).await.unwrap();
        backup.whole_journal().await.unwrap()
    }
}

/// The paths of all files below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    support::files_below(folder).into_iter().map(|(path, _)| path).collect()
}

fn state(generation: u64) -> BackupState {
    BackupState { generation, epoch: 1 }
}

fn facts() -> StateFacts {
    StateFacts { at: Timestamp::UNIX_EPOCH, head: Head { index: 7, hash: ChainHash([7; 32]) } }
}

fn entry(number: u8) -> JournalEntry {
    JournalEntry::Receipted { receipt: ReceiptId::from_bytes([number; 16]), files: vec![file(number)] }
}

async fn write(target: &Target, generation: u64, ledger: &[u8]) -> custody_core::ports::PortResult<()> {
    target.write_state(state(generation), facts(), &mut Pieces::of(ledger, 5)).await
}

#[tokio::test]
async fn a_copy_that_dies_lies_nowhere_under_the_files_name_unless_it_is_whole() {
    let (kept, vault, _) = Kept::new().await;
    let original = std::fs::read(vault.places().sealed().join(format!("{}.age", file(1)))).unwrap();
    drop(vault);
    let mut deaths = 0;
    loop {
        let disk = FailingDisk::counting();
        let (vault, target) = kept.on(&disk).await;
        disk.die_after(deaths);
        let outcome = target.copy(file(1)).await;
        assert_eq!(outcome.is_err(), disk.has_failed(), "death at call {}", deaths + 1);
        drop((target, vault));
        let copies: Vec<_> = files_below(&kept.chosen()).into_iter().filter(|path| has_ending(path, "age")).collect();
        assert!(copies.iter().all(|path| std::fs::read(path).unwrap() == original), "death at call {}", deaths + 1);
        let disk = FailingDisk::counting();
        let (_vault, target) = kept.on(&disk).await;
        assert_eq!(target.copy(file(1)).await.unwrap(), original.len() as u64, "it can be copied again");
        target.erase(file(1)).await.unwrap();
        assert_eq!(target.look(file(1)).await.unwrap(), Found::Nothing);
        if outcome.is_ok() {
            break;
        }
        deaths += 1;
    }
    println!("a copy died at each of its {deaths} disk calls");
    assert!(deaths >= 6);
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

#[tokio::test]
async fn a_state_that_dies_leaves_the_one_before_and_is_never_half_of_one() {
    let (kept, vault, target) = Kept::new().await;
    write(&target, 1, LEDGER).await.unwrap();
    drop((vault, target));
    let mut deaths = 0;
    loop {
        let disk = FailingDisk::counting();
        let (vault, target) = kept.on(&disk).await;
        disk.die_after(deaths);
        let newer = format!("newer {deaths}");
        let outcome = async {
            write(&target, 2 + deaths, newer.as_bytes()).await?;
            target.destroy_states_but(state(2 + deaths)).await
        }
        .await;
        drop((target, vault));
        let found = kept.opened().await;
        let found = found.unwrap_or_else(|| panic!("no state opens after death at call {}", deaths + 1));
        let is_one = found == LEDGER || found.starts_with(b"newer");
        assert!(is_one, "death at call {}: {:?}", deaths + 1, String::from_utf8_lossy(&found));
        if outcome.is_ok() {
            assert_eq!(found, newer.as_bytes());
            break;
        }
        deaths += 1;
    }
    println!("a state died at each of its {deaths} disk calls");
    assert!(deaths >= 10);
    let disk = FailingDisk::counting();
    let (_vault, target) = kept.on(&disk).await;
    assert_eq!(target.states().await.unwrap().len(), 1, "every older one is gone, unfinished ones too");
}

#[tokio::test]
async fn a_journal_that_dies_has_lost_nothing_and_goes_on() {
    let (kept, vault, target) = Kept::new().await;
    target.note(&[entry(1)]).await.unwrap();
    drop((vault, target));
    let mut deaths = 0;
    loop {
        let disk = FailingDisk::counting();
        let (vault, target) = kept.on(&disk).await;
        disk.die_after(deaths);
        let before = kept.journal().await;
        let outcome = target.note(&[entry(2)]).await;
        drop((target, vault));
        let after = kept.journal().await;
        assert_eq!(after[..before.len()], before, "what was in it stays");
        assert!(after.len() <= before.len() + 1);
        if outcome.is_ok() {
            assert_eq!(after.last(), Some(&entry(2)));
            break;
        }
        deaths += 1;
    }
    println!("a page of the journal died at each of its {deaths} disk calls");
    assert!(deaths >= 5);
}

#[tokio::test]
async fn an_entry_survives_its_text() {
    let (kept, _vault, target) = Kept::new().await;
    let erasing = JournalEntry::Erasing(JournaledFile {
        file: file(3),
        case: CaseId::from_bytes([4; 16]),
        topic: TopicId(5),
        mark: SourceMark::from_bytes([6; 32]),
        reason: Reason::TicketClosed,
        at: Timestamp::UNIX_EPOCH,
    });
    target.note(&[erasing.clone(), entry(1)]).await.unwrap();
    assert_eq!(kept.journal().await, [erasing, entry(1)]);
}

#[tokio::test]
async fn a_changed_or_missing_page_is_noticed() {
    for meddling in ["removed", "changed", "swapped"] {
        let (kept, _vault, target) = Kept::new().await;
        for number in 1..=3 {
            target.note(&[entry(number)]).await.unwrap();
        }
        let pages = files_below(&kept.chosen()).into_iter().filter(|path| has_ending(path, "json")).collect::<Vec<_>>();
        let page =
            |number: usize| pages.iter().find(|path| path.ends_with(format!("{number:08}.json"))).unwrap().clone();
        match meddling {
            "removed" => std::fs::remove_file(page(2)).unwrap(),
            "changed" => {
                let text = std::fs::read_to_string(page(2)).unwrap().replace("0202", "0909");
                std::fs::write(page(2), text).unwrap();
            }
            _ => std::fs::copy(page(1), page(2)).map(drop).unwrap(),
        }
        let backup = Backup::find(Arc::new(RealDisk), kept.chosen()).await.unwrap();
        assert_eq!(backup.whole_journal().await.unwrap_err().fault, Fault::BackupDamaged, "{meddling}");
    }
}

#[tokio::test]
async fn a_journal_that_is_shorter_than_its_state_knows_is_refused() {
    let (kept, _vault, target) = Kept::new().await;
    target.note(&[entry(1)]).await.unwrap();
    target.note(&[entry(2)]).await.unwrap();
    write(&target, 1, LEDGER).await.unwrap();
    let last = files_below(&kept.chosen()).into_iter().find(|path| path.ends_with("00000002.json")).unwrap();
    std::fs::remove_file(last).unwrap();
    let backup = Backup::find(Arc::new(RealDisk), kept.chosen()).await.unwrap();
    let (opened, _) = backup.open(&kept.kit).await.unwrap();
    assert_eq!(backup.journal(&opened).await.unwrap_err().fault, Fault::BackupDamaged);
    assert_eq!(backup.whole_journal().await.unwrap().len(), 1, "as far as it goes it is whole");
}

#[tokio::test]
async fn a_damaged_state_opens_for_nobody_and_another_kit_opens_none() {
    let (kept, _vault, target) = Kept::new().await;
    write(&target, 1, &content(200_000)).await.unwrap();
    let backup = Backup::find(Arc::new(RealDisk), kept.chosen()).await.unwrap();
    assert!(matches!(backup.open(&RecoveryKit::make()).await, Err(error) if error.fault == Fault::OtherKit));
    let path = files_below(&kept.chosen()).into_iter().find(|path| path.to_string_lossy().contains("state-")).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(kept.opened().await, None);
}

#[tokio::test]
async fn nothing_is_made_where_a_disk_is_away_and_no_state_without_a_kit() {
    let (kept, vault, target) = Kept::new().await;
    std::fs::rename(kept.chosen(), kept.folder.path().join("unplugged")).unwrap();
    assert_eq!(target.claim().await.unwrap_err().fault, Fault::BackupUnreachable);
    assert!(!kept.chosen().exists());
    drop((vault, target));

    let folder = tempfile::tempdir().unwrap();
    let vault = desk(&folder.path().join("desk")).await;
    let target = vault.target("none".to_owned(), &folder.path().join("backup"), Period::ZERO);
    target.prepare(false).await.unwrap();
    assert_eq!(write(&target, 1, LEDGER).await.unwrap_err().fault, Fault::NoRecoveryKit);
    assert!(target.states().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_restore_that_was_cut_short_is_no_desk_and_is_begun_anew() {
    let (kept, vault, target) = Kept::new().await;
    let wraps = seal(&vault, file(2), b"kept").await.wraps;
    write(&target, 1, LEDGER).await.unwrap();
    target.copy(file(2)).await.unwrap();
    let backup = Backup::find(Arc::new(RealDisk), kept.chosen()).await.unwrap();
    let (opened, _) = backup.open(&kept.kit).await.unwrap();
    let there = kept.folder.path().join("new machine");
    let begin = || Vault::restore(places(&there), KeyStore::KeyFile, PASSPHRASE.into(), options(), &opened, &kept.kit);
    let cut_short = begin().await.unwrap();
    cut_short.make_epoch(2).await.unwrap();
    let wraps = cut_short.wrap_from_kit(&kept.kit, wraps, 2).await.unwrap();
    drop(cut_short);
    assert!(!Vault::is_made(&places(&there)).unwrap(), "until its end there is no desk");
    let restored = begin().await.unwrap();
    backup.source(&restored).fetch(file(2)).await.unwrap();
    restored.make_epoch(3).await.unwrap();
    // A ledger elsewhere has the wraps that the first try made, and no other.
    let anew = restored.wrap_from_kit(&kept.kit, wraps, 3).await.unwrap();
    restored.finish_restore().await.unwrap();
    restored.unlock(PASSPHRASE.into()).await.unwrap();
    assert_eq!(support::opened(&restored, file(2), &anew).await.unwrap(), b"kept");
    assert_eq!(restored.public_key_pem().unwrap(), vault.public_key_pem().unwrap());
    assert_ne!(restored.recipient().to_string(), vault.recipient().to_string());
    drop(restored);
    assert_eq!(begin().await.unwrap_err().fault, Fault::Conflict, "a desk is not restored over");
}
