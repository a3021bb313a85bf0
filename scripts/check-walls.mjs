// The walls between the crates, where cargo-deny cannot see them: what a crate may not even reach through others,
// what only tests may use, and which bans of the root clippy.toml a crate's own clippy.toml may lift.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, root } from "./run.mjs";

// Crate -> what it must not reach, directly or through any dependency (its tests aside).
const neverReaches = {
  "custody-core": [
    ...[
      "tokio",
      "tauri",
      "age",
      "sqlx",
      "libsqlite3-sys",
      "reqwest",
      "hyper",
      "lettre",
      "async-imap",
      "rustls",
    ],
    ...[
      "axum",
      "keyring",
      "notify",
      "directories",
      "getrandom",
      "custody-vault",
      "custody-ledger",
      "custody-remote",
    ],
    ...["custody-desk", "custody-practice"],
  ],
  "custody-vault": [
    ...[
      "reqwest",
      "hyper",
      "lettre",
      "async-imap",
      "rustls",
      "sqlx",
      "libsqlite3-sys",
      "tauri",
      "axum",
    ],
    ...["custody-ledger", "custody-remote", "custody-desk", "custody-practice"],
  ],
  "custody-ledger": [
    ...["age", "keyring", "reqwest", "hyper", "lettre", "async-imap", "tauri", "axum"],
    ...["custody-vault", "custody-remote", "custody-desk", "custody-practice"],
  ],
  "custody-remote": [
    ...["age", "keyring", "sqlx", "libsqlite3-sys", "tauri", "axum"],
    ...["custody-vault", "custody-ledger", "custody-desk", "custody-practice"],
  ],
  // It reads what strangers wrote: no way to a key, to a disk of ours or to anybody.
  "custody-viewer": [
    ...["tokio", "tauri", "age", "keyring", "sqlx", "libsqlite3-sys", "reqwest", "hyper", "rustls"],
    ...["lettre", "async-imap", "axum", "notify", "directories", "custody-vault"],
    ...["custody-ledger", "custody-remote", "custody-desk", "custody-practice"],
  ],
  // What lays out pages is given words and numbers, and gives bytes.
  "custody-paper": [
    ...["tokio", "tauri", "age", "keyring", "sqlx", "libsqlite3-sys", "reqwest", "hyper", "rustls"],
    ...["getrandom", "directories", "custody-core", "custody-vault", "custody-ledger"],
    ...["custody-remote", "custody-desk", "custody-practice"],
  ],
  "custody-desk": ["tauri", "axum", "custody-practice"],
  // The practice world shares no code with the desk beyond the words of the core: its forum must not know our client.
  "custody-practice": [
    ...["tauri", "age", "keyring", "sqlx", "libsqlite3-sys", "reqwest", "lettre", "async-imap"],
    ...["custody-vault", "custody-ledger", "custody-remote", "custody-desk"],
  ],
  "custody-practice-desk": ["tauri", "wry"],
  "custody-cli": ["tauri", "wry"],
  "custody-tests": ["tauri", "wry"],
  "custody-story-kit": [
    "tauri",
    "custody-desk",
    "custody-practice",
    "custody-vault",
    "custody-ledger",
    "custody-remote",
  ],
};

// Whose rules the window must not carry: its commands call the desk and nothing below it.
const neverNames = {
  "custody-app": [
    "custody-vault",
    "custody-ledger",
    "custody-remote",
    "age",
    "sqlx",
    "reqwest",
    "lettre",
  ],
  "custody-cli": [
    "custody-vault",
    "custody-ledger",
    "custody-remote",
    "age",
    "sqlx",
    "reqwest",
    "lettre",
  ],
};

// Only tests may use these; custody-tests is a test from end to end.
const forTestsOnly = ["proptest", "insta", "tempfile", "jsonschema"];
const testCrates = ["custody-tests"];

// Crate folder -> the beginnings of the banned paths that its own clippy.toml may leave out.
const writesFiles = ["std::fs::", "std::os::", "tokio::fs::"];
const mayLift = {
  "crates/core": [],
  "crates/viewer": [],
  "crates/vault": [...writesFiles, "getrandom::"],
  "crates/desk": [...writesFiles, "std::time::", "jiff::", "getrandom::"],
  "crates/cli": writesFiles,
  tests: writesFiles,
  "crates/practice": [""],
};

const problems = [...dependencyProblems(), ...lintProblems()];
problems.forEach((problem) => console.error(problem));
if (problems.length === 0) {
  const walls = Object.values(neverReaches).reduce((sum, list) => sum + list.length, 0);
  console.log(`Walls: ${walls} hold, and no clippy.toml lifts more than its crate owns.`);
}
process.exitCode = problems.length === 0 ? 0 : 1;

function dependencyProblems() {
  const answer = ask("cargo", ["metadata", "--format-version", "1", "--locked"]);
  if (answer === null)
    return [
      "cargo metadata --locked failed: run `cargo check` once, so that Cargo.lock is up to date.",
    ];
  const { packages, resolve, workspace_members: members } = JSON.parse(answer);
  const nameOf = new Map(packages.map(({ id, name }) => [id, name]));
  const nodeOf = new Map(resolve.nodes.map((node) => [node.id, node]));
  const idOf = new Map(members.map((id) => [nameOf.get(id), id]));
  const dependenciesOf = (id, wanted) =>
    nodeOf.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => wanted(kind)));
  const outsideTests = (kind) => kind !== "dev";

  // The way from the crate to the first banned name, breadth first, so that the shortest way is shown.
  const wayTo = (start, banned) => {
    const ways = [[start]];
    const seen = new Set([start]);
    for (const way of ways) {
      for (const { pkg } of dependenciesOf(way.at(-1), outsideTests)) {
        if (nameOf.get(pkg) === banned)
          return [...way, pkg].map((id) => nameOf.get(id)).join(" -> ");
        if (!seen.has(pkg)) ways.push([...way, pkg]);
        seen.add(pkg);
      }
    }
    return null;
  };

  const found = [];
  for (const [crate, banned] of Object.entries(neverReaches)) {
    if (!idOf.has(crate)) found.push(`${crate} is in the walls table, but not in the workspace.`);
    else
      for (const name of banned) {
        const way = wayTo(idOf.get(crate), name);
        if (way) found.push(`${crate} must never depend on ${name}: ${way}`);
      }
  }
  for (const [crate, banned] of Object.entries(neverNames)) {
    for (const { pkg } of dependenciesOf(idOf.get(crate), outsideTests)) {
      if (banned.includes(nameOf.get(pkg)))
        found.push(`${crate} must not name ${nameOf.get(pkg)}: it goes through custody-desk.`);
    }
  }
  for (const [crate, id] of idOf) {
    if (testCrates.includes(crate)) continue;
    for (const { pkg } of dependenciesOf(id, outsideTests)) {
      // The practice world keeps its uploads in a folder that goes away with it, and so does the desk on it.
      if (crate.startsWith("custody-practice") && nameOf.get(pkg) === "tempfile") continue;
      if (forTestsOnly.includes(nameOf.get(pkg)))
        found.push(`${crate}: ${nameOf.get(pkg)} belongs under [dev-dependencies].`);
    }
  }
  return found;
}

function lintProblems() {
  const general = lints("clippy.toml");
  const found = [];
  for (const { folder, lifted } of folders()) {
    const path = `${folder}/clippy.toml`;
    if (!existsSync(join(root, path))) continue;
    if (lifted === undefined) {
      found.push(
        `${path}: this crate owns nothing that is banned elsewhere, so it has no clippy.toml of its own.`,
      );
      continue;
    }
    const own = lints(path);
    for (const banned of general.banned) {
      if (!own.banned.has(banned) && !lifted.some((beginning) => banned.startsWith(beginning))) {
        found.push(`${path} must ban ${banned}, as the root clippy.toml does.`);
      }
    }
    for (const setting of general.settings) {
      if (!own.settings.has(setting))
        found.push(`${path} must say "${setting}", as the root clippy.toml does.`);
    }
  }
  return found;
}

function folders() {
  const members = readFileSync(join(root, "Cargo.toml"), "utf8").match(
    /^members = \[([^\]]*)\]/m,
  )[1];
  return [...members.matchAll(/"([^"]+)"/g)].map(([, folder]) => ({
    folder,
    lifted: mayLift[folder],
  }));
}

// One ban a line, as every clippy.toml here is written.
function lints(path) {
  const text = readFileSync(join(root, path), "utf8");
  return {
    banned: new Set([...text.matchAll(/^ {2}\{ path = "([^"]+)"/gm)].map(([, banned]) => banned)),
    settings: new Set(text.match(/^allow-.*$/gm)),
  };
}
