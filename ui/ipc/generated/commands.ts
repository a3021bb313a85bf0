// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.
import type { Fault } from "./names";
import type { CaseRow, CaseView, DeskView, PlanView, ReceiptRowView, ReceiptView, RoundView, ViewingCopyView } from "./views";

export type IpcError = { 
/**
 * What a person is told.
 */
code: Fault, 
/**
 * Under which the log has the cause.
 */
reference: string, };

export type StageView = { "stage": "first_run" } | { "stage": "running", 
/**
 * The desk.
 */
desk: DeskView, } | { "stage": "failed", 
/**
 * What a person is told.
 */
code: Fault, 
/**
 * Under which the log has the cause.
 */
reference: string, };

export type Nothing = Record<symbol, never>;

export type Passphrase = { 
/**
 * As it was typed.
 */
passphrase: string, };

export type Approval = { 
/**
 * Which plan: another one is refused.
 */
token: string, };

export type OfCase = { case: string, };

export type PlaceHold = { scope: HoldScopeName, case: string, file: string | null, reason: string, review_at: string, };

export type HoldScopeName = "file" | "case" | "customer";

export type OfHold = { hold: string, };

export type AskErasure = { case: string, file: string | null, reason: string, };

export type ResolveRequest = { request: string, accept: boolean, };

export type MakeViewingCopy = { file: string, 
/**
 * For how long, at most a day.
 */
minutes: number, };

export type OfViewingCopy = { copy: string, };

export type ViewingCopyPlace = { copy: ViewingCopyView, path: string, };

export type OfReceipt = { receipt: string, };

export type MoveClock = { 
/**
 * Days, at most a year.
 */
days: number, };

export interface Commands {
  show_desk: { args: Nothing; result: StageView };
  create_desk: { args: Passphrase; result: null };
  start_practice: { args: Nothing; result: null };
  unlock: { args: Passphrase; result: null };
  lock: { args: Nothing; result: null };
  run_round: { args: Nothing; result: RoundView };
  list_cases: { args: Nothing; result: Array<CaseRow> };
  show_case: { args: OfCase; result: CaseView };
  place_hold: { args: PlaceHold; result: null };
  lift_hold: { args: OfHold; result: null };
  ask_erasure: { args: AskErasure; result: null };
  resolve_request: { args: ResolveRequest; result: null };
  make_viewing_copy: { args: MakeViewingCopy; result: ViewingCopyPlace };
  end_viewing_copy: { args: OfViewingCopy; result: null };
  list_receipts: { args: Nothing; result: Array<ReceiptRowView> };
  show_receipt: { args: OfReceipt; result: ReceiptView };
  resend_receipt: { args: OfReceipt; result: null };
  show_plan: { args: Nothing; result: PlanView };
  approve_sweep: { args: Approval; result: null };
  practice_ask: { args: OfCase; result: null };
  practice_confirm: { args: OfReceipt; result: null };
  practice_close: { args: OfCase; result: null };
  practice_move_clock: { args: MoveClock; result: null };
}
