//! The list of cases: rows made from the others, sorted, searched and counted by the engine.

use std::collections::BTreeSet;

use custody_core::{
    Private,
    case::{Case, TopicId},
    case_list::{CaseOrder, CasePage, CaseQuery, CaseSummary},
    id::{CaseId, CustomerId},
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
    /// Up to which event the list was made.
    ///
    /// # Errors
    /// As any reading of the ledger; so for all of these.
    pub async fn case_list_head(&self) -> PortResult<u64> {
        let sql = "SELECT one, event_index FROM case_list_head WHERE one = 1";
        let read = |row: &AnyRow| Row::of(row, "case_list_head", "one").large("event_index");
        let mut reader = self.reader().await?;
        Ok(sql::single(&mut reader, sql, read, "case_list_head").await?)
    }

    /// The cases that events above `after` and up to `upto` are about.
    pub async fn cases_touched(&self, after: u64, upto: u64) -> PortResult<Vec<CaseId>> {
        let (Ok(after), Ok(upto)) = (i64::try_from(after), i64::try_from(upto)) else { return Ok(Vec::new()) };
        let sql = "SELECT DISTINCT case_id FROM event_cases WHERE event_index > $1 AND event_index <= $2";
        let read = |row: &AnyRow| Row::of(row, "event_cases", "case_id").id("case_id");
        let mut reader = self.reader().await?;
        Ok(sql::all(&mut reader, sql, values![after, upto], read).await?)
    }

    /// The cases of a customer.
    pub async fn cases_of_customer(&self, customer: CustomerId) -> PortResult<Vec<CaseId>> {
        let sql = "SELECT id FROM cases WHERE customer_id = $1 ORDER BY entry";
        let read = |row: &AnyRow| Row::of(row, "cases", "id").id("id");
        let mut reader = self.reader().await?;
        Ok(sql::all(&mut reader, sql, values![customer], read).await?)
    }

    /// Puts rows in the place of those that are there, and notes up to which event they were made.
    ///
    /// A case that was forgotten meanwhile gets no words.
    pub async fn put_case_list(&self, summaries: &[CaseSummary], made_upto: Option<u64>) -> PortResult<()> {
        Ok(self.write_case_list(summaries, made_upto).await?)
    }

    async fn write_case_list(&self, summaries: &[CaseSummary], made_upto: Option<u64>) -> Result<()> {
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        for summary in summaries {
            put(&mut transaction, summary).await?;
        }
        if let Some(index) = made_upto.and_then(|index| i64::try_from(index).ok()) {
            // Of two that make it, the one that is behind must not take it back.
            let head = "UPDATE case_list_head SET event_index = $1 WHERE one = 1 AND event_index < $1";
            sql::run(&mut transaction, head, values![index]).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Notes which threads of a forum are assigned to the desk's account, in place of those that were. True if that changed
    /// anything.
    pub async fn put_assigned(&self, forum: &str, topics: &BTreeSet<TopicId>) -> PortResult<bool> {
        Ok(self.write_assigned(forum, topics).await?)
    }

    async fn write_assigned(&self, forum: &str, topics: &BTreeSet<TopicId>) -> Result<bool> {
        let mut writer = self.writer().await?;
        let mut transaction = writer.begin_with(self.begin_to_write()).await?;
        let sql = "SELECT case_id FROM assigned_cases";
        let read = |row: &AnyRow| Row::of(row, "assigned_cases", "case_id").id("case_id");
        let before: BTreeSet<CaseId> = sql::all(&mut transaction, sql, values![], read).await?.into_iter().collect();
        let mut now = BTreeSet::new();
        for topic in topics {
            let sql = "SELECT id FROM cases WHERE forum = $1 AND topic = $2";
            let read = |row: &AnyRow| Row::of(row, "cases", "id").id("id");
            now.extend(sql::all::<CaseId>(&mut transaction, sql, values![forum, topic.0], read).await?);
        }
        for gone in before.difference(&now) {
            sql::run(&mut transaction, "DELETE FROM assigned_cases WHERE case_id = $1", values![*gone]).await?;
        }
        for new in now.difference(&before) {
            sql::run(&mut transaction, "INSERT INTO assigned_cases (case_id) VALUES ($1)", values![*new]).await?;
        }
        transaction.commit().await?;
        let has_changed = before != now;
        if has_changed {
            // No event says so: whose a case is, is the forum's to know.
            self.tell_change();
        }
        Ok(has_changed)
    }

    /// A part of the list, and how many cases stand how.
    pub async fn list_cases(&self, query: &CaseQuery) -> PortResult<CasePage> {
        Ok(self.read_case_list(query).await?)
    }

    async fn read_case_list(&self, query: &CaseQuery) -> Result<CasePage> {
        let mut reader = self.reader().await?;
        let mut transaction = reader.begin_with(self.begin_to_read()).await?;
        let cases = page(&mut transaction, query).await?;
        let asked = meant(query, query.mine);
        let join = asked.join_of_words("case_list");
        let counts = asked.counted(&mut transaction, ("case_list", "standing"), &join).await?;
        let mut asked = meant(query, query.mine);
        is_soon(&mut asked, query);
        let due_soon = asked.count(&mut transaction, "case_list").await?;
        let mine = meant(query, true).count(&mut transaction, "case_list").await?;
        let total = shown(query)?.count(&mut transaction, "case_list").await?;
        transaction.rollback().await?;
        Ok(CasePage { cases, total, counts, due_soon, mine })
    }
}

async fn put(on: &mut AnyConnection, summary: &CaseSummary) -> Result<()> {
    let put = "INSERT INTO case_list (case_id, standing, files, bytes, erases_at, active_at, entry) \
               SELECT id, $2, $3, $4, $5, customer_active_at, entry FROM cases WHERE id = $1 \
               ON CONFLICT (case_id) DO UPDATE SET standing = excluded.standing, files = excluded.files, \
               bytes = excluded.bytes, erases_at = excluded.erases_at, active_at = excluded.active_at";
    let bytes = i64::try_from(summary.bytes).unwrap_or(i64::MAX);
    let values = values![summary.case, word(&summary.standing)?, summary.files, bytes, summary.erases_at];
    sql::run(on, put, values).await?;
    // What was forgotten since these words were read must not come back by them.
    let words = "INSERT INTO case_words (case_id, words) \
                 SELECT id, $2 FROM cases WHERE id = $1 AND forgotten_at IS NULL \
                 ON CONFLICT (case_id) DO UPDATE SET words = excluded.words";
    sql::run(on, words, values![summary.case, &summary.words]).await?;
    Ok(())
}

/// Those that the search and the question whose they are leave.
fn meant(query: &CaseQuery, mine: bool) -> Conditions {
    let mut asked = Conditions::of_case(&query.words);
    if mine {
        asked.that("EXISTS (SELECT 1 FROM assigned_cases WHERE assigned_cases.case_id = case_list.case_id)");
    }
    asked
}

fn is_soon(asked: &mut Conditions, query: &CaseQuery) {
    let soon = asked.value(query.soon);
    asked.that(format!("case_list.erases_at < {soon}"));
}

/// Those that are shown.
fn shown(query: &CaseQuery) -> Result<Conditions> {
    let mut asked = meant(query, query.mine);
    asked.one_of("case_list.standing", &query.standings)?;
    if query.due_soon {
        is_soon(&mut asked, query);
    }
    Ok(asked)
}

async fn page(on: &mut AnyConnection, query: &CaseQuery) -> Result<Vec<(Case, CaseSummary)>> {
    let mut asked = shown(query)?;
    let order = match query.order {
        CaseOrder::Opened => "",
        CaseOrder::Active => "case_list.active_at DESC, ",
        CaseOrder::ErasedNext => "CASE WHEN case_list.erases_at IS NULL THEN 1 ELSE 0 END, case_list.erases_at, ",
        CaseOrder::Bytes => "case_list.bytes DESC, ",
    };
    let (limit, skip) = (asked.value(query.limit), asked.value(query.skip));
    let sql = format!(
        "SELECT cases.*, case_list.standing, case_list.files, case_list.bytes, case_list.erases_at, case_words.words \
         FROM case_list JOIN cases ON cases.id = case_list.case_id \
         LEFT JOIN case_words ON case_words.case_id = case_list.case_id{} \
         ORDER BY {order}case_list.entry DESC LIMIT {limit} OFFSET {skip}",
        asked.text(),
    );
    sql::all_made(on, sql, asked.values, listed).await
}

fn listed(row: &AnyRow) -> Result<(Case, CaseSummary), Inconsistency> {
    let case = rows::case(row)?;
    let row = Row::of(row, "case_list", "id");
    let summary = CaseSummary {
        case: case.id,
        standing: row.word("standing")?,
        files: row.count("files")?,
        bytes: row.large("bytes")?,
        erases_at: row.maybe_time("erases_at")?,
        words: Private::new(row.maybe_text("words")?.unwrap_or_default()),
    };
    Ok((case, summary))
}
