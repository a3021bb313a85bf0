// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.

export type Fault = "unreachable" | "server_trouble" | "blocked" | "rate_limited" | "credentials_refused" | "not_allowed" | "not_found" | "answer_not_understood" | "bad_redirect" | "wrong_length" | "content_changed" | "still_written" | "too_large" | "tls" | "address_refused" | "disk_full" | "disk_trouble" | "damaged" | "locked" | "wrong_passphrase" | "keychain_trouble" | "key_missing" | "ledger_trouble" | "ledger_damaged" | "ledger_newer" | "conflict" | "in_use" | "other_desk" | "not_proven" | "not_connected" | "settings_trouble" | "no_desk" | "desk_exists" | "over_cap" | "crashed";

export type Job = "intake" | "drop_folders" | "watch" | "sweep" | "erase" | "deliver" | "confirm" | "reconcile" | "leases";
