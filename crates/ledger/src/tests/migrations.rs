//! A schema changes as a whole or not at all.

use custody_core::ports::{ChainVerdict, Fault, Ledger as _};

use super::{
    World,
    build::{CANARY, case_id, note, opened},
    world::{dump, fault, key},
};
use crate::{
    Engine, SqlLedger, Tables, files,
    migrate::{MIGRATIONS, Migration},
    sql::{self, Result},
};

const NEXT: i64 = MIGRATIONS.len() as i64 + 1;
const LATER: Migration = Migration {
    number: NEXT,
    sql: "CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY); INSERT INTO later VALUES ('x'); \
          UPDATE marks SET text = 'changed';",
};
/// Its first half works.
const FAILING: Migration =
    Migration { number: NEXT, sql: "CREATE TABLE later (id TEXT); DELETE FROM marks; NONSENSE;" };

fn with(more: Migration) -> Vec<Migration> {
    MIGRATIONS.iter().copied().chain([more]).collect()
}

fn edited() -> Vec<Migration> {
    let mut migrations = MIGRATIONS.to_vec();
    migrations[0].sql = "CREATE TABLE other (id TEXT)";
    migrations
}

async fn has_table(ledger: &SqlLedger, table: &'static str) -> bool {
    let sql = match ledger.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE name = $1",
        Engine::Postgres => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE tablename = $1",
    };
    let mut reader = ledger.reader().await.unwrap();
    sql::one(&mut reader, sql, sql::values![table], |_| Ok(())).await.unwrap().is_some()
}

/// What is the same on both engines; `open` opens the ledger of this story with these migrations.
async fn the_story(open: impl AsyncFn(&[Migration]) -> Result<SqlLedger>) {
    let ledger = open(MIGRATIONS).await.unwrap();
    ledger.commit(vec![opened(1, 1)]).await.unwrap();
    ledger.put_mark("intake", "here").await.unwrap();
    let before = dump(&ledger, Tables::All).await;
    ledger.close().await;

    assert_eq!(fault(open(&edited()).await), Fault::LedgerTrouble);
    assert_eq!(fault(open(&with(FAILING)).await), Fault::LedgerTrouble);
    let ledger = open(MIGRATIONS).await.unwrap();
    assert_eq!(dump(&ledger, Tables::All).await, before, "a migration that failed left no trace");
    assert!(!has_table(&ledger, "later").await);
    ledger.close().await;

    let ledger = open(&with(LATER)).await.unwrap();
    assert!(has_table(&ledger, "later").await);
    assert_eq!(ledger.mark("intake").await.unwrap().as_deref(), Some("changed"));
    assert!(ledger.case(case_id(1)).await.unwrap().is_some());
    ledger.close().await;

    assert_eq!(fault(open(MIGRATIONS).await), Fault::LedgerNewer, "this program is older than the ledger");
    let again = open(&with(LATER)).await.unwrap();
    let head = again.commit(vec![note(1)]).await.unwrap();
    assert_eq!(again.verify().await.unwrap(), ChainVerdict::Whole(head));
    again.close().await;
}

#[tokio::test]
async fn a_newer_ledger_an_edited_migration_and_one_that_fails_are_refused() {
    let world = World::on_sqlite().await;
    let (file, _folder) = world.close().await;
    the_story(async |migrations| SqlLedger::open_sqlite_with(&file, &key(), migrations).await).await;
}

#[cfg(unix)]
pub(super) async fn on_postgres(cluster: &super::postgres::Cluster) {
    let url = cluster.new_database().await;
    the_story(async |migrations| SqlLedger::open_postgres_with(&url, migrations).await).await;
}

#[tokio::test]
async fn a_copy_is_made_before_a_migration_and_goes_when_the_ledger_is_compacted() {
    let world = World::on_sqlite().await;
    world.commit(vec![opened(1, 1)]).await;
    // Not closed: what is only in the log of writes must be in the copy too.
    let before = world.dump(Tables::All).await;
    let copies = || {
        let folder = std::fs::read_dir(world.file().parent().unwrap()).unwrap();
        let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".before-")).collect::<Vec<_>>()
    };
    assert!(copies().is_empty(), "a new ledger has nothing to copy");

    let migrated = SqlLedger::open_sqlite_with(&world.file(), &key(), &with(LATER)).await.unwrap();
    let name = format!("ledger.db.before-{NEXT:04}");
    assert_eq!(copies(), [name.as_str()]);
    let copy = world.file().with_file_name(name);
    let bytes = std::fs::read(&copy).unwrap();
    assert!(!contains(&bytes, CANARY.as_bytes()), "the copy is encrypted as the ledger is");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let moved = tempfile::tempdir().unwrap();
    let restored = moved.path().join("ledger.db");
    #[expect(clippy::disallowed_methods, reason = "a person who restores the copy does this")]
    std::fs::copy(&copy, &restored).unwrap();
    let restored = SqlLedger::open_sqlite(&restored, &key()).await.unwrap();
    assert_eq!(dump(&restored, Tables::All).await, before);

    migrated.compact().await.unwrap();
    assert!(copies().is_empty(), "what is erased later must not live on in a copy");
    assert_eq!(files::remove_copies(&world.file()).unwrap(), 0);
}

pub(super) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
