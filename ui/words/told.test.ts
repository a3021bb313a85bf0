// Every code that the desk tells has a sentence in both languages, and every value that comes with it stands in it.
import { expect, test } from "vitest";
import type {
  Happening,
  LocationFound,
  LocationKind,
  RuleTermsView,
  WhoView,
  WhomView,
  WhyView,
} from "../ipc/generated/views";
import { say } from "../shared/sentence";
import { de } from "./de";
import type { Sentences } from "./described";
import { en } from "./en";

/** Samples of every code. Each is a value with what must stand in its sentence, whatever the language. */
type Samples<Of extends { code: string }> = {
  [Code in Of["code"]]: [Extract<Of, { code: Code }>, ...string[]][];
};

const at = "2026-11-26T13:30:00.000Z";
const ticket = { tracker: "redmine", key: "4711" };
const usual: RuleTermsView = {
  start: "ticket_closed",
  period: "0 days",
  grace: "3 days",
  ceiling: "91 days",
  forum_copy: "leave",
};
const rules = [
  { code: "terms" as const, ...usual },
  { code: "other" as const, text: "Keep it well." },
];
const recorded = ["3", "91", "Keep it well."];

const happenings: Samples<Happening> = {
  desk_created: [[{ code: "desk_created" }]],
  case_opened: [[{ code: "case_opened", topic: 1042 }, "1042"]],
  case_exposed: [
    [{ code: "case_exposed", exposed: true }],
    [{ code: "case_exposed", exposed: false }],
  ],
  ticket_read: (["open", "closed", "in_doubt"] as const).map((found) => [
    { code: "ticket_read", found },
  ]),
  ticket_linked: [[{ code: "ticket_linked", ticket }, "4711", "redmine"]],
  ticket_offered: (["offered", "taken", "set_aside"] as const).map((standing) => [
    { code: "ticket_offered", ticket, standing },
    "4711",
    "redmine",
  ]),
  attachments_probed: [
    [{ code: "attachments_probed", open: true }],
    [{ code: "attachments_probed", open: false }],
  ],
  link_noted: [[{ code: "link_noted", service: "WeTransfer" }, "WeTransfer"]],
  notice_given: [[{ code: "notice_given" }]],
  case_forgotten: [[{ code: "case_forgotten" }]],
  file_arrived: [[{ code: "file_arrived" }]],
  file_refused: (
    ["not_private", "too_large", "empty", "unreadable", "withdrawn", "erased_before"] as const
  ).map((why) => [{ code: "file_refused", why }]),
  arrival_delayed: [[{ code: "arrival_delayed", attempts: 23 }, "23"]],
  files_brought: [
    [{ code: "files_brought", files: 1 }],
    [{ code: "files_brought", files: 23 }, "23"],
  ],
  drop_erased: [[{ code: "drop_erased" }]],
  file_sealed: [[{ code: "file_sealed", bytes: 41_943_040 }, "41943040"]],
  file_due: (["ticket_closed", "customer_asked", "period_ended", "staff_decided"] as const).map(
    (reason) => [{ code: "file_due", reason, erase_at: at }, at],
  ),
  file_spared: (["reopened", "hold", "rule_changed", "own_date"] as const).map((why) => [
    { code: "file_spared", why },
  ]),
  erasure_begun: (
    ["ticket_closed", "customer_asked", "period_ended", "staff_decided"] as const
  ).map((reason) => [{ code: "erasure_begun", reason }]),
  wraps_dropped: [[{ code: "wraps_dropped" }]],
  erasure_delayed: [[{ code: "erasure_delayed", attempts: 23 }, "23"]],
  files_erased: [
    [{ code: "files_erased", files: 1, complete: true }, "1"],
    [{ code: "files_erased", files: 23, complete: true }, "23"],
    [{ code: "files_erased", files: 23, complete: false }, "23"],
  ],
  follow_up_issued: [[{ code: "follow_up_issued" }]],
  file_lost: [
    [{ code: "file_lost", finding: "missing" }],
    [{ code: "file_lost", finding: "damaged" }],
  ],
  unknown_set_aside: [[{ code: "unknown_set_aside", count: 23 }, "23"]],
  aside_erased: [[{ code: "aside_erased", bytes: 20_480 }, "20480"]],
  remains_erased: [
    [{ code: "remains_erased", count: 1 }, "1"],
    [{ code: "remains_erased", count: 23 }, "23"],
  ],
  hold_placed: [[{ code: "hold_placed", review_at: at }, at]],
  hold_reviewed: [[{ code: "hold_reviewed", review_at: at }, at]],
  hold_handed_on: [[{ code: "hold_handed_on", to: "Noor Haddad" }, "Noor Haddad"]],
  hold_lifted: [[{ code: "hold_lifted" }]],
  own_date_given: [
    [{ code: "own_date_given", of_case: true, end: at }, at],
    [{ code: "own_date_given", of_case: false, end: at }, at],
  ],
  own_date_withdrawn: [[{ code: "own_date_withdrawn" }]],
  request_received: (["accepted", "unclear"] as const).flatMap((standing) =>
    (["thread", "mail", "desk"] as const).map(
      (channel): Samples<Happening>["request_received"][number] => [
        { code: "request_received", standing, channel },
      ],
    ),
  ),
  request_resolved: [
    [{ code: "request_resolved", accepted: true }],
    [{ code: "request_resolved", accepted: false }],
  ],
  reply_owed: [
    [{ code: "reply_owed", files: 1 }, "1"],
    [{ code: "reply_owed", files: 23 }, "23"],
  ],
  reply_sent: [
    [{ code: "reply_sent", channel: "mail" }],
    [{ code: "reply_sent", channel: "thread" }],
  ],
  reply_delayed: [[{ code: "reply_delayed", attempts: 23 }, "23"]],
  reply_bounced: [[{ code: "reply_bounced" }]],
  reply_requeued: [
    [{ code: "reply_requeued", channel: "thread" }],
    [{ code: "reply_requeued", channel: "mail" }],
  ],
  reply_withdrawn: [[{ code: "reply_withdrawn" }]],
  four_eyes_changed: [
    [{ code: "four_eyes_changed", lift_hold: false, early_erasure: false, export: false }],
    [{ code: "four_eyes_changed", lift_hold: true, early_erasure: false, export: false }],
    [{ code: "four_eyes_changed", lift_hold: false, early_erasure: true, export: false }],
    [{ code: "four_eyes_changed", lift_hold: false, early_erasure: false, export: true }],
  ],
  approver_added: [[{ code: "approver_added", person: "Noor Haddad" }, "Noor Haddad"]],
  approver_removed: [[{ code: "approver_removed", person: "Noor Haddad" }, "Noor Haddad"]],
  approver_failed: [[{ code: "approver_failed", person: "Noor Haddad" }, "Noor Haddad"]],
  proposal_made: (
    [
      ["lift_hold", false],
      ["erase_early", false],
      ["erase_early", true],
      ["export_report", false],
      ["export_ledger", false],
      ["export_file", true],
    ] as const
  ).map(([act, one_file]) => [
    { code: "proposal_made", act, one_file, expires_at: at, proposal: "0a1b2c3d" },
    at,
    "0a1b2c3d",
  ]),
  proposal_approved: [[{ code: "proposal_approved", proposal: "0a1b2c3d" }, "0a1b2c3d"]],
  proposal_declined: [[{ code: "proposal_declined", proposal: "0a1b2c3d" }, "0a1b2c3d"]],
  proposal_used: [[{ code: "proposal_used", proposal: "0a1b2c3d" }, "0a1b2c3d"]],
  proposal_expired: [[{ code: "proposal_expired", proposal: "0a1b2c3d" }, "0a1b2c3d"]],
  sweep_stopped: [[{ code: "sweep_stopped", would_erase: 37, cap: 23 }, "37", "23"]],
  sweep_approved: [[{ code: "sweep_approved", would_erase: 37 }, "37"]],
  rules_changed: [
    [
      { code: "rules_changed", rules, erased_now: 17, sooner: 37, later: 23 },
      "17",
      "37",
      "23",
      ...recorded,
    ],
  ],
  rules_adopted: [[{ code: "rules_adopted", rules }, ...recorded]],
  digest_sent: [
    [{ code: "digest_sent", cases: 1, files: 1 }, "1"],
    [{ code: "digest_sent", cases: 17, files: 37 }, "17", "37"],
  ],
  clock_confirmed: [[{ code: "clock_confirmed", now: at }, at]],
  paused: [[{ code: "paused", until: at }, at]],
  resumed: [[{ code: "resumed" }]],
  file_opened: [[{ code: "file_opened" }]],
  file_exported: [[{ code: "file_exported" }]],
  viewing_copy_made: [[{ code: "viewing_copy_made", until: at }, at]],
  viewing_copy_extended: [[{ code: "viewing_copy_extended", until: at }, at]],
  viewing_copy_beside: [[{ code: "viewing_copy_beside", beside: 23 }, "23"]],
  viewing_copy_stays: [[{ code: "viewing_copy_stays" }]],
  viewing_copy_ended: [
    ...(["done", "lease_over", "locked", "erasing", "restart"] as const).map(
      (why): Samples<Happening>["viewing_copy_ended"][number] => [
        { code: "viewing_copy_ended", why, beside: 0, elsewhere: 0 },
      ],
    ),
    [{ code: "viewing_copy_ended", why: "done", beside: 37, elsewhere: 23 }, "37", "23"],
  ],
  epoch_rotated: [[{ code: "epoch_rotated", epoch: 37, keys: 23 }, "37", "23"]],
  epoch_destroyed: [[{ code: "epoch_destroyed", epoch: 37 }, "37"]],
  receipt_sent: [
    [{ code: "receipt_sent", channel: "mail" }],
    [{ code: "receipt_sent", channel: "thread" }],
  ],
  receipt_requeued: [
    [{ code: "receipt_requeued", channel: "mail" }],
    [{ code: "receipt_requeued", channel: "thread" }],
  ],
  receipt_delayed: [[{ code: "receipt_delayed", attempts: 23 }, "23"]],
  receipt_bounced: [[{ code: "receipt_bounced" }]],
  receipt_answered: (["confirmed", "disputed", "unclear"] as const).flatMap((answer) =>
    (["replied", "replied_with_dkim", "confirmed_in_thread"] as const).map(
      (grade): Samples<Happening>["receipt_answered"][number] => [
        { code: "receipt_answered", answer, grade },
      ],
    ),
  ),
  backup_connected: [[{ code: "backup_connected", backup: "second disk" }, "second disk"]],
  backup_left: [
    [{ code: "backup_left", backup: "second disk", emptied: true }, "second disk"],
    [{ code: "backup_left", backup: "second disk", emptied: false }, "second disk"],
  ],
  recovery_kit_made: [[{ code: "recovery_kit_made" }]],
  recovery_kit_saved: [
    [{ code: "recovery_kit_saved", sealed: true }],
    [{ code: "recovery_kit_saved", sealed: false }],
  ],
  recipients_changed: [
    [{ code: "recipients_changed", keys: 37, recipients: 23 }, "37", "23"],
    [{ code: "recipients_changed", keys: 1, recipients: 1 }, "1"],
  ],
  restored: [[{ code: "restored", files: 37, replayed: 23 }, "37", "23"]],
  erasure_replayed: [
    [{ code: "erasure_replayed", receipted: true }],
    [{ code: "erasure_replayed", receipted: false }],
  ],
  file_brought_back: [[{ code: "file_brought_back", backup: "second disk" }, "second disk"]],
  drill_done: [
    [{ code: "drill_done", backup: "second disk", passed: true }, "second disk"],
    [{ code: "drill_done", backup: "second disk", passed: false }, "second disk"],
  ],
  unlocked: [[{ code: "unlocked" }]],
  unlock_failed: [[{ code: "unlock_failed" }]],
  locked: [[{ code: "locked" }]],
  passphrase_changed: [[{ code: "passphrase_changed" }]],
  settings_changed: [
    [
      { code: "settings_changed", parts: ["times", "mail"], rules: [], by_hand: false },
      "times",
      "mail",
    ],
    [{ code: "settings_changed", parts: ["rule"], rules, by_hand: true }, "rule", ...recorded],
  ],
  connected: [
    ...(
      ["forum", "forum_by_key", "forum_by_sign_in", "mail", "mail_by_oauth", "ledger"] as const
    ).map((code): Samples<Happening>["connected"][number] => [
      { code: "connected", server: { code } },
    ]),
    [{ code: "connected", server: { code: "tracker", name: "redmine" } }, "redmine"],
    [{ code: "connected", server: { code: "other", text: "teleprinter" } }, "teleprinter"],
  ],
  disconnected: [
    [{ code: "disconnected", server: { code: "forum" } }],
    [{ code: "disconnected", server: { code: "tracker", name: "redmine" } }, "redmine"],
  ],
  incident_prepared: [
    [{ code: "incident_prepared", files: 37, customers: 23, copies: 17 }, "37", "23", "17"],
  ],
  exported: [
    ...(["report", "all_tables", "kept_tables", "personal_tables"] as const).map(
      (code): Samples<Happening>["exported"][number] => [{ code: "exported", what: { code } }],
    ),
    [{ code: "exported", what: { code: "receipt", receipt: "0a1b2c3d4e5f" } }, "0a1b2c3d"],
    [{ code: "exported", what: { code: "events", after: 0 } }],
    [{ code: "exported", what: { code: "events", after: 118 } }, "118"],
    [{ code: "exported", what: { code: "other", text: "teleprinter" } }, "teleprinter"],
  ],
};

const whys: Samples<WhyView> = {
  hold: [[{ code: "hold", hold: "0a1b2c3d" }, "0a1b2c3d"]],
  ticket_open: [[{ code: "ticket_open" }]],
  ticket_closed: [[{ code: "ticket_closed", since: at }, at]],
  ticket_in_doubt: [[{ code: "ticket_in_doubt", since: at }, at]],
  customer_asked: [[{ code: "customer_asked", at }, at]],
  staff_decided: [[{ code: "staff_decided", at }, at]],
  period_ends: [[{ code: "period_ends", at }, at]],
  own_date: [[{ code: "own_date", at }, at]],
  grace_until: [[{ code: "grace_until", at }, at]],
  grace_over: [[{ code: "grace_over" }]],
};

const whoms: Samples<WhomView> = {
  tags: [[{ code: "tags", any: ["urgent", "vip"] }, "urgent", "vip"]],
  categories: [[{ code: "categories", any: [17, 23] }, "17", "23"]],
  products: [[{ code: "products", any: ["Atlas", "Orion"] }, "Atlas", "Orion"]],
  customers: [[{ code: "customers", any: ["@example.com", "carol"] }, "@example.com", "carol"]],
  kinds: (["document", "log", "dump", "archive", "image", "other"] as const).map((kind) => [
    { code: "kinds", any: [kind] },
  ]),
};

const places: Samples<LocationKind> = {
  sealed_file: [[{ code: "sealed_file" }]],
  key_wrap: [[{ code: "key_wrap" }]],
  viewing_copy: [[{ code: "viewing_copy" }]],
  forum_copy: [[{ code: "forum_copy" }]],
  backup: [[{ code: "backup", name: "second disk" }, "second disk"]],
  drop_folder: [[{ code: "drop_folder" }]],
};

const founds: Samples<LocationFound> = {
  present: [[{ code: "present" }]],
  erased_verified: [[{ code: "erased_verified" }]],
  key_destroyed: [[{ code: "key_destroyed" }]],
  expires_on: [[{ code: "expires_on", date: at }, at]],
  requested_not_confirmed: [[{ code: "requested_not_confirmed" }]],
  held: [[{ code: "held" }]],
  not_ours: [[{ code: "not_ours" }]],
  failed: [[{ code: "failed" }]],
  unknown: [[{ code: "unknown" }]],
};

function tell<Of extends { code: string }>(
  name: string,
  samples: Samples<Of>,
  english: Sentences<Of>,
  german: Sentences<Of>,
) {
  test(`${name} are told in both languages, with every value`, () => {
    const all = Object.values<[Of, ...string[]][]>(samples).flat();
    const said = { en: new Set<string>(), de: new Set<string>() };
    for (const [it, ...values] of all) {
      const sentences = { en: say(english, it), de: say(german, it) };
      for (const language of ["en", "de"] as const) {
        const sentence = sentences[language];
        expect(sentence.trim(), it.code).not.toBe("");
        expect(sentence, it.code).not.toMatch(/undefined|null|\[object| {2}| $/);
        for (const value of values) expect(sentence, it.code).toContain(value);
        expect(said[language].has(sentence), `${it.code}: ${sentence}`).toBe(false);
        said[language].add(sentence);
      }
      expect(sentences.de, it.code).not.toBe(sentences.en);
    }
  });
}

tell("happenings", happenings, en.told.happened, de.told.happened);
tell("reasons", whys, en.told.why, de.told.why);
tell("whom a rule is for", whoms, en.told.whom, de.told.whom);
tell("places", places, en.told.place, de.told.place);
tell("what was found", founds, en.told.found, de.told.found);

test("whoever did it is named", () => {
  const who = (it: WhoView) => [say(en.told.who, it), say(de.told.who, it)];
  expect(who({ code: "desk" })).toEqual(["Custody", "Custody"]);
  expect(who({ code: "customer" })).toEqual(["The customer", "Der Kunde"]);
  expect(who({ code: "person", name: "Noor Haddad" })).toEqual(["Noor Haddad", "Noor Haddad"]);
});

test("a rule is one sentence with its times", () => {
  expect(en.told.rule(usual)).toBe(
    "Erase 3 days after the ticket closes, and at the latest 91 days after arrival.",
  );
  expect(de.told.rule(usual)).toBe(
    "Löschen: 3 Tage nach dem Schließen des Tickets, spätestens 91 Tage nach dem Eingang.",
  );
  const other: RuleTermsView = {
    start: "customer_activity",
    period: "36 hours",
    grace: "1 day",
    ceiling: null,
    forum_copy: "strip",
  };
  expect(en.told.rule(other)).toBe(
    "Erase 36 hours after the customer last wrote, with 1 day of grace; then take the forum’s own copy out of the thread.",
  );
  expect(de.told.rule(other)).toBe(
    "Löschen: 36 Stunden nach der letzten Nachricht des Kunden, dazu 1 Tag Karenz; danach die Kopie im Forum aus dem Thema nehmen.",
  );
});
