//! Files and folders are owner-only from the first byte.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::ports::{ByteSource, PortResult, Strongroom};
use custody_vault::{Places, Vault};
use support::{NO_LIMIT, PASSPHRASE, Pieces, copy, file, options};

/// Runs itself again under `umask 000`, where only a mode that is asked for at creation protects anything.
#[tokio::test]
async fn everything_is_owner_only_from_the_first_byte() {
    const ROOT: &str = "CUSTODY_TEST_UMASK_000";
    if let Some(root) = std::env::var_os(ROOT) {
        return live(&PathBuf::from(root)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("sh")
        .args(["-c", "umask 000 && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "everything_is_owner_only_from_the_first_byte"])
        .env(ROOT, folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(folder.path().join("desk/desk.lock").exists(), "the other process did its work here");
}

async fn live(root: &Path) {
    let probe = root.join("probe");
    std::fs::write(&probe, "").unwrap();
    assert_eq!(mode(&probe), 0o666, "the umask is not what this test needs");

    let places = Places::under(root.join("desk")).unwrap();
    let vault =
        Vault::create(places.clone(), custody_vault::KeyStore::KeyFile, PASSPHRASE.into(), options()).await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    check(places.root());
    let part = places.sealed().join(format!("{}.part", file(1)));
    let mut watching = Watching { pieces: Pieces::of(&[7; 300_000], 100_000), path: part };
    let sealed = vault.seal(file(1), 1, &mut watching, NO_LIMIT).await.unwrap();
    vault.make_epoch(2).await.unwrap();
    vault.rewrap(sealed.wraps, 2).await.unwrap();
    let copy_path = places.viewing().join(copy(1).to_string()).join("a.txt");
    let mut watching = Watching { pieces: Pieces::of(&[7; 300_000], 100_000), path: copy_path };
    vault.make_viewing_copy(copy(1), &"a.txt".into(), &mut watching).await.unwrap();
    vault.change_passphrase(PASSPHRASE.into(), "new".into()).await.unwrap();
    check(places.root());
}

fn mode(path: &Path) -> u32 {
    std::fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn check(path: &Path) {
    if path.is_dir() {
        assert_eq!(mode(path), 0o700, "{}", path.display());
        std::fs::read_dir(path).unwrap().for_each(|entry| check(&entry.unwrap().path()));
    } else {
        assert_eq!(mode(path), 0o600, "{}", path.display());
    }
}

/// Gives nothing until the file it will be written to exists, and looks at that file before every piece.
struct Watching {
    pieces: Pieces,
    path: PathBuf,
}

#[async_trait]
impl ByteSource for Watching {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        while !self.path.exists() {
            tokio::task::yield_now().await;
        }
        assert_eq!(mode(&self.path), 0o600);
        assert_eq!(mode(self.path.parent().unwrap()), 0o700);
        self.pieces.next().await
    }
}

#[tokio::test]
async fn folders_that_others_could_read_become_private() {
    let folder = tempfile::tempdir().unwrap();
    drop(support::desk(folder.path()).await);
    let sealed = support::places(folder.path()).sealed();
    std::fs::set_permissions(&sealed, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _vault = Vault::open(support::places(folder.path()), options()).await.unwrap();
    assert_eq!(mode(&sealed), 0o700);
}
