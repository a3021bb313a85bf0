//! The list of erasures: rows made from the files and what is decided of them, cut into parts and counted by the engine.

use custody_core::{
    erasure_list::{ErasurePage, ErasureQuery, ErasureStage, ListedErasure},
    held_file::HeldFile,
    id::CaseId,
    ports::PortResult,
};
use sqlx::{AnyConnection, Connection as _, any::AnyRow};

use crate::{
    Inconsistency, SqlLedger,
    listing::Conditions,
    rows,
    sql::{self, Result, Row, values, word},
};

impl SqlLedger {
    /// Puts the erasures of these cases in the place of those that are there.
    ///
    /// # Errors
    /// As any writing of the ledger.
    pub async fn put_erasures(&self, cases: &[(CaseId, Vec<ListedErasure>)]) -> PortResult<()> {
        Ok(self.write_erasures(cases).await?)
    }

    async fn write_erasures(&self, cases: &[(CaseId, Vec<ListedErasure>)]) -> Result<()> {
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        for (case, erasures) in cases {
            let clear = "DELETE FROM erasure_list WHERE case_id = $1";
            sql::run(&mut transaction, clear, values![*case]).await?;
            for erasure in erasures {
                put(&mut transaction, erasure).await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }

    /// A part of the list, and how many erasures are how far.
    ///
    /// # Errors
    /// As any reading of the ledger.
    pub async fn list_erasures(&self, query: &ErasureQuery) -> PortResult<ErasurePage> {
        Ok(self.read_erasures(query).await?)
    }

    async fn read_erasures(&self, query: &ErasureQuery) -> Result<ErasurePage> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        let erasures = page(&mut transaction, query).await?;
        let asked = Conditions::of_case(&query.words);
        let join = asked.join_of_words("erasure_list");
        let counts = asked.counted(&mut transaction, ("erasure_list", "stage"), &join).await?;
        transaction.rollback().await?;
        Ok(ErasurePage { erasures, counts })
    }
}

async fn put(on: &mut AnyConnection, erasure: &ListedErasure) -> Result<()> {
    // Another desk may have written the same row meanwhile.
    let put = "INSERT INTO erasure_list (file_id, case_id, stage, at, receipt_id, entry) \
               SELECT id, case_id, $2, $3, $4, entry FROM held_files WHERE id = $1 \
               ON CONFLICT (file_id) DO UPDATE SET stage = excluded.stage, at = excluded.at, \
               receipt_id = excluded.receipt_id";
    let values = values![erasure.file, word(&erasure.stage)?, erasure.at, erasure.receipt];
    sql::run(on, put, values).await?;
    Ok(())
}

async fn page(on: &mut AnyConnection, query: &ErasureQuery) -> Result<Vec<(HeldFile, ListedErasure)>> {
    let mut asked = Conditions::of_case(&query.words);
    asked.one_of("erasure_list.stage", &[query.stage])?;
    let order = match query.stage {
        ErasureStage::Next | ErasureStage::Running => "ASC",
        ErasureStage::Done => "DESC",
    };
    let (limit, skip) = (asked.value(query.limit), asked.value(query.skip));
    let sql = format!(
        "SELECT held_files.*, erasure_list.stage, erasure_list.at, erasure_list.receipt_id \
         FROM erasure_list JOIN held_files ON held_files.id = erasure_list.file_id \
         LEFT JOIN case_words ON case_words.case_id = erasure_list.case_id{} \
         ORDER BY erasure_list.at {order}, erasure_list.entry {order} LIMIT {limit} OFFSET {skip}",
        asked.text(),
    );
    sql::all_made(on, sql, asked.values, listed).await
}

fn listed(row: &AnyRow) -> Result<(HeldFile, ListedErasure), Inconsistency> {
    let file = rows::file(row)?;
    let row = Row::of(row, "erasure_list", "id");
    let erasure = ListedErasure {
        file: file.id(),
        stage: row.word("stage")?,
        at: row.time("at")?,
        receipt: row.maybe_id("receipt_id")?,
    };
    Ok((file, erasure))
}
