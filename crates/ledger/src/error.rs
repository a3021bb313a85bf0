//! What can go wrong in the ledger, and what the rules and a person are told of it.

use std::io;

use custody_core::ports::{Fault, PortError};
use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

/// A row that does not make sense: the ledger was damaged, or changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("table {table}, row {row}: the column {column} does not make sense")]
pub struct Inconsistency {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id or index; `?` if that cannot be read either.
    pub row: String,
}

/// Everything that can go wrong. No text of the database reaches it: such texts can quote a row's content.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The row has another version than the write expects, is there already, or is not there.
    #[error("table {table}: the row is not the one that was read")]
    Conflict {
        /// The table.
        table: &'static str,
    },
    /// A row does not make sense.
    #[error(transparent)]
    Row(#[from] Inconsistency),
    /// A row came back in a form that cannot be read at all.
    #[error("a row cannot be read")]
    Unreadable,
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON")]
    Unwritable(#[source] serde_json::Error),
    /// SQLite refused. The codes are at sqlite.org/rescode.html.
    #[error("SQLite answered {code}")]
    Sqlite {
        /// The extended result code.
        code: i32,
    },
    /// PostgreSQL refused.
    #[error("PostgreSQL answered {code}")]
    Postgres {
        /// The SQLSTATE.
        code: String,
    },
    /// The database server cannot be spoken to.
    #[error("the database server cannot be spoken to")]
    Connection(#[source] io::Error),
    /// No connection to the database server could be made in time.
    #[error("no connection to the database server in time")]
    NoConnection,
    /// The secure connection to the database server could not be made.
    #[error("the secure connection to the database server could not be made")]
    Tls,
    /// The address of the database server does not demand a verified secure connection.
    #[error("a database server elsewhere needs sslmode=verify-full")]
    TlsNotDemanded,
    /// The address of the database server cannot be read.
    #[error("the address of the database server cannot be read")]
    Address,
    /// The driver itself gave up.
    #[error("the database driver gave up")]
    Driver,
    /// SQLite was built without SQLCipher, so the file would be readable by anyone.
    #[error("this program was built without SQLCipher")]
    NotEncrypted,
    /// The ledger's file or folder cannot be made, read or copied.
    #[error("the ledger's file cannot be used")]
    File(#[source] io::Error),
    /// The file is shorter than the smallest ledger.
    #[error("the file is too short to be a ledger")]
    Stump,
    /// The write-ahead log could not be cut, since somebody is reading.
    #[error("the log of past writes is in use and was not cut")]
    LogInUse,
    /// Another desk stands in it.
    #[error("the ledger belongs to another desk")]
    OtherDesk,
    /// Another program of this desk has it.
    #[error("another program of this desk has the ledger")]
    Taken,
    /// The ledger was written by a newer program.
    #[error("the ledger has migration {found}, this program knows {known}")]
    Newer {
        /// The last migration of the ledger.
        found: i64,
        /// The last one this program knows.
        known: i64,
    },
    /// A migration is not the one that was applied to this ledger.
    #[error("migration {number} was edited after it had been applied")]
    Edited {
        /// Which.
        number: i64,
    },
    /// A migration failed; nothing of it was kept.
    #[error("migration {number} failed")]
    Migration {
        /// Which.
        number: i64,
        /// Why.
        source: Box<LedgerError>,
    },
}

impl LedgerError {
    fn is_conflict_code(error: &dyn DatabaseError) -> bool {
        error.is_unique_violation() || error.is_foreign_key_violation()
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) if Self::is_conflict_code(error.as_ref()) => {
                Self::Conflict { table: "behind a constraint" }
            }
            sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
                Some(error) => Self::Postgres { code: error.code().to_owned() },
                None => Self::Sqlite { code: error.code().and_then(|code| code.parse().ok()).unwrap_or(1) },
            },
            sqlx::Error::Io(error) => Self::Connection(error),
            sqlx::Error::Tls(_) => Self::Tls,
            sqlx::Error::Configuration(_) => Self::Address,
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::Decode(_)
            | sqlx::Error::ColumnNotFound(_)
            | sqlx::Error::TypeNotFound { .. }
            | sqlx::Error::AnyDriverError(_) => Self::Unreadable,
            _ => Self::Driver,
        }
    }
}

impl From<LedgerError> for PortError {
    fn from(error: LedgerError) -> Self {
        let bare = match &error {
            LedgerError::Conflict { .. } => Self::try_again(Fault::Conflict),
            LedgerError::Row(_) | LedgerError::Unreadable | LedgerError::Stump => {
                Self::needs_person(Fault::LedgerDamaged)
            }
            LedgerError::Sqlite { code } => of_sqlite(*code),
            LedgerError::Postgres { code } => of_postgres(code),
            LedgerError::Connection(_) | LedgerError::NoConnection => Self::try_again(Fault::Unreachable),
            LedgerError::Driver => Self::try_again(Fault::LedgerTrouble),
            LedgerError::Tls | LedgerError::TlsNotDemanded => Self::needs_person(Fault::Tls),
            LedgerError::File(cause) => of_file(cause),
            LedgerError::LogInUse => Self::try_again(Fault::InUse),
            LedgerError::Taken => Self::needs_person(Fault::InUse),
            LedgerError::OtherDesk => Self::needs_person(Fault::OtherDesk),
            LedgerError::Newer { .. } => Self::needs_person(Fault::LedgerNewer),
            LedgerError::Migration { source, .. } => of_migration(source),
            LedgerError::Unwritable(_)
            | LedgerError::Address
            | LedgerError::NotEncrypted
            | LedgerError::Edited { .. } => Self::needs_person(Fault::LedgerTrouble),
        };
        bare.because(error)
    }
}

/// See sqlite.org/rescode.html; the low byte is the kind.
fn of_sqlite(code: i32) -> PortError {
    const IOERR_SHMSIZE: i32 = 4874;
    match (code, code & 0xff) {
        // The shared memory of the log could not grow: in practice a full disk.
        (IOERR_SHMSIZE, _) | (_, 13) => PortError::needs_person(Fault::DiskFull),
        (_, 5 | 6) => PortError::try_again(Fault::InUse),
        (_, 11 | 26) => PortError::needs_person(Fault::LedgerDamaged),
        (_, 8 | 10 | 14) => PortError::needs_person(Fault::DiskTrouble),
        _ => PortError::needs_person(Fault::LedgerTrouble),
    }
}

/// See the appendix "PostgreSQL Error Codes"; the first two letters are the class.
fn of_postgres(code: &str) -> PortError {
    match (code, code.get(..2).unwrap_or_default()) {
        ("53100", _) => PortError::needs_person(Fault::DiskFull),
        // A lock that was not given in time, and two writers in each other's way.
        ("55P03", _) => PortError::try_again(Fault::InUse),
        (_, "40") => PortError::try_again(Fault::Conflict),
        (_, "08") => PortError::try_again(Fault::Unreachable),
        (_, "53" | "57") => PortError::try_again(Fault::ServerTrouble),
        (_, "28") => PortError::needs_person(Fault::CredentialsRefused),
        ("3D000", _) => PortError::needs_person(Fault::NotFound),
        ("42501", _) => PortError::needs_person(Fault::NotAllowed),
        (_, "XX") => PortError::needs_person(Fault::LedgerDamaged),
        _ => PortError::needs_person(Fault::LedgerTrouble),
    }
}

fn of_file(cause: &io::Error) -> PortError {
    PortError::needs_person(match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Fault::DiskFull,
        _ => Fault::DiskTrouble,
    })
}

/// A full disk stays a full disk; whatever else stops a migration, a person must look.
fn of_migration(source: &LedgerError) -> PortError {
    match source {
        LedgerError::Sqlite { code } => match of_sqlite(*code) {
            PortError { fault: Fault::LedgerTrouble, .. } => PortError::needs_person(Fault::LedgerTrouble),
            other => other,
        },
        LedgerError::File(cause) => of_file(cause),
        _ => PortError::needs_person(Fault::LedgerTrouble),
    }
}
