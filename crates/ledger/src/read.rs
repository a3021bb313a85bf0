//! The port: every question of the core as one query.

use async_trait::async_trait;
use custody_core::{
    Private, Timestamp,
    case::{Case, CaseDetails, CaseLink, Customer, ForumUserId, TopicId},
    event::Event,
    four_eyes::{Approver, Proposal},
    held_file::{FileDetails, HeldFile, SourceMark, StateName},
    hold::Hold,
    id::{CaseId, CustomerId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    own_date::{OwnDate, OwnDateScope},
    ports::{ByteSource, ChainVerdict, Head, Heartbeat, Ledger, PortResult},
    receipt::{Confirmation, Delivery, Envelope, ReceiptRow},
    reply::Reply,
    request::Request,
    retention::AdoptedRules,
    ticket::TicketOffer,
    transition::{Transition, Wrap},
    viewing_copy::ViewingCopy,
};
use sqlx::any::AnyRow;

use crate::{
    Inconsistency, SqlLedger, rows,
    sql::{self, Result, Row, Value, maybe_word, values},
};

impl SqlLedger {
    async fn one<T>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
    ) -> PortResult<Option<T>> {
        let mut reader = self.reader().await?;
        Ok(sql::one(&mut reader, sql, values, read).await?)
    }

    async fn all<T>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        read: impl Fn(&AnyRow) -> Result<T, Inconsistency>,
    ) -> PortResult<Vec<T>> {
        let mut reader = self.reader().await?;
        Ok(sql::all(&mut reader, sql, values, read).await?)
    }

    async fn epoch_column(&self, column: &'static str) -> PortResult<i64> {
        let sql = "SELECT one, epoch, rotation_owed FROM epochs WHERE one = 1";
        let mut reader = self.reader().await?;
        let read = |row: &AnyRow| Row::of(row, "epochs", "one").int(column);
        Ok(sql::single(&mut reader, sql, read, "epochs").await?)
    }
}

#[async_trait]
impl Ledger for SqlLedger {
    async fn commit(&self, transitions: Vec<Transition>) -> PortResult<Head> {
        let head = self.write(transitions.into_iter().map(Transition::into_parts).collect()).await?;
        self.tell_change();
        Ok(head)
    }

    async fn head(&self) -> PortResult<Head> {
        Ok(self.read_head().await?)
    }

    async fn events(&self, after: u64, limit: u32) -> PortResult<Vec<(u64, Event)>> {
        Ok(self.read_events(after, limit).await?)
    }

    async fn events_of_case(&self, case: CaseId) -> PortResult<Vec<(u64, Event)>> {
        Ok(self.read_events_of_case(case).await?)
    }

    async fn verify(&self) -> PortResult<ChainVerdict> {
        Ok(self.walk(&mut |_, _| ()).await?)
    }

    // ------------------------------------------------------------------------------------------ cases, customers --

    async fn case(&self, id: CaseId) -> PortResult<Option<Case>> {
        self.one("SELECT * FROM cases WHERE id = $1", values![id], rows::case).await
    }

    async fn case_of_topic(&self, forum: &str, topic: TopicId) -> PortResult<Option<Case>> {
        let sql = "SELECT * FROM cases WHERE forum = $1 AND topic = $2";
        self.one(sql, values![forum, topic.0], rows::case).await
    }

    async fn cases(&self, skip: u32, limit: u32) -> PortResult<Vec<Case>> {
        let sql = "SELECT * FROM cases ORDER BY entry DESC LIMIT $1 OFFSET $2";
        self.all(sql, values![limit, skip], rows::case).await
    }

    async fn open_cases(&self) -> PortResult<Vec<Case>> {
        // Two short lists, each by its own index, instead of a look at every case there ever was.
        let sql = "SELECT * FROM cases WHERE id IN (SELECT id FROM cases WHERE forgotten_at IS NULL \
                   UNION SELECT case_id FROM held_files WHERE state IN ('arriving', 'held', 'due', 'erasing')) \
                   ORDER BY entry";
        self.all(sql, Vec::new(), rows::case).await
    }

    async fn exposed_cases(&self) -> PortResult<Vec<Case>> {
        let sql = "SELECT * FROM cases WHERE exposed_since IS NOT NULL AND (forgotten_at IS NULL OR EXISTS \
                   (SELECT 1 FROM held_files WHERE held_files.case_id = cases.id \
                   AND held_files.state IN ('arriving', 'held', 'due', 'erasing'))) ORDER BY entry";
        self.all(sql, Vec::new(), rows::case).await
    }

    async fn case_details(&self, id: CaseId) -> PortResult<Option<CaseDetails>> {
        self.one("SELECT * FROM case_details WHERE case_id = $1", values![id], rows::case_details).await
    }

    async fn customer(&self, id: CustomerId) -> PortResult<Option<Customer>> {
        self.one("SELECT * FROM customer_details WHERE customer_id = $1", values![id], rows::customer).await
    }

    async fn customer_of_user(&self, forum: &str, user: ForumUserId) -> PortResult<Option<Customer>> {
        // Of several ids of one user, always the same one.
        let sql = "SELECT * FROM customer_details WHERE forum = $1 AND forum_user = $2 ORDER BY customer_id LIMIT 1";
        self.one(sql, values![forum, user.0], rows::customer).await
    }

    // ------------------------------------------------------------------------------------------------ held files --

    async fn file(&self, id: FileId) -> PortResult<Option<HeldFile>> {
        self.one("SELECT * FROM held_files WHERE id = $1", values![id], rows::file).await
    }

    async fn file_details(&self, id: FileId) -> PortResult<Option<FileDetails>> {
        self.one("SELECT * FROM file_details WHERE file_id = $1", values![id], rows::file_details).await
    }

    async fn file_of_mark(&self, mark: SourceMark) -> PortResult<Option<HeldFile>> {
        let sql = "SELECT * FROM held_files WHERE mark = $1";
        self.one(sql, values![hex::encode(mark.as_bytes())], rows::file).await
    }

    async fn files_of_case(&self, case: CaseId) -> PortResult<Vec<HeldFile>> {
        self.all("SELECT * FROM held_files WHERE case_id = $1 ORDER BY entry", values![case], rows::file).await
    }

    async fn files_in(&self, states: &[StateName]) -> PortResult<Vec<HeldFile>> {
        let Some(first) = states.first() else { return Ok(Vec::new()) };
        // One statement for any selection: there are seven states, and one named twice changes nothing.
        let sql = "SELECT * FROM held_files WHERE state IN ($1, $2, $3, $4, $5, $6, $7) ORDER BY entry";
        let wanted = |state: &StateName| if states.contains(state) { *state } else { *first };
        let values = StateName::ALL.iter().map(|state| Value::from(wanted(state).as_str())).collect();
        self.all(sql, values, rows::file).await
    }

    async fn wraps(&self, file: FileId) -> PortResult<Vec<Wrap>> {
        self.all("SELECT * FROM wraps WHERE file_id = $1 ORDER BY recipient", values![file], rows::wrap).await
    }

    async fn all_wraps(&self) -> PortResult<Vec<Wrap>> {
        self.all("SELECT * FROM wraps ORDER BY file_id, recipient", Vec::new(), rows::wrap).await
    }

    async fn epoch(&self) -> PortResult<i64> {
        self.epoch_column("epoch").await
    }

    async fn rotation_owed(&self) -> PortResult<bool> {
        Ok(self.epoch_column("rotation_owed").await? != 0)
    }

    async fn open_viewing_copies(&self) -> PortResult<Vec<ViewingCopy>> {
        let sql = "SELECT * FROM viewing_copies WHERE ended_at IS NULL ORDER BY entry";
        self.all(sql, Vec::new(), rows::viewing_copy).await
    }

    async fn viewing_reason(&self, copy: ViewingCopyId) -> PortResult<Option<Private<String>>> {
        self.one("SELECT * FROM viewing_reasons WHERE copy_id = $1", values![copy], rows::viewing_reason).await
    }

    async fn viewing_copies(&self, file: FileId) -> PortResult<Vec<ViewingCopy>> {
        let sql = "SELECT * FROM viewing_copies WHERE file_id = $1 ORDER BY entry";
        self.all(sql, values![file], rows::viewing_copy).await
    }

    // ------------------------------------------------------------------------------------------- holds, requests --

    async fn holds(&self, lifted_too: bool) -> PortResult<Vec<Hold>> {
        let sql = if lifted_too {
            "SELECT * FROM holds ORDER BY entry DESC"
        } else {
            "SELECT * FROM holds WHERE lifted_at IS NULL ORDER BY entry DESC"
        };
        self.all(sql, Vec::new(), rows::hold).await
    }

    async fn request_reason(&self, request: RequestId) -> PortResult<Option<Private<String>>> {
        self.one("SELECT * FROM request_reasons WHERE request_id = $1", values![request], rows::request_reason).await
    }

    async fn hold_reason(&self, hold: HoldId) -> PortResult<Option<Private<String>>> {
        self.one("SELECT * FROM hold_reasons WHERE hold_id = $1", values![hold], rows::hold_reason).await
    }

    async fn proposals(&self, settled_too: bool) -> PortResult<Vec<Proposal>> {
        let sql = if settled_too {
            "SELECT * FROM proposals ORDER BY entry"
        } else {
            "SELECT * FROM proposals WHERE settled = 0 ORDER BY entry"
        };
        self.all(sql, Vec::new(), rows::proposal).await
    }

    async fn proposal_reason(&self, proposal: ProposalId) -> PortResult<Option<Private<String>>> {
        let sql = "SELECT * FROM proposal_reasons WHERE proposal_id = $1 AND declined = 0";
        self.one(sql, values![proposal], rows::proposal_reason).await
    }

    async fn approvers(&self) -> PortResult<Vec<Approver>> {
        self.all("SELECT * FROM approvers ORDER BY entry", Vec::new(), rows::approver).await
    }

    async fn lift_reason(&self, hold: HoldId) -> PortResult<Option<Private<String>>> {
        self.one("SELECT * FROM lift_reasons WHERE hold_id = $1", values![hold], rows::lift_reason).await
    }

    async fn replies_of_case(&self, case: CaseId) -> PortResult<Vec<Reply>> {
        self.all("SELECT * FROM replies WHERE case_id = $1 ORDER BY entry", values![case], rows::reply).await
    }

    async fn reply_of_token(&self, token: &str) -> PortResult<Option<Reply>> {
        self.one("SELECT * FROM replies WHERE token = $1", values![token], rows::reply).await
    }

    async fn reply_of_message(&self, message_id: &str) -> PortResult<Option<Reply>> {
        self.one("SELECT * FROM replies WHERE message_id = $1", values![message_id], rows::reply).await
    }

    async fn replies_to_send(&self, now: Timestamp) -> PortResult<Vec<Reply>> {
        let sql = "SELECT * FROM replies WHERE state = 'waiting' AND at <= $1 ORDER BY at, entry";
        self.all(sql, values![now], rows::reply).await
    }

    async fn bounced_replies(&self) -> PortResult<Vec<Reply>> {
        self.all("SELECT * FROM replies WHERE state = 'bounced' ORDER BY entry", Vec::new(), rows::reply).await
    }

    async fn own_dates(&self, case: CaseId) -> PortResult<Vec<OwnDate>> {
        let sql = "SELECT * FROM own_dates WHERE (scope = 'case' AND scope_id = $1) \
                   OR (scope = 'file' AND scope_id IN (SELECT id FROM held_files WHERE case_id = $1)) ORDER BY entry";
        self.all(sql, values![case], rows::own_date).await
    }

    async fn own_date_reason(&self, scope: OwnDateScope) -> PortResult<Option<Private<String>>> {
        let sql = "SELECT * FROM own_date_reasons WHERE scope = $1 AND scope_id = $2";
        let (scope, id) = rows::own_date_columns(scope);
        self.one(sql, values![scope, id], rows::own_date_reason).await
    }

    async fn adopted_rules(&self) -> PortResult<Option<AdoptedRules>> {
        self.one("SELECT * FROM adopted_rules WHERE one = 1", Vec::new(), rows::adopted_rules).await
    }

    async fn requests(&self, case: CaseId) -> PortResult<Vec<Request>> {
        self.all("SELECT * FROM requests WHERE case_id = $1 ORDER BY entry", values![case], rows::request).await
    }

    async fn requests_between(&self, from: Timestamp, to: Timestamp) -> PortResult<Vec<Request>> {
        // The end is not part of the span, so that spans side by side count everything once.
        let sql = "SELECT * FROM requests WHERE received_at >= $1 AND received_at < $2 ORDER BY received_at, entry";
        self.all(sql, values![from, to], rows::request).await
    }

    async fn unclear_requests(&self) -> PortResult<Vec<Request>> {
        self.all("SELECT * FROM requests WHERE standing = 'unclear' ORDER BY entry", Vec::new(), rows::request).await
    }

    // -------------------------------------------------------------------------------------------------- receipts --

    async fn receipt(&self, id: ReceiptId) -> PortResult<Option<ReceiptRow>> {
        self.one("SELECT * FROM receipts WHERE id = $1", values![id], rows::receipt).await
    }

    async fn receipts(&self, skip: u32, limit: u32) -> PortResult<Vec<ReceiptRow>> {
        let sql = "SELECT * FROM receipts ORDER BY entry DESC LIMIT $1 OFFSET $2";
        self.all(sql, values![limit, skip], rows::receipt).await
    }

    async fn receipts_in_question(&self) -> PortResult<Vec<ReceiptRow>> {
        let sql = "SELECT receipts.* FROM receipts JOIN cases ON cases.id = receipts.case_id WHERE receipts.id IN \
                   (SELECT receipt_id FROM outbox WHERE state = 'bounced' \
                   UNION SELECT receipt_id FROM confirmations WHERE answer IN ('disputed', 'unclear')) \
                   AND (cases.forgotten_at IS NULL OR EXISTS (SELECT 1 FROM held_files \
                   WHERE held_files.case_id = cases.id AND held_files.state IN ('arriving', 'held', 'due', 'erasing'))) \
                   ORDER BY receipts.entry";
        self.all(sql, Vec::new(), rows::receipt).await
    }

    async fn receipts_of_case(&self, case: CaseId) -> PortResult<Vec<ReceiptRow>> {
        self.all("SELECT * FROM receipts WHERE case_id = $1 ORDER BY entry", values![case], rows::receipt).await
    }

    async fn receipt_of_token(&self, token: &str) -> PortResult<Option<ReceiptRow>> {
        self.one("SELECT * FROM receipts WHERE token = $1", values![token], rows::receipt).await
    }

    async fn receipt_of_message(&self, message_id: &str) -> PortResult<Option<ReceiptRow>> {
        self.one("SELECT * FROM receipts WHERE message_id = $1", values![message_id], rows::receipt).await
    }

    async fn envelope(&self, id: ReceiptId) -> PortResult<Option<Private<Envelope>>> {
        self.one("SELECT * FROM receipt_envelopes WHERE receipt_id = $1", values![id], rows::envelope).await
    }

    async fn delivery(&self, id: ReceiptId) -> PortResult<Option<Delivery>> {
        self.one("SELECT * FROM outbox WHERE receipt_id = $1", values![id], rows::delivery).await
    }

    async fn outbox(&self, now: Timestamp) -> PortResult<Vec<(ReceiptRow, Delivery)>> {
        let sql = "SELECT receipts.*, outbox.receipt_id, outbox.channel, outbox.attempts, outbox.state, outbox.at, \
                   outbox.last_fault FROM outbox JOIN receipts ON receipts.id = outbox.receipt_id \
                   WHERE outbox.state = 'waiting' AND outbox.at <= $1 ORDER BY outbox.at, receipts.entry";
        self.all(sql, values![now], rows::due_receipt).await
    }

    async fn confirmations(&self, id: ReceiptId) -> PortResult<Vec<Confirmation>> {
        let sql = "SELECT * FROM confirmations WHERE receipt_id = $1 ORDER BY entry";
        self.all(sql, values![id], rows::confirmation).await
    }

    // ------------------------------------------------------------------------------------------- people and jobs --

    async fn person(&self, name: &Private<String>, fresh: PersonId) -> PortResult<PersonId> {
        let known = "SELECT * FROM people WHERE name = $1";
        if let Some(id) = self.one(known, values![name], rows::person_id).await? {
            return Ok(id);
        }
        let mut writer = self.writer().await?;
        let insert = "INSERT INTO people (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sql::run(&mut writer, insert, values![fresh, name]).await?;
        // Another desk may have been first.
        Ok(sql::one(&mut writer, known, values![name], rows::person_id).await?.unwrap_or(fresh))
    }

    async fn person_name(&self, id: PersonId) -> PortResult<Option<Private<String>>> {
        self.one("SELECT * FROM people WHERE id = $1", values![id], rows::person_name).await
    }

    async fn mark(&self, name: &str) -> PortResult<Option<String>> {
        let read = |row: &AnyRow| Row::of(row, "marks", "name").text("text");
        self.one("SELECT * FROM marks WHERE name = $1", values![name], read).await
    }

    async fn put_mark(&self, name: &str, text: &str) -> PortResult<()> {
        let put = "INSERT INTO marks (name, text) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET text = excluded.text";
        let mut writer = self.writer().await?;
        sql::run(&mut writer, put, values![name, text]).await?;
        Ok(())
    }

    async fn case_links(&self, case: CaseId) -> PortResult<Vec<CaseLink>> {
        let sql = "SELECT * FROM case_links WHERE case_id = $1 ORDER BY entry";
        self.all(sql, values![case], rows::case_link).await
    }

    async fn ticket_offers(&self, case: CaseId) -> PortResult<Vec<TicketOffer>> {
        let sql = "SELECT * FROM ticket_offers WHERE case_id = $1 ORDER BY entry, tracker, ticket_key";
        self.all(sql, values![case], rows::ticket_offer).await
    }

    async fn open_ticket_offers(&self) -> PortResult<Vec<TicketOffer>> {
        let sql = "SELECT * FROM ticket_offers WHERE standing = 'offered' ORDER BY entry, tracker, ticket_key";
        self.all(sql, Vec::new(), rows::ticket_offer).await
    }

    async fn note_ticket_read(&self, case: CaseId, at: Timestamp) -> PortResult<()> {
        let put = "INSERT INTO ticket_reads (case_id, read_at) VALUES ($1, $2) \
                   ON CONFLICT (case_id) DO UPDATE SET read_at = excluded.read_at";
        let mut writer = self.writer().await?;
        sql::run(&mut writer, put, values![case, at]).await?;
        Ok(())
    }

    async fn ticket_reads(&self) -> PortResult<Vec<(CaseId, Timestamp)>> {
        self.all("SELECT * FROM ticket_reads", Vec::new(), rows::ticket_read).await
    }

    async fn beat(&self, beat: Heartbeat) -> PortResult<()> {
        let put = "INSERT INTO heartbeats (job, ran_at, good_at, fault, next_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (job) DO UPDATE SET ran_at = excluded.ran_at, good_at = excluded.good_at, \
                   fault = excluded.fault, next_at = excluded.next_at";
        let fault = maybe_word(beat.fault.as_ref())?;
        let values = values![beat.job.as_str(), beat.ran_at, beat.good_at, fault, beat.next_at];
        let mut writer = self.writer().await?;
        sql::run(&mut writer, put, values).await?;
        self.tell_change();
        Ok(())
    }

    async fn heartbeats(&self) -> PortResult<Vec<Heartbeat>> {
        let mut beats = self.all("SELECT * FROM heartbeats", Vec::new(), rows::heartbeat).await?;
        beats.sort_by_key(|beat| beat.job);
        Ok(beats)
    }

    async fn snapshot(&self) -> PortResult<Box<dyn ByteSource>> {
        Ok(self.stream_snapshot())
    }

    async fn compact(&self) -> PortResult<()> {
        Ok(self.compact_now().await?)
    }
}
