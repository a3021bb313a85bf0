//! What can only be told of a ledger that is a file.
#![expect(clippy::disallowed_methods, reason = "these tests damage the file as a broken disk would")]

use std::path::Path;

use custody_core::ports::{ChainVerdict, ErrorKind, Fault, Ledger as _};

use super::{
    World,
    build::{CANARY, arrived, at, bytes, case, case_id, erasing, file_id, note, opened, rewrap, salt, sealed, wraps},
    migrations::contains,
    world::{fault, key},
};
use crate::{LedgerKey, SqlLedger, Tables, files};

async fn open(file: &Path) -> Result<SqlLedger, custody_core::ports::PortError> {
    SqlLedger::open_sqlite(file, &key()).await
}

/// Every file of the ledger's folder, with its name.
fn everything_on_disk(world: &World) -> Vec<(String, Vec<u8>)> {
    let folder = std::fs::read_dir(world.file().parent().unwrap()).unwrap();
    let read =
        |entry: std::fs::DirEntry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap());
    folder.map(|entry| read(entry.unwrap())).collect()
}

#[cfg(unix)]
#[tokio::test]
async fn the_ledger_its_log_and_its_folder_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::on_sqlite().await;
    world.commit(vec![opened(1, 1)]).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = world.file();
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    let (log, index) = (file.with_file_name("ledger.db-wal"), file.with_file_name("ledger.db-shm"));
    assert_eq!([mode(&file), mode(&log), mode(&index)], [0o600; 3]);
    let (file, _folder) = world.close().await;

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    open(&file).await.unwrap();
    assert_eq!(mode(&file), 0o600, "others' rights are taken from it");
}

#[tokio::test]
async fn nothing_in_the_ledger_can_be_read_on_the_disk_at_any_time() {
    let world = World::on_sqlite().await;
    world.commit(vec![opened(1, 1), arrived(1, 1), sealed(1, 1)]).await;
    let secrets: Vec<Vec<u8>> = vec![
        CANARY.into(),
        salt(1).to_vec(),
        hex::encode(salt(1)).into(),
        wraps(1, 1)[0].sealed.clone(),
        b"SQLite format 3".to_vec(),
        b"CREATE TABLE".to_vec(),
        [7; 32].to_vec(),
    ];
    let nothing_is_readable = |when: &str| {
        for (name, bytes) in everything_on_disk(&world) {
            for secret in &secrets {
                assert!(!contains(&bytes, secret), "{when}: {name} shows {}", secret.escape_ascii());
            }
        }
    };
    nothing_is_readable("before anything was erased");
    world.commit(erasing(1, 1)).await;
    world.write(vec![rewrap(2, Vec::new())]).await;
    world.commit(vec![case(1, 1).forget(at(80))]).await;
    nothing_is_readable("before the log was cut");
    let log = |name: &str| everything_on_disk(&world).into_iter().find(|(file, _)| file == name).unwrap().1.len();
    assert!(log("ledger.db-wal") > 0);
    world.ledger.compact().await.unwrap();
    assert_eq!(log("ledger.db-wal"), 0, "the log of writes is cut");
    nothing_is_readable("after the log was cut");
}

#[tokio::test]
async fn every_connection_overwrites_what_it_erases_and_waits_for_the_disk() {
    let world = World::on_sqlite().await;
    let (mut writer, mut reader) = (world.ledger.writer().await.unwrap(), world.ledger.reader().await.unwrap());
    for connection in [&mut writer, &mut reader] {
        for (pragma, wanted) in [("PRAGMA secure_delete", 1), ("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1)] {
            let row = sqlx::raw_sql(pragma).fetch_one(&mut **connection).await.unwrap();
            assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), wanted, "{pragma}");
        }
        let row = sqlx::raw_sql("PRAGMA journal_mode").fetch_one(&mut **connection).await.unwrap();
        assert_eq!(sqlx::Row::get::<String, _>(&row, 0), "wal");
    }
}

#[tokio::test]
async fn a_wrong_key_and_a_file_that_is_no_ledger_are_told_at_once() {
    let world = World::on_sqlite().await;
    world.commit(vec![note(1)]).await;
    let (file, _folder) = world.close().await;
    let other_key = SqlLedger::open_sqlite(&file, &LedgerKey::new([8; 32])).await;
    assert_eq!(fault(other_key), Fault::LedgerDamaged);
    assert_eq!(open(&file).await.unwrap().head().await.unwrap().index, 1, "it is as it was");

    for length in [1, 15, 100, 4096, 100_000] {
        let garbage = file.with_file_name(format!("garbage-{length}.db"));
        let noise: Vec<u8> = (0..length).flat_map(|place: u32| bytes("noise", place)).take(length as usize).collect();
        std::fs::write(&garbage, &noise).unwrap();
        assert_eq!(fault(open(&garbage).await), Fault::LedgerDamaged, "{length} bytes of noise");
        assert_eq!(std::fs::read(&garbage).unwrap(), noise, "and nothing was written over them");
    }
    let readable = file.with_file_name("readable.db");
    std::fs::write(&readable, b"SQLite format 3\0 and so on".repeat(400)).unwrap();
    assert_eq!(fault(open(&readable).await), Fault::LedgerDamaged);
}

#[tokio::test]
async fn a_damaged_page_is_never_taken_as_it_is() {
    let world = World::on_sqlite().await;
    world.commit((1..=400).map(note).collect()).await;
    let (file, _folder) = world.close().await;
    let whole = std::fs::read(&file).unwrap();
    let pages = whole.len() / 4096;
    assert!(pages > 20);
    let mut found = 0;
    for page in (0..pages).step_by(5) {
        let mut damaged = whole.clone();
        damaged[page * 4096 + 2000] ^= 1;
        std::fs::write(&file, damaged).unwrap();
        // A page that no query needs is not met; one that is met is never taken as it is.
        let verdict = match open(&file).await {
            Ok(ledger) => {
                let mut nothing = |_: &str| ();
                let dumped = ledger.dump(Tables::All, &mut nothing).await;
                let verdict = ledger.verify().await.map(|verdict| assert!(matches!(verdict, ChainVerdict::Whole(_))));
                ledger.close().await;
                dumped.and(verdict)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = verdict {
            assert_eq!(error.fault, Fault::LedgerDamaged, "page {page}");
            found += 1;
        }
    }
    // The others hold indexes that these reads do not need.
    assert!(found > 4, "{found} of {} damaged pages were met", pages.div_ceil(5));
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let cut = match open(&file).await {
        Ok(ledger) => fault(ledger.verify().await),
        Err(error) => error.fault,
    };
    assert_eq!(cut, Fault::LedgerDamaged, "a file that was cut short");
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_lost() {
    let world = World::on_sqlite().await;
    let head = world.commit(vec![opened(1, 1)]).await;
    world.meddle("PRAGMA max_page_count = 1").await; // No less than it has: it may not grow.
    let much = (1..3000).map(note).collect();
    let error = world.ledger.commit(much).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::DiskFull, ErrorKind::NeedsPerson));
    assert_eq!(world.ledger.verify().await.unwrap(), ChainVerdict::Whole(head));
    assert_eq!(world.ledger.case(case_id(1)).await.unwrap(), Some(case(1, 1)));
    world.meddle("PRAGMA max_page_count = 1000000").await;
    assert_eq!(world.commit(vec![arrived(1, 1)]).await.index, head.index + 1, "with room again it goes on");
    assert!(world.ledger.file(file_id(1)).await.unwrap().is_some());
}

#[tokio::test]
async fn a_ledger_in_use_is_told_and_may_be_tried_again() {
    let world = World::on_sqlite().await;
    world.commit(vec![note(1)]).await;
    let other = world.another_desk().await;
    // Here nobody is to wait ten seconds.
    world.meddle("PRAGMA busy_timeout = 20").await;

    let mut writing = other.writer().await.unwrap();
    let transaction = sqlx::Connection::begin_with(&mut *writing, "BEGIN IMMEDIATE").await.unwrap();
    let error = world.ledger.commit(vec![note(2)]).await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::InUse, ErrorKind::TryAgain { after: None }));
    assert_eq!(world.ledger.head().await.unwrap().index, 1, "a reader does not wait for a writer");
    transaction.rollback().await.unwrap();
    assert_eq!(world.commit(vec![note(2)]).await.index, 2);

    let mut reading = other.reader().await.unwrap();
    let mut transaction = sqlx::Connection::begin(&mut *reading).await.unwrap();
    sqlx::query("SELECT count(*) FROM chain").fetch_one(&mut *transaction).await.unwrap();
    world.commit(vec![note(3)]).await;
    let error = world.ledger.compact().await.unwrap_err();
    assert_eq!((error.fault, error.kind), (Fault::InUse, ErrorKind::TryAgain { after: None }));
    transaction.rollback().await.unwrap();
    world.ledger.compact().await.unwrap();
    assert!(files::log_is_empty(&world.file()).unwrap());
}

#[tokio::test]
async fn a_place_that_cannot_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    std::fs::write(&blocked, b"in the way").unwrap();
    assert_eq!(fault(open(&blocked.join("ledger.db")).await), Fault::DiskTrouble);
    assert_eq!(fault(open(folder.path()).await), Fault::DiskTrouble);
}

#[tokio::test]
async fn readers_cannot_write() {
    let world = World::on_sqlite().await;
    let mut reader = world.ledger.reader().await.unwrap();
    let refused = sqlx::raw_sql("DELETE FROM chain_head").execute(&mut *reader).await;
    assert!(refused.is_err());
    drop(reader);
    assert_eq!(world.ledger.head().await.unwrap().index, 0);
}

#[test]
fn the_key_is_not_shown() {
    let shown = format!("{:?}", LedgerKey::new([0xab; 32]));
    assert_eq!(shown, "LedgerKey");
}
