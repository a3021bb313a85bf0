// Made from the Rust types by src-tauri/tests/bindings.rs. Changes here are overwritten.

export type Fault = "unreachable" | "server_trouble" | "blocked" | "rate_limited" | "credentials_refused" | "not_allowed" | "not_found" | "answer_not_understood" | "bad_redirect" | "wrong_length" | "content_changed" | "still_written" | "too_large" | "tls" | "address_refused" | "disk_full" | "disk_trouble" | "damaged" | "locked" | "wrong_passphrase" | "keychain_trouble" | "key_missing" | "ledger_trouble" | "ledger_damaged" | "ledger_newer" | "conflict" | "in_use" | "not_proven" | "not_connected" | "settings_trouble" | "no_desk" | "desk_exists" | "past_ceiling" | "clock_in_doubt" | "over_cap";

export type Job = "intake" | "drop_folders" | "watch" | "sweep" | "erase" | "deliver" | "confirm" | "reconcile";
