// The first run, connections and settings of a world in memory.
import type { CommandName } from "../backend";
import type { Fault } from "../generated/names";
import type { AccountView, ScopeName, SetupStep, SetupView } from "../generated/views";
import type { Handlers } from "./fake";
import { type FakeWorld, hours } from "./world";

type Own = Extract<
  CommandName,
  | "show_new_kit"
  | "answer_kit_words"
  | "seal_new_kit"
  | "hand_kit_over"
  | "pass_setup_step"
  | "end_setup"
  | "begin_sign_in"
  | "ask_sign_in_code"
  | "open_sign_in_page"
  | "wait_for_sign_in"
  | "bring_back_sign_in"
  | "cancel_sign_in"
  | "choose_inboxes"
  | "show_connections"
  | "test_connection"
  | "disconnect"
  | "try_tracker"
  | "connect_tracker"
  | "try_mail"
  | "connect_mail"
  | "connect_mail_by_oauth"
  | "show_security"
  | "change_passphrase"
  | "set_lock_time"
  | "set_viewer_copies"
  | "add_approver"
  | "remove_approver"
  | "show_storage"
  | "connect_backup"
  | "leave_backup"
  | "back_up"
  | "erase_aside"
  | "open_practice_window"
  | "show_about"
  | "look_for_update"
>;

/** Twenty-four words, none of which opens anything. */
export const kitWords =
  "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual".split(
    " ",
  );

const recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

export function setupOf(world: FakeWorld): SetupView | null {
  const { setup, connections } = world;
  if (!setup || world.practice) return null;
  const isDone: Record<SetupStep, boolean> = {
    kit: world.kit === "saved",
    forum: connections.forum !== null,
    servers: connections.mail !== null || connections.trackers.length > 0,
    rule: setup.passed.includes("rule"),
  };
  const steps = (Object.keys(isDone) as SetupStep[]).map((step) => ({
    step,
    standing: isDone[step]
      ? ("done" as const)
      : setup.passed.includes(step)
        ? ("later" as const)
        : ("open" as const),
  }));
  return { steps };
}

export function settingsHandlers(
  world: FakeWorld,
  refuse: (code: Fault) => never,
): Pick<Handlers, Own> {
  let asked = "";
  let replies = false;
  let sealed = false;
  let settle: ((account: AccountView | null) => void) | null = null;

  const signIn = (): AccountView => {
    world.connected = true;
    world.connections.forum = {
      url: asked,
      signed_in: true,
      personal: true,
      groups: [],
      others: 0,
      per_minute: 15,
      per_day: 2400,
    };
    const rights = (["read", "session_info", "message_bus"] as const).map((name) => ({
      name,
      standing: "found" as const,
    }));
    return { username: "robin", staff: true, inboxes: world.inboxes, rights };
  };
  // A browser test lets the desk in as the forum would: `fake.world.letIn()`.
  world.letIn = () => settle?.(signIn());

  const trackerFound = {
    account: "custody",
    places: ["Support", "Escalations"],
    sees_tickets: true,
    closed_states: ["resolved", "rejected"],
    open_states: ["new", "open", "stalled"],
    unknown_states: [],
  };
  const mailFound = { token: null, out: { fault: null }, in: { fault: null } };

  return {
    show_new_kit() {
      world.kit = "made";
      sealed = false;
      return { words: kitWords, asked: [3, 11, 20] };
    },
    answer_kit_words({ words }) {
      const right = [3, 11, 20].every(
        (at, index) => words[index]?.trim().toLowerCase() === kitWords[at - 1],
      );
      if (right) world.kit = "saved";
      return right;
    },
    seal_new_kit() {
      world.kit = "made";
      sealed = true;
      return {
        text: "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+\n-----END AGE ENCRYPTED FILE-----\n",
      };
    },
    hand_kit_over() {
      if (!sealed) refuse("no_recovery_kit");
      world.kit = "saved";
      return null;
    },
    pass_setup_step({ step }) {
      world.setup?.passed.push(step);
      return null;
    },
    end_setup() {
      world.setup = null;
      return null;
    },
    begin_sign_in({ url, replies: wanted }) {
      asked = url.includes("://") ? url : `https://${url}/`;
      replies = wanted;
      const names: ScopeName[] = [
        "read",
        "session_info",
        "message_bus",
        ...(replies ? (["write"] as const) : []),
      ];
      return {
        forum: asked,
        device_codes: world.deviceCodes,
        page: `${asked}user-api-key/new`,
        redirect_page: `${asked}user-api-key/new?auth_redirect=custody`,
        scopes: names.map((name) => ({ name })),
      };
    },
    ask_sign_in_code() {
      return { code: "BCDF-GHJK", page: `${asked}activate`, lasts_seconds: 600 };
    },
    open_sign_in_page() {
      return null;
    },
    wait_for_sign_in() {
      return new Promise<AccountView | null>((done) => (settle = done));
    },
    bring_back_sign_in({ brought }) {
      if (!brought.includes("payload")) refuse("answer_not_understood");
      return signIn();
    },
    cancel_sign_in() {
      settle?.(null);
      settle = null;
      return null;
    },
    choose_inboxes({ personal, groups }) {
      Object.assign(world.connections.forum ?? refuse("not_connected"), { personal, groups });
      return null;
    },
    show_connections() {
      return world.connections;
    },
    test_connection({ what }) {
      if (what === "forum")
        return {
          of: "forum",
          username: "robin",
          staff: true,
          inboxes: world.inboxes,
          threads: 14,
          left_this_minute: 12,
          left_today: 2311,
          paused_seconds: null,
        };
      if (what === "tracker") return { of: "tracker", ...trackerFound };
      return { of: "mail", ...mailFound };
    },
    disconnect({ what, tracker }) {
      if (what === "forum") Object.assign(world, { connected: false }).connections.forum = null;
      else if (what === "mail") world.connections.mail = null;
      else
        world.connections.trackers = world.connections.trackers.filter(
          ({ name }) => name !== tracker,
        );
      return null;
    },
    try_tracker() {
      return trackerFound;
    },
    connect_tracker({ name, kind, url }) {
      world.connections.trackers.push({ name, kind, url });
      return trackerFound;
    },
    try_mail({ secret }) {
      return secret === "wrong"
        ? { ...mailFound, in: { fault: "credentials_refused" } }
        : mailFound;
    },
    connect_mail({ servers, secret }) {
      if (secret === "wrong") refuse("credentials_refused");
      const { from, smtp, imap } = servers;
      world.connections.mail = { from, smtp, imap, oauth: false };
      return null;
    },
    connect_mail_by_oauth({ servers: { from, smtp, imap } }) {
      world.connections.mail = { from, smtp, imap, oauth: true };
      return null;
    },
    show_security() {
      return {
        lock_minutes: world.lockMinutes,
        viewer_copies: world.viewerCopies,
        recovery_recipient: world.kit === "none" ? null : recipient,
        recipients: [recipient],
        approvers: Object.keys(world.approvers).map((name) => ({
          name,
          public_key: "00".repeat(32),
          here: true,
          added_at: hours(-200),
        })),
      };
    },
    change_passphrase({ old, passphrase }) {
      if (old !== world.passphrase) refuse("wrong_passphrase");
      world.passphrase = passphrase;
      return null;
    },
    set_lock_time({ minutes }) {
      world.lockMinutes = minutes;
      return null;
    },
    set_viewer_copies({ copies }) {
      world.viewerCopies = copies;
      return null;
    },
    add_approver({ name, passphrase }) {
      if (name in world.approvers) refuse("conflict");
      world.approvers[name] = passphrase;
      return null;
    },
    remove_approver({ name }) {
      world.approvers = Object.fromEntries(
        Object.entries(world.approvers).filter(([known]) => known !== name),
      );
      return null;
    },
    show_storage() {
      return {
        folder: "/home/robin/.local/share/custody",
        key_store: "keychain",
        ledger: "embedded",
        ...world.storage,
      };
    },
    connect_backup({ name, kept_days }) {
      if (world.kit === "none") refuse("no_recovery_kit");
      world.storage.backups.push({
        name,
        folder: "/media/another",
        snapshots_kept: `${kept_days} days`,
        standing: "current",
        problem: null,
        files: 0,
        bytes: 0,
        missing: 0,
        generation: 1,
        good_at: new Date(world.now).toISOString(),
      });
      return true;
    },
    leave_backup({ name }) {
      world.storage.backups = world.storage.backups.filter((backup) => backup.name !== name);
      return null;
    },
    back_up() {
      return { sealed: 0, decided: 0, erased: 0, sent: 0, answers: 0, problems: [] };
    },
    erase_aside({ name }) {
      world.storage.aside = world.storage.aside.filter((thing) => thing.name !== name);
      return null;
    },
    open_practice_window() {
      return null;
    },
    show_about() {
      return {
        version: "0.1.0",
        channel: "stable",
        server: "releases.custody.example",
        signed_by: "950E8984399CAB92",
      };
    },
    look_for_update() {
      return world.update;
    },
  };
}
