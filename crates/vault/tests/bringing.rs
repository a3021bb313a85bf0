//! What is brought into a drop folder from elsewhere: moved or copied, whole or not at all, and nothing is lost on the way.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use custody_core::{
    Private,
    id::CaseId,
    ports::{Bounds, Brought, Chosen, DropFolders, DropStanding, KeyStore, Misfit, Unfit},
};
use custody_vault::{
    Vault, VaultOptions,
    disk::{Disk, RealDisk, failing::FailingDisk},
};
use support::{content, options, places};
use tempfile::TempDir;

const CASE: CaseId = CaseId::from_bytes([7; 16]);

/// A desk, and a folder beside it in which a person has files.
struct Bench {
    vault: Vault,
    elsewhere: TempDir,
    folder: PathBuf,
    _root: TempDir,
}

impl Bench {
    async fn new() -> Self {
        Self::on(RealDisk, tempfile::tempdir().unwrap()).await
    }

    /// What is brought lies on another file system than the desk, where this machine has two.
    #[cfg(target_os = "linux")]
    async fn across(disk: impl Disk) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let elsewhere = TempDir::new_in("/dev/shm").unwrap();
        let bench = Self::on(disk, elsewhere).await;
        let device = |path: &Path| fs::metadata(path).unwrap().dev();
        assert_ne!(device(bench.elsewhere.path()), device(bench._root.path()), "these are two file systems");
        bench
    }

    async fn on(disk: impl Disk, elsewhere: TempDir) -> Self {
        let root = tempfile::tempdir().unwrap();
        let options = VaultOptions { disk: Arc::new(disk), drop_rest: Duration::ZERO, ..options() };
        let places = places(root.path());
        let folder = places.drop().join(CASE.to_string());
        let vault = Vault::create(places, KeyStore::KeyFile, "correct horse".into(), options).await.unwrap();
        Self { vault, elsewhere, folder, _root: root }
    }

    fn drops(&self) -> &dyn DropFolders {
        &self.vault
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.elsewhere.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    async fn look_at(&self, path: &Path) -> Chosen {
        let paths = vec![Private::new(path.to_owned())];
        self.drops().examine(paths, &bounds()).await.unwrap().remove(0)
    }

    async fn bring(&self, path: &Path) -> Brought {
        let chosen = self.look_at(path).await;
        assert_eq!(chosen.misfit, None);
        self.drops().bring(CASE, &chosen, &bounds()).await.unwrap()
    }

    async fn misfit(&self, path: &Path) -> (Unfit, Option<String>) {
        let chosen = self.look_at(path).await;
        let Misfit { why, inside } = chosen.misfit.clone().unwrap();
        // Whoever asks for it nevertheless is refused for the same reason.
        assert_eq!(
            self.drops().bring(CASE, &chosen, &bounds()).await.unwrap(),
            Brought::Left(Misfit { why, inside: inside.clone() })
        );
        (why, inside.map(Private::into_revealed))
    }

    async fn lies(&self) -> Vec<(String, DropStanding)> {
        let lies = self.drops().look(CASE).await.unwrap();
        lies.into_iter().map(|it| (it.name.into_revealed(), it.standing)).collect()
    }
}

fn bounds() -> Bounds {
    Bounds { max_file_bytes: 1 << 20, ours: Vec::new() }
}

fn complete(names: &[&str]) -> Vec<(String, DropStanding)> {
    names.iter().map(|name| ((*name).to_owned(), DropStanding::Complete)).collect()
}

#[tokio::test]
async fn a_file_is_moved_into_the_drop_folder_of_its_case_which_is_made_for_it() {
    let bench = Bench::new().await;
    let path = bench.file("heap dump.bin", b"what the customer sent");
    let chosen = bench.look_at(&path).await;
    assert_eq!((chosen.name.reveal().as_str(), chosen.files, chosen.bytes), ("heap dump.bin", 1, 22));
    assert!(path.exists() && !bench.folder.exists(), "a look touches nothing");
    assert_eq!(bench.bring(&path).await, Brought::Moved);
    assert!(!path.exists());
    assert_eq!(fs::read(bench.folder.join("heap dump.bin")).unwrap(), b"what the customer sent");
    assert_eq!(bench.lies().await, complete(&["heap dump.bin"]));
}

#[tokio::test]
async fn nothing_that_lies_there_is_replaced() {
    let bench = Bench::new().await;
    let number = |it: &str| bench.file("a.log", it.as_bytes());
    for text in ["one", "two", "three"] {
        assert_eq!(bench.bring(&number(text)).await, Brought::Moved);
    }
    let folder = bench.file("b/c.log", b"in a folder").parent().unwrap().to_owned();
    assert_eq!(bench.bring(&folder).await, Brought::Moved);
    bench.file("b/c.log", b"in another");
    assert_eq!(bench.bring(&folder).await, Brought::Moved);
    assert_eq!(bench.lies().await, complete(&["a (2).log", "a (3).log", "a.log", "b/c.log", "b (2)/c.log"]));
    assert_eq!(fs::read(bench.folder.join("a.log")).unwrap(), b"one");
    assert_eq!(fs::read(bench.folder.join("a (3).log")).unwrap(), b"three");
}

#[tokio::test]
async fn a_folder_is_brought_whole_with_what_the_system_left_in_it() {
    let bench = Bench::new().await;
    bench.file("logs/older/one.log", b"one");
    bench.file("logs/two.log", b"two!");
    bench.file("logs/.DS_Store", b"the system's");
    let folder = bench.elsewhere.path().join("logs");
    let chosen = bench.look_at(&folder).await;
    assert_eq!((chosen.is_folder, chosen.files, chosen.bytes), (true, 2, 7));
    assert_eq!(bench.bring(&folder).await, Brought::Moved);
    assert!(!folder.exists());
    assert_eq!(bench.lies().await, complete(&["logs/older/one.log", "logs/two.log"]));
}

#[tokio::test]
async fn what_cannot_be_brought_is_told_with_its_reason_and_not_touched() {
    let bench = Bench::new().await;
    let empty = bench.file("empty.log", b"");
    assert_eq!(bench.misfit(&empty).await, (Unfit::Empty, None));
    let large = bench.file("large.log", &content((1 << 20) + 1));
    assert_eq!(bench.misfit(&large).await, (Unfit::TooLarge, None));
    let unfinished = bench.file("dump.zip.crdownload", b"half");
    assert_eq!(bench.misfit(&unfinished).await, (Unfit::Unfinished, None));
    let gone = bench.elsewhere.path().join("gone");
    assert_eq!(bench.misfit(&gone).await, (Unfit::Gone, None));
    for nowhere in ["https:/example.org/a.zip", "a.log", "", "/"] {
        assert_eq!(bench.misfit(Path::new(nowhere)).await, (Unfit::Gone, None), "{nowhere}");
    }
    let hollow = bench.elsewhere.path().join("hollow");
    fs::create_dir_all(hollow.join("in it")).unwrap();
    assert_eq!(bench.misfit(&hollow).await, (Unfit::Empty, None));
    bench.file("mixed/good.log", b"good");
    // A name that would make the desk erase it unseen.
    let ours = format!("mixed/deep/.custody-erasing-{}", "0".repeat(32));
    bench.file(&ours, b"not ours at all");
    let mixed = bench.elsewhere.path().join("mixed");
    let inside = ours.strip_prefix("mixed/").unwrap().to_owned();
    assert_eq!(bench.misfit(&mixed).await, (Unfit::Unfinished, Some(inside)));
    for kept in [&empty, &large, &unfinished, &hollow.join("in it"), &mixed.join("good.log")] {
        assert!(kept.exists(), "{} stays", kept.display());
    }
    assert!(bench.lies().await.is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn links_and_second_names_and_what_is_no_file_stay_where_they_are() {
    use std::os::unix::fs::symlink;
    let bench = Bench::new().await;
    let (elsewhere, real) = (bench.elsewhere.path().to_owned(), bench.file("real.log", b"a file"));
    symlink(&real, elsewhere.join("link.log")).unwrap();
    assert_eq!(bench.misfit(&elsewhere.join("link.log")).await, (Unfit::Link, None));
    symlink(&elsewhere, elsewhere.join("loop")).unwrap();
    assert_eq!(bench.misfit(&elsewhere.join("loop")).await, (Unfit::Link, None));
    fs::hard_link(&real, elsewhere.join("second.log")).unwrap();
    assert_eq!(bench.misfit(&real).await, (Unfit::SecondName, None));
    assert!(std::process::Command::new("mkfifo").arg(elsewhere.join("pipe")).status().unwrap().success());
    assert_eq!(bench.misfit(&elsewhere.join("pipe")).await, (Unfit::Special, None));
    bench.file("folder/a.log", b"fits");
    symlink("/etc", elsewhere.join("folder/etc")).unwrap();
    assert_eq!(bench.misfit(&elsewhere.join("folder")).await, (Unfit::Link, Some("etc".to_owned())));
}

#[tokio::test]
async fn nothing_of_custody_is_brought_and_no_folder_that_holds_something_of_it() {
    let bench = Bench::new().await;
    fs::create_dir_all(&bench.folder).unwrap();
    let root = bench.vault.places().root().to_owned();
    fs::write(bench.folder.join("saved.log"), "waits there").unwrap();
    fs::write(bench.vault.places().sealed().join("0.age"), "sealed").unwrap();
    for own in [
        bench.folder.join("saved.log"),
        bench.folder.clone(),
        bench.vault.places().sealed().join("0.age"),
        bench.vault.places().keys(),
        root.clone(),
        root.parent().unwrap().to_owned(),
        root.join("sealed/../sealed/0.age"),
    ] {
        assert_eq!(bench.misfit(&own).await, (Unfit::Ours, None), "{}", own.display());
    }
    // A backup lies where the settings say.
    let backup = bench.file("share/custody/sealed/1.age", b"sealed").parent().unwrap().to_owned();
    let bounds = Bounds { ours: vec![bench.elsewhere.path().join("share")], ..bounds() };
    let chosen = bench.drops().examine(vec![Private::new(backup.join("1.age"))], &bounds).await.unwrap().remove(0);
    assert_eq!(chosen.misfit.unwrap().why, Unfit::Ours);
    // By another way to the same place.
    #[cfg(unix)]
    {
        let way = bench.elsewhere.path().join("way");
        std::os::unix::fs::symlink(&root, &way).unwrap();
        assert_eq!(bench.misfit(&way.join("sealed/0.age")).await, (Unfit::Ours, None));
    }
}

#[tokio::test]
async fn more_than_is_taken_at_once_stays() {
    let bench = Bench::new().await;
    let deep: PathBuf = std::iter::repeat_n("a", 40).collect();
    bench.file(&format!("deep/{}/b.log", deep.display()), b"deep down");
    assert_eq!(bench.misfit(&bench.elsewhere.path().join("deep")).await, (Unfit::TooMany, None));
    for number in 0..=10_000 {
        bench.file(&format!("many/{number}"), b"1");
    }
    assert_eq!(bench.misfit(&bench.elsewhere.path().join("many")).await, (Unfit::TooMany, None));
}

#[tokio::test]
async fn only_what_was_looked_at_is_brought() {
    let bench = Bench::new().await;
    let path = bench.file("a.log", b"as it was shown");
    let chosen = bench.look_at(&path).await;
    fs::write(&path, "something else by now").unwrap();
    let changed = Brought::Left(Misfit { why: Unfit::Changed, inside: None });
    assert_eq!(bench.drops().bring(CASE, &chosen, &bounds()).await.unwrap(), changed);
    let folder = bench.file("logs/a.log", b"one").parent().unwrap().to_owned();
    let chosen = bench.look_at(&folder).await;
    bench.file("logs/b.log", b"came later");
    assert_eq!(bench.drops().bring(CASE, &chosen, &bounds()).await.unwrap(), changed);
    assert!(path.exists() && folder.join("a.log").exists() && bench.lies().await.is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn from_another_file_system_it_is_copied_and_the_original_overwritten_and_removed() {
    let bench = Bench::across(RealDisk).await;
    let bytes = content(700_000);
    let path = bench.file("a.log", &bytes);
    // A handle outlasts the name and shows what became of the bytes.
    let mut handle = fs::File::open(&path).unwrap();
    assert_eq!(bench.bring(&path).await, Brought::Moved);
    assert!(!path.exists() && fs::read(bench.folder.join("a.log")).unwrap() == bytes);
    let mut left = Vec::new();
    std::io::Read::read_to_end(&mut handle, &mut left).unwrap();
    assert!(left == vec![0; 700_000], "the bytes were not overwritten");

    bench.file("logs/older/one.log", b"one");
    bench.file("logs/two.log", b"two");
    bench.file("logs/older/.DS_Store", b"the system's");
    let folder = bench.elsewhere.path().join("logs");
    assert_eq!(bench.bring(&folder).await, Brought::Moved);
    assert!(!folder.exists());
    fs::write(bench.elsewhere.path().join("a.log"), "another").unwrap();
    assert_eq!(bench.bring(&path).await, Brought::Moved);
    assert_eq!(bench.lies().await, complete(&["a (2).log", "a.log", "logs/older/one.log", "logs/two.log"]));
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |name: &str| fs::metadata(bench.folder.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("a.log"), mode("logs/older")), (0o600, 0o700), "a copy is its owner's alone");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_is_still_written_to_is_not_copied() {
    let bench = Bench::across(RealDisk).await;
    let path = bench.file("a.log", b"");
    let mut writer = std::process::Command::new("sh")
        .args(["-c", "exec 3>a.log; echo begun >&3; read line"])
        .current_dir(bench.elsewhere.path())
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(bench.bring(&path).await, Brought::Left(Misfit { why: Unfit::Written, inside: None }));
    drop(writer.stdin.take());
    writer.wait().unwrap();
    assert!(bench.lies().await.is_empty());
    assert_eq!(bench.bring(&path).await, Brought::Moved);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_desk_that_dies_at_any_call_loses_nothing_on_the_way_and_leaves_no_half_copy() {
    for across in [false, true] {
        let mut deaths = 0;
        loop {
            let disk = FailingDisk::counting();
            let bench = if across {
                Bench::across(disk.clone()).await
            } else {
                Bench::on(disk.clone(), tempfile::tempdir().unwrap()).await
            };
            let bytes = content(300_000);
            let paths = [bench.file("logs/one.log", &bytes), bench.file("logs/older/two.log", &bytes)];
            let folder = bench.elsewhere.path().join("logs");
            let chosen = bench.look_at(&folder).await;
            disk.die_after(deaths);
            let outcome = bench.drops().bring(CASE, &chosen, &bounds()).await;
            let died = disk.has_failed();
            disk.heal();
            assert!(!died || !matches!(outcome, Ok(Brought::Moved)) || !folder.exists());

            let names = ["logs/older/two.log", "logs/one.log"];
            let lies = bench.lies().await;
            let copied = lies == complete(&names);
            assert!(copied || lies.is_empty(), "dead at call {deaths}, what lies there is whole: {lies:?}");
            let is_whole = |path: &PathBuf| fs::read(path).is_ok_and(|found| found == bytes);
            if copied {
                assert!(names.iter().all(|name| is_whole(&bench.folder.join(name))));
            } else {
                assert!(paths.iter().all(is_whole), "dead at call {deaths}, the original is whole");
            }
            if !copied && bench.folder.exists() {
                assert_eq!(
                    fs::read_dir(&bench.folder).unwrap().count(),
                    0,
                    "dead at call {deaths}, no half copy stays"
                );
            }
            if !died {
                assert_eq!(outcome.unwrap(), Brought::Moved);
                assert!(copied && !folder.exists());
                break;
            }
            deaths += 1;
        }
        assert!(deaths > if across { 40 } else { 15 }, "{deaths} calls are fewer than there must be");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_original_that_cannot_be_erased_is_told_of() {
    // The last steps are those at the original; each of them may fail alone.
    let mut stays = 0;
    for call in 1.. {
        let counting = FailingDisk::counting();
        let bench = Bench::across(counting.clone()).await;
        let path = bench.file("a.log", b"what was copied");
        let chosen = bench.look_at(&path).await;
        counting.die_after(call);
        let outcome = bench.drops().bring(CASE, &chosen, &bounds()).await;
        let died = counting.has_failed();
        counting.heal();
        if let Ok(Brought::OriginalStays) = outcome {
            stays += 1;
            assert_eq!(bench.lies().await, complete(&["a.log"]));
        }
        if !died {
            break;
        }
    }
    assert!(stays >= 3, "{stays}");
}

#[tokio::test]
async fn what_the_system_does_not_allow_is_told_and_leaves_the_original_or_all_of_it_in_the_drop_folder() {
    let mut told = Vec::new();
    for call in 1.. {
        let counting = FailingDisk::counting();
        let first = Bench::on(counting.clone(), tempfile::tempdir().unwrap()).await;
        drop(first);
        let disk = FailingDisk::failing_once(counting.calls() + call, std::io::ErrorKind::PermissionDenied);
        let bench = Bench::on(disk.clone(), tempfile::tempdir().unwrap()).await;
        let path = bench.file("a.log", b"what the customer sent");
        let paths = vec![Private::new(path.clone())];
        if let Ok(chosen) = bench.drops().examine(paths, &bounds()).await {
            match chosen[0].misfit.clone() {
                Some(misfit) => told.push(misfit.why),
                None => {
                    if let Ok(Brought::Left(misfit)) = bench.drops().bring(CASE, &chosen[0], &bounds()).await {
                        told.push(misfit.why);
                    }
                }
            }
        }
        let lies = bench.folder.join("a.log");
        assert!(path.exists() != lies.exists(), "call {call}: it is in one place");
        if !disk.has_failed() {
            assert!(lies.exists());
            break;
        }
    }
    assert!(told.contains(&Unfit::Unreadable) && told.contains(&Unfit::NotRemovable), "{told:?}");
}
