// The closed sets of the desk that have words. A new value in Rust without words here does not compile.
import type { HoldScopeName } from "../ipc/generated/commands";
import type { CaseOrder, CaseStanding, Job } from "../ipc/generated/names";
import type {
  AnswerView,
  AttentionKind,
  DeskView,
  FileView,
  JobStanding,
  LeftWhy,
  LocationCountView,
  ProposedAct,
  ReceiptStanding,
  RequestView,
  RuleView,
  TicketState,
} from "../ipc/generated/views";

export interface Described {
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
  answer: Record<AnswerView["answer"], string>;
  grade: Record<AnswerView["grade"], string>;
  attention: Record<AttentionKind, { what: string; todo: string }>;
  locationState: Record<LocationCountView["state"], string>;
  // A word of the desk that its views carry as plain text.
  holdScope: Record<HoldScopeName, string>;
  start: Record<RuleView["start"], string>;
  requestStanding: Record<"accepted" | "unclear" | "set_aside", string>;
}
