//! The crash walk: the program dies at disk call *k*, for every *k*, and the next start finds nothing lost and nothing
//! half done that it cannot tell.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{io, path::Path, sync::Arc};

use custody_core::{
    ports::{ErrorKind, Fault, Found, KeyStore, Strongroom},
    transition::Wrap,
};
use custody_vault::{Vault, VaultOptions, disk::failing::FailingDisk};
use support::{NO_LIMIT, PASSPHRASE, Pieces, content, copy, desk, file, files_below, opened, options, places, seal};

async fn open_on(folder: &Path, disk: &FailingDisk) -> Vault {
    let vault = Vault::open(places(folder), VaultOptions { disk: Arc::new(disk.clone()), ..options() }).await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    vault
}

/// A start after a crash.
async fn restart(folder: &Path) -> Vault {
    let vault = Vault::open(places(folder), options()).await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    vault
}

#[tokio::test]
async fn a_seal_that_dies_leaves_an_older_file_alone_and_can_be_done_again() {
    let original = content(150_000);
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let older = seal(&desk(folder.path()).await, file(1), b"older").await;
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let outcome = vault.seal(file(2), 1, &mut Pieces::of(&original, 10_000), NO_LIMIT).await;
        let died = disk.has_failed();
        assert_eq!(outcome.is_err(), died, "death at call {}", deaths + 1);
        drop(vault);

        let vault = restart(folder.path()).await;
        let inventory = vault.inventory().await.unwrap();
        assert_eq!(inventory.foreign, 0, "everything that lies there has a name of ours");
        assert!(inventory.sealed.len() + inventory.parts.len() <= 2);
        assert_eq!(opened(&vault, file(1), &older.wraps).await.unwrap(), b"older");
        if let Ok(sealed) = outcome {
            assert!(opened(&vault, file(2), &sealed.wraps).await.unwrap() == original, "what was reported is there");
            break;
        }
        let again = seal(&vault, file(2), &original).await;
        assert!(opened(&vault, file(2), &again.wraps).await.unwrap() == original);
        assert!(vault.inventory().await.unwrap().parts.is_empty());
        deaths += 1;
    }
    println!("a seal died at each of its {deaths} disk calls");
    assert!(deaths >= 8, "a seal has more steps than {deaths}");
}

#[tokio::test]
async fn a_seal_with_one_failing_call_leaves_nothing_behind_and_says_what_it_was() {
    let cases = [
        (io::ErrorKind::StorageFull, Fault::DiskFull, ErrorKind::TryAgain { after: None }),
        (io::ErrorKind::PermissionDenied, Fault::DiskTrouble, ErrorKind::NeedsPerson),
    ];
    for (cause, fault, kind) in cases {
        let mut call = 1;
        loop {
            let folder = tempfile::tempdir().unwrap();
            drop(desk(folder.path()).await);
            let counting = FailingDisk::counting();
            drop(open_on(folder.path(), &counting).await);
            let disk = FailingDisk::failing_once(counting.calls() + call, cause);
            let vault = open_on(folder.path(), &disk).await;
            let outcome = vault.seal(file(1), 1, &mut Pieces::of(&content(100_000), 9_999), NO_LIMIT).await;
            let Err(error) = outcome else {
                assert!(!disk.has_failed(), "call {call} failed and nobody said so");
                break;
            };
            // The first call reads the epoch key.
            let expected = if call == 1 && fault != Fault::DiskFull { Fault::KeychainTrouble } else { fault };
            assert_eq!((error.fault, error.kind), (expected, kind), "call {call}");
            assert!(files_below(&vault.places().sealed()).is_empty(), "call {call} left something");
            call += 1;
        }
        assert!(call > 8, "a seal has more steps than {call}");
    }
}

#[tokio::test]
async fn an_erasure_that_dies_can_be_done_again_and_touches_nothing_else() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let vault = desk(folder.path()).await;
        seal(&vault, file(1), b"to be erased").await;
        let kept = seal(&vault, file(2), b"kept").await;
        std::fs::write(vault.places().sealed().join(format!("{}.part", file(1))), "half").unwrap();
        drop(vault);
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let outcome = vault.erase(file(1)).await;
        assert_eq!(outcome.is_err(), disk.has_failed(), "death at call {}", deaths + 1);
        drop(vault);

        let vault = restart(folder.path()).await;
        if outcome.is_ok() {
            assert_eq!(vault.look(file(1)).await.unwrap(), Found::Nothing, "what was reported is true");
        }
        vault.erase(file(1)).await.unwrap();
        assert_eq!(vault.look(file(1)).await.unwrap(), Found::Nothing);
        assert_eq!(opened(&vault, file(2), &kept.wraps).await.unwrap(), b"kept");
        if outcome.is_ok() {
            break;
        }
        deaths += 1;
    }
    println!("an erasure died at each of its {deaths} disk calls");
    assert!(deaths >= 4);
}

/// A rotation as a flow does it: new key, wraps sealed anew, committed to the ledger, old key destroyed. The ledger is
/// stood for by one variable that is exchanged as a whole.
async fn rotate(vault: &Vault, ledger: &mut (i64, Vec<Wrap>)) -> custody_core::ports::PortResult<()> {
    let to = ledger.0 + 1;
    vault.make_epoch(to).await?;
    let wraps = vault.rewrap(ledger.1.clone(), to).await?;
    *ledger = (to, wraps);
    vault.destroy_epochs_but(to).await?;
    Ok(())
}

#[tokio::test]
async fn a_rotation_that_dies_loses_no_file_and_is_finished_at_the_next_start() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let vault = desk(folder.path()).await;
        let (one, two) = (seal(&vault, file(1), b"one").await, seal(&vault, file(2), b"two").await);
        drop(vault);
        let old = [one.wraps, two.wraps].concat();
        let mut ledger = (1, old.clone());
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let outcome = rotate(&vault, &mut ledger).await;
        drop(vault);

        let vault = restart(folder.path()).await;
        let check = async |ledger: &(i64, Vec<Wrap>)| {
            for (number, content) in [(1, b"one"), (2, b"two")] {
                let wraps: Vec<Wrap> = ledger.1.iter().filter(|wrap| wrap.file == file(number)).cloned().collect();
                let whole = opened(&vault, file(number), &wraps).await;
                assert_eq!(whole.unwrap(), content, "file {number} after a death at call {}", deaths + 1);
            }
        };
        check(&ledger).await;
        // What a start does: the ledger's epoch is the only one that stays.
        vault.destroy_epochs_but(ledger.0).await.unwrap();
        assert_eq!(vault.epochs().await.unwrap(), [ledger.0]);
        check(&ledger).await;
        rotate(&vault, &mut ledger).await.unwrap();
        check(&ledger).await;
        assert_eq!(opened(&vault, file(1), &old).await.unwrap_err().fault, Fault::KeyMissing);
        if !disk.has_failed() {
            outcome.unwrap();
            break;
        }
        deaths += 1;
    }
    println!("a rotation died at each of its {deaths} disk calls");
    assert!(deaths >= 15);
}

#[tokio::test]
async fn making_a_desk_that_dies_can_be_begun_anew() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let disk = FailingDisk::dying_at(deaths + 1);
        let dying = VaultOptions { disk: Arc::new(disk.clone()), ..options() };
        let outcome = Vault::create(places(folder.path()), KeyStore::KeyFile, PASSPHRASE.into(), dying).await;
        let made = outcome.is_ok();
        drop(outcome);
        if !Vault::is_made(&places(folder.path())).unwrap() {
            assert!(!made, "what was reported as made is made");
            drop(desk(folder.path()).await);
        }
        let vault = restart(folder.path()).await;
        let sealed = seal(&vault, file(1), b"one").await;
        assert_eq!(opened(&vault, file(1), &sealed.wraps).await.unwrap(), b"one");
        if made {
            break;
        }
        deaths += 1;
    }
    println!("the making of a desk died at each of its {deaths} disk calls");
    assert!(deaths >= 20);
}

#[tokio::test]
async fn a_passphrase_change_that_dies_leaves_one_of_the_two_in_force() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        drop(desk(folder.path()).await);
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let outcome = vault.change_passphrase(PASSPHRASE.into(), "new".into()).await;
        drop(vault);
        let vault = Vault::open(places(folder.path()), options()).await.unwrap();
        let new_works = vault.unlock("new".into()).await.is_ok();
        assert!(new_works || vault.unlock(PASSPHRASE.into()).await.is_ok(), "death at call {}", deaths + 1);
        if outcome.is_ok() {
            assert!(new_works, "what was reported is true");
        }
        if !disk.has_failed() {
            break;
        }
        deaths += 1;
    }
    assert!(deaths >= 5);
}

#[tokio::test]
async fn a_viewing_copy_that_dies_while_it_is_made_is_listed_and_can_be_ended() {
    let (original, mut deaths) = (content(3_000_000), 0);
    loop {
        let folder = tempfile::tempdir().unwrap();
        drop(desk(folder.path()).await);
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let made = vault.make_viewing_copy(copy(1), &"a.log".into(), &mut Pieces::of(&original, 99_999)).await;
        assert_eq!(made.is_err(), disk.has_failed());
        drop(vault);

        let vault = restart(folder.path()).await;
        let listed = vault.viewing_copies().await.unwrap();
        assert!(!listed.is_empty() || files_below(vault.places().viewing()).is_empty(), "nothing lies there unlisted");
        vault.end_viewing_copy(copy(1), None).await.unwrap();
        assert!(vault.viewing_copies().await.unwrap().is_empty());
        assert!(files_below(vault.places().viewing()).is_empty());
        if made.is_ok() {
            break;
        }
        deaths += 1;
    }
    println!("the making of a viewing copy died at each of its {deaths} disk calls");
    assert!(deaths >= 6);
}

#[tokio::test]
async fn the_end_of_a_viewing_copy_that_dies_is_done_at_the_next_start_with_all_that_lies_beside_it() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let vault = desk(folder.path()).await;
        let path = vault.make_viewing_copy(copy(1), &"a.log".into(), &mut Pieces::of(b"text", 1)).await.unwrap();
        let beside = Path::new(path.reveal()).parent().unwrap().to_owned();
        std::fs::create_dir_all(beside.join("unpacked/deep")).unwrap();
        for name in ["a.log~", ".a.log.swp", "unpacked/1", "unpacked/deep/2"] {
            std::fs::write(beside.join(name), "what a program left").unwrap();
        }
        drop(vault);
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let ended = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await;
        assert_eq!(ended.is_err(), disk.has_failed(), "death at call {}", deaths + 1);
        drop(vault);

        let vault = restart(folder.path()).await;
        let listed = vault.viewing_copies().await.unwrap();
        assert!(listed.is_empty() || ended.is_err(), "what was reported is true");
        assert!(!listed.is_empty() || files_below(vault.places().viewing()).is_empty(), "nothing lies there unlisted");
        for (_, content) in files_below(vault.places().viewing()) {
            let zeros = content.iter().all(|byte| *byte == 0);
            assert!(zeros || content == b"text" || content == b"what a program left", "half overwritten");
        }
        vault.end_viewing_copy(copy(1), None).await.unwrap();
        assert!(!beside.exists());
        if let Ok(emptied) = ended {
            assert_eq!(emptied.beside, 4);
            break;
        }
        deaths += 1;
    }
    println!("the end of a viewing copy died at each of its {deaths} disk calls");
    assert!(deaths >= 25);
}

#[tokio::test]
async fn setting_aside_that_dies_never_loses_the_file() {
    let mut deaths = 0;
    loop {
        let folder = tempfile::tempdir().unwrap();
        seal(&desk(folder.path()).await, file(1), b"unknown to the ledger").await;
        let disk = FailingDisk::counting();
        let vault = open_on(folder.path(), &disk).await;
        disk.die_after(deaths);
        let outcome = vault.set_aside(file(1)).await;
        assert_eq!(outcome.is_err(), disk.has_failed());
        drop(vault);
        let vault = restart(folder.path()).await;
        let places = vault.places();
        assert_eq!(files_below(&places.sealed()).len() + files_below(&places.aside()).len(), 1);
        vault.set_aside(file(1)).await.unwrap();
        assert_eq!(files_below(&places.aside()).len(), 1);
        if outcome.is_ok() {
            break;
        }
        deaths += 1;
    }
    assert!(deaths >= 4);
}
