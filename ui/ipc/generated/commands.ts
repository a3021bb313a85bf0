// Generated (interim)
import type { Fault } from "./names";
import type { CaseRow, CaseView, DeskView, PlanView, ReceiptRowView, ReceiptView, RoundView, ViewingCopyView } from "./views";

export type IpcError = { code: Fault, reference: string };
export type StageView = { "stage": "first_run" } | { "stage": "running", desk: DeskView } | { "stage": "failed", code: Fault, reference: string };
export type ViewingCopyPlace = { copy: ViewingCopyView, path: string };
export type HoldScopeName = "file" | "case" | "customer";
export type NoArgs = Record<string, never>;

export interface Commands {
  show_desk: { args: NoArgs; result: StageView };
  create_desk: { args: { passphrase: string }; result: StageView };
  start_practice: { args: NoArgs; result: StageView };
  unlock: { args: { passphrase: string }; result: null };
  lock: { args: NoArgs; result: null };
  run_round: { args: NoArgs; result: RoundView };
  list_cases: { args: NoArgs; result: Array<CaseRow> };
  show_case: { args: { case: string }; result: CaseView };
  place_hold: { args: { scope: HoldScopeName, case: string, file: string | null, reason: string, review_at: string }; result: null };
  lift_hold: { args: { hold: string }; result: null };
  ask_erasure: { args: { case: string, file: string | null, reason: string }; result: null };
  resolve_request: { args: { request: string, accept: boolean }; result: null };
  make_viewing_copy: { args: { file: string, minutes: number }; result: ViewingCopyPlace };
  end_viewing_copy: { args: { copy: string }; result: null };
  list_receipts: { args: NoArgs; result: Array<ReceiptRowView> };
  show_receipt: { args: { receipt: string }; result: ReceiptView };
  resend_receipt: { args: { receipt: string }; result: null };
  show_plan: { args: NoArgs; result: PlanView };
  approve_sweep: { args: { token: string }; result: null };
  practice_ask: { args: { case: string }; result: null };
  practice_confirm: { args: { receipt: string }; result: null };
  practice_close: { args: { case: string }; result: null };
  practice_move_clock: { args: { days: number }; result: null };
}
