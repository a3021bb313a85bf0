// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.
import type { Answer, CaseStanding, Channel, CopyEnd, ErasureStage, EventTopic, Fault, FileKind, Finding, ForumCopyRule, Grade, Job, OfferStanding, ReceiptStanding, Refusal, RequestStanding, Spared, StartPoint } from "./names";

/**
 * Who the forum takes us for.
 */
export type AccountView = { 
/**
 * The user name.
 */
username: string, 
/**
 * Whether it is staff there.
 */
staff: boolean, 
/**
 * The groups whose inboxes it can read.
 */
inboxes: Array<string>, 
/**
 * What the key is good for; empty for an administrator's key, which may do what its user may.
 */
rights: Array<RightView>, };

/**
 * Files that arrived that long ago.
 */
export type AgeView = { 
/**
 * At least so many days ago.
 */
from_days: number, 
/**
 * Less than so many days ago.
 */
to_days: number | null, 
/**
 * How many files.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, };

/**
 * An answer to a receipt.
 */
export type AnswerView = { 
/**
 * What was said.
 */
answer: Answer, 
/**
 * How good the evidence is.
 */
grade: Grade, 
/**
 * When it was read, RFC 3339.
 */
at: string, };

/**
 * A member of staff with a key of their own.
 */
export type ApproverView = { 
/**
 * Their name; the beginning of their id while none is known.
 */
name: string, 
/**
 * The public key, in hexadecimal.
 */
public_key: string, 
/**
 * Whether the secret half is kept at this desk.
 */
here: boolean, 
/**
 * When the key was made, RFC 3339.
 */
added_at: string, };

/**
 * Something that the ledger did not know and that was set aside.
 */
export type AsideView = { 
/**
 * What it is called by; made of ids and numbers alone.
 */
name: string, 
/**
 * The id it had in the strongroom.
 */
file: string, 
/**
 * Its length in bytes.
 */
size: number, 
/**
 * Since when it lies there by the file system, RFC 3339.
 */
since: string | null, 
/**
 * What the ledger says of a file with this id: the name of its state, or nothing.
 */
state: FileView["state"] | null, };

/**
 * What waits for a person.
 */
export type AttentionKind = "unclear_request" | "receipt_bounced" | "receipt_disputed" | "answer_unclear" | "file_lost" | "erasure_stuck" | "case_exposed" | "sweep_stopped" | "hold_review" | "reply_bounced" | "approval_waits" | "ticket_offered" | "left_in_drop_folder" | "viewing_copy_stays" | "not_reconciled" | "rules_differ" | "kit_not_saved";

/**
 * Something that waits for a person.
 */
export type AttentionView = { 
/**
 * What kind of thing.
 */
kind: AttentionKind, 
/**
 * The case it concerns.
 */
case: string | null, 
/**
 * The case's title; empty without a case, or once forgotten.
 */
title: string, 
/**
 * The customer's name; the same.
 */
customer: string, 
/**
 * The receipt it concerns.
 */
receipt: string | null, 
/**
 * The request it concerns.
 */
request: string | null, 
/**
 * The hold it concerns.
 */
hold: string | null, 
/**
 * The proposal it concerns.
 */
proposal: string | null, 
/**
 * Since when, RFC 3339.
 */
since: string, };

/**
 * A case that an event is about.
 */
export type AuditCaseView = { 
/**
 * The case.
 */
id: string, 
/**
 * Its title; empty once forgotten.
 */
title: string, 
/**
 * The customer's name; the same.
 */
customer: string, };

/**
 * An event with everything about it.
 */
export type AuditEventView = { 
/**
 * The same as in the list.
 */
row: AuditRow, 
/**
 * The hash of the event before it, in hexadecimal.
 */
prev: string, 
/**
 * Its own hash.
 */
hash: string, 
/**
 * Its text as it is stored and digested: ids and counts.
 */
text: string, 
/**
 * The cases it is about.
 */
cases: Array<AuditCaseView>, 
/**
 * The receipts it names.
 */
receipts: Array<AuditReceiptView>, 
/**
 * The files it names.
 */
files: Array<AuditFileView>, };

/**
 * A file that an event names.
 */
export type AuditFileView = { 
/**
 * The file.
 */
id: string, 
/**
 * Its name; empty once forgotten.
 */
name: string, };

/**
 * A part of the list of events.
 */
export type AuditListView = { 
/**
 * The rows, newest first.
 */
rows: Array<AuditRow>, 
/**
 * How many there are, whatever part was asked for.
 */
total: number, 
/**
 * How many of those that are found are about what.
 */
counts: Array<TopicCount>, 
/**
 * The index of the last event of the chain.
 */
head: number, };

/**
 * A receipt that an event names.
 */
export type AuditReceiptView = { 
/**
 * The receipt.
 */
id: string, 
/**
 * The number in its letter.
 */
token: string, };

/**
 * One event of the list.
 */
export type AuditRow = { 
/**
 * The event.
 */
event: EventView, 
/**
 * What it is about.
 */
topic: EventTopic, };

/**
 * How a backup stands.
 */
export type BackupStanding = "current" | "behind" | "away" | "not_connected";

/**
 * A backup target.
 */
export type BackupView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its folder, while it is connected.
 */
folder: string | null, 
/**
 * How long others keep earlier versions of the place.
 */
snapshots_kept: string | null, 
/**
 * How it stands.
 */
standing: BackupStanding, 
/**
 * What keeps it from being looked at.
 */
problem: ProblemView | null, 
/**
 * Sealed files there.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Files held here that are not there.
 */
missing: number, 
/**
 * The number of its state.
 */
generation: number | null, 
/**
 * When the backups were last brought up to date.
 */
good_at: string | null, };

/**
 * Files that took that long.
 */
export type BandView = { 
/**
 * At least so many hours.
 */
from_hours: number, 
/**
 * Less than so many hours.
 */
to_hours: number, 
/**
 * How many files.
 */
files: number, };

/**
 * What became of what was to be moved into a case.
 */
export type BroughtView = { 
/**
 * How many files lie in the case's drop folder now, and are taken in.
 */
files: number, 
/**
 * What stays where it was.
 */
left: Array<UnfitView>, 
/**
 * What is taken in, and could not be erased where it lay.
 */
stays: Array<string>, };

/**
 * A part of the list of cases.
 */
export type CaseListView = { 
/**
 * The rows, in order.
 */
rows: Array<CaseRow>, 
/**
 * How many there are, whatever part was asked for.
 */
total: number, 
/**
 * How many of those that the search finds stand how.
 */
counts: Array<StandingCount>, 
/**
 * Of how many of those something is erased, or becomes due, within a week.
 */
due_soon: number, 
/**
 * How many that the search finds are assigned to this desk's account; `None` where the forum has no assignments.
 */
mine: number | null, };

/**
 * One row of the list of cases.
 */
export type CaseRow = { 
/**
 * The case.
 */
id: string, 
/**
 * The thread's title; empty once forgotten.
 */
title: string, 
/**
 * The customer's name; empty once forgotten.
 */
customer: string, 
/**
 * The ticket, as `tracker key`.
 */
ticket: string, 
/**
 * The ticket's state.
 */
ticket_state: TicketState, 
/**
 * How the case stands.
 */
standing: CaseStanding, 
/**
 * Files in custody.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * When the next file is erased, RFC 3339.
 */
erases_at: string | null, 
/**
 * When the customer last wrote, RFC 3339.
 */
active_at: string, 
/**
 * When the case was opened, RFC 3339.
 */
opened_at: string, };

/**
 * What a rule says that files of a case follow.
 */
export type CaseRuleView = { 
/**
 * How many of its files.
 */
files: number, 
/**
 * What it says.
 */
terms: RuleTermsView, };

/**
 * A case with everything in it.
 */
export type CaseView = { 
/**
 * The same as in the list.
 */
row: CaseRow, 
/**
 * The customer, for a hold on all that is theirs.
 */
customer_id: string, 
/**
 * The thread's number on the forum.
 */
topic: number, 
/**
 * The thread's address, for the engineer's browser.
 */
thread_url: string, 
/**
 * Whether the forum serves the thread's files to anybody who knows their address; `None` until it was looked at.
 */
open_to_anyone: boolean | null, 
/**
 * Links to large-file services in the thread.
 */
links: Array<LinkView>, 
/**
 * Where files that come by other ways are saved, once that folder was made.
 */
drop_folder: string | null, 
/**
 * What lies there and is not taken in.
 */
left: Array<LeftView>, 
/**
 * Tickets that the thread names and that wait for a person.
 */
ticket_offers: Array<TicketView>, 
/**
 * What the rules say that its files follow.
 */
rules: Array<CaseRuleView>, 
/**
 * Why the next erasure is when it is.
 */
why: Array<WhyView>, 
/**
 * Dates that staff gave the case or its files.
 */
own_dates: Array<OwnDateView>, 
/**
 * The files.
 */
files: Array<FileView>, 
/**
 * The holds on the case, its customer or its files.
 */
holds: Array<HoldView>, 
/**
 * The requests.
 */
requests: Array<RequestView>, 
/**
 * The receipts.
 */
receipts: Array<ReceiptRowView>, 
/**
 * What happened, oldest first.
 */
timeline: Array<EventView>, };

/**
 * What other rules change for one file.
 */
export type ChangeView = { 
/**
 * The file.
 */
file: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Its name, made safe to show.
 */
name: string, 
/**
 * The name of the rule that would be asked.
 */
rule: string, 
/**
 * What changes.
 */
kind: "erased_now" | "sooner" | "later", 
/**
 * When it is erased by the rules as they are, RFC 3339; `None` while nothing ends it.
 */
before: string | null, 
/**
 * When it would be.
 */
after: string | null, };

/**
 * What somebody chose for a case. Nothing of it was touched.
 */
export type ChosenFilesView = { 
/**
 * Names this offer; nobody guesses it.
 */
token: string, 
/**
 * The case.
 */
case: string, 
/**
 * The thread's title.
 */
title: string, 
/**
 * The customer's name.
 */
customer: string, 
/**
 * How many files would be moved.
 */
files: number, 
/**
 * How many bytes these have together.
 */
bytes: number, 
/**
 * What would be moved: the first of it.
 */
things: Array<ChosenView>, 
/**
 * How much more than what is listed.
 */
more: number, 
/**
 * What would stay where it is: the first of it.
 */
unfit: Array<UnfitView>, 
/**
 * How much more than what is listed.
 */
more_unfit: number, };

/**
 * A file or folder that would be moved into a case.
 */
export type ChosenView = { 
/**
 * Its name, made safe to show.
 */
name: string, 
/**
 * It is a folder, and goes whole.
 */
folder: boolean, 
/**
 * How many files it is.
 */
files: number, 
/**
 * How many bytes these have together.
 */
bytes: number, };

/**
 * Everything a desk is connected to. No secret is in it.
 */
export type ConnectionsView = { 
/**
 * The forum.
 */
forum: ForumView | null, 
/**
 * Trackers besides the forum's own threads.
 */
trackers: Array<TrackerView>, 
/**
 * Mail.
 */
mail: MailView | null, };

/**
 * The place of a receipt in the outbox.
 */
export type DeliveryView = { 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * When it is tried next, was sent or came back, RFC 3339.
 */
at: string, 
/**
 * What stopped the last attempt.
 */
problem: ProblemView | null, };

/**
 * The desk as a whole, for the frame of the window.
 */
export type DeskView = { 
/**
 * Whether files can be opened.
 */
unlocked: boolean, 
/**
 * Whether this desk works on the practice world.
 */
practice: boolean, 
/**
 * Whether a forum is connected.
 */
connected: boolean, 
/**
 * The organisation's name.
 */
issuer: string, 
/**
 * What needs a second person.
 */
four_eyes: FourEyesView, 
/**
 * What the usual retention rule says.
 */
rule: RuleTermsView, 
/**
 * Where keys are kept.
 */
key_store: "keychain" | "key_file", 
/**
 * How many minutes a viewing copy lasts if nothing else is said.
 */
usual_lease: number, 
/**
 * How many minutes it may last at most.
 */
longest_lease: number, 
/**
 * The desk's clock, RFC 3339.
 */
now: string, 
/**
 * The program's version.
 */
version: string, 
/**
 * A pause, while it lasts.
 */
pause: PauseView | null, 
/**
 * Every job of this desk.
 */
jobs: Array<JobView>, 
/**
 * What waits for a person.
 */
attention: Array<AttentionView>, 
/**
 * The last comparison of disk and ledger, once there was one.
 */
reconciled: ReconciledView | null, 
/**
 * The first run, until it is ended.
 */
setup: SetupView | null, 
/**
 * How the recovery kit stands.
 */
kit: KitStanding, 
/**
 * The last drill with a backup, once there was one.
 */
drilled: DrilledView | null, };

/**
 * The last drill.
 */
export type DrilledView = { 
/**
 * The name of the backup.
 */
target: string, 
/**
 * When it ended, RFC 3339.
 */
at: string, 
/**
 * Whether every step passed.
 */
passed: boolean, };

/**
 * A viewing copy that was just erased.
 */
export type EndedCopyView = { 
/**
 * How many files beside it were erased with it.
 */
beside: number, 
/**
 * Those among them that have another name outside of the folder: they were removed from it and not overwritten.
 */
elsewhere: number, 
/**
 * Programs that had it open. What they read in it now is zeros.
 */
open_in: Array<ProgramView>, };

/**
 * Erasures.
 */
export type ErasedView = { 
/**
 * How many files.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Because a ticket closed.
 */
ticket_closed: number, 
/**
 * Because a customer asked.
 */
customer_asked: number, 
/**
 * Because a period ended.
 */
period_ended: number, 
/**
 * Because staff decided.
 */
staff_decided: number, 
/**
 * How many locations were found in each state.
 */
locations: Array<LocationCountView>, 
/**
 * Hours from the fact that made each file due to its proof: the middle one.
 */
median_hours: number | null, 
/**
 * The same: the longest.
 */
longest_hours: number | null, };

/**
 * How many erasures are so far.
 */
export type ErasureCount = { 
/**
 * How far.
 */
stage: ErasureStage, 
/**
 * How many.
 */
files: number, };

/**
 * A part of the list of erasures.
 */
export type ErasureListView = { 
/**
 * The rows, in order.
 */
rows: Array<ErasureRow>, 
/**
 * How many there are, whatever part was asked for.
 */
total: number, 
/**
 * How many of those that the search finds are how far.
 */
counts: Array<ErasureCount>, };

/**
 * The fact that erases.
 */
export type ErasureReason = "ticket_closed" | "customer_asked" | "period_ended" | "staff_decided";

/**
 * One row of the list of erasures: a file.
 */
export type ErasureRow = { 
/**
 * The file.
 */
file: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Its name; empty once forgotten.
 */
name: string, 
/**
 * The case's title; empty once forgotten.
 */
title: string, 
/**
 * The customer's name; the same.
 */
customer: string, 
/**
 * Its size in bytes.
 */
size: number | null, 
/**
 * Where it is on its way.
 */
state: "arriving" | "refused" | "held" | "due" | "erasing" | "erased" | "lost", 
/**
 * How far its erasure is.
 */
stage: ErasureStage, 
/**
 * When a due file is erased, a held one becomes due, the erasure began, or was proven; RFC 3339.
 */
at: string, 
/**
 * Why, once it is due.
 */
reason: ErasureReason | null, 
/**
 * How often the erasure was tried, while it runs.
 */
attempts: number, 
/**
 * What stopped the last attempt.
 */
problem: ProblemView | null, 
/**
 * The last receipt that names it.
 */
receipt: string | null, 
/**
 * The number in that one's letter.
 */
receipt_token: string | null, };

/**
 * An erasure with everything about it.
 */
export type ErasureView = { 
/**
 * The same as in the list.
 */
row: ErasureRow, 
/**
 * What the rule says that the file follows.
 */
rule: RuleTermsView, 
/**
 * Why it will be erased then.
 */
why: Array<WhyView>, 
/**
 * When an erasure that runs is tried next, RFC 3339.
 */
try_at: string | null, 
/**
 * What was proven at each location; while the erasure runs, what is seen there now.
 */
locations: Array<LocationView>, };

/**
 * An event.
 */
export type EventView = { 
/**
 * Its place in the chain.
 */
index: number, 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Who.
 */
who: WhoView, 
/**
 * What happened.
 */
what: Happening, 
/**
 * The event's word, such as `file_sealed`.
 */
event: string, };

/**
 * A held file.
 */
export type FileView = { 
/**
 * The file.
 */
id: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Its name, made safe to show; empty once forgotten.
 */
name: string, 
/**
 * Its size in bytes, once sealed.
 */
size: number | null, 
/**
 * What kind of file it is, once sealed.
 */
kind: FileKind, 
/**
 * The name of its retention rule.
 */
rule: string, 
/**
 * When it arrived, RFC 3339.
 */
arrived_at: string, 
/**
 * Where it is on its way.
 */
state: "arriving" | "refused" | "held" | "due" | "erasing" | "erased" | "lost", 
/**
 * Why it was refused.
 */
refused: Refusal | null, 
/**
 * When it is erased, if it is due, RFC 3339.
 */
erases_at: string | null, 
/**
 * What stopped the last attempt to take it in or erase it.
 */
problem: ProblemView | null, 
/**
 * Viewing copies that exist.
 */
viewing_copies: Array<ViewingCopyView>, 
/**
 * Programs that still have a viewing copy open that is erased. What they read in it is zeros.
 */
still_open_in: Array<ProgramView>, };

/**
 * What a test of the forum found.
 */
export type ForumFoundView = { 
/**
 * Who the forum takes us for.
 */
username: string, 
/**
 * Whether it is staff there.
 */
staff: boolean, 
/**
 * The groups whose inboxes it can read.
 */
inboxes: Array<string>, 
/**
 * Private threads that were listed at once; there may be more.
 */
threads: number, 
/**
 * Requests left in this minute, of those that we allow ourselves.
 */
left_this_minute: number, 
/**
 * Requests left today.
 */
left_today: number, 
/**
 * For how many seconds the forum wants no request at all.
 */
paused_seconds: number | null, };

/**
 * The forum, by the settings.
 */
export type ForumView = { 
/**
 * Its address.
 */
url: string, 
/**
 * Whether a person signed in, so that the key can be given back.
 */
signed_in: boolean, 
/**
 * Whether the inbox of the account itself is looked at.
 */
personal: boolean, 
/**
 * The groups whose inboxes are looked at.
 */
groups: Array<string>, 
/**
 * How many other places are looked at, which `settings.toml` names.
 */
others: number, 
/**
 * Requests a minute that we allow ourselves.
 */
per_minute: number, 
/**
 * Requests a day that we allow ourselves.
 */
per_day: number, };

/**
 * What a test of a connection found.
 */
export type FoundView = { "of": "forum" } & ForumFoundView | { "of": "tracker" } & TrackerFoundView | { "of": "mail" } & MailFoundView;

/**
 * What needs a second person.
 */
export type FourEyesView = { 
/**
 * Lifting a hold.
 */
lift_hold: boolean, 
/**
 * An erasure before the rule's end.
 */
early_erasure: boolean, 
/**
 * What leaves the desk.
 */
export: boolean, };

/**
 * What happened. The codes are the words of the events in the record.
 */
export type Happening = { "code": "desk_created" } | { "code": "case_opened", topic: number, } | { "code": "case_exposed", exposed: boolean, } | { "code": "ticket_read", found: TicketState, } | { "code": "ticket_linked", ticket: TicketView, } | { "code": "ticket_offered", ticket: TicketView, standing: OfferStanding, } | { "code": "attachments_probed", open: boolean, } | { "code": "link_noted", service: string, } | { "code": "notice_given" } | { "code": "case_forgotten" } | { "code": "file_arrived" } | { "code": "file_refused", why: Refusal, } | { "code": "arrival_delayed", attempts: number, } | { "code": "files_brought", files: number, } | { "code": "drop_erased" } | { "code": "file_sealed", bytes: number, } | { "code": "file_due", reason: ErasureReason, erase_at: Moment, } | { "code": "file_spared", why: Spared, } | { "code": "erasure_begun", reason: ErasureReason, } | { "code": "wraps_dropped" } | { "code": "erasure_delayed", attempts: number, } | { "code": "files_erased", files: number, complete: boolean, } | { "code": "follow_up_issued" } | { "code": "file_lost", finding: Finding, } | { "code": "unknown_set_aside", count: number, } | { "code": "aside_erased", bytes: number, } | { "code": "remains_erased", count: number, } | { "code": "hold_placed", review_at: Moment, } | { "code": "hold_reviewed", review_at: Moment, } | { "code": "hold_handed_on", to: string, } | { "code": "own_date_given", of_case: boolean, end: Moment, } | { "code": "own_date_withdrawn" } | { "code": "hold_lifted" } | { "code": "request_received", standing: RequestStanding, channel: Channel, } | { "code": "request_resolved", accepted: boolean, } | { "code": "reply_owed", files: number, } | { "code": "reply_sent", channel: Channel, } | { "code": "reply_delayed", attempts: number, } | { "code": "reply_bounced" } | { "code": "reply_requeued", channel: Channel, } | { "code": "reply_withdrawn" } | { "code": "four_eyes_changed", lift_hold: boolean, early_erasure: boolean, export: boolean, } | { "code": "approver_added", person: string, } | { "code": "approver_removed", person: string, } | { "code": "approver_failed", person: string, } | { "code": "proposal_made", act: ProposedAct, one_file: boolean, expires_at: Moment, proposal: string, } | { "code": "proposal_approved", proposal: string, } | { "code": "proposal_declined", proposal: string, } | { "code": "proposal_used", proposal: string, } | { "code": "proposal_expired", proposal: string, } | { "code": "sweep_stopped", would_erase: number, cap: number, } | { "code": "sweep_approved", would_erase: number, } | { "code": "rules_changed", rules: Array<RecordedRule>, erased_now: number, sooner: number, later: number, } | { "code": "rules_adopted", rules: Array<RecordedRule>, } | { "code": "digest_sent", cases: number, files: number, } | { "code": "clock_confirmed", now: Moment, } | { "code": "paused", until: Moment, } | { "code": "resumed" } | { "code": "file_opened" } | { "code": "file_exported" } | { "code": "viewing_copy_made", until: Moment, } | { "code": "viewing_copy_extended", until: Moment, } | { "code": "viewing_copy_beside", beside: number, } | { "code": "viewing_copy_stays" } | { "code": "viewing_copy_ended", why: CopyEnd, beside: number, elsewhere: number, } | { "code": "epoch_rotated", epoch: number, keys: number, } | { "code": "epoch_destroyed", epoch: number, } | { "code": "receipt_sent", channel: Channel, } | { "code": "receipt_requeued", channel: Channel, } | { "code": "receipt_delayed", attempts: number, } | { "code": "receipt_bounced" } | { "code": "receipt_answered", answer: Answer, grade: Grade, } | { "code": "backup_connected", backup: string, } | { "code": "backup_left", backup: string, emptied: boolean, } | { "code": "recovery_kit_made" } | { "code": "recovery_kit_saved", sealed: boolean, } | { "code": "recipients_changed", keys: number, recipients: number, } | { "code": "restored", files: number, replayed: number, } | { "code": "erasure_replayed", receipted: boolean, } | { "code": "file_brought_back", backup: string, } | { "code": "drill_done", backup: string, passed: boolean, } | { "code": "unlocked" } | { "code": "unlock_failed" } | { "code": "locked" } | { "code": "passphrase_changed" } | { "code": "settings_changed", parts: Array<string>, rules: Array<RecordedRule>, by_hand: boolean, } | { "code": "connected", server: RecordedServer, } | { "code": "disconnected", server: RecordedServer, } | { "code": "incident_prepared", files: number, customers: number, copies: number, } | { "code": "exported", what: RecordedExport, };

/**
 * Files held under one rule.
 */
export type HeldView = { 
/**
 * The rule's name.
 */
rule: string, 
/**
 * What it says, while it is in force.
 */
says: RuleTermsView | null, 
/**
 * How many files.
 */
files: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * When the oldest arrived, RFC 3339.
 */
oldest: string | null, 
/**
 * The same by age, the youngest first; the same ages for each rule.
 */
ages: Array<AgeView>, };

/**
 * A hold.
 */
export type HoldView = { 
/**
 * The hold.
 */
id: string, 
/**
 * What it covers.
 */
scope: "file" | "case" | "customer", 
/**
 * The id of what it covers.
 */
covers: string, 
/**
 * Whose it is.
 */
owner: string, 
/**
 * The reason in the owner's words; empty once forgotten.
 */
reason: string, 
/**
 * When it was placed, RFC 3339.
 */
placed_at: string, 
/**
 * When it is to be looked at again, RFC 3339.
 */
review_at: string, 
/**
 * When it was lifted, RFC 3339.
 */
lifted_at: string | null, 
/**
 * Who lifted it.
 */
lifted_by: string | null, 
/**
 * Why, in their words; empty once forgotten.
 */
lift_reason: string, };

/**
 * A problem of a job.
 */
export type JobProblem = { 
/**
 * Which job.
 */
job: string, 
/**
 * What it met.
 */
problem: ProblemView, };

/**
 * How a job stands.
 */
export type JobStanding = "not_yet" | "good" | "failing" | "paused" | "late" | "stopped";

/**
 * A job: its last run, and how it stands.
 */
export type JobView = { 
/**
 * Which job.
 */
job: string, 
/**
 * How it stands.
 */
standing: JobStanding, 
/**
 * Since when it is late, RFC 3339.
 */
late_since: string | null, 
/**
 * When its last run ended, RFC 3339.
 */
ran_at: string | null, 
/**
 * When it last ran without a fault, RFC 3339.
 */
good_at: string | null, 
/**
 * When it is to run next, RFC 3339.
 */
next_at: string | null, 
/**
 * When the run under way began, or last showed that it goes on, RFC 3339.
 */
under_way_since: string | null, 
/**
 * What the last run met.
 */
problem: ProblemView | null, };

/**
 * How the recovery kit stands.
 */
export type KitStanding = "none" | "made" | "saved";

/**
 * A recovery kit, shown once. It is the one secret that is for a person's eyes, and is kept nowhere.
 */
export type KitWordsView = { 
/**
 * Its words, in order.
 */
words: Array<string>, 
/**
 * Which of them will be asked back, counted from one.
 */
asked: Array<number>, };

/**
 * Something in the drop folder of a case that is not taken in.
 */
export type LeftView = { 
/**
 * Its name, made safe to show.
 */
name: string, 
/**
 * Why it is left there.
 */
why: LeftWhy, 
/**
 * The program that still writes to it, if that is why and its name is known.
 */
by: string | null, };

/**
 * Why something in a drop folder is not taken in.
 */
export type LeftWhy = "fresh" | "written" | "unfinished" | "empty" | "link" | "special" | "too_large";

/**
 * A link to a large-file service.
 */
export type LinkView = { 
/**
 * The service's name.
 */
service: string, 
/**
 * Where it leads, for the engineer's browser. Custody fetches nothing from there.
 */
url: string, 
/**
 * When it was first seen, RFC 3339.
 */
noted_at: string, };

/**
 * Locations that were found in one state.
 */
export type LocationCountView = { 
/**
 * The state.
 */
state: "present" | "erased_verified" | "key_destroyed" | "expires_on" | "requested_not_confirmed" | "held" | "not_ours" | "failed" | "unknown", 
/**
 * How many.
 */
count: number, };

/**
 * What was found at a place.
 */
export type LocationFound = { "code": "present" } | { "code": "erased_verified" } | { "code": "key_destroyed" } | { "code": "expires_on", date: Moment, } | { "code": "requested_not_confirmed" } | { "code": "held" } | { "code": "not_ours" } | { "code": "failed" } | { "code": "unknown" };

/**
 * A kind of place where a copy is or was.
 */
export type LocationKind = { "code": "sealed_file" } | { "code": "key_wrap" } | { "code": "viewing_copy" } | { "code": "forum_copy" } | { "code": "backup", 
/**
 * Its name in the settings.
 */
name: string, } | { "code": "drop_folder" };

/**
 * What was found at a location.
 */
export type LocationView = { 
/**
 * The file.
 */
file: string, 
/**
 * The file's name; empty once forgotten.
 */
name: string, 
/**
 * The location.
 */
place: LocationKind, 
/**
 * Its state.
 */
found: LocationFound, 
/**
 * Whether nothing is open there.
 */
closed: boolean, };

/**
 * What a test of mail found: for each part nothing, if it was not come to, or how it went.
 */
export type MailFoundView = { 
/**
 * The endpoint of access tokens.
 */
token: TriedView | null, 
/**
 * The server that takes letters.
 */
out: TriedView | null, 
/**
 * The server where answers arrive.
 */
in: TriedView | null, };

/**
 * Mail, by the settings.
 */
export type MailView = { 
/**
 * The address in `From`.
 */
from: string, 
/**
 * Where letters are posted, as `host:port`.
 */
smtp: string, 
/**
 * Where answers arrive, as `host:port`.
 */
imap: string, 
/**
 * Whether the accounts are opened by OAuth.
 */
oauth: boolean, };

/**
 * RFC 3339, to the millisecond.
 */
export type Moment = string;

/**
 * A file that should be gone.
 */
export type OverdueView = { 
/**
 * The file.
 */
file: string, 
/**
 * Its case.
 */
case: string, 
/**
 * The case's title; empty once forgotten.
 */
title: string, 
/**
 * Since when, RFC 3339.
 */
since: string, 
/**
 * What stands against it; empty if the erasure does not succeed.
 */
why: Array<WhyView>, 
/**
 * Whose hold it is, if one stands against it.
 */
owner: string | null, };

/**
 * A date that a member of staff gave.
 */
export type OwnDateView = { 
/**
 * The file it is for; none if it is for those that the case had then.
 */
file: string | null, 
/**
 * When they are erased, RFC 3339.
 */
end: string, 
/**
 * Who gave it.
 */
by: string, 
/**
 * When, RFC 3339.
 */
given_at: string, 
/**
 * Why, in their words; empty once forgotten.
 */
reason: string, };

/**
 * For a while nothing is fetched from the forum and no letter goes out. All else goes on.
 */
export type PauseView = { 
/**
 * When it began, RFC 3339.
 */
since: string, 
/**
 * When it ends by itself, RFC 3339.
 */
until: string, };

/**
 * One line of a plan.
 */
export type PlanLine = { 
/**
 * The file.
 */
file: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Its name; empty once forgotten.
 */
name: string, 
/**
 * What happens.
 */
outcome: "keep" | "mark_due" | "wait" | "spare" | "erase", 
/**
 * When it is erased, RFC 3339.
 */
erases_at: string | null, 
/**
 * Why.
 */
why: Array<WhyView>, };

/**
 * What the next sweep would do.
 */
export type PlanView = { 
/**
 * One line for each file that something is said about.
 */
lines: Array<PlanLine>, 
/**
 * How many files it would erase.
 */
would_erase: number, 
/**
 * The most it erases without asking.
 */
cap: number, 
/**
 * What an approval presents.
 */
token: string, };

/**
 * Two lines: what happened, and what to do.
 */
export type ProblemView = { 
/**
 * The code, for programs.
 */
code: string, 
/**
 * What happened, ending with what became of the data.
 */
what: string, 
/**
 * What to do.
 */
todo: string, };

/**
 * A program that has something open.
 */
export type ProgramView = { 
/**
 * Its name, if the system gives it.
 */
name: string | null, 
/**
 * The system's number for it, if it gives that.
 */
id: number | null, };

/**
 * An act that one person proposes and another approves.
 */
export type ProposalView = { 
/**
 * The proposal.
 */
id: string, 
/**
 * What is to be done.
 */
act: ProposedAct, 
/**
 * Whether one file alone is meant.
 */
one_file: boolean, 
/**
 * The name of that file; none once forgotten.
 */
file: string | null, 
/**
 * The title of the case it is about; none once forgotten.
 */
title: string | null, 
/**
 * Why the hold was placed that is to be lifted, in its owner's words; none once forgotten.
 */
hold_reason: string | null, 
/**
 * The case it is about, if it is about one.
 */
case: string | null, 
/**
 * Who proposes it.
 */
by: string, 
/**
 * Why, in their words.
 */
reason: string, 
/**
 * When it was proposed, RFC 3339.
 */
made_at: string, 
/**
 * When it is over, RFC 3339.
 */
expires_at: string, 
/**
 * Who approved it, if it is an export that was not made yet.
 */
approved_by: string | null, };

/**
 * What kind of act is proposed.
 */
export type ProposedAct = "lift_hold" | "erase_early" | "export_report" | "export_ledger" | "export_file";

/**
 * What was found when a receipt was checked.
 */
export type ReceiptCheckView = { 
/**
 * The signature over the text that is kept.
 */
signature: SignatureFound, 
/**
 * SHA-256 of this desk's public key, by which a signature names it.
 */
key: string, 
/**
 * Whether the text is the one whose digest the ledger keeps; `None` once it was forgotten.
 */
digest_fits: boolean | null, 
/**
 * Whether it names this receipt and the files of its row.
 */
names_fit: boolean | null, 
/**
 * Whether the chain of events has the event with the hash that it was signed over.
 */
chain_fits: boolean | null, 
/**
 * Which event that is.
 */
chain_index: number | null, 
/**
 * When it was checked, RFC 3339.
 */
checked_at: string, };

/**
 * How many receipts stand so.
 */
export type ReceiptCount = { 
/**
 * How.
 */
standing: ReceiptStanding, 
/**
 * How many.
 */
receipts: number, };

/**
 * Receipts.
 */
export type ReceiptCountsView = { 
/**
 * Issued.
 */
issued: number, 
/**
 * Not complete, and without a follow-up.
 */
follow_up_owed: number, 
/**
 * Waiting to be sent.
 */
waiting: number, 
/**
 * Sent.
 */
sent: number, 
/**
 * Came back.
 */
bounced: number, 
/**
 * Confirmed by mail.
 */
confirmed_by_mail: number, 
/**
 * Confirmed by mail with a valid signature of the domain.
 */
confirmed_with_dkim: number, 
/**
 * Confirmed in the thread.
 */
confirmed_in_thread: number, 
/**
 * Disputed.
 */
disputed: number, 
/**
 * Sent, and not answered.
 */
unanswered: number, };

/**
 * A part of the list of receipts.
 */
export type ReceiptListView = { 
/**
 * The rows, in order.
 */
rows: Array<ReceiptRowView>, 
/**
 * How many there are, whatever part was asked for.
 */
total: number, 
/**
 * How many of those that the search finds stand how.
 */
counts: Array<ReceiptCount>, 
/**
 * To how many of those a follow-up is owed.
 */
owed: number, };

/**
 * One row of the list of receipts.
 */
export type ReceiptRowView = { 
/**
 * The receipt.
 */
id: string, 
/**
 * Its case.
 */
case: string, 
/**
 * The case's title; empty once forgotten.
 */
title: string, 
/**
 * The customer's name; empty once forgotten.
 */
customer: string, 
/**
 * How many files it names.
 */
files: number, 
/**
 * When it was issued, RFC 3339.
 */
issued_at: string, 
/**
 * Whether every location was closed.
 */
complete: boolean, 
/**
 * The receipt it completes.
 */
follows: string | null, 
/**
 * The number in that one's letter.
 */
follows_token: string | null, 
/**
 * Whether a location is open that a later receipt may still close.
 */
follow_up_owed: boolean, 
/**
 * How it stands.
 */
standing: ReceiptStanding, 
/**
 * Where it was sent.
 */
channel: Channel | null, 
/**
 * The best evidence of an answer.
 */
grade: Grade | null, 
/**
 * The number in its letter.
 */
token: string, };

/**
 * A receipt with everything in it.
 */
export type ReceiptView = { 
/**
 * The same as in the list.
 */
row: ReceiptRowView, 
/**
 * Whether the signature fits; `None` once the text was forgotten.
 */
signature_fits: boolean | null, 
/**
 * The receipt that closed what this one left open.
 */
followed_by: string | null, 
/**
 * The number in that one's letter.
 */
followed_by_token: string | null, 
/**
 * Its place in the outbox.
 */
delivery: DeliveryView | null, 
/**
 * The letter as the customer saw it, as text; empty once forgotten.
 */
letter: string, 
/**
 * The same as a mail program shows it, with no script and nothing from elsewhere; empty once forgotten.
 */
letter_html: string, 
/**
 * The signed text as pretty JSON; empty once forgotten.
 */
statement: string, 
/**
 * SHA-256 of the signed text.
 */
payload_digest: string, 
/**
 * What was found at each location of each file.
 */
locations: Array<LocationView>, 
/**
 * The answers.
 */
answers: Array<AnswerView>, };

/**
 * A comparison of disk and ledger, both ways.
 */
export type ReconciledView = { 
/**
 * When it was made, RFC 3339.
 */
at: string, 
/**
 * Whether a person has nothing to look at.
 */
in_order: boolean, 
/**
 * Held files that are in the ledger and on the disk, with the same size.
 */
whole: number, 
/**
 * Their bytes by the ledger.
 */
counted_bytes: number, 
/**
 * Sealed files that are arriving, being erased, or lost.
 */
on_the_way: number, 
/**
 * Their bytes by the disk.
 */
on_the_way_bytes: number, 
/**
 * Bytes of all sealed files by their lengths on the disk.
 */
physical_bytes: number, 
/**
 * Bytes that the disk gives to sealed files and part files.
 */
occupied_bytes: number, 
/**
 * Files found missing or of another size and brought back from a backup in this comparison.
 */
brought_back: number, 
/**
 * Files found missing or of another size in this comparison.
 */
lost: number, 
/**
 * Files without a row, set aside in this comparison.
 */
unknown: number, 
/**
 * Part files of files that arrive.
 */
parts: number, 
/**
 * Remains that were erased in this comparison.
 */
remains: number, 
/**
 * Other things in the folder of sealed files.
 */
foreign: number, 
/**
 * Held files whose key the ledger does not have.
 */
without_key: number, 
/**
 * Files that are not in custody and whose key the ledger still has.
 */
stray_keys: number, 
/**
 * Whether the key of the current epoch is missing.
 */
epoch_key_missing: boolean, 
/**
 * Keys of other epochs.
 */
old_epoch_keys: number, 
/**
 * Drop folders that no case has.
 */
stray_drop_folders: number, 
/**
 * Things that were set aside, now and before.
 */
aside: number, 
/**
 * Their bytes.
 */
aside_bytes: number, };

/**
 * What left the desk, as a row of the record names it.
 */
export type RecordedExport = { "code": "receipt", 
/**
 * Its id.
 */
receipt: string, } | { "code": "report" } | { "code": "events", 
/**
 * After which one.
 */
after: number, } | { "code": "all_tables" } | { "code": "kept_tables" } | { "code": "personal_tables" } | { "code": "other", 
/**
 * The text of the row.
 */
text: string, };

/**
 * A rule as a row of the record has it.
 */
export type RecordedRule = { "code": "terms" } & RuleTermsView | { "code": "other", 
/**
 * The text.
 */
text: string, };

/**
 * A server that a row of the record names.
 */
export type RecordedServer = { "code": "forum" } | { "code": "forum_by_key" } | { "code": "forum_by_sign_in" } | { "code": "mail" } | { "code": "mail_by_oauth" } | { "code": "tracker", 
/**
 * Its name in the settings.
 */
name: string, } | { "code": "ledger" } | { "code": "other", 
/**
 * The text of the row.
 */
text: string, };

/**
 * A viewing copy on the report.
 */
export type ReportCopyView = { 
/**
 * The copy.
 */
copy: string, 
/**
 * The file's case.
 */
case: string | null, 
/**
 * The case's title; empty once forgotten.
 */
title: string, 
/**
 * For whom.
 */
by: string, 
/**
 * Since when, RFC 3339.
 */
made_at: string, 
/**
 * When its lease ends, RFC 3339.
 */
until: string, 
/**
 * Whether that time is over.
 */
over: boolean, };

/**
 * A hold on the report.
 */
export type ReportHoldView = { 
/**
 * The hold.
 */
hold: string, 
/**
 * What it covers.
 */
covers: "file" | "case" | "customer", 
/**
 * The case it stands in; none for a hold on a customer.
 */
case: string | null, 
/**
 * The case's title; empty once forgotten.
 */
title: string, 
/**
 * How many files it keeps now.
 */
files: number, 
/**
 * Whose.
 */
owner: string, 
/**
 * Since when, RFC 3339.
 */
placed_at: string, 
/**
 * When it is to be looked at, RFC 3339.
 */
review_at: string, 
/**
 * Whether that time is over.
 */
review_overdue: boolean, };

/**
 * The retention report of a span of time.
 */
export type ReportView = { 
/**
 * When it was made, RFC 3339.
 */
made_at: string, 
/**
 * The start of its time, RFC 3339.
 */
from: string, 
/**
 * The end of its time, RFC 3339.
 */
to: string, 
/**
 * Files held now, by rule.
 */
held: Array<HeldView>, 
/**
 * Files that will be erased within 7 days.
 */
due_in_7_days: number, 
/**
 * Files that will be erased within 30 days.
 */
due_in_30_days: number, 
/**
 * Files that should be gone and are not, the longest overdue first.
 */
overdue: Array<OverdueView>, 
/**
 * Cases whose thread is no longer private.
 */
exposed_cases: number, 
/**
 * Cases with files here whose forum serves their attachments to anybody who knows the address.
 */
open_to_anyone: number, 
/**
 * Files erased in this time.
 */
erased: ErasedView, 
/**
 * How long it took from a ticket's closing to the erasure, for each time that a rule gave.
 */
closing_to_erasure: Array<TimingView>, 
/**
 * Requests received in this time.
 */
requests: RequestsView, 
/**
 * Receipts issued in this time.
 */
receipts: ReceiptCountsView, 
/**
 * Holds that are placed, the next review first.
 */
holds: Array<ReportHoldView>, 
/**
 * Viewing copies that exist now.
 */
viewing_copies: Array<ReportCopyView>, 
/**
 * Files that are lost.
 */
lost: number, 
/**
 * Bytes of sealed files by the ledger.
 */
counted_bytes: number, 
/**
 * Bytes of sealed files by their lengths on the disk.
 */
physical_bytes: number, 
/**
 * Bytes that the disk gives to them.
 */
occupied_bytes: number, 
/**
 * The last comparison of disk and ledger.
 */
reconciled: ReconciledView | null, 
/**
 * The last drill with a backup.
 */
drilled: DrilledView | null, 
/**
 * Every job of this desk.
 */
jobs: Array<JobView>, };

/**
 * A request.
 */
export type RequestView = { 
/**
 * The request.
 */
id: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Whether the customer asked (otherwise staff).
 */
by_customer: boolean, 
/**
 * Where it was read.
 */
channel: Channel, 
/**
 * When, RFC 3339.
 */
received_at: string, 
/**
 * The reason a member of staff typed; empty for a customer's request, and once forgotten.
 */
reason: string, 
/**
 * How it stands.
 */
standing: RequestStanding, 
/**
 * What the customer was told of it while a hold kept it waiting: `waiting`, `sent`, `bounced` or `withdrawn`.
 */
told: "waiting" | "sent" | "bounced" | "withdrawn" | null, 
/**
 * Since when that is so, RFC 3339.
 */
told_at: string | null, };

/**
 * Requests.
 */
export type RequestsView = { 
/**
 * By customers.
 */
by_customers: number, 
/**
 * By staff.
 */
by_staff: number, 
/**
 * Customers' requests whose files are all erased.
 */
done: number, 
/**
 * Customers' requests of whose files one is still there.
 */
open: number, 
/**
 * Customers' requests that found nothing to erase.
 */
without_files: number, 
/**
 * Customers' requests of which a person must still say whether they are one.
 */
unclear: number, 
/**
 * Customers' messages that a person found to be no request.
 */
set_aside: number, 
/**
 * Files that customers asked for and that are erased.
 */
files_erased: number, 
/**
 * Files that customers asked for and that are still there.
 */
files_open: number, 
/**
 * Hours to done: the middle one.
 */
median_hours: number | null, 
/**
 * The same: the longest.
 */
worst_hours: number | null, 
/**
 * Those that took longer than 30 days, or have been open for longer.
 */
over_30_days: number, };

/**
 * Whether a key has a right.
 */
export type RightStanding = "found" | "missing" | "asked_for";

/**
 * What a key is good for.
 */
export type RightView = { 
/**
 * Which.
 */
name: ScopeName, 
/**
 * Whether the key has it.
 */
standing: RightStanding, };

/**
 * How one round of the desk went.
 */
export type RoundView = { 
/**
 * Files sealed.
 */
sealed: number, 
/**
 * Files that changed state in the sweep.
 */
decided: number, 
/**
 * Files erased.
 */
erased: number, 
/**
 * Receipts sent.
 */
sent: number, 
/**
 * Answers read.
 */
answers: number, 
/**
 * What was met, with the job that met it.
 */
problems: Array<JobProblem>, };

/**
 * What a retention rule says of time.
 */
export type RuleTermsView = { 
/**
 * From when the period counts.
 */
start: StartPoint, 
/**
 * How long a file is kept after that, such as `3 days`.
 */
period: string, 
/**
 * Time between due and erasing.
 */
grace: string, 
/**
 * The longest time after arrival.
 */
ceiling: string | null, 
/**
 * What is done about the forum's own copy.
 */
forum_copy: ForumCopyRule, };

/**
 * A retention rule.
 */
export type RuleView = { 
/**
 * Its name, made safe to show.
 */
name: string, 
/**
 * Which files it is for: those that fit every list. Without any, every file.
 */
whom: Array<WhomView>, 
/**
 * From when the period counts.
 */
start: StartPoint, 
/**
 * How long a file is kept after that, such as `3 days`.
 */
period: string, 
/**
 * Time between due and erasing.
 */
grace: string, 
/**
 * The longest time after arrival.
 */
ceiling: string | null, 
/**
 * What is done about the forum's own copy.
 */
forum_copy: ForumCopyRule, };

/**
 * The retention rules.
 */
export type RulesView = { 
/**
 * Those in force, in the order in which they are asked.
 */
rules: Array<RuleView>, 
/**
 * Those that stand in `settings.toml`, if they are others: they decide nothing until somebody puts them into force.
 */
draft: Array<RuleView> | null, };

/**
 * What a key may be good for. The words are the forum's.
 */
export type ScopeName = "read" | "session_info" | "message_bus" | "write";

/**
 * Something that a key is to be good for.
 */
export type ScopeView = { 
/**
 * Which.
 */
name: ScopeName, };

/**
 * Who opens what, and for how long.
 */
export type SecurityView = { 
/**
 * After how many minutes without input the desk locks itself.
 */
lock_minutes: number, 
/**
 * Whether text may be copied and printed out of a viewer.
 */
viewer_copies: boolean, 
/**
 * The age recipient of the recovery kit.
 */
recovery_recipient: string | null, 
/**
 * Everybody for whom the keys of files are sealed.
 */
recipients: Array<string>, 
/**
 * Who has a key of their own, for what needs two people.
 */
approvers: Array<ApproverView>, };

/**
 * How a step stands.
 */
export type SetupStanding = "open" | "later" | "done";

/**
 * The steps of the first run after the passphrase.
 */
export type SetupStep = "kit" | "forum" | "servers" | "rule";

/**
 * A step and how it stands.
 */
export type SetupStepView = { 
/**
 * The step.
 */
step: SetupStep, 
/**
 * How it stands.
 */
standing: SetupStanding, };

/**
 * The first run, until a person has ended it.
 */
export type SetupView = { 
/**
 * Its steps after the passphrase, in order.
 */
steps: Array<SetupStepView>, };

/**
 * A code to be typed on the forum.
 */
export type SignInCodeView = { 
/**
 * The code.
 */
code: string, 
/**
 * The page to open.
 */
page: string, 
/**
 * For how many seconds it can be typed.
 */
lasts_seconds: number, };

/**
 * A sign-in to a forum under way.
 */
export type SignInView = { 
/**
 * The forum's address.
 */
forum: string, 
/**
 * Whether a code can be typed there instead of pasting.
 */
device_codes: boolean, 
/**
 * The page that shows the text to be pasted.
 */
page: string, 
/**
 * The page that leads back to the program, where the forum's administrator allows it.
 */
redirect_page: string, 
/**
 * What is asked for.
 */
scopes: Array<ScopeView>, };

/**
 * What was found of a signature.
 */
export type SignatureFound = "fits" | "other_key" | "changed" | "forgotten";

/**
 * What other rules would change, for every file in custody.
 */
export type SimulationView = { 
/**
 * What the other rules say, in the order in which they are asked.
 */
rules: Array<RuleTermsView>, 
/**
 * How many files the next sweep would erase.
 */
erased_now: number, 
/**
 * How many would be erased sooner.
 */
sooner: number, 
/**
 * How many would be erased later.
 */
later: number, 
/**
 * How many stay as they are.
 */
unchanged: number, 
/**
 * Each file for which something changes: what is erased now first, then by its new end.
 */
changes: Array<ChangeView>, 
/**
 * Stands for exactly these rules with exactly these changes.
 */
token: string, };

/**
 * How many cases stand so.
 */
export type StandingCount = { 
/**
 * How.
 */
standing: CaseStanding, 
/**
 * How many.
 */
cases: number, };

/**
 * Where things lie.
 */
export type StorageView = { 
/**
 * The desk's folder. It is shown, and never taken back as an argument.
 */
folder: string, 
/**
 * Where keys are kept.
 */
key_store: "keychain" | "key_file", 
/**
 * Where the ledger is.
 */
ledger: "embedded" | "postgres", 
/**
 * The backups.
 */
backups: Array<BackupView>, 
/**
 * What the ledger did not know and was set aside.
 */
aside: Array<AsideView>, };

/**
 * A ticket's state.
 */
export type TicketState = "open" | "closed" | "in_doubt";

/**
 * A ticket.
 */
export type TicketView = { 
/**
 * The tracker's name in the settings.
 */
tracker: string, 
/**
 * The ticket's key there.
 */
key: string, };

/**
 * How long files took whose rule gave them the same time.
 */
export type TimingView = { 
/**
 * Hours from the closing to the end of grace.
 */
allowed_hours: number, 
/**
 * How many files.
 */
files: number, 
/**
 * How many of them were erased more than a day after that.
 */
late: number, 
/**
 * Hours from the closing to the proof: the middle one.
 */
median_hours: number, 
/**
 * The same: the longest.
 */
longest_hours: number, 
/**
 * How many took how long. They have one width and leave nothing out.
 */
bands: Array<BandView>, };

/**
 * How many events are about this.
 */
export type TopicCount = { 
/**
 * What.
 */
topic: EventTopic, 
/**
 * How many.
 */
events: number, };

/**
 * What a tracker said of itself.
 */
export type TrackerFoundView = { 
/**
 * Who it takes us for; empty where it does not say.
 */
account: string, 
/**
 * What we see there: queues, projects.
 */
places: Array<string>, 
/**
 * Whether a ticket can be seen at all.
 */
sees_tickets: boolean, 
/**
 * The states that mean closed.
 */
closed_states: Array<string>, 
/**
 * The states that mean open.
 */
open_states: Array<string>, 
/**
 * States of the settings that the tracker does not have.
 */
unknown_states: Array<string>, };

/**
 * A tracker, by the settings.
 */
export type TrackerView = { 
/**
 * Its name.
 */
name: string, 
/**
 * What kind it is.
 */
kind: "request_tracker" | "redmine" | "jira_cloud" | "jira_data_center" | "gitlab" | "github" | "zendesk", 
/**
 * Its address.
 */
url: string, };

/**
 * A file that is being moved right now.
 */
export type TransferView = { 
/**
 * By which job: it is taken in, or copied to a backup.
 */
job: Job, 
/**
 * The file.
 */
file: string, 
/**
 * Its case.
 */
case: string, 
/**
 * Bytes that were moved.
 */
done: number, 
/**
 * How many there are; `None` if the forum did not say.
 */
total: number | null, };

/**
 * How it went.
 */
export type TriedView = { 
/**
 * What was met; nothing if we were let in.
 */
fault: Fault | null, };

/**
 * Something that stays where it is.
 */
export type UnfitView = { 
/**
 * Its name, made safe to show.
 */
name: string, 
/**
 * What in a folder it is about.
 */
inside: string | null, 
/**
 * Why.
 */
why: UnfitWhy, };

/**
 * Why something is not moved into a case.
 */
export type UnfitWhy = "link" | "second_name" | "special" | "ours" | "unreadable" | "not_removable" | "too_large" | "too_many" | "empty" | "unfinished" | "written" | "changed" | "gone" | "no_room" | "trouble";

/**
 * A viewing copy that exists.
 */
export type ViewingCopyView = { 
/**
 * The copy.
 */
id: string, 
/**
 * For whom.
 */
by: string, 
/**
 * Why, in that person's words; empty once forgotten.
 */
reason: string, 
/**
 * When the lease ends, RFC 3339.
 */
until: string, 
/**
 * How many files programs have left beside it; they end with it.
 */
beside: number, 
/**
 * Programs that have it open, or something beside it.
 */
open_in: Array<ProgramView>, 
/**
 * What kept it from being erased, if it was to end.
 */
problem: ProblemView | null, };

/**
 * Who did something.
 */
export type WhoView = { "code": "desk" } | { "code": "customer" } | { "code": "person", 
/**
 * Their name; the beginning of their id while none is known.
 */
name: string, };

/**
 * Which files a rule is for: one of a list. Where there are several lists, all of them must fit.
 */
export type WhomView = { "code": "tags", 
/**
 * They.
 */
any: Array<string>, } | { "code": "categories", 
/**
 * They.
 */
any: number[], } | { "code": "products", 
/**
 * They.
 */
any: Array<string>, } | { "code": "customers", 
/**
 * They.
 */
any: Array<string>, } | { "code": "kinds", 
/**
 * They.
 */
any: FileKind[], };

/**
 * A reason that counted when it was decided what becomes of a file.
 */
export type WhyView = { "code": "hold", hold: string, } | { "code": "ticket_open" } | { "code": "ticket_closed", since: Moment, } | { "code": "ticket_in_doubt", since: Moment, } | { "code": "customer_asked", at: Moment, } | { "code": "staff_decided", at: Moment, } | { "code": "period_ends", at: Moment, } | { "code": "own_date", at: Moment, } | { "code": "grace_until", at: Moment, } | { "code": "grace_over" };

/**
 * What goes on, for somebody who wants to leave.
 */
export type WorkView = { 
/**
 * Jobs under way that would be taken up again at the next start.
 */
jobs: string[], 
/**
 * Viewing copies that would be erased.
 */
viewing_copies: number, };
