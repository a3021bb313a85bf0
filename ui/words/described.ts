// The closed sets of the desk that have words. A new value in Rust without words here does not compile.
import type { WaitingKind } from "../deletions/place.svelte";
import type { HoldScopeName, TrackerForm, UpdateProblem } from "../ipc/generated/commands";
import type {
  CaseOrder,
  CaseStanding,
  EventTopic,
  Fault,
  Job,
  ReceiptOrder,
  ReceiptStanding,
} from "../ipc/generated/names";
import type { EntryRefusal, LayerKind, TextEncoding } from "../ipc/generated/viewer";
import type {
  AnswerView,
  AttentionKind,
  BackupStanding,
  DeskView,
  ErasureRow,
  FileView,
  JobStanding,
  LeftWhy,
  LocationCountView,
  UnfitView,
  ProposedAct,
  RequestView,
  RuleView,
  SignatureFound,
  SetupStanding,
  SetupStep,
  StorageView,
  TicketState,
} from "../ipc/generated/views";

export interface Described {
  unfit: Record<UnfitView["why"], string>;
  faults: Record<Fault, { what: string; todo: string }>;
  layerKind: Record<LayerKind, string>;
  encoding: Record<TextEncoding, string>;
  entryRefusal: Record<EntryRefusal, string>;
  setupStep: Record<SetupStep | "passphrase", string>;
  setupStanding: Record<SetupStanding, string>;
  trackerKind: Record<TrackerForm["kind"], string>;
  backupStanding: Record<BackupStanding, string>;
  ledgerPlace: Record<StorageView["ledger"], string>;
  updateProblem: Record<UpdateProblem, { what: string; todo: string }>;
  jobs: Record<Job, string>;
  jobStanding: Record<JobStanding, string>;
  keyStore: Record<DeskView["key_store"], string>;
  standing: Record<CaseStanding, string>;
  caseOrder: Record<CaseOrder, string>;
  ticketState: Record<TicketState, string>;
  fileState: Record<FileView["state"], string>;
  refusal: Record<NonNullable<FileView["refused"]>, string>;
  left: Record<LeftWhy, string>;
  act: Record<ProposedAct, string>;
  told: Record<NonNullable<RequestView["told"]>, string>;
  channel: Record<RequestView["channel"], string>;
  receiptStanding: Record<ReceiptStanding, string>;
  receiptOrder: Record<ReceiptOrder, string>;
  signature: Record<SignatureFound, string>;
  erasureReason: Record<NonNullable<ErasureRow["reason"]>, string>;
  waiting: Record<WaitingKind, string>;
  topic: Record<EventTopic, string>;
  answer: Record<AnswerView["answer"], string>;
  grade: Record<AnswerView["grade"], string>;
  attention: Record<AttentionKind, { what: string; todo: string }>;
  locationState: Record<LocationCountView["state"], string>;
  // A word of the desk that its views carry as plain text.
  holdScope: Record<HoldScopeName, string>;
  start: Record<RuleView["start"], string>;
  requestStanding: Record<"accepted" | "unclear" | "set_aside", string>;
}
