// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.
import type { CaseOrder, CaseStanding, ErasureStage, EventActor, EventTopic, Fault, ReceiptOrder, ReceiptStanding } from "./names";
import type { AccountView, AuditEventView, AuditListView, BroughtView, CaseListView, CaseView, ChosenFilesView, ConnectionsView, DeskView, EndedCopyView, ErasureListView, ErasureView, FoundView, KitWordsView, MailFoundView, PauseView, PlanView, ProposalView, ReceiptCheckView, ReceiptListView, ReceiptView, ReportView, RoundView, RulesView, SecurityView, SetupStep, SignInCodeView, SignInView, SimulationView, StorageView, TrackerFoundView, TransferView, ViewingCopyView, WorkView } from "./views";

/**
 * Which program this is, and by whom its updates are signed.
 */
export type AboutView = { 
/**
 * The version.
 */
version: string, 
/**
 * `stable`, or `preview` for a version that is not yet one.
 */
channel: string, 
/**
 * The server that is asked for updates.
 */
server: string, 
/**
 * The id of the public key that must have signed them.
 */
signed_by: string, };

/**
 * What the receipts say of the chain.
 */
export type AnchorsView = { 
/**
 * How many receipts were signed over an end that the chain had.
 */
fit: number, 
/**
 * The oldest receipt that was signed over another chain.
 */
broken: string | null, 
/**
 * The event that it names.
 */
broken_at: number | null, };

/**
 * A plan that a person approves.
 */
export type Approval = { 
/**
 * Which plan: another one is refused.
 */
token: string, };

/**
 * A proposal that the second person approves.
 */
export type ApproveProposal = { 
/**
 * The proposal.
 */
proposal: string, 
/**
 * The second person.
 */
name: string, 
/**
 * That of their own key.
 */
passphrase: string, };

/**
 * An erasure that a member of staff asks for.
 */
export type AskErasure = { 
/**
 * The case.
 */
case: string, 
/**
 * One file of it, or all.
 */
file: string | null, 
/**
 * Why.
 */
reason: string, };

/**
 * A backup to be connected; its folder is chosen outside of the page.
 */
export type BackupForm = { 
/**
 * Its name on receipts.
 */
name: string, 
/**
 * For how many days others keep earlier versions of the place.
 */
kept_days: number, 
/**
 * Whether it is taken over from another installation.
 */
take_over: boolean, };

/**
 * What a person brought back from the forum.
 */
export type BroughtBack = { 
/**
 * The text or the address.
 */
brought: string, };

/**
 * A call, and which one it is: each is followed once.
 */
export type CalledView = { 
/**
 * Counts the calls.
 */
number: number, 
/**
 * Where to.
 */
destination: Destination, };

/**
 * What a walk of the chain found.
 */
export type ChainView = { 
/**
 * How many events fit, from the first on.
 */
events: number, 
/**
 * The hash of the last event, if all of them fit.
 */
head: string | null, 
/**
 * The first event that does not fit.
 */
broken_at: number | null, 
/**
 * When it was walked, RFC 3339.
 */
checked_at: string, };

/**
 * The passphrase for a new desk, typed twice by a person who was told how strong it is.
 */
export type ChosenPassphrase = { 
/**
 * As it was typed; at least ten characters.
 */
passphrase: string, };

/**
 * The kinds of connections.
 */
export type ConnectionName = "forum" | "tracker" | "mail";

/**
 * Whether text may be copied and printed out of a viewer.
 */
export type Copies = { 
/**
 * It may.
 */
copies: boolean, };

/**
 * A proposal that somebody declines.
 */
export type DeclineProposal = { 
/**
 * The proposal.
 */
proposal: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Where somebody was called to from outside: by a link, a notification or the tray.
 */
export type Destination = { "to": "case", 
/**
 * Which.
 */
case: string, } | { "to": "receipt", 
/**
 * Which.
 */
receipt: string, } | { "to": "attention" } | { "to": "not_a_link" } | { "to": "no_sign_in" };

/**
 * Where the drop folder of a case lies.
 */
export type DropFolderPlace = { 
/**
 * Its path, for the person who asked. It is shown, and never taken back as an argument.
 */
path: string, };

/**
 * For whom a recovery kit is sealed.
 */
export type Escrow = { 
/**
 * An age recipient, `age1...`.
 */
recipient: string, };

/**
 * What leaves the desk.
 */
export type ExportName = "ledger" | "report";

/**
 * A report that is to be written to a file.
 */
export type ExportReport = { 
/**
 * Its start and end, RFC 3339.
 */
span: { from: string, to: string }, 
/**
 * In which form.
 */
form: "pdf" | "csv" | "json", };

/**
 * A viewing copy that is to last longer.
 */
export type ExtendViewingCopy = { 
/**
 * The viewing copy.
 */
copy: string, 
/**
 * For how long from now, at most a day.
 */
minutes: number, };

/**
 * A date of its own for a file, or for the files of a case.
 */
export type GiveOwnDate = { 
/**
 * The case.
 */
case: string, 
/**
 * One file of it, or all that it has now.
 */
file: string | null, 
/**
 * When they are erased, RFC 3339.
 */
end: string, 
/**
 * Why.
 */
reason: string, };

/**
 * A hold that somebody else is to answer for.
 */
export type HandHoldOn = { 
/**
 * The hold.
 */
hold: string, 
/**
 * The name under which they act.
 */
to: string, };

/**
 * How far a hold reaches.
 */
export type HoldScopeName = "file" | "case" | "customer";

/**
 * Whose inboxes on the forum are looked at.
 */
export type Inboxes = { 
/**
 * That of the account itself.
 */
personal: boolean, 
/**
 * Those of these groups.
 */
groups: Array<string>, };

/**
 * A refusal, as the page gets it.
 */
export type IpcError = { 
/**
 * What a person is told.
 */
code: Fault, 
/**
 * Under which the log has the cause.
 */
reference: string, };

/**
 * The words of a recovery kit that were asked back.
 */
export type KitWords = { 
/**
 * As they were typed, in the order in which they were asked.
 */
words: string[], };

/**
 * A language that the program speaks.
 */
export type Language = "en" | "de";

/**
 * A backup to be left.
 */
export type LeaveBackup = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether the place no longer exists.
 */
lost: boolean, };

/**
 * Somebody wants to quit while something goes on.
 */
export type LeavingView = { 
/**
 * What goes on.
 */
work: WorkView, 
/**
 * It is waited for, and then the program ends.
 */
finishing: boolean, };

/**
 * A hold to be lifted.
 */
export type LiftHold = { 
/**
 * The hold.
 */
hold: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Which part of the list of cases.
 */
export type ListCases = { 
/**
 * Cases that stand so; all of them if it is empty.
 */
standings: CaseStanding[], 
/**
 * Whether only those are meant that are assigned to this desk's account on the forum.
 */
mine: boolean, 
/**
 * Whether only those are meant of which something is erased, or becomes due, within a week.
 */
due_soon: boolean, 
/**
 * What is searched for.
 */
search: string, 
/**
 * In which order.
 */
order: CaseOrder, 
/**
 * How many are left out at the beginning.
 */
skip: number, 
/**
 * How many are given at most.
 */
limit: number, };

/**
 * Which part of the list of erasures.
 */
export type ListErasures = { 
/**
 * How far they are.
 */
stage: ErasureStage, 
/**
 * What is searched for.
 */
search: string, 
/**
 * How many are left out at the beginning.
 */
skip: number, 
/**
 * How many are given at most.
 */
limit: number, };

/**
 * Which part of the chain of events.
 */
export type ListEvents = { 
/**
 * Events about these; all of them if it is empty.
 */
topics: EventTopic[], 
/**
 * Who did it.
 */
actor: EventActor | null, 
/**
 * Not before this moment, RFC 3339.
 */
from: string | null, 
/**
 * Before this moment, RFC 3339.
 */
before: string | null, 
/**
 * Words of the case that is meant.
 */
search: string, 
/**
 * The place in the chain that is meant.
 */
index: number | null, 
/**
 * How many are left out at the beginning.
 */
skip: number, 
/**
 * How many are given at most.
 */
limit: number, };

/**
 * Which part of the list of receipts.
 */
export type ListReceipts = { 
/**
 * Receipts that stand so; all of them if it is empty.
 */
standings: ReceiptStanding[], 
/**
 * Whether only those are meant to which a follow-up is owed.
 */
owed: boolean, 
/**
 * What is searched for.
 */
search: string, 
/**
 * In which order.
 */
order: ReceiptOrder, 
/**
 * How many are left out at the beginning.
 */
skip: number, 
/**
 * How many are given at most.
 */
limit: number, };

/**
 * When a desk locks itself.
 */
export type LockAfter = { 
/**
 * So many minutes without input: one to a day.
 */
minutes: number, };

/**
 * Mail by a password.
 */
export type MailForm = { 
/**
 * The servers and the account.
 */
servers: MailServers, 
/**
 * The password.
 */
secret: string, };

/**
 * Mail servers and the account at both.
 */
export type MailServers = { 
/**
 * The address that letters come from.
 */
from: string, 
/**
 * The account, if it is not that address.
 */
user: string | null, 
/**
 * Where letters are posted, as `host:port`.
 */
smtp: string, 
/**
 * Where answers arrive, as `host:port`.
 */
imap: string, };

/**
 * A viewing copy to be made.
 */
export type MakeViewingCopy = { 
/**
 * The file.
 */
file: string, 
/**
 * For how long, at most a day.
 */
minutes: number, 
/**
 * Why.
 */
reason: string, };

/**
 * How far the practice clock is moved on.
 */
export type MoveClock = { 
/**
 * Days, at most a year.
 */
days: number, };

/**
 * A member of staff who gets a key of their own.
 */
export type NewApprover = { 
/**
 * The name under which they act.
 */
name: string, 
/**
 * Typed by themselves.
 */
passphrase: string, };

/**
 * Nothing at all.
 */
export type Nothing = Record<symbol, never>;

/**
 * Mail by OAuth 2.
 */
export type OAuthMailForm = { 
/**
 * The servers and the account.
 */
servers: MailServers, 
/**
 * The token endpoint.
 */
token_url: string, 
/**
 * The client that the refresh token was issued to.
 */
client_id: string, 
/**
 * The client's secret, if it has one.
 */
client_secret: string | null, 
/**
 * The refresh token.
 */
secret: string, };

/**
 * Something that was set aside.
 */
export type OfAside = { 
/**
 * What it is called by.
 */
name: string, };

/**
 * Which case.
 */
export type OfCase = { 
/**
 * The case.
 */
case: string, };

/**
 * Which connection.
 */
export type OfConnection = { 
/**
 * Which kind.
 */
what: ConnectionName, 
/**
 * Which tracker.
 */
tracker: string | null, };

/**
 * Which event.
 */
export type OfEvent = { 
/**
 * Its place in the chain.
 */
index: number, };

/**
 * Which file.
 */
export type OfFile = { 
/**
 * The file.
 */
file: string, };

/**
 * Which offer of files.
 */
export type OfOffer = { 
/**
 * The case it was shown for.
 */
case: string, 
/**
 * The offer, as it was told.
 */
token: string, };

/**
 * Which own date.
 */
export type OfOwnDate = { 
/**
 * The case.
 */
case: string, 
/**
 * The file, for an own date of one file.
 */
file: string | null, };

/**
 * A member of staff.
 */
export type OfPerson = { 
/**
 * The name under which they act.
 */
name: string, };

/**
 * Which receipt.
 */
export type OfReceipt = { 
/**
 * The receipt.
 */
receipt: string, };

/**
 * Which request.
 */
export type OfRequest = { 
/**
 * The request.
 */
request: string, };

/**
 * A step of the first run.
 */
export type OfSetupStep = { 
/**
 * The step.
 */
step: SetupStep, };

/**
 * A page of the forum to be opened in the browser.
 */
export type OfSignInPage = { 
/**
 * Which.
 */
page: SignInPageName, };

/**
 * A ticket that the thread of a case names.
 */
export type OfTicket = { 
/**
 * The case.
 */
case: string, 
/**
 * The tracker's name in the settings.
 */
tracker: string, 
/**
 * The ticket's key there.
 */
key: string, };

/**
 * Which viewing copy.
 */
export type OfViewingCopy = { 
/**
 * The viewing copy.
 */
copy: string, };

/**
 * Another passphrase.
 */
export type PassphraseChange = { 
/**
 * The one that is in use.
 */
old: string, 
/**
 * As it was typed; at least ten characters.
 */
passphrase: string, };

/**
 * For how long nothing is fetched and no letter goes out.
 */
export type PauseFor = { 
/**
 * From now on, 1 to 24.
 */
hours: number, };

/**
 * A hold to be placed.
 */
export type PlaceHold = { 
/**
 * How far it reaches.
 */
scope: HoldScopeName, 
/**
 * The case from which it is placed.
 */
case: string, 
/**
 * The file, for a hold on one file.
 */
file: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * When it is to be looked at again, RFC 3339.
 */
review_at: string, };

/**
 * An erasure that a second person is to let be done.
 */
export type ProposeErasure = { 
/**
 * The case.
 */
case: string, 
/**
 * One file of it, or all.
 */
file: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * That of the own key of whoever proposes it.
 */
passphrase: string, };

/**
 * Something that a second person is to let leave the desk.
 */
export type ProposeExport = { 
/**
 * What.
 */
of: ExportName, 
/**
 * Why.
 */
reason: string, 
/**
 * That of the own key of whoever proposes it.
 */
passphrase: string, };

/**
 * A hold that a second person is to let be lifted.
 */
export type ProposeLift = { 
/**
 * The hold.
 */
hold: string, 
/**
 * Why.
 */
reason: string, 
/**
 * That of the own key of whoever proposes it.
 */
passphrase: string, };

/**
 * What somebody who wants to quit says to that.
 */
export type QuitAnswer = "now" | "finish" | "stay";

/**
 * Whether to quit.
 */
export type Quits = { 
/**
 * And how.
 */
answer: QuitAnswer, };

/**
 * Which time a report covers.
 */
export type ReportSpan = { 
/**
 * Its start and end, RFC 3339.
 */
span: { from: string, to: string }, };

/**
 * What an unclear request means.
 */
export type ResolveRequest = { 
/**
 * The request.
 */
request: string, 
/**
 * Whether it counts.
 */
accept: boolean, };

/**
 * A hold that was looked at and stays.
 */
export type ReviewHold = { 
/**
 * The hold.
 */
hold: string, 
/**
 * When it is to be looked at again, RFC 3339.
 */
review_at: string, };

/**
 * The numbers of a rule.
 */
export type RuleEdit = { 
/**
 * From when the period counts.
 */
start: "ticket_closed" | "arrival" | "customer_activity", 
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
ceiling: string | null, };

/**
 * Rules to be put into force.
 */
export type RulesChange = { 
/**
 * Whether the rules of `settings.toml` are meant, and not those in force.
 */
draft: boolean, 
/**
 * The numbers of every rule, in the order in which they are asked.
 */
rules: Array<RuleEdit>, 
/**
 * The token of their simulation.
 */
token: string, };

/**
 * Rules with changed numbers.
 */
export type RulesEdit = { 
/**
 * Whether the rules of `settings.toml` are meant, and not those in force.
 */
draft: boolean, 
/**
 * The numbers of every rule, in the order in which they are asked.
 */
rules: Array<RuleEdit>, };

/**
 * A file that was written for the person who asked.
 */
export type SavedFile = { 
/**
 * Its path. It is shown, and never taken back as an argument.
 */
path: string, };

/**
 * A recovery kit that one person alone can open.
 */
export type SealedKit = { 
/**
 * An armored age file. It is no secret.
 */
text: string, };

/**
 * The pages of a sign-in.
 */
export type SignInPageName = "code" | "paste" | "redirect";

/**
 * A forum to sign in to.
 */
export type SignInWish = { 
/**
 * Its address.
 */
url: string, 
/**
 * Whether the desk may answer in threads and take files out of posts.
 */
replies: boolean, };

/**
 * Which language the window speaks.
 */
export type Speaks = { 
/**
 * This one.
 */
language: Language, };

/**
 * Which desk there is.
 */
export type StageView = { "stage": "opening", 
/**
 * Whether it is a practice desk.
 */
practice: boolean, } | { "stage": "first_run" } | { "stage": "running", 
/**
 * The desk.
 */
desk: DeskView, 
/**
 * The practice desk's passphrase, which is no secret; none on a desk of one's own.
 */
practice_passphrase: string | null, 
/**
 * Where somebody was last called to from outside.
 */
called: CalledView | null, 
/**
 * Somebody wants to quit, and this goes on.
 */
leaving: LeavingView | null, } | { "stage": "failed", 
/**
 * What a person is told.
 */
code: Fault, 
/**
 * Under which the log has the cause.
 */
reference: string, };

/**
 * Whether to start with the session.
 */
export type Starts = { 
/**
 * It is to.
 */
starts: boolean, };

/**
 * Whether the program starts with the session.
 */
export type StartupView = { 
/**
 * It does.
 */
starts: boolean, 
/**
 * A tray is shown, in which it then waits, and in which it stays when the window is closed.
 */
tray: boolean, };

/**
 * A tracker to be connected.
 */
export type TrackerForm = { 
/**
 * Its name in the ledger.
 */
name: string, 
/**
 * What kind it is.
 */
kind: "request_tracker" | "redmine" | "jira_cloud" | "jira_data_center" | "gitlab" | "github" | "zendesk", 
/**
 * Its address.
 */
url: string, 
/**
 * The account's address, where the kind needs one.
 */
account: string | null, 
/**
 * The project, where the kind needs one.
 */
project: string | null, 
/**
 * The key.
 */
secret: string, };

/**
 * A passphrase to be tried.
 */
export type TypedPassphrase = { 
/**
 * As it was typed.
 */
passphrase: string, };

/**
 * Why it is not known whether there is a newer version.
 */
export type UpdateProblem = "unreachable" | "no_release" | "not_trusted";

/**
 * Whether there is a newer version.
 */
export type UpdateView = { 
/**
 * It, if there is one.
 */
newer: string | null, 
/**
 * Why that is not known.
 */
problem: UpdateProblem | null, };

/**
 * A viewing copy, and where it lies.
 */
export type ViewingCopyPlace = { 
/**
 * The copy.
 */
copy: ViewingCopyView, 
/**
 * Its path, for the person who asked. It is shown, and never taken back as an argument.
 */
path: string, };

export interface Commands {
  show_desk: { args: Nothing; result: StageView };
  open_desk: { args: Nothing; result: null };
  create_desk: { args: ChosenPassphrase; result: null };
  start_practice: { args: Nothing; result: null };
  touch: { args: Nothing; result: null };
  unlock: { args: TypedPassphrase; result: null };
  lock: { args: Nothing; result: null };
  run_round: { args: Nothing; result: RoundView };
  pause: { args: PauseFor; result: PauseView };
  resume: { args: Nothing; result: null };
  tell_language: { args: Speaks; result: null };
  close_window: { args: Nothing; result: null };
  quit: { args: Nothing; result: null };
  answer_quit: { args: Quits; result: null };
  show_startup: { args: Nothing; result: StartupView };
  set_startup: { args: Starts; result: null };
  list_cases: { args: ListCases; result: CaseListView };
  show_case: { args: OfCase; result: CaseView };
  make_drop_folder: { args: OfCase; result: DropFolderPlace };
  show_offer: { args: OfCase; result: ChosenFilesView | null };
  choose_files: { args: OfCase; result: ChosenFilesView | null };
  withdraw_offer: { args: OfOffer; result: null };
  bring_files: { args: OfOffer; result: BroughtView };
  place_hold: { args: PlaceHold; result: null };
  lift_hold: { args: LiftHold; result: null };
  review_hold: { args: ReviewHold; result: null };
  hand_hold_on: { args: HandHoldOn; result: null };
  tell_in_thread: { args: OfRequest; result: null };
  propose_lift: { args: ProposeLift; result: null };
  propose_erasure: { args: ProposeErasure; result: null };
  list_transfers: { args: Nothing; result: Array<TransferView> };
  list_proposals: { args: Nothing; result: Array<ProposalView> };
  approve_proposal: { args: ApproveProposal; result: null };
  decline_proposal: { args: DeclineProposal; result: null };
  give_own_date: { args: GiveOwnDate; result: null };
  withdraw_own_date: { args: OfOwnDate; result: null };
  ask_erasure: { args: AskErasure; result: null };
  resolve_request: { args: ResolveRequest; result: null };
  take_ticket: { args: OfTicket; result: null };
  set_ticket_aside: { args: OfTicket; result: null };
  make_viewing_copy: { args: MakeViewingCopy; result: ViewingCopyPlace };
  extend_viewing_copy: { args: ExtendViewingCopy; result: ViewingCopyView };
  end_viewing_copy: { args: OfViewingCopy; result: EndedCopyView };
  open_viewer: { args: OfFile; result: null };
  list_receipts: { args: ListReceipts; result: ReceiptListView };
  show_receipt: { args: OfReceipt; result: ReceiptView };
  resend_receipt: { args: OfReceipt; result: null };
  verify_receipt: { args: OfReceipt; result: ReceiptCheckView };
  save_receipt: { args: OfReceipt; result: SavedFile };
  list_erasures: { args: ListErasures; result: ErasureListView };
  show_erasure: { args: OfFile; result: ErasureView };
  list_events: { args: ListEvents; result: AuditListView };
  show_event: { args: OfEvent; result: AuditEventView };
  verify_chain: { args: Nothing; result: ChainView };
  verify_anchors: { args: Nothing; result: AnchorsView };
  export_audit: { args: Nothing; result: SavedFile };
  propose_export: { args: ProposeExport; result: null };
  show_report: { args: ReportSpan; result: ReportView };
  export_report: { args: ExportReport; result: SavedFile };
  show_plan: { args: Nothing; result: PlanView };
  approve_sweep: { args: Approval; result: RoundView };
  show_rules: { args: Nothing; result: RulesView };
  simulate_rules: { args: RulesEdit; result: SimulationView };
  change_rules: { args: RulesChange; result: SimulationView };
  show_new_kit: { args: Nothing; result: KitWordsView };
  answer_kit_words: { args: KitWords; result: boolean };
  seal_new_kit: { args: Escrow; result: SealedKit };
  hand_kit_over: { args: Nothing; result: null };
  pass_setup_step: { args: OfSetupStep; result: null };
  end_setup: { args: Nothing; result: null };
  begin_sign_in: { args: SignInWish; result: SignInView };
  ask_sign_in_code: { args: Nothing; result: SignInCodeView };
  open_sign_in_page: { args: OfSignInPage; result: null };
  wait_for_sign_in: { args: Nothing; result: AccountView | null };
  bring_back_sign_in: { args: BroughtBack; result: AccountView };
  cancel_sign_in: { args: Nothing; result: null };
  choose_inboxes: { args: Inboxes; result: null };
  show_connections: { args: Nothing; result: ConnectionsView };
  test_connection: { args: OfConnection; result: FoundView };
  disconnect: { args: OfConnection; result: null };
  try_tracker: { args: TrackerForm; result: TrackerFoundView };
  connect_tracker: { args: TrackerForm; result: TrackerFoundView };
  try_mail: { args: MailForm; result: MailFoundView };
  connect_mail: { args: MailForm; result: null };
  connect_mail_by_oauth: { args: OAuthMailForm; result: null };
  show_security: { args: Nothing; result: SecurityView };
  change_passphrase: { args: PassphraseChange; result: null };
  set_lock_time: { args: LockAfter; result: null };
  set_viewer_copies: { args: Copies; result: null };
  add_approver: { args: NewApprover; result: null };
  remove_approver: { args: OfPerson; result: null };
  show_storage: { args: Nothing; result: StorageView };
  connect_backup: { args: BackupForm; result: boolean };
  leave_backup: { args: LeaveBackup; result: null };
  back_up: { args: Nothing; result: RoundView };
  erase_aside: { args: OfAside; result: null };
  open_practice_window: { args: Nothing; result: null };
  show_about: { args: Nothing; result: AboutView };
  look_for_update: { args: Nothing; result: UpdateView };
  practice_post: { args: OfCase; result: null };
  practice_ask: { args: OfCase; result: null };
  practice_confirm: { args: OfReceipt; result: null };
  practice_dispute: { args: OfReceipt; result: null };
  practice_close: { args: OfCase; result: null };
  practice_move_clock: { args: MoveClock; result: null };
}
