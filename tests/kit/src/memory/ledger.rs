//! The ledger in memory, by the same rules of versions and conflicts as the real one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use bytes::Bytes;
use custody_core::{
    Private, Timestamp,
    case::{Case, CaseDetails, CaseLink, Customer, ForumUserId, TopicId},
    event::{ChainHash, Event, text},
    four_eyes::{Approver, Proposal, ProposalStanding},
    held_file::{FileDetails, HeldFile, SourceMark, StateName},
    hold::{Hold, HoldReason},
    id::{CaseId, CustomerId, FileId, HoldId, PersonId, ProposalId, ReceiptId, RequestId, ViewingCopyId},
    own_date::{OwnDate, OwnDateScope},
    ports::{ByteSource, ChainVerdict, Fault, Head, Heartbeat, Job, Ledger, PortError, PortResult},
    receipt::{Answer, Confirmation, Delivery, DeliveryState, Envelope, ReceiptRow},
    reply::{Reply, ReplyState},
    request::{Request, RequestStanding},
    retention::AdoptedRules,
    ticket::{OfferStanding, TicketOffer},
    transition::{Transition, Wrap, Write},
    viewing_copy::ViewingCopy,
};

use super::{Power, lock, strongroom::Whole};

/// The ledger in memory.
#[derive(Debug)]
pub struct MemoryLedger {
    power: Arc<Power>,
    tables: Mutex<Tables>,
    /// What was taken of it; a snapshot's bytes are the number of one of these.
    snapshots: Mutex<Vec<Tables>>,
}

#[derive(Clone, Debug, Default)]
struct Tables {
    /// Shared with the copies that transactions of several writes make.
    events: Vec<Arc<Event>>,
    cases: BTreeMap<CaseId, Case>,
    case_details: BTreeMap<CaseId, CaseDetails>,
    customers: BTreeMap<CustomerId, Customer>,
    files: BTreeMap<FileId, HeldFile>,
    file_details: BTreeMap<FileId, FileDetails>,
    wraps: Vec<Wrap>,
    epoch: i64,
    rotation_owed: bool,
    holds: BTreeMap<HoldId, Hold>,
    hold_reasons: BTreeMap<HoldId, Private<String>>,
    lift_reasons: BTreeMap<HoldId, Private<String>>,
    replies: BTreeMap<RequestId, Reply>,
    approvers: Vec<Approver>,
    proposals: BTreeMap<ProposalId, Proposal>,
    proposal_reasons: BTreeMap<ProposalId, Private<String>>,
    own_dates: BTreeMap<OwnDateScope, OwnDate>,
    own_date_reasons: BTreeMap<OwnDateScope, Private<String>>,
    adopted: Option<AdoptedRules>,
    request_reasons: BTreeMap<RequestId, Private<String>>,
    viewing_reasons: BTreeMap<ViewingCopyId, Private<String>>,
    links: Vec<CaseLink>,
    offers: Vec<TicketOffer>,
    ticket_reads: BTreeMap<CaseId, Timestamp>,
    requests: BTreeMap<RequestId, Request>,
    copies: BTreeMap<ViewingCopyId, ViewingCopy>,
    receipts: BTreeMap<ReceiptId, ReceiptRow>,
    envelopes: BTreeMap<ReceiptId, Private<Envelope>>,
    outbox: BTreeMap<ReceiptId, Delivery>,
    confirmations: Vec<Confirmation>,
    people: Vec<(PersonId, Private<String>)>,
    marks: BTreeMap<String, String>,
    beats: BTreeMap<Job, Heartbeat>,
}

fn conflict() -> PortError {
    PortError::try_again(Fault::Conflict)
}

/// A row may follow only the version right below it.
fn follows(stored: Option<i64>, next: i64) -> PortResult<()> {
    if next == stored.map_or(0, |stored| stored + 1) { Ok(()) } else { Err(conflict()) }
}

impl MemoryLedger {
    /// An empty ledger in its first epoch.
    pub fn new(power: Arc<Power>) -> Self {
        Self { power, tables: Mutex::new(Tables { epoch: 1, ..Tables::default() }), snapshots: Mutex::default() }
    }

    /// Becomes what a snapshot holds.
    pub(super) fn load(&self, snapshot: &[u8]) {
        let number: Option<usize> = std::str::from_utf8(snapshot).ok().and_then(|text| text.parse().ok());
        if let Some(taken) = number.and_then(|number| lock(&self.snapshots).get(number).cloned()) {
            *lock(&self.tables) = taken;
        }
    }

    /// Every event, for checks.
    pub fn all_events(&self) -> Vec<Event> {
        lock(&self.tables).events.iter().map(|event| event.as_ref().clone()).collect()
    }

    /// Every file, for checks.
    pub fn all_files(&self) -> Vec<HeldFile> {
        lock(&self.tables).files.values().cloned().collect()
    }

    /// Every viewing copy, for checks.
    pub fn all_copies(&self) -> Vec<ViewingCopy> {
        lock(&self.tables).copies.values().cloned().collect()
    }

    /// Every receipt, for checks.
    pub fn all_receipts(&self) -> Vec<ReceiptRow> {
        lock(&self.tables).receipts.values().cloned().collect()
    }

    /// Every reply, for checks.
    pub fn all_replies(&self) -> Vec<Reply> {
        lock(&self.tables).replies.values().cloned().collect()
    }

    /// Every wrap, for checks.
    pub fn stored_wraps(&self) -> Vec<Wrap> {
        lock(&self.tables).wraps.clone()
    }

    /// Loses the wraps of a file, as a ledger that was meddled with does.
    pub fn lose_wraps(&self, file: FileId) -> Vec<Wrap> {
        let mut tables = lock(&self.tables);
        let (lost, kept) = tables.wraps.drain(..).partition(|wrap| wrap.file == file);
        tables.wraps = kept;
        lost
    }

    /// Puts wraps back that were there before.
    pub fn put_wraps(&self, wraps: Vec<Wrap>) {
        lock(&self.tables).wraps.extend(wraps);
    }

    fn read<T>(&self, read: impl FnOnce(&Tables) -> T) -> PortResult<T> {
        self.power.on()?;
        Ok(read(&lock(&self.tables)))
    }
}

impl MemoryLedger {
    /// One row that cannot be written by halves: nothing is copied for it.
    fn write_row<T>(&self, write: impl FnOnce(&mut Tables) -> T) -> PortResult<T> {
        self.power.write(|| Ok(write(&mut lock(&self.tables))))
    }
}

impl Tables {
    fn apply(&mut self, write: Write) -> PortResult<()> {
        match write {
            Write::NewCase { case, details, customer } => {
                follows(self.cases.get(&case.id).map(|stored| stored.version), case.version)?;
                self.case_details.insert(case.id, details);
                if let Some(customer) = customer {
                    self.customers.insert(customer.id, customer);
                }
                self.cases.insert(case.id, case);
            }
            Write::Case(case) => self.put_case(case)?,
            Write::Forget(case) => {
                let id = case.id;
                let customer = case.customer;
                let arrives = |file: &HeldFile| file.case() == id && file.state().name() == StateName::Arriving;
                if self.files.values().any(arrives) {
                    return Err(conflict());
                }
                self.put_case(case)?;
                self.forget(id, customer);
            }
            Write::NewFile { file, details } => {
                let is_known = self.files.values().any(|stored| stored.mark() == file.mark());
                let is_forgotten = self.cases.get(&file.case()).is_some_and(|case| case.forgotten_at.is_some());
                if is_known || is_forgotten {
                    return Err(conflict());
                }
                let id = file.id();
                self.put_file(file)?;
                self.file_details.insert(id, details);
            }
            Write::File(file) => self.put_file(file)?,
            Write::SealedFile { file, wraps, salt } => {
                if wraps.iter().any(|wrap| wrap.epoch != self.epoch) {
                    return Err(conflict());
                }
                let id = file.id();
                self.put_file(file)?;
                if let Some(details) = self.file_details.get_mut(&id) {
                    details.salt = Some(salt);
                }
                self.wraps.extend(wraps);
            }
            Write::DropWraps(file) => {
                self.wraps.retain(|wrap| wrap.file != file);
                self.rotation_owed = true;
            }
            Write::Rewrap { epoch, wraps } => {
                let names = |wraps: &[Wrap]| {
                    wraps.iter().map(|wrap| (wrap.file, wrap.recipient.clone())).collect::<BTreeSet<_>>()
                };
                if names(&wraps) != names(&self.wraps) {
                    return Err(conflict());
                }
                self.wraps = wraps;
                self.epoch = epoch;
                self.rotation_owed = false;
            }
            Write::Recipients { epoch, wraps } => {
                let files = |wraps: &[Wrap]| wraps.iter().map(|wrap| wrap.file).collect::<BTreeSet<_>>();
                if files(&wraps) != files(&self.wraps) || epoch <= self.epoch {
                    return Err(conflict());
                }
                self.wraps = wraps;
                self.epoch = epoch;
                self.rotation_owed = false;
            }
            Write::Hold { hold, reason } => {
                follows(self.holds.get(&hold.id).map(|stored| stored.version), hold.version)?;
                match reason {
                    Some(HoldReason::Placed(reason)) => drop(self.hold_reasons.insert(hold.id, reason)),
                    Some(HoldReason::Lifted(reason)) => drop(self.lift_reasons.insert(hold.id, reason)),
                    None => {}
                }
                self.holds.insert(hold.id, hold);
            }
            Write::OwnDate { own_date, reason } => {
                let scope = own_date.scope;
                follows(self.own_dates.get(&scope).map(|stored| stored.version), own_date.version)?;
                self.own_date_reasons.extend(reason.map(|reason| (scope, reason)));
                self.own_dates.insert(scope, own_date);
            }
            Write::Rules { replace, adopted } => {
                if self.adopted.as_ref().map(|stored| &stored.fingerprint) != replace.as_ref() {
                    return Err(conflict());
                }
                self.adopted = Some(adopted);
            }
            Write::Request { request, reason } => {
                follows(self.requests.get(&request.id).map(|stored| stored.version), request.version)?;
                self.request_reasons.extend(reason.map(|reason| (request.id, reason)));
                self.requests.insert(request.id, request);
            }
            Write::Reply(reply) => {
                follows(self.replies.get(&reply.request).map(|stored| stored.version), reply.version)?;
                self.replies.insert(reply.request, reply);
            }
            Write::Approver(approver) => {
                let known = self.approvers.iter_mut().find(|known| known.public_key == approver.public_key);
                follows(known.as_ref().map(|stored| stored.version), approver.version)?;
                match known {
                    Some(known) => *known = approver,
                    None => self.approvers.push(approver),
                }
            }
            Write::Proposal { proposal, reason } => {
                follows(self.proposals.get(&proposal.id).map(|stored| stored.version), proposal.version)?;
                if !matches!(proposal.standing, ProposalStanding::Declined { .. }) {
                    self.proposal_reasons.extend(reason.map(|reason| (proposal.id, reason)));
                }
                self.proposals.insert(proposal.id, proposal);
            }
            Write::Link(link) => {
                if !self.links.iter().any(|known| known.case == link.case && known.url == link.url) {
                    self.links.push(link);
                }
            }
            Write::TicketOffer(offer) => {
                let known =
                    self.offers.iter_mut().find(|known| known.case == offer.case && known.ticket == offer.ticket);
                follows(known.as_ref().map(|stored| stored.version), offer.version)?;
                match known {
                    Some(known) => *known = offer,
                    None => self.offers.push(offer),
                }
            }
            Write::ViewingCopy { copy, reason } => {
                follows(self.copies.get(&copy.id).map(|stored| stored.version), copy.version)?;
                self.viewing_reasons.extend(reason.map(|reason| (copy.id, reason)));
                self.copies.insert(copy.id, copy);
            }
            Write::Receipt { files, receipt } => {
                for file in &files {
                    follows(self.files.get(&file.id()).map(HeldFile::version), file.version())?;
                }
                let receipt = *receipt;
                let id = receipt.row.id;
                self.put_receipt(receipt.row)?;
                self.files.extend(files.into_iter().map(|file| (file.id(), file)));
                self.envelopes.insert(id, receipt.envelope);
                self.outbox.insert(id, receipt.delivery);
            }
            Write::Delivery { receipt, delivery } => {
                let id = receipt.id;
                self.put_receipt(receipt)?;
                self.outbox.insert(id, delivery);
            }
            Write::Confirmation { receipt, confirmation } => {
                self.put_receipt(receipt)?;
                self.confirmations.push(confirmation);
            }
            Write::Nothing => {}
        }
        Ok(())
    }

    fn put_case(&mut self, case: Case) -> PortResult<()> {
        follows(self.cases.get(&case.id).map(|stored| stored.version), case.version)?;
        self.cases.insert(case.id, case);
        Ok(())
    }

    fn put_file(&mut self, file: HeldFile) -> PortResult<()> {
        follows(self.files.get(&file.id()).map(HeldFile::version), file.version())?;
        self.files.insert(file.id(), file);
        Ok(())
    }

    fn put_receipt(&mut self, receipt: ReceiptRow) -> PortResult<()> {
        follows(self.receipts.get(&receipt.id).map(|stored| stored.version), receipt.version)?;
        self.receipts.insert(receipt.id, receipt);
        Ok(())
    }

    fn forget(&mut self, case: CaseId, customer: CustomerId) {
        self.case_details.remove(&case);
        let files: Vec<_> = self.files.values().filter(|file| file.case() == case).map(HeldFile::id).collect();
        self.file_details.retain(|file, _| !files.contains(file));
        self.own_date_reasons.retain(|scope, _| match scope {
            OwnDateScope::Case(of) => *of != case,
            OwnDateScope::File(of) => !files.contains(of),
        });
        let receipts: Vec<_> =
            self.receipts.values().filter(|receipt| receipt.case == case).map(|receipt| receipt.id).collect();
        self.envelopes.retain(|receipt, _| !receipts.contains(receipt));
        if self.cases.values().all(|other| other.customer != customer || other.forgotten_at.is_some()) {
            self.customers.remove(&customer);
        }
    }
}

#[async_trait]
impl Ledger for MemoryLedger {
    async fn commit(&self, transitions: Vec<Transition>) -> PortResult<Head> {
        self.power.write(|| {
            let mut tables = lock(&self.tables);
            // One write is refused before it changes anything; only several need the tables as they were.
            let before = (transitions.len() > 1).then(|| tables.clone());
            for transition in transitions {
                let (write, event) = transition.into_parts();
                if let Err(error) = tables.apply(write) {
                    if let Some(before) = before {
                        *tables = before;
                    }
                    return Err(error);
                }
                tables.events.push(Arc::new(event));
            }
            Ok(())
        })?;
        self.head().await
    }

    async fn head(&self) -> PortResult<Head> {
        self.read(|tables| Head { index: tables.events.len() as u64, hash: ChainHash::GENESIS })
    }

    async fn events(&self, after: u64, limit: u32) -> PortResult<Vec<(u64, Event)>> {
        self.read(|tables| {
            let numbered =
                tables.events.iter().enumerate().map(|(place, event)| (place as u64 + 1, event.as_ref().clone()));
            numbered.filter(|(index, _)| *index > after).take(limit as usize).collect()
        })
    }

    async fn events_of_case(&self, case: CaseId) -> PortResult<Vec<(u64, Event)>> {
        self.read(|tables| {
            let numbered =
                tables.events.iter().enumerate().map(|(place, event)| (place as u64 + 1, event.as_ref().clone()));
            numbered
                .filter(|(_, event)| {
                    let subjects = event.kind.subjects();
                    subjects.cases.contains(&case)
                        || subjects
                            .files
                            .iter()
                            .any(|file| tables.files.get(file).is_some_and(|file| file.case() == case))
                })
                .collect()
        })
    }

    async fn verify(&self) -> PortResult<ChainVerdict> {
        let events = self.all_events();
        for (place, event) in events.iter().enumerate() {
            if text(event).is_err() {
                return Ok(ChainVerdict::Broken { at: place as u64 + 1 });
            }
        }
        Ok(ChainVerdict::Whole(self.head().await?))
    }

    async fn case(&self, id: CaseId) -> PortResult<Option<Case>> {
        self.read(|tables| tables.cases.get(&id).cloned())
    }

    async fn case_of_topic(&self, forum: &str, topic: TopicId) -> PortResult<Option<Case>> {
        self.read(|tables| tables.cases.values().find(|case| case.forum == forum && case.topic == topic).cloned())
    }

    async fn cases(&self, skip: u32, limit: u32) -> PortResult<Vec<Case>> {
        self.read(|tables| {
            let mut cases: Vec<_> = tables.cases.values().cloned().collect();
            cases.sort_by_key(|case| std::cmp::Reverse(case.opened_at));
            cases.into_iter().skip(skip as usize).take(limit as usize).collect()
        })
    }

    async fn open_cases(&self) -> PortResult<Vec<Case>> {
        self.read(|tables| {
            let alive = |case: &Case| {
                case.forgotten_at.is_none()
                    || tables.files.values().any(|file| {
                        file.case() == case.id
                            && !matches!(file.state().name(), StateName::Refused | StateName::Erased | StateName::Lost)
                    })
            };
            tables.cases.values().filter(|case| alive(case)).cloned().collect()
        })
    }

    async fn exposed_cases(&self) -> PortResult<Vec<Case>> {
        Ok(self.open_cases().await?.into_iter().filter(|case| case.exposed_since.is_some()).collect())
    }

    async fn case_details(&self, id: CaseId) -> PortResult<Option<CaseDetails>> {
        self.read(|tables| tables.case_details.get(&id).cloned())
    }

    async fn customer(&self, id: CustomerId) -> PortResult<Option<Customer>> {
        self.read(|tables| tables.customers.get(&id).cloned())
    }

    async fn customer_of_user(&self, forum: &str, user: ForumUserId) -> PortResult<Option<Customer>> {
        self.read(|tables| tables.customers.values().find(|one| one.forum == forum && one.user == user).cloned())
    }

    async fn file(&self, id: FileId) -> PortResult<Option<HeldFile>> {
        self.read(|tables| tables.files.get(&id).cloned())
    }

    async fn file_details(&self, id: FileId) -> PortResult<Option<FileDetails>> {
        self.read(|tables| tables.file_details.get(&id).cloned())
    }

    async fn file_of_mark(&self, mark: SourceMark) -> PortResult<Option<HeldFile>> {
        self.read(|tables| tables.files.values().find(|file| file.mark() == mark).cloned())
    }

    async fn files_of_case(&self, case: CaseId) -> PortResult<Vec<HeldFile>> {
        self.read(|tables| tables.files.values().filter(|file| file.case() == case).cloned().collect())
    }

    async fn files_in(&self, states: &[StateName]) -> PortResult<Vec<HeldFile>> {
        self.read(|tables| {
            tables.files.values().filter(|file| states.contains(&file.state().name())).cloned().collect()
        })
    }

    async fn wraps(&self, file: FileId) -> PortResult<Vec<Wrap>> {
        self.read(|tables| tables.wraps.iter().filter(|wrap| wrap.file == file).cloned().collect())
    }

    async fn all_wraps(&self) -> PortResult<Vec<Wrap>> {
        self.read(|tables| tables.wraps.clone())
    }

    async fn epoch(&self) -> PortResult<i64> {
        self.read(|tables| tables.epoch)
    }

    async fn rotation_owed(&self) -> PortResult<bool> {
        self.read(|tables| tables.rotation_owed)
    }

    async fn holds(&self, lifted_too: bool) -> PortResult<Vec<Hold>> {
        self.read(|tables| tables.holds.values().filter(|hold| lifted_too || hold.is_placed()).cloned().collect())
    }

    async fn request_reason(&self, request: RequestId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.request_reasons.get(&request).cloned())
    }

    async fn case_links(&self, case: CaseId) -> PortResult<Vec<CaseLink>> {
        self.read(|tables| tables.links.iter().filter(|link| link.case == case).cloned().collect())
    }

    async fn ticket_offers(&self, case: CaseId) -> PortResult<Vec<TicketOffer>> {
        self.read(|tables| tables.offers.iter().filter(|offer| offer.case == case).cloned().collect())
    }

    async fn open_ticket_offers(&self) -> PortResult<Vec<TicketOffer>> {
        let open = |offer: &&TicketOffer| offer.standing == OfferStanding::Offered;
        self.read(|tables| tables.offers.iter().filter(open).cloned().collect())
    }

    async fn ticket_reads(&self) -> PortResult<Vec<(CaseId, Timestamp)>> {
        self.read(|tables| tables.ticket_reads.iter().map(|(case, at)| (*case, *at)).collect())
    }

    async fn hold_reason(&self, hold: HoldId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.hold_reasons.get(&hold).cloned())
    }

    async fn proposals(&self, settled_too: bool) -> PortResult<Vec<Proposal>> {
        let wanted = |proposal: &&Proposal| settled_too || proposal.is_unsettled();
        self.read(|tables| tables.proposals.values().filter(wanted).cloned().collect())
    }

    async fn proposal_reason(&self, proposal: ProposalId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.proposal_reasons.get(&proposal).cloned())
    }

    async fn approvers(&self) -> PortResult<Vec<Approver>> {
        self.read(|tables| tables.approvers.clone())
    }

    async fn lift_reason(&self, hold: HoldId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.lift_reasons.get(&hold).cloned())
    }

    async fn replies_of_case(&self, case: CaseId) -> PortResult<Vec<Reply>> {
        self.read(|tables| tables.replies.values().filter(|reply| reply.case == case).cloned().collect())
    }

    async fn reply_of_token(&self, token: &str) -> PortResult<Option<Reply>> {
        self.read(|tables| tables.replies.values().find(|reply| reply.token == token).cloned())
    }

    async fn reply_of_message(&self, message_id: &str) -> PortResult<Option<Reply>> {
        self.read(|tables| tables.replies.values().find(|reply| reply.message_id == message_id).cloned())
    }

    async fn replies_to_send(&self, now: Timestamp) -> PortResult<Vec<Reply>> {
        let due = |reply: &&Reply| matches!(reply.state, ReplyState::Waiting { try_at, .. } if try_at <= now);
        self.read(|tables| tables.replies.values().filter(due).cloned().collect())
    }

    async fn bounced_replies(&self) -> PortResult<Vec<Reply>> {
        let bounced = |reply: &&Reply| matches!(reply.state, ReplyState::Bounced { .. });
        self.read(|tables| tables.replies.values().filter(bounced).cloned().collect())
    }

    async fn requests(&self, case: CaseId) -> PortResult<Vec<Request>> {
        self.read(|tables| tables.requests.values().filter(|request| request.case == case).cloned().collect())
    }

    async fn own_dates(&self, case: CaseId) -> PortResult<Vec<OwnDate>> {
        self.read(|tables| {
            let is_its = |date: &&OwnDate| match date.scope {
                OwnDateScope::Case(of) => of == case,
                OwnDateScope::File(of) => tables.files.get(&of).is_some_and(|file| file.case() == case),
            };
            tables.own_dates.values().filter(is_its).copied().collect()
        })
    }

    async fn own_date_reason(&self, scope: OwnDateScope) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.own_date_reasons.get(&scope).cloned())
    }

    async fn adopted_rules(&self) -> PortResult<Option<AdoptedRules>> {
        self.read(|tables| tables.adopted.clone())
    }

    async fn requests_between(&self, from: Timestamp, to: Timestamp) -> PortResult<Vec<Request>> {
        self.read(|tables| {
            let within = |request: &&Request| request.received_at >= from && request.received_at < to;
            tables.requests.values().filter(within).cloned().collect()
        })
    }

    async fn unclear_requests(&self) -> PortResult<Vec<Request>> {
        self.read(|tables| {
            let unclear = |request: &&Request| request.standing == RequestStanding::Unclear;
            tables.requests.values().filter(unclear).cloned().collect()
        })
    }

    async fn open_viewing_copies(&self) -> PortResult<Vec<ViewingCopy>> {
        self.read(|tables| tables.copies.values().filter(|copy| copy.ended.is_none()).cloned().collect())
    }

    async fn viewing_reason(&self, copy: ViewingCopyId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.viewing_reasons.get(&copy).cloned())
    }

    async fn viewing_copies(&self, file: FileId) -> PortResult<Vec<ViewingCopy>> {
        self.read(|tables| tables.copies.values().filter(|copy| copy.file == file).cloned().collect())
    }

    async fn receipt(&self, id: ReceiptId) -> PortResult<Option<ReceiptRow>> {
        self.read(|tables| tables.receipts.get(&id).cloned())
    }

    async fn receipts(&self, skip: u32, limit: u32) -> PortResult<Vec<ReceiptRow>> {
        self.read(|tables| {
            let mut receipts: Vec<_> = tables.receipts.values().cloned().collect();
            receipts.sort_by_key(|receipt| std::cmp::Reverse(receipt.issued_at));
            receipts.into_iter().skip(skip as usize).take(limit as usize).collect()
        })
    }

    async fn receipts_of_case(&self, case: CaseId) -> PortResult<Vec<ReceiptRow>> {
        self.read(|tables| {
            let mut receipts: Vec<_> =
                tables.receipts.values().filter(|receipt| receipt.case == case).cloned().collect();
            receipts.sort_by_key(|receipt| receipt.issued_at);
            receipts
        })
    }

    async fn receipts_in_question(&self) -> PortResult<Vec<ReceiptRow>> {
        let mut found = Vec::new();
        for case in self.open_cases().await? {
            for receipt in self.receipts_of_case(case.id).await? {
                let bounced = self.delivery(receipt.id).await?.map(|delivery| delivery.state);
                let answers = self.confirmations(receipt.id).await?;
                if matches!(bounced, Some(DeliveryState::Bounced { .. }))
                    || answers.iter().any(|it| matches!(it.answer, Answer::Disputed | Answer::Unclear))
                {
                    found.push(receipt);
                }
            }
        }
        Ok(found)
    }

    async fn receipt_of_token(&self, token: &str) -> PortResult<Option<ReceiptRow>> {
        self.read(|tables| tables.receipts.values().find(|receipt| receipt.token == token).cloned())
    }

    async fn receipt_of_message(&self, message_id: &str) -> PortResult<Option<ReceiptRow>> {
        self.read(|tables| tables.receipts.values().find(|receipt| receipt.message_id == message_id).cloned())
    }

    async fn envelope(&self, id: ReceiptId) -> PortResult<Option<Private<Envelope>>> {
        self.read(|tables| tables.envelopes.get(&id).cloned())
    }

    async fn delivery(&self, id: ReceiptId) -> PortResult<Option<Delivery>> {
        self.read(|tables| tables.outbox.get(&id).cloned())
    }

    async fn outbox(&self, now: Timestamp) -> PortResult<Vec<(ReceiptRow, Delivery)>> {
        self.read(|tables| {
            let due =
                |delivery: &Delivery| matches!(delivery.state, DeliveryState::Waiting { try_at, .. } if try_at <= now);
            tables
                .outbox
                .iter()
                .filter(|(_, delivery)| due(delivery))
                .filter_map(|(id, delivery)| Some((tables.receipts.get(id)?.clone(), delivery.clone())))
                .collect()
        })
    }

    async fn confirmations(&self, id: ReceiptId) -> PortResult<Vec<Confirmation>> {
        self.read(|tables| tables.confirmations.iter().filter(|answer| answer.receipt == id).cloned().collect())
    }

    async fn person(&self, name: &Private<String>, fresh: PersonId) -> PortResult<PersonId> {
        self.write_row(|tables| {
            if let Some((known, _)) = tables.people.iter().find(|(_, known)| known == name) {
                return *known;
            }
            tables.people.push((fresh, name.clone()));
            fresh
        })
    }

    async fn person_name(&self, id: PersonId) -> PortResult<Option<Private<String>>> {
        self.read(|tables| tables.people.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()))
    }

    async fn mark(&self, name: &str) -> PortResult<Option<String>> {
        self.read(|tables| tables.marks.get(name).cloned())
    }

    async fn put_mark(&self, name: &str, text: &str) -> PortResult<()> {
        self.write_row(|tables| {
            tables.marks.insert(name.to_owned(), text.to_owned());
        })
    }

    async fn note_ticket_read(&self, case: CaseId, at: Timestamp) -> PortResult<()> {
        self.write_row(|tables| {
            tables.ticket_reads.insert(case, at);
        })
    }

    async fn beat(&self, beat: Heartbeat) -> PortResult<()> {
        self.write_row(|tables| {
            tables.beats.insert(beat.job, beat);
        })
    }

    async fn heartbeats(&self) -> PortResult<Vec<Heartbeat>> {
        self.read(|tables| tables.beats.values().cloned().collect())
    }

    async fn snapshot(&self) -> PortResult<Box<dyn ByteSource>> {
        let taken = self.read(Tables::clone)?;
        let mut snapshots = lock(&self.snapshots);
        snapshots.push(taken);
        Ok(Box::new(Whole(Some(Bytes::from((snapshots.len() - 1).to_string())))))
    }

    async fn compact(&self) -> PortResult<()> {
        self.write_row(|_| ())
    }
}
