//! Intake: what is new on the forum becomes a case, its attachments arrive and are sealed.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use tracing::{debug, info};

use super::{
    FlowError, FreshId as _, Policy, Progress, Tally, again, backup, confirm, first_file, is_conflict, is_final,
    restore, tickets,
};
use crate::{
    Private,
    case::{Case, CaseDetails, CaseLink, Customer, TopicId},
    file_kind::{FileKind, HEAD},
    held_file::{FileDetails, ForumDigest, HeldFile, Refusal, Sealed, Source, SourceMark, State, StateName},
    id::{CaseId, CustomerId, FileId, RequestId},
    phrases::Wish,
    ports::{AttachmentRef, ByteSource, Fault, ForumUser, PortError, PortResult, Ports, Post, SealedFile, Thread},
    request::{Asker, Channel, Request, RequestStanding},
    ticket::{Standing, TicketRef},
    transition::Transition,
};

/// The tracker name that means the forum topic itself.
pub const TOPIC_TRACKER: &str = "topic";

const MARK: &str = "intake";
/// Threads that were named as changed and are still to be read.
const PENDING: &str = "intake pending";

/// Reads the threads that changed and records what is new in them. Downloads nothing.
pub async fn discover(ports: &Ports, policy: &Policy) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let mut read = BTreeSet::new();
    read_pending(ports, policy, &mut read, &mut tally).await?;
    loop {
        let mark = ports.ledger.mark(MARK).await?;
        let changed = ports.forum.changed_threads(mark.as_deref()).await?;
        // A forum may name a thread with every mark; once in a pass is enough.
        let new: Vec<_> = changed.topics.into_iter().filter(|topic| !read.contains(topic)).collect();
        // Owed before the mark moves on: a budget that ends in the middle, or a crash, leaves none of them out, and what was
        // read is not read again.
        if !new.is_empty() {
            keep_pending(ports, &new).await?;
        }
        ports.ledger.put_mark(MARK, &changed.mark).await?;
        read_pending(ports, policy, &mut read, &mut tally).await?;
        // A forum names some threads at a time; the mark stays the same once there are no more.
        if mark.as_deref() == Some(changed.mark.as_str()) || new.is_empty() {
            break;
        }
    }
    Ok(tally)
}

/// Reads the threads that are owed. What it did not come to stays owed; a crash in the middle reads some of them twice.
async fn read_pending(
    ports: &Ports,
    policy: &Policy,
    read: &mut BTreeSet<TopicId>,
    tally: &mut Tally,
) -> Result<(), FlowError> {
    let pending = pending(ports).await?;
    for (at, topic) in pending.iter().copied().enumerate() {
        match ports.forum.thread(topic).await {
            Ok(thread) => {
                take_note(ports, policy, &thread).await?;
                tally.done += 1;
            }
            // One that is gone or closed to us erases nothing: what we hold of it stays, and `watch` shows the doubt.
            Err(error) if is_final(&error) => tally.again(error.fault),
            // Everything after this would meet the same.
            Err(error) => {
                keep_pending(ports, &pending[at..]).await?;
                return Err(error.into());
            }
        }
        read.insert(topic);
    }
    if pending.is_empty() { Ok(()) } else { keep_pending(ports, &[]).await }
}

async fn pending(ports: &Ports) -> Result<Vec<TopicId>, FlowError> {
    let text = ports.ledger.mark(PENDING).await?.unwrap_or_default();
    Ok(text.split_whitespace().filter_map(|number| number.parse().ok().map(TopicId)).collect())
}

async fn keep_pending(ports: &Ports, topics: &[TopicId]) -> Result<(), FlowError> {
    let numbers: Vec<_> = topics.iter().map(|topic| topic.0.to_string()).collect();
    Ok(ports.ledger.put_mark(PENDING, &numbers.join(" ")).await?)
}

/// Records what is new in one thread: the case, its attachments, requests and answers.
pub async fn take_note(ports: &Ports, policy: &Policy, thread: &Thread) -> Result<(), FlowError> {
    let Some(customer) = &thread.customer else { return Ok(()) };
    let now = ports.clock.now();
    let known = ports.ledger.case_of_topic(ports.forum.name(), thread.topic).await?;
    let brings_files = |post: &Post| !post.attachments.is_empty() || !post.links.is_empty();
    let attached = thread.posts.iter().filter(|post| is_from_customers(post)).any(brings_files);
    let case = match known {
        Some(case) => update(ports, case, thread, customer, now).await?,
        None if attached => open(ports, thread, customer, now).await?,
        // A thread without files is not ours to know about.
        None => return Ok(()),
    };
    if is_own_ticket(&case) {
        ports.ledger.note_ticket_read(case.id, now).await?;
    }
    let case = tickets::note_tickets(ports, policy, case, thread).await?;
    for post in thread.posts.iter().filter(|post| is_from_customers(post)) {
        // What was forgotten with its case stays in the thread, and is not to be learned again from there.
        if case.forgotten_at.is_none() {
            note_links(ports, &case, post, now).await?;
        }
        for attachment in &post.attachments {
            note_attachment(ports, &case, &attachment.reference, &attachment.name, now).await?;
        }
    }
    for post in thread.posts.iter().filter(|post| post.visible_to_customer && post.author == Some(customer.id)) {
        note_request(ports, policy, &case, post, now).await?;
    }
    confirm::in_thread(ports, policy, &case, thread, customer).await
}

/// Downloads and seals what is arriving. One file after the other: the forum's rate limit is one for all.
pub async fn receive(ports: &Ports, policy: &Policy, progress: &dyn Progress) -> Result<Tally, FlowError> {
    let mut tally = Tally::default();
    let mut seen = ports.ledger.ticket_reads().await?.into_iter().collect();
    let arriving = ports.ledger.files_in(&[StateName::Arriving]).await?;
    if !arriving.is_empty() && !first_file::may_come(ports, policy).await? {
        tally.again(Fault::KitNotSaved);
        return Ok(tally);
    }
    for file in arriving {
        let State::Arriving { try_at, attempts, .. } = *file.state() else { continue };
        if try_at > ports.clock.now() {
            continue;
        }
        let Some(details) = ports.ledger.file_details(file.id()).await? else {
            // It may have been refused since the list was read, and its case forgotten.
            if ports.ledger.file(file.id()).await?.is_some_and(|now| now.version() != file.version()) {
                continue;
            }
            return Err(PortError::needs_person(Fault::LedgerDamaged).into());
        };
        // What lies in a drop folder is not the forum's to give.
        let Source::Attachment(reference) = details.source else { continue };
        let name = details.name;
        if let Some(fault) = look_at_thread(ports, policy, &file, &mut seen).await? {
            tally.again(fault);
            continue;
        }
        let id = file.id();
        match receive_one(ports, policy, file.clone(), (&reference, &name), progress).await {
            Ok(()) => tally.done += 1,
            Err(FlowError::Port(error)) if is_conflict(&error) => tally.again(error.fault),
            Err(FlowError::Port(error)) if is_ledgers(error.fault) => return Err(error.into()),
            Err(FlowError::Port(error)) => {
                debug!(file = %id, fault = ?error.fault, attempts, "intake.delayed");
                tally.again(error.fault);
                let now = ports.clock.now();
                let at = again::at(now, attempts, &error);
                ports.ledger.commit(vec![file.try_arrival_again(error.fault, at, now)?]).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(tally)
}

/// A thread that was not read for so long may have stopped being private since.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// Reads the thread of an arriving file again before it is fetched, unless it was read just now. Gives the fault if the forum
/// does not answer: nothing is fetched from a thread that nobody has looked at.
async fn look_at_thread(
    ports: &Ports,
    policy: &Policy,
    file: &HeldFile,
    seen: &mut BTreeMap<CaseId, Timestamp>,
) -> Result<Option<Fault>, FlowError> {
    let now = ports.clock.now();
    if seen.get(&file.case()).is_some_and(|read| *read <= now && now.duration_since(*read) < FRESH) {
        return Ok(None);
    }
    let Some(case) = ports.ledger.case(file.case()).await? else { return Ok(None) };
    match ports.forum.thread(case.topic).await {
        Ok(thread) => {
            take_note(ports, policy, &thread).await?;
            seen.insert(case.id, now);
            Ok(None)
        }
        // One that is gone has no attachments either: asking for the file says so, and refuses it.
        Err(error) if is_final(&error) => Ok(None),
        Err(error) => Ok(Some(error.fault)),
    }
}

async fn receive_one(
    ports: &Ports,
    policy: &Policy,
    file: HeldFile,
    (reference, name): (&AttachmentRef, &Private<String>),
    progress: &dyn Progress,
) -> Result<(), FlowError> {
    let now = ports.clock.now();
    let Some(case) = ports.ledger.case(file.case()).await? else {
        return Err(PortError::needs_person(Fault::LedgerDamaged).into());
    };
    if restore::was_erased(ports, file.mark()).await? {
        return refuse(ports, file, Refusal::ErasedBefore, now).await;
    }
    if case.exposed_since.is_some() {
        return refuse(ports, file, Refusal::NotPrivate, now).await;
    }
    if is_withdrawn(&ports.ledger.requests(case.id).await?, &file) {
        return refuse(ports, file, Refusal::Withdrawn, now).await;
    }
    let download = match ports.forum.download(reference).await {
        Ok(download) => download,
        Err(error) if error.fault == Fault::NotFound => {
            return refuse(ports, file, Refusal::Unreadable, now).await;
        }
        Err(error) => return Err(error.into()),
    };
    match download.length {
        Some(0) => return refuse(ports, file, Refusal::Empty, now).await,
        Some(length) if length > policy.max_file_bytes => {
            return refuse(ports, file, Refusal::TooLarge, now).await;
        }
        _ => {}
    }
    let epoch = ports.ledger.epoch().await?;
    let mut body = Watched::new(download.body, file.id(), download.length, progress);
    let sealed = match ports.strongroom.seal(file.id(), epoch, &mut body, policy.max_file_bytes).await {
        Ok(sealed) => sealed,
        Err(error) if error.fault == Fault::TooLarge => {
            return refuse(ports, file, Refusal::TooLarge, now).await;
        }
        // An erasure ended the epoch before the seal could fetch its key: the next round seals under the new one.
        Err(error) if error.fault == Fault::KeyMissing && ports.ledger.epoch().await? != epoch => {
            return Err(PortError::try_again(Fault::Conflict).because(error).into());
        }
        Err(error) => return Err(error.into()),
    };
    if sealed.size == 0 {
        return refuse(ports, file, Refusal::Empty, now).await;
    }
    let forum_digest = match download.sha1 {
        Some(sha1) if sha1 == *sealed.sha1.reveal() => ForumDigest::Agrees,
        // Sealed bytes without a row in the ledger are nobody's: their key goes with this value.
        Some(_) => {
            ports.strongroom.erase(file.id()).await?;
            return Err(PortError::try_again(Fault::ContentChanged).into());
        }
        None => ForumDigest::NotGiven,
    };
    let id = file.id();
    if policy.write_twice {
        backup::write_twice(ports, id).await?;
    }
    let kind = body.kind(name.reveal());
    let held = held(ports.clock.now(), sealed, forum_digest, kind);
    ports.ledger.commit(vec![file.seal(held.0, held.1, held.2, ports.clock.now())?]).await?;
    info!(file = %id, "intake.seal");
    probe(ports, case.id, reference).await
}

/// Asks, once for each case, whether the forum gives a private file to anybody. A forum that does not answer is asked with
/// the next file.
async fn probe(ports: &Ports, case: CaseId, reference: &AttachmentRef) -> Result<(), FlowError> {
    let Some(case) = ports.ledger.case(case).await?.filter(|case| case.probe.is_none()) else { return Ok(()) };
    match ports.forum.is_open_to_anyone(reference).await {
        Ok(open) => match ports.ledger.commit(vec![case.probed(open, ports.clock.now())]).await {
            Err(error) if is_conflict(&error) => {}
            other => drop(other?),
        },
        Err(error) => debug!(fault = ?error.fault, "intake.no_probe"),
    }
    Ok(())
}

type Held = (Sealed, Vec<crate::transition::Wrap>, Private<[u8; 32]>);

pub(super) fn held(at: Timestamp, sealed: SealedFile, forum_digest: ForumDigest, kind: FileKind) -> Held {
    let facts = Sealed {
        at,
        size: sealed.size,
        sealed_size: sealed.sealed_size,
        digest: hex::encode(sealed.digest),
        forum_digest,
        kind,
    };
    (facts, sealed.wraps, sealed.salt)
}

pub(super) async fn refuse(ports: &Ports, file: HeldFile, why: Refusal, now: Timestamp) -> Result<(), FlowError> {
    info!(file = %file.id(), ?why, "intake.refuse");
    // A crash between sealing and recording may have left sealed bytes of it, whose key nobody ever had.
    ports.strongroom.erase(file.id()).await?;
    backup::leave_none(ports, file.id()).await;
    ports.ledger.commit(vec![file.refuse(why, now)?]).await?;
    Ok(())
}

fn is_withdrawn(requests: &[Request], file: &HeldFile) -> bool {
    requests.iter().any(|request| {
        request.standing == RequestStanding::Accepted
            && request.means(file.id())
            && file.arrived_at() <= request.received_at
    })
}

/// Whether the fault is the ledger's own: then nothing can be recorded either.
pub(super) const fn is_ledgers(fault: Fault) -> bool {
    matches!(fault, Fault::LedgerTrouble | Fault::LedgerDamaged | Fault::LedgerNewer)
}

/// Whether the thread itself is the case's ticket.
pub(super) fn is_own_ticket(case: &Case) -> bool {
    case.ticket.tracker == TOPIC_TRACKER && case.ticket.key == case.topic.0.to_string()
}

/// What staff attach is not the customer's; what we post ourselves is not either.
fn is_from_customers(post: &Post) -> bool {
    !post.by_staff && !post.by_us && post.visible_to_customer
}

async fn open(ports: &Ports, thread: &Thread, user: &ForumUser, now: Timestamp) -> Result<Case, FlowError> {
    let id = match restore::earlier_case(ports, thread.topic).await? {
        Some(earlier) => earlier,
        None => CaseId::fresh(ports.chance.as_ref())?,
    };
    let customer = customer(ports, user).await?;
    let case = Case {
        id,
        forum: ports.forum.name().to_owned(),
        topic: thread.topic,
        customer: customer.id,
        ticket: TicketRef { tracker: TOPIC_TRACKER.to_owned(), key: thread.topic.0.to_string() },
        standing: Standing::UNREAD.after(thread.reading, now),
        exposed_since: (!thread.private).then_some(now),
        labels: thread.labels.clone(),
        opened_at: now,
        customer_active_at: now,
        probe: None,
        noticed_at: None,
        forgotten_at: None,
        version: 0,
    };
    let details = CaseDetails { title: thread.title.clone() };
    ports.ledger.commit(vec![case.clone().open(details, customer, now)]).await?;
    note_last_words(ports, &case, thread, user).await?;
    info!(case = %id, "intake.open_case");
    Ok(case)
}

async fn customer(ports: &Ports, user: &ForumUser) -> Result<Customer, FlowError> {
    let known = ports.ledger.customer_of_user(ports.forum.name(), user.id).await?;
    let id = match &known {
        Some(customer) => customer.id,
        None => CustomerId::fresh(ports.chance.as_ref())?,
    };
    // Asked once: forums record every look at an address. Without one the receipt is given in the thread; a forum in trouble
    // must not stop the intake.
    let email = match known.and_then(|customer| customer.email) {
        Some(email) => Some(email),
        None => ports.forum.email_of(&user.username).await.unwrap_or_else(|error| {
            debug!(fault = ?error.fault, "intake.no_address");
            None
        }),
    };
    Ok(Customer {
        id,
        forum: ports.forum.name().to_owned(),
        user: user.id,
        username: user.username.clone(),
        name: user.name.clone(),
        email,
    })
}

async fn update(
    ports: &Ports,
    case: Case,
    thread: &Thread,
    user: &ForumUser,
    now: Timestamp,
) -> Result<Case, FlowError> {
    let mut next = Case { labels: thread.labels.clone(), ..case.clone() };
    let words = words_of(ports, &case, thread, user).await?;
    if words == Words::New {
        next.customer_active_at = next.customer_active_at.max(now);
    }
    // A case whose posts were moved to another thread is decided by that one.
    if is_own_ticket(&next) {
        next.standing = next.standing.after(thread.reading, now);
    }
    next.exposed_since = if thread.private { None } else { Some(next.exposed_since.unwrap_or(now)) };
    let unseen = match case.forgotten_at {
        Some(since) => has_unseen(ports, case.id, since, thread).await?,
        None => false,
    };
    if unseen {
        next.forgotten_at = None;
        let details = CaseDetails { title: thread.title.clone() };
        let customer = Customer { id: case.customer, ..customer(ports, user).await? };
        next.version += 1;
        ports.ledger.commit(vec![next.clone().open(details, customer, now)]).await?;
        note_last_words(ports, &next, thread, user).await?;
        return Ok(next);
    }
    let case = commit_changes(ports, case, next, now).await?;
    if words != Words::Known {
        note_last_words(ports, &case, thread, user).await?;
    }
    Ok(case)
}

/// Commits what is different, with one event for each kind of difference, and gives the case as it then stands.
pub(super) async fn commit_changes(ports: &Ports, was: Case, next: Case, now: Timestamp) -> Result<Case, FlowError> {
    let mut transitions: Vec<Transition> = Vec::new();
    let mut current = was;
    let quiet = current.labels != next.labels || current.customer_active_at != next.customer_active_at;
    let told = (current.standing.closed_since, current.standing.doubt_since.is_some());
    let reads_new = told != (next.standing.closed_since, next.standing.doubt_since.is_some());
    current.labels = next.labels;
    current.customer_active_at = next.customer_active_at;
    if reads_new || quiet {
        transitions.push(current.clone().read_ticket(next.standing, now));
        current.standing = next.standing;
        current.version += 1;
    }
    if current.exposed_since != next.exposed_since {
        transitions.push(current.clone().mark_exposed(next.exposed_since, now));
        current.exposed_since = next.exposed_since;
        current.version += 1;
    }
    if !transitions.is_empty() {
        ports.ledger.commit(transitions).await?;
    }
    Ok(current)
}

/// Whether the thread brings anything that came after its case was forgotten.
async fn has_unseen(ports: &Ports, case: CaseId, forgotten_at: Timestamp, thread: &Thread) -> Result<bool, FlowError> {
    for post in thread.posts.iter().filter(|post| is_from_customers(post)) {
        if !post.links.is_empty() && post.created_at > forgotten_at {
            return Ok(true);
        }
        for attachment in &post.attachments {
            let mark = SourceMark::of(case, post.id, attachment.reference.upload.reveal());
            if ports.ledger.file_of_mark(mark).await?.is_none() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The customer's last words in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    /// We saw them before.
    Known,
    /// From before it was noted which were seen: as far as can be told, not new.
    NotNoted,
    /// We see them for the first time.
    New,
}

/// Whether the customer wrote since we last looked. When is the moment at which we first see it: the dates of posts are
/// whatever the forum, or whoever can change them there, says.
async fn words_of(ports: &Ports, case: &Case, thread: &Thread, user: &ForumUser) -> Result<Words, FlowError> {
    let Some(last) = last_post(thread, user) else { return Ok(Words::Known) };
    let noted = ports.ledger.mark(&last_words_mark(case)).await?.and_then(|text| text.parse::<i64>().ok());
    Ok(match noted {
        Some(noted) if last <= noted => Words::Known,
        Some(_) => Words::New,
        None => {
            let theirs = thread.posts.iter().filter(|post| post.author == Some(user.id));
            let is_later = theirs.map(|post| post.created_at).max().is_some_and(|at| at > case.customer_active_at);
            if is_later { Words::New } else { Words::NotNoted }
        }
    })
}

/// Remembers the customer's last post. After a crash right before it the post counts once more, and the files stay longer.
async fn note_last_words(ports: &Ports, case: &Case, thread: &Thread, user: &ForumUser) -> Result<(), FlowError> {
    if let Some(last) = last_post(thread, user) {
        ports.ledger.put_mark(&last_words_mark(case), &last.to_string()).await?;
    }
    Ok(())
}

fn last_words_mark(case: &Case) -> String {
    format!("last words {}", case.id)
}

/// Posts are numbered as they come; one that is moved to another thread keeps its number or gets a later one.
fn last_post(thread: &Thread, user: &ForumUser) -> Option<i64> {
    thread.posts.iter().filter(|post| post.author == Some(user.id)).map(|post| post.id).max()
}

async fn note_attachment(
    ports: &Ports,
    case: &Case,
    reference: &AttachmentRef,
    name: &Private<String>,
    now: Timestamp,
) -> Result<(), FlowError> {
    let mark = SourceMark::of(case.id, reference.post, reference.upload.reveal());
    if ports.ledger.file_of_mark(mark).await?.is_some() {
        return Ok(());
    }
    let id = FileId::fresh(ports.chance.as_ref())?;
    let details = FileDetails { name: name.clone(), source: Source::Attachment(reference.clone()), salt: None };
    ports.ledger.commit(vec![HeldFile::arrive(id, case.id, details, now)]).await?;
    Ok(())
}

/// Links to large-file services are listed for the engineer. Nothing here fetches them.
async fn note_links(ports: &Ports, case: &Case, post: &Post, now: Timestamp) -> Result<(), FlowError> {
    if post.links.is_empty() {
        return Ok(());
    }
    let known = ports.ledger.case_links(case.id).await?;
    let new = post.links.iter().filter(|link| !known.iter().any(|known| known.url == link.url));
    let links: Vec<_> = new
        .map(|link| CaseLink {
            case: case.id,
            service: link.service,
            url: link.url.clone(),
            post: post.id,
            noted_at: now,
        })
        .map(CaseLink::note)
        .collect();
    if !links.is_empty() {
        // So that there is a place to save to before anybody looks for one.
        if let Err(error) = ports.drop_folders.make(case.id).await {
            // It is made when it is asked for; files that hang on the posts do not wait for it.
            debug!(case = %case.id, fault = ?error.fault, "intake.no_drop_folder");
        }
        ports.ledger.commit(links).await?;
    }
    Ok(())
}

async fn note_request(
    ports: &Ports,
    policy: &Policy,
    case: &Case,
    post: &Post,
    now: Timestamp,
) -> Result<(), FlowError> {
    let standing = match policy.phrases.wish(post.own_text.reveal()) {
        Wish::None => return Ok(()),
        Wish::MaybeRemoval => RequestStanding::Unclear,
        Wish::Removal => RequestStanding::Accepted,
    };
    note_wish(ports, case, standing, Channel::Thread, format!("post {}", post.id), now).await
}

/// Records a customer's wish once for each message.
pub(super) async fn note_wish(
    ports: &Ports,
    case: &Case,
    standing: RequestStanding,
    channel: Channel,
    source: String,
    now: Timestamp,
) -> Result<(), FlowError> {
    let known = ports.ledger.requests(case.id).await?;
    if known.iter().any(|request| request.channel == channel && request.source == source) {
        return Ok(());
    }
    let request = Request {
        id: RequestId::fresh(ports.chance.as_ref())?,
        case: case.id,
        file: None,
        by: Asker::Customer(case.customer),
        channel,
        source,
        received_at: now,
        standing,
        version: 0,
    };
    info!(case = %case.id, request = %request.id, ?standing, "intake.request");
    ports.ledger.commit(vec![request.receive(now)]).await?;
    Ok(())
}

/// Counts the bytes that pass, for the progress bar, and keeps the first ones, which tell the kind of file.
pub(super) struct Watched<'a> {
    body: Box<dyn ByteSource>,
    file: FileId,
    done: u64,
    total: Option<u64>,
    head: Vec<u8>,
    progress: &'a dyn Progress,
}

impl<'a> Watched<'a> {
    pub(super) fn new(body: Box<dyn ByteSource>, file: FileId, total: Option<u64>, progress: &'a dyn Progress) -> Self {
        Self { body, file, done: 0, total, head: Vec::new(), progress }
    }

    /// What kind of file has passed, if it has this name.
    pub(super) fn kind(&self, name: &str) -> FileKind {
        FileKind::of(name, &self.head)
    }
}

#[async_trait::async_trait]
impl ByteSource for Watched<'_> {
    async fn next(&mut self) -> PortResult<Option<Bytes>> {
        let piece = self.body.next().await?;
        if let Some(piece) = &piece {
            let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
            self.head.extend_from_slice(&piece[..wanted]);
            self.done += piece.len() as u64;
            self.progress.bytes(self.file, self.done, self.total);
        }
        Ok(piece)
    }
}
