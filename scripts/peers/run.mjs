// `npm run test:peers`: starts real servers on this machine alone, runs the tests in tests/peers against them, and stops them
// again whatever happened. Debian and Ubuntu, as root (mail servers change to other users).
//
//   npm run test:peers                   everything
//   npm run test:peers -- --only mail    one kind: trackers, mail, postgres or disk
//   npm run test:peers -- --keep         leave the folder with logs and data behind
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ask, run } from "../run.mjs";
import { setUp } from "../setup.mjs";
import { startMail } from "./mail.mjs";
import { startPostgres } from "./postgres.mjs";
import { Processes } from "./processes.mjs";
import { startRedmine } from "./redmine.mjs";
import { startRequestTracker } from "./request-tracker.mjs";

const kinds = ["trackers", "mail", "postgres", "disk"];
const { values: options } = parseArgs({
  options: { only: { type: "string" }, keep: { type: "boolean", default: false } },
});

process.exitCode = await main();

async function main() {
  const wanted = options.only?.split(",").map((name) => name.trim()) ?? kinds;
  const unknown = wanted.find((name) => !kinds.includes(name));
  if (unknown !== undefined) {
    console.error(`"${unknown}" is no kind of peer: choose from ${kinds.join(", ")}.`);
    return 2;
  }
  if (process.platform !== "linux" || process.getuid() !== 0) {
    console.error(
      "The peers need Debian or Ubuntu, and root. In a container, or: sudo npm run test:peers",
    );
    return 2;
  }
  if (!(await timed("install", () => setUp(["build", "peers"])))) return 1;

  const folder = mkdtempSync(join(tmpdir(), "custody-peers-"));
  // The servers' own users must reach their folders below.
  chmodSync(folder, 0o755);
  const processes = new Processes();
  // After Processes' own: when we are interrupted, the servers are ended before their folder goes.
  process.on("exit", () => {
    if (!options.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  try {
    const peers = await timed("start", () => start(wanted, folder, processes));
    const file = join(folder, "peers.json");
    writeFileSync(file, JSON.stringify(peers, null, 2), { mode: 0o600 });
    return await timed("tests", () => test(wanted, file));
  } catch (problem) {
    console.error(problem.message);
    return 1;
  } finally {
    await processes.end();
    if (options.keep) console.log(`Logs and data: ${folder}`);
  }
}

// Side by side: the two trackers take longest and wait for nobody but their database.
async function start(wanted, folder, processes) {
  const begin = (name, starter, ...more) => {
    const place = join(folder, name);
    mkdirSync(place);
    return timed(`start ${name}`, () => starter(place, processes, ...more));
  };
  const begun = {};
  if (wanted.includes("trackers")) {
    // As in real installations. On SQLite, Redmine answers with an error whenever two requests write at a time, and it
    // writes even when somebody reads.
    const database = begin("trackers_database", startPostgres);
    begun.request_tracker = database.then((it) =>
      begin("request_tracker", startRequestTracker, it),
    );
    begun.redmine = database.then((it) => begin("redmine", startRedmine, it));
  }
  if (wanted.includes("mail")) begun.mail = begin("mail", startMail);
  if (wanted.includes("postgres")) begun.postgres = begin("postgres", startPostgres);
  // All of them, so that nothing is started any more when the first failure ends the run.
  const results = await Promise.allSettled(Object.values(begun));
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
  return Object.fromEntries(Object.keys(begun).map((name, i) => [name, results[i].value]));
}

function test(wanted, file) {
  const nextest = ask("cargo", ["nextest", "--version"]) !== null;
  // The workspace, for the same features of everything below: `npm test` has built all of it already, but for these tests.
  const words = [
    ...(nextest ? ["nextest", "run", "--no-fail-fast"] : ["test", "--no-fail-fast"]),
    ...["--workspace", "--features", "custody-tests/peers"],
    ...wanted.flatMap((name) => ["--test", `peers_${name}`]),
  ];
  return run("cargo", words, { env: { CUSTODY_PEERS: file } });
}

async function timed(what, act) {
  const from = performance.now();
  const result = await act();
  console.log(`--- ${what}: ${((performance.now() - from) / 1000).toFixed(1)} s`);
  return result;
}
