// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.

export type Answer = "confirmed" | "disputed" | "unclear";

export type CaseOrder = "opened" | "active" | "erased_next" | "bytes";

export type CaseStanding = "arriving" | "held" | "due" | "on_hold" | "erasing" | "erased" | "confirmed" | "needs_person" | "empty";

export type Channel = "thread" | "mail" | "desk";

export type CopyEnd = "done" | "lease_over" | "locked" | "erasing" | "restart";

export type ErasureStage = "next" | "running" | "done";

export type EventActor = "desk" | "person" | "customer";

export type EventTopic = "intake" | "erasure" | "receipts" | "requests" | "holds" | "opening" | "desk" | "keys";

export type Fault = "unreachable" | "server_trouble" | "blocked" | "rate_limited" | "credentials_refused" | "not_allowed" | "not_found" | "answer_not_understood" | "bad_redirect" | "wrong_length" | "content_changed" | "still_written" | "copy_in_use" | "lease_too_long" | "startup_unknown" | "pause_too_long" | "offer_over" | "no_reason" | "too_large" | "tls" | "address_refused" | "disk_full" | "disk_trouble" | "damaged" | "locked" | "wrong_passphrase" | "keychain_trouble" | "key_missing" | "ledger_trouble" | "ledger_damaged" | "ledger_newer" | "conflict" | "no_recovery_kit" | "kit_not_saved" | "backup_unreachable" | "backup_taken" | "other_kit" | "backup_damaged" | "backup_old" | "in_use" | "other_desk" | "not_proven" | "not_connected" | "settings_trouble" | "no_desk" | "desk_exists" | "past_ceiling" | "clock_in_doubt" | "over_cap" | "needs_second_person" | "same_person" | "not_an_approver" | "proposal_over" | "approvers_fixed" | "crashed";

export type FileKind = "document" | "log" | "dump" | "archive" | "image" | "other";

export type Finding = "missing" | "damaged";

export type ForumCopyRule = "leave" | "strip";

export type Grade = "replied" | "replied_with_dkim" | "confirmed_in_thread";

export type Job = "intake" | "drop_folders" | "watch" | "sweep" | "erase" | "deliver" | "confirm" | "reconcile" | "backup" | "leases";

export type OfferStanding = "offered" | "taken" | "set_aside";

export type ReceiptOrder = "newest" | "oldest";

export type ReceiptStanding = "waiting" | "sent" | "bounced" | "confirmed" | "disputed" | "answer_unclear";

export type Refusal = "not_private" | "too_large" | "empty" | "unreadable" | "withdrawn" | "erased_before";

export type RequestStanding = "accepted" | "unclear" | "set_aside";

export type Spared = "reopened" | "hold" | "rule_changed" | "own_date";

export type StartPoint = "ticket_closed" | "arrival" | "customer_activity";
