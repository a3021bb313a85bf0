//! Viewing copies: private, complete, and gone when they end.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use custody_core::{
    Private,
    ports::{Fault, PortError, Strongroom},
};
use custody_vault::SafeName;
use proptest::prelude::*;
use support::{Pieces, content, copy, desk, file, files_below, seal};

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

    let beside = std::path::Path::new(path.reveal()).parent().unwrap();
    std::fs::write(beside.join(".~lock"), "a program wrote this").unwrap();
    std::fs::create_dir_all(beside.join("extracted/deep")).unwrap();
    std::fs::write(beside.join("extracted/deep/file"), "and this").unwrap();
    let mut read_only = std::fs::metadata(path.reveal()).unwrap().permissions();
    read_only.set_readonly(true);
    std::fs::set_permissions(path.reveal(), read_only).unwrap();

    vault.end_viewing_copy(copy(1)).await.unwrap();
    assert!(vault.viewing_copies().await.unwrap().is_empty());
    assert!(!beside.exists());
    vault.end_viewing_copy(copy(1)).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn ending_a_copy_overwrites_its_bytes_and_follows_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let vault = desk(folder.path()).await;
    let path =
        vault.make_viewing_copy(copy(1), &"a.log".into(), &mut Pieces::of(&content(200_000), 999)).await.unwrap();
    // A second name for the same bytes shows what became of them.
    let second_name = folder.path().join("second");
    std::fs::hard_link(path.reveal(), &second_name).unwrap();
    let (mine, linked) = (folder.path().join("mine"), folder.path().join("mine-too"));
    std::fs::write(&mine, "not a copy").unwrap();
    std::fs::create_dir(&linked).unwrap();
    std::fs::write(linked.join("inside"), "not a copy").unwrap();
    let beside = std::path::Path::new(path.reveal()).parent().unwrap();
    std::os::unix::fs::symlink(&mine, beside.join("link")).unwrap();
    std::os::unix::fs::symlink(&linked, beside.join("folder-link")).unwrap();

    vault.end_viewing_copy(copy(1)).await.unwrap();
    assert!(std::fs::read(&second_name).unwrap() == vec![0; 200_000], "the bytes were not overwritten");
    assert_eq!(std::fs::read_to_string(mine).unwrap(), "not a copy");
    assert_eq!(std::fs::read_to_string(linked.join("inside")).unwrap(), "not a copy");
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
        let folder = std::path::Path::new("/private/copy");
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
