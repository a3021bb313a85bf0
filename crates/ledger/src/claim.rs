//! A ledger belongs to one desk, and one program at a time writes to it.
//!
//! A desk erases what lies on its own disk, and proves it by looking there. A second desk on the same record would take the
//! files of the first for lost, or prove erased what still lies on the other's disk. So the first desk that opens a ledger
//! stands in it, and another is refused; and the connection that writes to a server holds a lock there, which goes with it.

use std::{sync::atomic::Ordering, time::Duration};

use custody_core::{id::DeskId, ports::PortResult};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};
use tokio::time::sleep;

use crate::{
    Engine, LedgerError, SqlLedger,
    sql::{self, Result, Row, values},
};

/// The name of the mark under which a ledger's desk stands.
const OWNER: &str = "desk";

const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

impl SqlLedger {
    /// Takes the ledger for this desk, and for this program until the last clone is dropped.
    ///
    /// # Errors
    /// [`Fault::OtherDesk`](custody_core::ports::Fault::OtherDesk) if it is another desk's;
    /// [`Fault::InUse`](custody_core::ports::Fault::InUse) if another program of this desk has it, on whatever machine.
    pub async fn claim(&self, desk: DeskId) -> PortResult<()> {
        Ok(self.claim_for(desk).await?)
    }

    async fn claim_for(&self, desk: DeskId) -> Result<()> {
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        let put = "INSERT INTO marks (name, text) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sql::run(&mut transaction, put, values![OWNER, desk.to_string()]).await?;
        let read = |row: &AnyRow| Row::of(row, "marks", "name").text("text");
        let owner = sql::one(&mut transaction, "SELECT * FROM marks WHERE name = $1", values![OWNER], read).await?;
        transaction.commit().await?;
        if owner != Some(desk.to_string()) {
            return Err(LedgerError::OtherDesk);
        }
        if self.engine() == Engine::Postgres {
            // The server ends a connection a moment after its client did: whoever starts again right away waits for that.
            let mut tries = TRIES;
            while !lock(&mut writer).await? {
                tries -= 1;
                if tries == 0 {
                    return Err(LedgerError::Taken);
                }
                sleep(PAUSE).await;
            }
            // A connection that is made anew must take the lock anew before it writes.
            self.alone.store(true, Ordering::SeqCst);
        }
        Ok(())
    }
}

/// Takes the lock of this ledger for as long as the connection lives. The first number is this program's own, the second
/// tells ledgers in several schemas of one database apart.
pub(crate) async fn lock(connection: &mut AnyConnection) -> Result<bool> {
    let sql = "SELECT CAST(CASE WHEN pg_try_advisory_lock(723810956, hashtext(CAST(current_schema() AS TEXT))) \
               THEN 1 ELSE 0 END AS BIGINT) AS taken, CAST(1 AS BIGINT) AS one";
    let read = |row: &AnyRow| Row::of(row, "the lock", "one").int("taken");
    Ok(sql::one(connection, sql, Vec::new(), read).await? == Some(1))
}
