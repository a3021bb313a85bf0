//! Bringing a ledger to the schema of this program: all of it or nothing, and never a migration that was edited.

use std::path::Path;

use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};
use tracing::info;

use crate::{
    Inconsistency, LedgerError, engine, files,
    sql::{self, Result, Row, values},
};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    /// Counted from 1 without gaps.
    pub(crate) number: i64,
    /// Its text: the same for both engines.
    pub(crate) sql: &'static str,
}

/// Every migration, in order. One that was released is never edited: a new one is added.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, sql: include_str!("../migrations/0001_ledger.sql") },
    Migration { number: 2, sql: include_str!("../migrations/0002_drop_folders.sql") },
    Migration { number: 3, sql: include_str!("../migrations/0003_viewing_leases.sql") },
    Migration { number: 4, sql: include_str!("../migrations/0004_holds.sql") },
    Migration { number: 5, sql: include_str!("../migrations/0005_four_eyes.sql") },
    Migration { number: 6, sql: include_str!("../migrations/0006_rules.sql") },
    Migration { number: 7, sql: include_str!("../migrations/0007_case_list.sql") },
    Migration { number: 8, sql: include_str!("../migrations/0008_lists.sql") },
    Migration { number: 9, sql: include_str!("../migrations/0009_assigned_cases.sql") },
];

impl Migration {
    /// What it is recognised by. Line ends do not count: a checkout on Windows may change them.
    fn checksum(&self) -> String {
        hex::encode(Sha256::digest(self.sql.replace("\r\n", "\n")))
    }
}

/// A migration that a ledger says it has.
struct Applied {
    number: i64,
    checksum: String,
}

/// Migrates an SQLite ledger, after making a copy if there is something to lose.
pub(crate) async fn run_on_sqlite(connection: &mut AnyConnection, path: &Path, known: &[Migration]) -> Result<()> {
    const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
    // Another program may be reading; only one that has to change something needs the file for itself.
    if pending(&applied(connection, TABLES).await?, known)?.is_empty() {
        return Ok(());
    }
    engine::cut_write_ahead_log(connection).await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let applied = applied(&mut transaction, TABLES).await?;
    if let Some(last) = applied.last() {
        // We hold the writer's place and the log is empty: the file alone is the whole ledger.
        if !files::log_is_empty(path).map_err(LedgerError::File)? {
            return Err(LedgerError::LogInUse);
        }
        files::copy_before(path, last.number + 1).map_err(LedgerError::File)?;
        info!(migration = last.number + 1, "ledger.copied");
    }
    apply(&mut transaction, pending(&applied, known)?).await?;
    Ok(transaction.commit().await?)
}

/// Migrates a PostgreSQL ledger. A copy of a server is the server's to make.
pub(crate) async fn run_on_postgres(connection: &mut AnyConnection, known: &[Migration]) -> Result<()> {
    const TABLES: &str = "SELECT CAST(tablename AS TEXT) AS name FROM pg_catalog.pg_tables \
                          WHERE schemaname = current_schema() AND tablename = 'migrations'";
    let mut transaction = connection.begin().await?;
    // Two desks of a team that start at once take turns. The number is this program's own.
    sqlx::raw_sql("SELECT pg_advisory_xact_lock(7238109561204411)").execute(&mut *transaction).await?;
    let applied = applied(&mut transaction, TABLES).await?;
    apply(&mut transaction, pending(&applied, known)?).await?;
    Ok(transaction.commit().await?)
}

async fn applied(connection: &mut AnyConnection, tables: &'static str) -> Result<Vec<Applied>> {
    if sql::one(connection, tables, Vec::new(), |_| Ok(())).await?.is_none() {
        return Ok(Vec::new());
    }
    sql::all(connection, "SELECT number, checksum FROM migrations ORDER BY number", Vec::new(), |row: &AnyRow| {
        let row = Row::of(row, "migrations", "number");
        Ok::<_, Inconsistency>(Applied { number: row.int("number")?, checksum: row.text("checksum")? })
    })
    .await
}

/// What is still to be applied, if what was applied is the beginning of what is known.
fn pending<'m>(applied: &[Applied], known: &'m [Migration]) -> Result<&'m [Migration]> {
    let last = |numbers: Option<i64>| numbers.unwrap_or(0);
    for (index, done) in applied.iter().enumerate() {
        let Some(same) = known.get(index) else {
            return Err(LedgerError::Newer {
                found: last(applied.last().map(|applied| applied.number)),
                known: last(known.last().map(|known| known.number)),
            });
        };
        if (same.number, same.checksum()) != (done.number, done.checksum.clone()) {
            return Err(LedgerError::Edited { number: done.number });
        }
    }
    Ok(known.get(applied.len()..).unwrap_or_default())
}

async fn apply(connection: &mut AnyConnection, pending: &[Migration]) -> Result<()> {
    if pending.is_empty() {
        return Ok(());
    }
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL)")
        .execute(&mut *connection)
        .await?;
    for migration in pending {
        let number = migration.number;
        sqlx::raw_sql(migration.sql)
            .execute(&mut *connection)
            .await
            .map_err(|error| LedgerError::Migration { number, source: Box::new(error.into()) })?;
        let add = "INSERT INTO migrations (number, checksum) VALUES ($1, $2)";
        sql::run(connection, add, values![number, migration.checksum()]).await?;
        info!(migration = number, "ledger.migrated");
    }
    Ok(())
}
