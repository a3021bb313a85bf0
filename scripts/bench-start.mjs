// Compares the start of the window on a desk with many cases with the start of an empty window, and prints the ratio.
//
//   xvfb-run -a -s "-screen 0 1280x900x24" dbus-run-session -- node scripts/bench-start.mjs [--built] [CASES] [FILES_PER_CASE]
//
// 10,000 cases with 10 files each unless told otherwise. Both programs are built for release, but not with --built: then
// what the run before has built is measured once more. The desk is made once, in memory if the system has such a folder.
// A desk opens locked: what counts is the time from the start of the program to the lock screen, and from the open desk
// to its list. The passphrase between them is slow on purpose, and printed apart.
/* What `execute` is given runs in the page. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWindow } from "../tests/window/driver.mjs";
import { run, targetFolder } from "./run.mjs";

const args = process.argv.slice(2);
const [cases = "10000", files = "10"] = args.filter((it) => it !== "--built");
const rounds = 7;
const release = join(targetFolder, "release");
const examples = join(release, "examples");

const builds = [
  ["npx", ["tauri", "build", "--no-bundle"]],
  [
    "cargo",
    ["build", "--release", "--features", "tauri/custom-protocol"].concat([
      "-p",
      "custody-app",
      "--example",
      "empty_window",
    ]),
  ],
  [
    "cargo",
    ["build", "--release", "-p", "custody-desk"].concat([
      "--features",
      "test-doors",
      "--example",
      "many_cases",
    ]),
  ],
];
if (!args.includes("--built"))
  for (const [program, words] of builds) if ((await run(program, words)) !== 0) process.exit(1);

const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "custody-start-"));
try {
  const desk = join(folder, "desk");
  console.log(`Making a desk with ${cases} cases of ${files} files each.`);
  const made = spawnSync(join(examples, "many_cases"), [desk, cases, files], { stdio: "inherit" });
  if (made.status !== 0) process.exit(1);

  // The first start of each reads the program from the disk: it is told, and does not count.
  const empty = [];
  const ours = [];
  for (let round = 0; round <= rounds; round += 1) {
    empty.push(await startOfEmpty(folder));
    ours.push(await startOfDesk(desk));
    console.log(inWords(round, empty.at(-1), ours.at(-1)));
  }
  const middle = (all) => all.slice(1).sort((one, other) => one - other)[Math.floor(rounds / 2)];
  const emptyMiddle = middle(empty.map(({ shown }) => shown));
  const oursMiddle = middle(ours.map(({ locked, list }) => locked + list));
  console.log(
    `Middle of ${rounds}: empty window ${emptyMiddle} ms, lock screen and list ${oursMiddle} ms. ` +
      `Ratio ${(oursMiddle / emptyMiddle).toFixed(2)} (at most 1.5 is wanted).`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function startOfEmpty(home) {
  const window = await openWindow(home, { binary: join(examples, "empty_window") });
  try {
    const shown = await marked(window.browser, "window shown");
    return { shown: Math.round(shown - startedAt("empty_window")) };
  } finally {
    await window.close();
  }
}

async function startOfDesk(home) {
  const window = await openWindow(home, { binary: join(release, "custody-app") });
  try {
    const locked = (await marked(window.browser, "lock screen shown")) - startedAt("custody-app");
    await window.focused("Passphrase");
    await window.keys("many cases");
    const typed = Date.now();
    await window.keys("Enter");
    const list = await marked(window.browser, "list shown");
    const open = await marked(window.browser, "desk open");
    return {
      locked: Math.round(locked),
      passphrase: Math.round(open - typed),
      list: Math.round(list - open),
    };
  } finally {
    await window.close();
    // One process at a time works on a desk: the next would be refused while this one ends.
    await ended("custody-app");
  }
}

async function ended(name) {
  // The driver's own end does not always reach it.
  for (let pid = pidOf(name); pid !== ""; pid = pidOf(name)) {
    spawnSync("kill", ["-9", pid]);
    await new Promise((later) => setTimeout(later, 50));
  }
}

/** The youngest process of this name; empty if there is none. */
function pidOf(name) {
  return spawnSync("pgrep", ["-n", "-f", `/${name}( |$)`], { encoding: "utf8" }).stdout.trim();
}

/** When the page marked this, in milliseconds of the epoch. */
async function marked(browser, name) {
  await new Promise((later) => setTimeout(later, 1_500));
  const at = () =>
    browser.execute((wanted) => {
      const [mark] = performance.getEntriesByName(wanted);
      return mark ? performance.timeOrigin + mark.startTime : null;
    }, name);
  // Each question takes time of the page and of this machine: what is measured is not asked about while it happens.
  await browser.waitUntil(async () => (await at()) !== null, { timeout: 120_000, interval: 1_500 });
  return at();
}

/** When the youngest process of this name was started, in milliseconds of the epoch. */
function startedAt(name) {
  const stat = readFileSync(`/proc/${pidOf(name)}/stat`, "utf8");
  // After the name, which may hold spaces: the 20th field is the start, in hundredths of a second since the boot.
  const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - (up * 1000 - ticks * 10);
}

function inWords(round, { shown }, { locked, passphrase, list }) {
  const which = round === 0 ? "first, not counted" : `round ${round}`;
  return `${which}: empty ${shown} ms; lock screen ${locked} ms, list ${list} ms (passphrase ${passphrase} ms)`;
}
