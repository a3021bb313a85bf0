//! Drop folders: what is complete is told from what is not, and an original goes only as the one that was looked at.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{fs, path::PathBuf, time::Duration};

use custody_core::{
    id::CaseId,
    ports::{DropFolders, DropStanding, Dropped, Fault, KeyStore, Strongroom as _},
};
use custody_vault::{Vault, VaultOptions, disk::failing::FailingDisk};
use support::{Pieces, content, drain, file, opened, options, places};

const CASE: CaseId = CaseId::from_bytes([7; 16]);

/// A desk whose drop folders hold a file for complete at the first look, unless somebody writes to it.
async fn desk(root: &std::path::Path) -> (Vault, PathBuf) {
    resting(root, Duration::ZERO).await
}

async fn resting(root: &std::path::Path, drop_rest: Duration) -> (Vault, PathBuf) {
    let options = VaultOptions { drop_rest, ..options() };
    let vault = Vault::create(places(root), KeyStore::KeyFile, "correct horse".into(), options).await.unwrap();
    let path = drops(&vault).make(CASE).await.unwrap();
    (vault, PathBuf::from(path.reveal()))
}

/// The port: the vault has verbs of the same names for sealed files.
fn drops(vault: &Vault) -> &dyn DropFolders {
    vault
}

async fn standings(vault: &Vault) -> Vec<(String, DropStanding)> {
    let lies = drops(vault).look(CASE).await.unwrap();
    lies.into_iter().map(|it| (it.name.into_revealed(), it.standing)).collect()
}

async fn only(vault: &Vault) -> Dropped {
    let mut lies = drops(vault).look(CASE).await.unwrap();
    assert_eq!(lies.len(), 1);
    lies.remove(0)
}

#[tokio::test]
async fn a_folder_is_private_and_shown_and_what_lies_in_it_is_named_with_its_folders() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    assert_eq!(drops(&vault).cases().await.unwrap(), [CASE]);
    assert_eq!(drops(&vault).path(CaseId::from_bytes([8; 16])).await.unwrap(), None);
    fs::create_dir_all(folder.join("logs/older")).unwrap();
    fs::write(folder.join("logs/older/日本語 ログ.log"), "one").unwrap();
    fs::write(folder.join("dump.zip"), "two").unwrap();
    fs::write(folder.join(".DS_Store"), "the system's").unwrap();
    let expected = [("dump.zip", DropStanding::Complete), ("logs/older/日本語 ログ.log", DropStanding::Complete)];
    assert_eq!(standings(&vault).await, expected.map(|(name, standing)| (name.to_owned(), standing)));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}

#[tokio::test]
async fn what_is_not_complete_or_no_file_is_told_from_what_is() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    fs::write(folder.join("a.zip.crdownload"), "half").unwrap();
    fs::write(folder.join("b.zip"), "").unwrap();
    fs::create_dir(folder.join("c.download")).unwrap();
    fs::write(folder.join("d.log"), "whole").unwrap();
    let mut expected = vec![
        ("a.zip.crdownload", DropStanding::Unfinished),
        ("b.zip", DropStanding::Empty),
        ("c.download", DropStanding::Unfinished),
        ("d.log", DropStanding::Complete),
    ];
    #[cfg(unix)]
    {
        let outside = root.path().join("outside");
        fs::write(&outside, "not the customer's").unwrap();
        std::os::unix::fs::symlink(&outside, folder.join("e.log")).unwrap();
        std::os::unix::fs::symlink(root.path(), folder.join("f")).unwrap();
        fs::hard_link(&outside, folder.join("g.log")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(folder.join("h")).status().unwrap().success());
        expected.extend([
            ("e.log", DropStanding::Link),
            ("f", DropStanding::Link),
            ("g.log", DropStanding::Link),
            ("h", DropStanding::Special),
        ]);
    }
    let expected: Vec<_> = expected.into_iter().map(|(name, standing)| (name.to_owned(), standing)).collect();
    assert_eq!(standings(&vault).await, expected);
}

#[tokio::test]
async fn a_file_that_changed_just_now_is_fresh() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = resting(root.path(), Duration::from_secs(3600)).await;
    fs::write(folder.join("a.log"), "more follows").unwrap();
    for _ in 0..2 {
        assert_eq!(only(&vault).await.standing, DropStanding::Fresh);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_a_program_still_writes_to_is_not_complete_however_quiet_it_is() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    // A copy over a line that has stopped: the shell keeps the file open and writes nothing more.
    let mut copy = std::process::Command::new("sh")
        .args(["-c", "exec 3>a.log; echo begun >&3; read line"])
        .current_dir(&folder)
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while fs::metadata(folder.join("a.log")).map_or(0, |file| file.len()) == 0 {
        tokio::task::yield_now().await;
    }
    let DropStanding::Written { by } = only(&vault).await.standing else { panic!("a writer is not seen") };
    assert!(by.is_some_and(|name| name.contains("sh")), "the program is named");
    drop(copy.stdin.take());
    copy.wait().unwrap();
    assert_eq!(only(&vault).await.standing, DropStanding::Complete);
    // One that only reads does not stop anything.
    let _reader = fs::File::open(folder.join("a.log")).unwrap();
    assert_eq!(only(&vault).await.standing, DropStanding::Complete);
}

#[tokio::test]
async fn an_original_is_sealed_checked_and_gone_with_the_folders_that_it_leaves_empty() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    vault.unlock("correct horse".into()).await.unwrap();
    let bytes = content(3_000_000);
    fs::create_dir(folder.join("logs")).unwrap();
    fs::write(folder.join("logs/a.log"), &bytes).unwrap();
    let dropped = only(&vault).await;
    let mut body = drops(&vault).open(&dropped).await.unwrap();
    let sealed = vault.seal_and_check(file(1), 1, &mut *body, u64::MAX).await.unwrap();
    assert!(opened(&vault, file(1), &sealed.wraps).await.unwrap() == bytes);

    drops(&vault).erase(&dropped).await.unwrap();
    assert!(drops(&vault).look(CASE).await.unwrap().is_empty());
    assert!(folder.exists() && !folder.join("logs").exists());
    // Killed in between, it is asked for again.
    drops(&vault).erase(&dropped).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn an_original_is_overwritten_before_it_goes() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    fs::write(folder.join("a.log"), content(200_000)).unwrap();
    let dropped = only(&vault).await;
    // A handle outlasts the name and shows what became of the bytes.
    let mut handle = fs::File::open(folder.join("a.log")).unwrap();
    drops(&vault).erase(&dropped).await.unwrap();
    let mut left = Vec::new();
    std::io::Read::read_to_end(&mut handle, &mut left).unwrap();
    assert!(left == vec![0; 200_000], "the bytes were not overwritten");
}

#[tokio::test]
async fn an_original_that_changed_since_it_was_looked_at_is_neither_taken_nor_erased() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    let path = folder.join("a.log");
    fs::write(&path, content(2_000_000)).unwrap();
    let dropped = only(&vault).await;
    let reading = drops(&vault).open(&dropped).await.unwrap();
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    std::io::Write::write_all(&mut file, b"one line more").unwrap();
    drop(file);
    let (_, end) = drain(reading).await;
    assert_eq!(end.unwrap_err().fault, Fault::StillWritten, "what is read while it changes is not whole");
    assert_eq!(drops(&vault).open(&dropped).await.err().map(|error| error.fault), Some(Fault::StillWritten));
    let error = drops(&vault).erase(&dropped).await.unwrap_err();
    assert_eq!(error.fault, Fault::StillWritten);
    assert_eq!(fs::metadata(&path).unwrap().len(), 2_000_013);
}

#[tokio::test]
async fn a_folder_goes_with_what_the_system_left_in_it_and_stays_with_anything_else() {
    let root = tempfile::tempdir().unwrap();
    let (vault, folder) = desk(root.path()).await;
    fs::write(folder.join("a.log"), "a file").unwrap();
    fs::write(folder.join("Thumbs.db"), "small pictures of it").unwrap();
    drops(&vault).remove(CASE).await.unwrap();
    assert!(folder.join("a.log").exists());
    fs::remove_file(folder.join("a.log")).unwrap();
    drops(&vault).remove(CASE).await.unwrap();
    assert!(!folder.exists());
    drops(&vault).remove(CASE).await.unwrap();
}

#[tokio::test]
async fn what_reads_differently_from_what_was_sealed_does_not_stay() {
    // The check itself: a disk that turns one bit between writing and reading.
    let root = tempfile::tempdir().unwrap();
    let options = VaultOptions { disk: std::sync::Arc::new(FailingDisk::turning_bits()), ..options() };
    let vault = Vault::create(places(root.path()), KeyStore::KeyFile, "correct horse".into(), options).await.unwrap();
    let sealed = vault.seal_and_check(file(1), 1, &mut Pieces::of(&content(100_000), 999), u64::MAX).await;
    assert_eq!(sealed.unwrap_err().fault, Fault::DiskTrouble);
    assert_eq!(vault.inventory().await.unwrap().sealed, []);
}
