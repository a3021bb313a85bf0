//! A ledger to tell a promise on, and the means to look and meddle behind its back.

use std::path::PathBuf;

use custody_core::{
    Private,
    event::Event,
    ports::{Fault, Head, Ledger as _, PortError, PortResult},
    transition::{Transition, Write},
};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;

use crate::{LedgerKey, SqlLedger, Tables};

pub(super) struct World {
    pub(super) ledger: SqlLedger,
    place: Place,
}

enum Place {
    Sqlite {
        folder: TempDir,
    },
    #[cfg(unix)]
    Postgres {
        url: Private<String>,
    },
}

pub(super) fn key() -> LedgerKey {
    LedgerKey::new([7; 32])
}

impl World {
    pub(super) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = SqlLedger::open_sqlite(&ledger_file(&folder), &key()).await.unwrap();
        Self { ledger, place: Place::Sqlite { folder } }
    }

    #[cfg(unix)]
    pub(super) async fn on_postgres(cluster: &super::postgres::Cluster) -> Self {
        let url = cluster.new_database().await;
        let ledger = SqlLedger::open_postgres(&url).await.unwrap();
        Self { ledger, place: Place::Postgres { url } }
    }

    /// The same ledger as another program sees it.
    pub(super) async fn another_desk(&self) -> SqlLedger {
        match &self.place {
            Place::Sqlite { folder } => SqlLedger::open_sqlite(&ledger_file(folder), &key()).await.unwrap(),
            #[cfg(unix)]
            Place::Postgres { url } => SqlLedger::open_postgres(url).await.unwrap(),
        }
    }

    /// The ledger's file, of a world on SQLite.
    pub(super) fn file(&self) -> PathBuf {
        match &self.place {
            Place::Sqlite { folder } => ledger_file(folder),
            #[cfg(unix)]
            Place::Postgres { .. } => panic!("this ledger is not a file"),
        }
    }

    /// Ends the program; the ledger's file stays, with the folder that keeps it.
    pub(super) async fn close(self) -> (PathBuf, TempDir) {
        self.ledger.close().await;
        match self.place {
            Place::Sqlite { folder } => (ledger_file(&folder), folder),
            #[cfg(unix)]
            Place::Postgres { .. } => panic!("this ledger is not a file"),
        }
    }

    pub(super) async fn commit(&self, transitions: Vec<Transition>) -> Head {
        self.ledger.commit(transitions).await.unwrap()
    }

    pub(super) async fn write(&self, changes: Vec<(Write, Event)>) -> Head {
        self.ledger.write(changes).await.unwrap()
    }

    /// What the port answers to changes that only the core can make.
    pub(super) async fn try_write(&self, changes: Vec<(Write, Event)>) -> PortResult<Head> {
        Ok(self.ledger.write(changes).await?)
    }

    /// Does to the rows what nobody may do, and gives how many were touched.
    pub(super) async fn meddle(&self, sql: &str) -> u64 {
        let mut writer = self.ledger.writer().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *writer).await.unwrap().rows_affected()
    }

    pub(super) async fn dump(&self, tables: Tables) -> String {
        dump(&self.ledger, tables).await
    }
}

fn ledger_file(folder: &TempDir) -> PathBuf {
    folder.path().join("desk").join("ledger.db")
}

pub(super) async fn dump(ledger: &SqlLedger, tables: Tables) -> String {
    let mut text = String::new();
    let mut line = |row: &str| {
        text.push_str(row);
        text.push('\n');
    };
    ledger.dump(tables, &mut line).await.unwrap();
    text
}

/// The fault of an answer that must be one.
pub(super) fn fault<T: std::fmt::Debug>(answer: Result<T, impl Into<PortError>>) -> Fault {
    answer.map_err(Into::into).unwrap_err().fault
}
