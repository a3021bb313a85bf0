//! Opening a ledger on either engine.

use std::{
    fmt,
    path::Path,
    sync::{
        Arc, Once,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use custody_core::{Private, ports::PortResult};
use sqlx::{
    AnyConnection, AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _,
    any::{AnyConnectOptions, AnyPoolOptions},
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::sync::watch;
use tracing::{debug, log::LevelFilter};

use crate::{
    LedgerError, LedgerKey, claim,
    connections::{Connections, Held, Slots},
    files,
    migrate::{self, MIGRATIONS, Migration},
    sql::Result,
};

/// Which database keeps the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of this desk, encrypted by SQLCipher.
    Sqlite,
    /// A server that a team shares.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// A ledger in an SQL database: the adapter of the port [`Ledger`](custody_core::ports::Ledger).
///
/// Cheap to clone. One connection writes, a few read; a reader never waits for the writer.
///
/// With its last clone the connections to an SQLite file are ended and waited for (milliseconds), so that the process may end
/// right after. Do not end the process by force while a call is under way.
#[derive(Clone)]
pub struct SqlLedger {
    engine: Engine,
    connections: Arc<Connections>,
    /// The ledger's file, if it is one.
    file: Option<Arc<Path>>,
    changes: Arc<watch::Sender<u64>>,
    /// Whether whoever writes to a server must hold its lock.
    pub(crate) alone: Arc<AtomicBool>,
}

impl fmt::Debug for SqlLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlLedger").field("engine", &self.engine).finish_non_exhaustive()
    }
}

const READERS: u32 = 4;
/// How long a connection to a server is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

impl SqlLedger {
    /// Opens the ledger in this file, and makes it (owner-only, in an owner-only folder) if there is none.
    ///
    /// Pending migrations are applied, after a copy was made beside it; the next
    /// [`compact`](custody_core::ports::Ledger::compact) removes the copy. A missing or empty file is a new ledger: the caller
    /// knows from [`head`](custody_core::ports::Ledger::head), which is at 0 then, whether that is a surprise.
    ///
    /// # Errors
    /// [`Fault::LedgerDamaged`](custody_core::ports::Fault::LedgerDamaged) for a wrong key or a file that is no ledger (the
    /// two cannot be told apart), `LedgerNewer` if a newer program wrote it, `LedgerTrouble` if it was migrated by another
    /// text, `DiskFull`, `DiskTrouble`, or `InUse` if another program kept it locked for ten seconds.
    pub async fn open_sqlite(path: &Path, key: &LedgerKey) -> PortResult<Self> {
        Ok(Self::open_sqlite_with(path, key, MIGRATIONS).await?)
    }

    /// Opens the ledger in the database at this address (`postgres://user:password@host/database?...`), and makes its
    /// tables there if there are none.
    ///
    /// A server that is not on this machine is spoken to over verified TLS only: `sslmode=verify-full` is set unless the
    /// address sets it, and a weaker one is refused. `sslrootcert` names a certificate authority of your own.
    ///
    /// # Errors
    /// `Unreachable`, `CredentialsRefused`, `NotFound` (no such database), `NotAllowed`, `Tls`, `LedgerNewer`, or
    /// `LedgerTrouble` for an address that cannot be read.
    pub async fn open_postgres(url: &Private<String>) -> PortResult<Self> {
        Ok(Self::open_postgres_with(url, MIGRATIONS).await?)
    }

    fn over(engine: Engine, connections: Connections, file: Option<Arc<Path>>) -> Self {
        Self {
            engine,
            connections: Arc::new(connections),
            file,
            changes: Arc::new(watch::Sender::new(0)),
            alone: Arc::default(),
        }
    }

    /// Ticks after every commit and every heartbeat written here, and with [`SqlLedger::tell_change`]. What other desks write to a shared ledger is not seen.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Ticks without a write: what is shown of the ledger is another by now, since time went by.
    pub fn tell_change(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Which engine it is on.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Ends every connection, if this is the last clone. The last connection to an SQLite file folds the log of writes into it.
    pub async fn close(self) {
        if let Some(mut connections) = Arc::into_inner(self.connections) {
            connections.close().await;
        }
    }

    pub(crate) async fn open_sqlite_with(path: &Path, key: &LedgerKey, migrations: &[Migration]) -> Result<Self> {
        files::make_private(path).map_err(LedgerError::File)?;
        if files::is_stump(path).map_err(LedgerError::File)? {
            return Err(LedgerError::Stump);
        }
        let options = sqlite_options(path)?;
        let mut open = Opening(Vec::new());
        let writer = open.another(&options, key).await?;
        turn_on_write_ahead_log(writer).await?;
        migrate::run_on_sqlite(writer, path, migrations).await?;
        for _ in 0..READERS {
            let reader = open.another(&options, key).await?;
            sqlx::raw_sql("PRAGMA query_only = ON").execute(reader).await?;
        }
        let mut connections = std::mem::take(&mut open.0);
        let readers = Slots::of(connections.split_off(1));
        let connections = Connections::File { writer: Slots::of(connections), readers };
        Ok(Self::over(Engine::Sqlite, connections, Some(path.into())))
    }

    pub(crate) async fn open_postgres_with(url: &Private<String>, migrations: &[Migration]) -> Result<Self> {
        let options = postgres_options(url)?;
        // A pool would try again and again; what is wrong is to be told at once.
        let first = tokio::time::timeout(PATIENCE, options.connect()).await;
        let mut first = first.map_err(|_| LedgerError::NoConnection)??;
        prepare_postgres(&mut first).await?;
        migrate::run_on_postgres(&mut first, migrations).await?;
        first.close().await?;
        let pool = |connections: u32| AnyPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
        let readers = pool(READERS)
            .after_connect(|connection, _| Box::pin(prepare_postgres(connection)))
            .connect_lazy_with(options.clone());
        let alone = Arc::new(AtomicBool::new(false));
        let writer = pool(1)
            // It is ended by the server or the network alone: with it goes the lock.
            .idle_timeout(None)
            .max_lifetime(None)
            .after_connect({
                let alone = alone.clone();
                move |connection, _| {
                    let alone = alone.load(Ordering::SeqCst);
                    Box::pin(async move {
                        prepare_postgres(connection).await?;
                        if alone && !claim::lock(connection).await.unwrap_or(false) {
                            return Err(sqlx::Error::PoolTimedOut);
                        }
                        Ok(())
                    })
                }
            })
            .connect_lazy_with(options.clone());
        let connections = Connections::Server { writer, readers };
        Ok(Self { alone, ..Self::over(Engine::Postgres, connections, None) })
    }

    pub(crate) async fn writer(&self) -> Result<Held<'_>> {
        self.connections.writer().await
    }

    pub(crate) async fn reader(&self) -> Result<Held<'_>> {
        self.connections.reader().await
    }

    /// How a transaction that writes begins. SQLite takes the writer's place at once: a read that has to become a write
    /// later could be refused for good.
    pub(crate) const fn begin_to_write(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        }
    }

    /// How a transaction that reads begins: everything in it is read as of one moment.
    pub(crate) const fn begin_to_read(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Cuts the log of past writes, so that nothing erased remains in it, and removes the copies made before migrations:
    /// they hold what was erased since.
    ///
    /// SQLite: freed cells were already overwritten with zeros (`secure_delete`), in the log and so in the file; the log is
    /// folded into the file and cut to nothing. PostgreSQL: `VACUUM` of the personal tables removes dead rows from their
    /// pages; the server's own write-ahead log and backups are the server's, and end with its settings.
    pub(crate) async fn compact_now(&self) -> Result<()> {
        let mut writer = self.writer().await?;
        match self.engine {
            Engine::Sqlite => cut_write_ahead_log(&mut writer).await?,
            Engine::Postgres => {
                for statement in crate::dump::VACUUM_PERSONAL {
                    sqlx::raw_sql(*statement).execute(&mut *writer).await?;
                }
            }
        }
        if let Some(file) = &self.file {
            let removed = files::remove_copies(file).map_err(LedgerError::File)?;
            debug!(removed, "ledger.copies_removed");
        }
        Ok(())
    }
}

/// Connections that are being opened: if one fails, all are ended and waited for.
struct Opening(Vec<AnyConnection>);

impl Opening {
    async fn another(&mut self, options: &AnyConnectOptions, key: &LedgerKey) -> Result<&mut AnyConnection> {
        self.0.push(options.connect().await?);
        let connection = self.0.last_mut().ok_or(LedgerError::Driver)?;
        prepare_sqlite(connection, key).await?;
        Ok(connection)
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        drop(Connections::File { writer: Slots::of(std::mem::take(&mut self.0)), readers: Slots::of(Vec::new()) });
    }
}

fn install_drivers() {
    static ONCE: Once = Once::new();
    ONCE.call_once(sqlx::any::install_default_drivers);
}

/// No statement is logged: the first one holds the key, others hold names.
fn silent(options: AnyConnectOptions) -> AnyConnectOptions {
    options.log_statements(LevelFilter::Off).log_slow_statements(LevelFilter::Off, Duration::MAX)
}

// --------------------------------------------------------------------------------------------------------- SQLite --

fn sqlite_options(path: &Path) -> Result<AnyConnectOptions> {
    install_drivers();
    let path = path.to_str().ok_or_else(|| LedgerError::File(std::io::ErrorKind::InvalidFilename.into()))?;
    // Everything is encoded, so that no path can be taken for a parameter, a host or `:memory:`.
    let encoded: String = path.bytes().map(|byte| format!("%{byte:02X}")).collect();
    Ok(silent(format!("sqlite:{encoded}?mode=rw").parse()?))
}

/// The key first: everything else reads the file.
async fn prepare_sqlite(connection: &mut AnyConnection, key: &LedgerKey) -> Result<()> {
    // Without SQLCipher the key would be ignored in silence and the ledger lie open on the disk.
    let version = sqlx::raw_sql("PRAGMA cipher_version").fetch_optional(&mut *connection).await?;
    if version.is_none() {
        return Err(LedgerError::NotEncrypted);
    }
    // SQLCipher writes its troubles to standard error; ours are told by the caller.
    sqlx::raw_sql("PRAGMA cipher_log_level = NONE").execute(&mut *connection).await?;
    sqlx::raw_sql(AssertSqlSafe(key.pragma().to_string())).execute(&mut *connection).await?;
    for pragma in [
        "PRAGMA busy_timeout = 10000",
        "PRAGMA foreign_keys = ON",
        // What is erased is overwritten with zeros, in the pages and so in the log.
        "PRAGMA secure_delete = ON",
        // A commit is on the disk before it is answered.
        "PRAGMA synchronous = FULL",
        "PRAGMA temp_store = MEMORY",
    ] {
        sqlx::raw_sql(pragma).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Reads the file for the first time: here a wrong key shows. The mode stays with the file.
async fn turn_on_write_ahead_log(connection: &mut AnyConnection) -> Result<()> {
    sqlx::raw_sql("SELECT count(*) FROM sqlite_master").fetch_one(&mut *connection).await?;
    let row = sqlx::raw_sql("PRAGMA journal_mode = WAL").fetch_one(&mut *connection).await?;
    match row.try_get::<String, _>(0)?.as_str() {
        "wal" => Ok(()),
        _ => Err(LedgerError::Driver),
    }
}

/// Folds the log into the file and cuts it.
pub(crate) async fn cut_write_ahead_log(connection: &mut AnyConnection) -> Result<()> {
    let row = sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
    match row.try_get::<i64, _>(0)? {
        0 => Ok(()),
        _ => Err(LedgerError::LogInUse),
    }
}

// ----------------------------------------------------------------------------------------------------- PostgreSQL --

async fn prepare_postgres(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    // A machine that lost its power or network is noticed by the server within a minute: with its connection goes its lock.
    for setting in [
        "SET lock_timeout = '30s'",
        "SET synchronous_commit = on",
        "SET client_min_messages = 'error'",
        "SET tcp_keepalives_idle = 30",
        "SET tcp_keepalives_interval = 10",
        "SET tcp_keepalives_count = 3",
    ] {
        sqlx::raw_sql(setting).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Parameters of an address that are understood. The driver would write others, with their values, to the log.
const PARAMETERS: [&str; 14] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "host",
    "port",
    "dbname",
    "user",
    "password",
];

fn postgres_options(url: &Private<String>) -> Result<AnyConnectOptions> {
    install_drivers();
    let mut options: AnyConnectOptions = url.reveal().parse().map_err(|_| LedgerError::Address)?;
    let url = &mut options.database_url;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return Err(LedgerError::Address);
    }
    if url.query_pairs().any(|(name, _)| !PARAMETERS.contains(&name.as_ref())) {
        return Err(LedgerError::Address);
    }
    let names_mode = url.query_pairs().any(|(name, _)| matches!(name.as_ref(), "sslmode" | "ssl-mode"));
    // What the driver makes of the address counts: the environment has a say in it too.
    let read: PgConnectOptions = url.as_str().parse().map_err(|_| LedgerError::Address)?;
    if !is_on_this_machine(&read) {
        if !names_mode {
            url.query_pairs_mut().append_pair("sslmode", "verify-full");
        } else if !matches!(read.get_ssl_mode(), PgSslMode::VerifyFull) {
            return Err(LedgerError::TlsNotDemanded);
        }
    }
    Ok(silent(options))
}

fn is_on_this_machine(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_start_matches('[').trim_end_matches(']');
    options.get_socket().is_some()
        || host == "localhost"
        || host.starts_with('/')
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url_of(address: &str) -> Result<String> {
        postgres_options(&Private::from(address)).map(|options| options.database_url.to_string())
    }

    #[test]
    fn a_server_elsewhere_is_spoken_to_over_verified_tls_only() {
        assert!(url_of("postgres://desk@db.example.test/custody").unwrap().ends_with("?sslmode=verify-full"));
        for weak in ["disable", "allow", "prefer", "require", "verify-ca"] {
            let address = format!("postgres://desk@db.example.test/custody?sslmode={weak}");
            assert!(matches!(url_of(&address), Err(LedgerError::TlsNotDemanded)), "{weak} is too weak");
        }
        let hidden = "postgres://desk@localhost/custody?host=db.example.test";
        assert!(
            url_of(hidden).unwrap().ends_with("sslmode=verify-full"),
            "the parameter's host is the one that counts"
        );
    }

    #[test]
    fn a_server_on_this_machine_needs_no_tls() {
        for address in [
            "postgres://desk@localhost/custody",
            "postgres://desk@127.0.0.1:5433/custody",
            "postgres://desk@[::1]/custody",
            "postgres:///custody?host=/run/postgresql",
        ] {
            assert_eq!(url_of(address).unwrap(), address);
        }
    }

    #[test]
    fn an_address_with_something_unknown_in_it_is_refused() {
        for address in ["", "mysql://localhost/custody", "postgres://localhost/custody?pasword=secret"] {
            assert!(matches!(url_of(address), Err(LedgerError::Address)), "{address:?} cannot be read");
        }
    }

    #[test]
    fn no_path_is_taken_for_anything_else() {
        let options = sqlite_options(Path::new("/a b/?mode=memory/:memory:#x")).unwrap();
        let read: sqlx::sqlite::SqliteConnectOptions = options.database_url.as_str().parse().unwrap();
        assert_eq!(read.get_filename(), Path::new("/a b/?mode=memory/:memory:#x"));
    }
}
