//! The desk learns of changes in its folders, its own and those of others.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{future::Future, time::Duration};

use custody_core::ports::Strongroom;
use support::{Pieces, copy, desk, file, seal};

/// A bound on waiting for what must happen; nothing is concluded from how long it took.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), what).await.unwrap()
}

#[tokio::test]
async fn a_file_removed_or_added_behind_our_back_is_signalled() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    seal(&vault, file(1), b"one").await;
    let mut changes = vault.changes().unwrap();
    std::fs::remove_file(vault.places().sealed().join(format!("{}.age", file(1)))).unwrap();
    soon(changes.changed()).await;
    std::fs::write(vault.places().sealed().join("stranger"), "?").unwrap();
    soon(changes.changed()).await;
}

#[tokio::test]
async fn our_own_seals_and_viewing_copies_are_signalled() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let mut changes = vault.changes().unwrap();
    seal(&vault, file(1), b"one").await;
    soon(changes.changed()).await;
    vault.make_viewing_copy(copy(1), &"a.txt".into(), &mut Pieces::of(b"one", 1)).await.unwrap();
    soon(changes.changed()).await;
}
