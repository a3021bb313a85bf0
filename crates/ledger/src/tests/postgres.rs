//! A throwaway PostgreSQL cluster for one test process, reached through a socket that only we can use.

use std::{
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use custody_core::{
    Private,
    ports::{Fault, Ledger as _},
};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

use super::{build::note, migrations, world::fault};
use crate::SqlLedger;

pub(super) struct Cluster {
    /// A shell that stops the cluster and removes its folder when its input ends: also when this process is killed.
    keeper: Child,
    folder: String,
    user: String,
    databases: AtomicU32,
}

const KEEPER: &str = r#"
set -eu
folder=$(mktemp -d -t custody-pg.XXXXXX)
finish() { "$BIN/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap finish EXIT
trap 'exit 1' INT TERM HUP
cd "$folder"
"$BIN/initdb" -D data -U desk -A trust -E UTF8 --locale=C -N >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
"$BIN/pg_ctl" -D data -l pg.log -w -o "-c listen_addresses='' -c unix_socket_directories='$folder' \
    -c unix_socket_permissions=0700 -c fsync=off -c full_page_writes=off" start >/dev/null || { cat pg.log >&2; exit 1; }
echo "$folder"
cat >/dev/null
"#;

impl Cluster {
    pub(super) fn start() -> Self {
        let programs = programs();
        let mut command = if is_root() {
            // PostgreSQL refuses to run as root; its package brings a user for it.
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", KEEPER]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", KEEPER]);
            command
        };
        let mut keeper = command
            .env("BIN", programs)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // A group of its own: what ends the test's group ends its input, and it tidies up.
            .process_group(0)
            .spawn()
            .expect("a shell can be started");
        let mut folder = String::new();
        BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut folder).unwrap();
        let folder = folder.trim().to_owned();
        assert!(!folder.is_empty(), "the cluster did not start; what it said is above");
        Self { keeper, folder, user: "desk".to_owned(), databases: AtomicU32::new(0) }
    }

    fn url(&self, database: &str) -> Private<String> {
        format!("postgres:///{database}?host={}&user={}", self.folder, self.user).into()
    }

    pub(super) async fn new_database(&self) -> Private<String> {
        let name = format!("ledger{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("postgres", &format!("CREATE DATABASE {name}")).await;
        self.url(&name)
    }

    async fn run(&self, database: &str, sql: &str) {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(self.url(database).reveal()).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().unwrap();
    }
}

/// Where PostgreSQL's programs are: in the folder named by the environment, in the path, or where Debian puts them.
fn programs() -> PathBuf {
    let holds_initdb = |folder: &Path| folder.join("initdb").is_file();
    let mut folders: Vec<PathBuf> = std::env::var_os("CUSTODY_POSTGRES_BIN").map(PathBuf::from).into_iter().collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut packaged: Vec<_> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    packaged.sort();
    folders.extend(packaged.into_iter().rev());
    folders.into_iter().find(|folder| holds_initdb(folder)).expect(
        "PostgreSQL is not installed: the ledger's promises are tested on it too. Install it \
         (apt-get install postgresql), or name the folder of its programs in CUSTODY_POSTGRES_BIN",
    )
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

/// Names the promise that was being told if it breaks.
pub(super) struct Telling(pub(super) &'static str);

impl Drop for Telling {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("broken on PostgreSQL: {}", self.0);
        }
    }
}

/// What can only be told of a server.
pub(super) async fn tell_the_rest(cluster: &Cluster) {
    let told = Telling("a newer ledger, an edited migration and one that fails are refused");
    migrations::on_postgres(cluster).await;
    drop(told);

    let told = Telling("desks that start at once on an empty database make one ledger");
    let url = cluster.new_database().await;
    let (one, two, three) =
        tokio::join!(SqlLedger::open_postgres(&url), SqlLedger::open_postgres(&url), SqlLedger::open_postgres(&url));
    for (second, desk) in (1..).zip([one, two, three]) {
        let head = desk.unwrap().commit(vec![note(second)]).await.unwrap();
        assert_eq!(i64::try_from(head.index).unwrap(), second);
    }
    drop(told);

    let told = Telling("a missing database, a server that is away and one that goes away are told apart");
    let missing = cluster.url("nowhere");
    assert_eq!(fault(SqlLedger::open_postgres(&missing).await), Fault::NotFound);
    let away: Private<String> = "postgres:///ledger?host=/nowhere&user=desk".into();
    assert_eq!(fault(SqlLedger::open_postgres(&away).await), Fault::Unreachable);
    let ledger = SqlLedger::open_postgres(&url).await.unwrap();
    ledger.commit(vec![note(4)]).await.unwrap();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname LIKE 'ledger%'";
    cluster.run("postgres", cut).await;
    assert_eq!(ledger.commit(vec![note(5)]).await.unwrap().index, 5, "a lost connection is made anew");
    drop(told);

    let told = Telling("one program at a time has a desk's ledger, and whoever ends frees it");
    let desk = custody_core::id::DeskId::from_bytes([1; 16]);
    let url = cluster.new_database().await;
    let (first, second) =
        (SqlLedger::open_postgres(&url).await.unwrap(), SqlLedger::open_postgres(&url).await.unwrap());
    first.claim(desk).await.unwrap();
    assert_eq!(fault(second.claim(desk).await), Fault::InUse);
    first.commit(vec![note(1)]).await.unwrap();
    cluster.run("postgres", cut).await;
    // The lock went with the connection, and comes back with the next one before anything is written.
    assert_eq!(first.commit(vec![note(2)]).await.unwrap().index, 2);
    assert_eq!(fault(second.claim(desk).await), Fault::InUse);
    first.close().await;
    second.claim(desk).await.unwrap();
    assert_eq!(second.commit(vec![note(3)]).await.unwrap().index, 3);
    drop(told);
}
