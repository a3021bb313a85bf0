// The closed sets of the desk that have words. A new value in Rust without words here does not compile.
import type { WaitingKind } from "../deletions/place.svelte";
import type { HoldScopeName, TrackerForm, UpdateProblem } from "../ipc/generated/commands";
import type {
  Answer,
  CaseOrder,
  CaseStanding,
  Channel,
  EventTopic,
  Fault,
  Grade,
  Job,
  ReceiptOrder,
  ReceiptStanding,
  Refusal,
  RequestStanding,
  StartPoint,
} from "../ipc/generated/names";
import type { EntryRefusal, LayerKind, TextEncoding } from "../ipc/generated/viewer";
import type {
  AttentionKind,
  BackupStanding,
  DeskView,
  ErasureReason,
  FileView,
  JobStanding,
  LeftWhy,
  LocationCountView,
  UnfitView,
  ProposedAct,
  RequestView,
  ScopeName,
  SignatureFound,
  SetupStanding,
  SetupStep,
  StorageView,
  TicketState,
} from "../ipc/generated/views";

/** A sentence for each code of a set, made of the values that come with the code. */
export type Sentences<Of extends { code: string }> = {
  [Code in Of["code"]]: SentenceOf<Extract<Of, { code: Code }>>;
};

type SentenceOf<It> = keyof It extends "code" ? string : (it: It) => string;

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
  refusal: Record<Refusal, string>;
  left: Record<LeftWhy, string>;
  act: Record<ProposedAct, string>;
  told: Record<NonNullable<RequestView["told"]>, string>;
  channel: Record<Channel, string>;
  receiptStanding: Record<ReceiptStanding, string>;
  receiptOrder: Record<ReceiptOrder, string>;
  signature: Record<SignatureFound, string>;
  erasureReason: Record<ErasureReason, string>;
  waiting: Record<WaitingKind, string>;
  topic: Record<EventTopic, string>;
  answer: Record<Answer, string>;
  grade: Record<Grade, string>;
  attention: Record<AttentionKind, { what: string; todo: string }>;
  locationState: Record<LocationCountView["state"], string>;
  // A word of the desk that its views carry as plain text.
  holdScope: Record<HoldScopeName, string>;
  start: Record<StartPoint, string>;
  requestStanding: Record<RequestStanding, string>;
  scope: Record<ScopeName, string>;
}
