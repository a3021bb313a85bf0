// Generated (interim)

export type DeskView = { unlocked: boolean, practice: boolean, issuer: string, rule: string, key_store: "keychain" | "key_file", now: string, version: string, jobs: Array<JobView>, attention: Array<AttentionView> };

export type JobView = { job: string, ran_at: string, good_at: string | null, problem: ProblemView | null };

export type ProblemView = { code: string, what: string, todo: string };

export type AttentionView = { kind: AttentionKind, case: string | null, receipt: string | null, request: string | null, since: string };

export type AttentionKind = "unclear_request" | "receipt_bounced" | "receipt_disputed" | "answer_unclear" | "file_lost" | "erasure_stuck" | "case_exposed" | "sweep_stopped" | "hold_review";

export type CaseRow = { id: string, title: string, customer: string, ticket: string, ticket_state: TicketState, standing: CaseStanding, files: number, bytes: number, erases_at: string | null, active_at: string, opened_at: string };

export type TicketState = "open" | "closed" | "in_doubt";

export type CaseStanding = "arriving" | "held" | "due" | "on_hold" | "erasing" | "erased" | "confirmed" | "needs_person" | "empty";

export type CaseView = { row: CaseRow, topic: number, thread_url: string, rule: string, why: Array<string>, files: Array<FileView>, holds: Array<HoldView>, requests: Array<RequestView>, receipts: Array<ReceiptRowView>, timeline: Array<EventView> };

export type FileView = { id: string, case: string, name: string, size: number | null, arrived_at: string, state: "arriving" | "refused" | "held" | "due" | "erasing" | "erased" | "lost", refused: "not_private" | "too_large" | "empty" | "unreadable" | "withdrawn" | null, erases_at: string | null, problem: ProblemView | null, viewing_copies: Array<ViewingCopyView> };

export type ViewingCopyView = { id: string, by: string, until: string };

export type HoldView = { id: string, scope: string, covers: string, owner: string, reason: string, placed_at: string, review_at: string, lifted_at: string | null };

export type RequestView = { id: string, case: string, by_customer: boolean, channel: "thread" | "mail" | "desk", received_at: string, standing: string };

export type ReceiptRowView = { id: string, case: string, title: string, customer: string, files: number, issued_at: string, complete: boolean, follows: string | null, standing: ReceiptStanding, channel: "thread" | "mail" | "desk" | null, grade: "replied" | "replied_with_dkim" | "confirmed_in_thread" | null, token: string };

export type ReceiptStanding = "waiting" | "sent" | "bounced" | "confirmed" | "disputed" | "answer_unclear";

export type ReceiptView = { row: ReceiptRowView, signature_fits: boolean | null, letter: string, statement: string, payload_digest: string, locations: Array<LocationView>, answers: Array<AnswerView> };

export type LocationView = { file: string, name: string, words: string, state: string, closed: boolean };

export type AnswerView = { answer: "confirmed" | "disputed" | "unclear", grade: "replied" | "replied_with_dkim" | "confirmed_in_thread", at: string };

export type EventView = { index: number, at: string, who: string, what: string, event: string };

export type PlanView = { lines: Array<PlanLine>, would_erase: number, cap: number, token: string };

export type PlanLine = { file: string, case: string, name: string, outcome: string, erases_at: string | null, why: Array<string> };

export type RoundView = { sealed: number, decided: number, erased: number, sent: number, answers: number, problems: Array<JobProblem> };

export type JobProblem = { job: string, problem: ProblemView };

export type CheckView = { name: string, found: string, problem: ProblemView | null };
