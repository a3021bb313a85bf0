//! Viewing copies: private, complete, and gone when they end.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use custody_core::{
    Private,
    ports::{Emptied, ErrorKind, Fault, PortError, Strongroom},
};
use custody_vault::{
    SafeName, Vault, VaultOptions,
    disk::{Disk as _, RealDisk, failing::FailingDisk},
};
use proptest::prelude::*;
use support::{PASSPHRASE, Pieces, content, copy, desk, file, files_below, options, places, seal};

#[tokio::test]
async fn a_copy_is_whole_listed_and_gone_when_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let original = content(3_000_000);
    let sealed = seal(&vault, file(1), &original).await;
    let mut body = vault.open(file(1), sealed.wraps).await.unwrap();
    let path = vault.make_viewing_copy(copy(1), &"../../日本語 ログ.log".into(), &mut *body).await.unwrap();
    assert!(path.reveal().ends_with("日本語 ログ.log"));
    assert!(std::fs::read(path.reveal()).unwrap() == original);
    assert_eq!(vault.viewing_copies().await.unwrap(), [copy(1)]);

    let beside = Path::new(path.reveal()).parent().unwrap();
    std::fs::write(beside.join(".~lock"), "a program wrote this").unwrap();
    std::fs::create_dir_all(beside.join("extracted/deep")).unwrap();
    std::fs::write(beside.join("extracted/deep/file"), "and this").unwrap();
    let mut read_only = std::fs::metadata(path.reveal()).unwrap().permissions();
    read_only.set_readonly(true);
    std::fs::set_permissions(path.reveal(), read_only).unwrap();

    let name = "日本語 ログ.log".into();
    assert_eq!(vault.beside_viewing_copy(copy(1), &name).await.unwrap(), 2);
    let emptied = vault.end_viewing_copy(copy(1), Some(&name)).await.unwrap();
    assert_eq!(emptied, Emptied { beside: 2, elsewhere: 0 });
    assert!(vault.viewing_copies().await.unwrap().is_empty());
    assert!(!beside.exists());
    assert_eq!(vault.end_viewing_copy(copy(1), Some(&name)).await.unwrap(), Emptied::default());
}

/// A viewing copy of 200,000 bytes, with its folder.
async fn made(vault: &Vault) -> (PathBuf, PathBuf) {
    let mut body = Pieces::of(&content(200_000), 999);
    let path = vault.make_viewing_copy(copy(1), &"a.log".into(), &mut body).await.unwrap();
    let path = PathBuf::from(path.into_revealed());
    (path.parent().unwrap().to_owned(), path)
}

#[cfg(unix)]
#[tokio::test]
async fn ending_a_copy_overwrites_its_bytes_and_follows_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (beside, path) = made(&vault).await;
    // A second name for the same bytes shows what became of them.
    let second_name = folder.path().join("second");
    std::fs::hard_link(path, &second_name).unwrap();
    let (mine, linked) = (folder.path().join("mine"), folder.path().join("mine-too"));
    std::fs::write(&mine, "not a copy").unwrap();
    std::fs::create_dir(&linked).unwrap();
    std::fs::write(linked.join("inside"), "not a copy").unwrap();
    std::os::unix::fs::symlink(&mine, beside.join("link")).unwrap();
    std::os::unix::fs::symlink(&linked, beside.join("folder-link")).unwrap();

    vault.end_viewing_copy(copy(1), None).await.unwrap();
    assert!(std::fs::read(&second_name).unwrap() == vec![0; 200_000], "the bytes were not overwritten");
    assert_eq!(std::fs::read_to_string(mine).unwrap(), "not a copy");
    assert_eq!(std::fs::read_to_string(linked.join("inside")).unwrap(), "not a copy");
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_has_a_name_elsewhere_too_is_removed_and_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (beside, _) = made(&vault).await;
    let mine = folder.path().join("mine");
    std::fs::write(&mine, "not a copy").unwrap();
    std::fs::hard_link(&mine, beside.join("a.log~")).unwrap();
    // An editor's backup with two names, both here: its bytes are the customer's.
    std::fs::write(beside.join("#a.log#"), "the customer's").unwrap();
    std::fs::create_dir(beside.join("deep")).unwrap();
    std::fs::hard_link(beside.join("#a.log#"), beside.join("deep/b")).unwrap();
    let mut open = std::fs::File::open(beside.join("deep/b")).unwrap();

    let emptied = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
    assert_eq!(emptied, Emptied { beside: 3, elsewhere: 1 });
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "not a copy");
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut open, &mut rest).unwrap();
    assert_eq!(rest, "\0".repeat(14), "what is open reads zeros");
    assert!(!beside.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn whoever_still_has_a_copy_open_reads_zeros_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (_, path) = made(&vault).await;
    let mut open = std::fs::File::open(&path).unwrap();
    vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
    let mut read = Vec::new();
    std::io::Read::read_to_end(&mut open, &mut read).unwrap();
    assert!(read == vec![0; 200_000], "the bytes of an open file are gone too");
}

#[cfg(unix)]
#[tokio::test]
async fn folders_and_files_that_nobody_may_touch_are_ended_too() {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};

    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let (beside, _) = made(&vault).await;
    let (locked, inside) = (beside.join("locked"), beside.join("locked/inside"));
    std::fs::create_dir(&locked).unwrap();
    std::fs::write(&inside, "text").unwrap();
    std::fs::set_permissions(&inside, Permissions::from_mode(0o000)).unwrap();
    std::fs::set_permissions(&locked, Permissions::from_mode(0o000)).unwrap();
    let emptied = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
    assert_eq!(emptied.beside, 1);
    assert!(!beside.exists());

    // Root may do everything, so the right itself is looked at too.
    let mine = folder.path().join("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::set_permissions(&mine, Permissions::from_mode(0o500)).unwrap();
    RealDisk.take_over_folder(&mine).unwrap();
    assert_eq!(std::fs::metadata(&mine).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn what_a_program_writes_while_a_copy_ends_is_ended_with_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(desk(folder.path()).await);
    let vault = on(folder.path(), FailingDisk::written_into(5)).await;
    let (beside, _) = made(&vault).await;
    let emptied = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
    assert_eq!(emptied.beside, 5);
    assert!(!beside.exists());
}

#[tokio::test]
async fn a_copy_beside_which_a_program_goes_on_writing_is_not_called_ended() {
    let folder = tempfile::tempdir().unwrap();
    drop(desk(folder.path()).await);
    let vault = on(folder.path(), FailingDisk::written_into(30)).await;
    let (_, path) = made(&vault).await;
    let error = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::CopyInUse, ErrorKind::TryAgain { after: None }));
    assert!(!path.exists(), "the copy itself is gone already");
    assert_eq!(vault.viewing_copies().await.unwrap(), [copy(1)]);
    // The program rests at last.
    vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
    assert!(vault.viewing_copies().await.unwrap().is_empty());
}

#[tokio::test]
async fn one_file_that_cannot_be_removed_keeps_no_other_from_it() {
    let mut call = 1;
    loop {
        let folder = tempfile::tempdir().unwrap();
        let vault = desk(folder.path()).await;
        let (beside, path) = made(&vault).await;
        for name in ["b", "c", "d"] {
            std::fs::write(beside.join(name), "text").unwrap();
        }
        drop(vault);
        let counting = FailingDisk::counting();
        drop(on(folder.path(), counting.clone()).await);
        let disk = FailingDisk::failing_once(counting.calls() + call, std::io::ErrorKind::PermissionDenied);
        let vault = on(folder.path(), disk.clone()).await;
        let outcome = vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await;
        let left = files_below(vault.places().viewing());
        let left: Vec<_> = left.into_iter().filter(|(path, _)| path.starts_with(&beside)).collect();
        if !disk.has_failed() {
            outcome.unwrap();
            break;
        }
        assert_eq!(outcome.unwrap_err().fault, Fault::DiskTrouble, "call {call}");
        let looked = call <= 3;
        assert!(looked || left.len() <= 1, "call {call}: one failed and {} are left", left.len());
        assert!(
            looked || left.is_empty() || left[0].0 != path || !left[0].1.is_empty(),
            "never cut before it is removed"
        );
        vault.end_viewing_copy(copy(1), Some(&"a.log".into())).await.unwrap();
        assert!(vault.viewing_copies().await.unwrap().is_empty());
        call += 1;
    }
    assert!(call > 15, "an end has more steps than {call}");
}

async fn on(folder: &Path, disk: FailingDisk) -> Vault {
    let vault = Vault::open(places(folder), VaultOptions { disk: Arc::new(disk), ..options() }).await.unwrap();
    vault.unlock(PASSPHRASE.into()).await.unwrap();
    vault
}

#[tokio::test]
async fn a_copy_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let mut body = Pieces::of(&content(2_000_000), 99_999).then(PortError::needs_person(Fault::Damaged));
    let error = vault.make_viewing_copy(copy(1), &"a.log".into(), &mut body).await.unwrap_err();
    assert_eq!(error.fault, Fault::Damaged);
    assert!(vault.viewing_copies().await.unwrap().is_empty());
    assert!(files_below(vault.places().viewing()).is_empty());
}

fn hostile_name() -> impl Strategy<Value = String> {
    let nasty = prop_oneof![
        Just("/"),
        Just("\\"),
        Just(".."),
        Just("."),
        Just(":"),
        Just("\0"),
        Just("\u{202e}"),
        Just("\u{2066}"),
        Just(" "),
        Just("CON"),
        Just("nul"),
        Just("COM1"),
        Just("lpt9"),
        Just(".exe"),
        Just(".lnk"),
        Just("\n"),
        Just("~"),
        Just("$HOME"),
        Just("\u{feff}"),
        Just("\u{200f}"),
        Just("desktop.ini"),
        Just("日本"),
        Just("عربي"),
        Just("e\u{301}"),
        Just("🗂"),
    ];
    let part = prop_oneof![nasty.prop_map(str::to_owned), any::<String>(), "[a-z]{0,200}\\.[a-zA-Z]{0,30}"];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

fn misleads(sign: char) -> bool {
    let direction =
        matches!(sign, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    direction || sign.is_control()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn whatever_a_customer_calls_a_file_it_stays_in_its_folder(name in hostile_name()) {
        let folder = Path::new("/private/copy");
        let path = SafeName::of(&Private::new(name)).within(folder);
        prop_assert_eq!(path.parent(), Some(folder));
        let safe = path.file_name().unwrap().to_str().unwrap();
        prop_assert_eq!(&path, &folder.join(safe), "one component, nothing else");
        prop_assert!(!safe.is_empty() && safe.len() <= 120, "{} bytes", safe.len());
        prop_assert!(!safe.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
        prop_assert!(!safe.chars().any(misleads));
        prop_assert!(!safe.starts_with(['.', ' ', '-']) && !safe.ends_with(['.', ' ']));
        let stem = safe.split('.').next().unwrap().trim_end().to_uppercase();
        prop_assert!(!["CON", "PRN", "AUX", "NUL", "COM1", "LPT9"].contains(&stem.as_str()));
        prop_assert!(![".exe", ".lnk", ".html", ".js"].iter().any(|running| safe.to_lowercase().ends_with(running)));
        // A safe name is its own safe name.
        let again = SafeName::of(&Private::new(safe.to_owned())).within(folder);
        prop_assert_eq!(again, path);
    }

    #[test]
    fn every_safe_name_can_be_written(name in hostile_name()) {
        let folder = tempfile::tempdir().unwrap();
        let path = SafeName::of(&Private::new(name)).within(folder.path());
        std::fs::write(&path, "x").unwrap();
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
