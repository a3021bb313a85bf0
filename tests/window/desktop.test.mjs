// Stories of the program on its desktop: tray, notifications, sleep, closing and coming back.
/* What `execute` is given runs in the page. */
/* global window, innerWidth, innerHeight */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { aDesktop } from "./desktop.mjs";
import { aFolder, openWindow, program, within } from "./driver.mjs";

/** Tells a story in a folder and on a desktop of these parts, and ends both. */
const onDesktop = (parts, story) => async () => {
  const folder = await aFolder();
  const desktop = await aDesktop(...parts);
  try {
    await story(folder.path, desktop);
  } finally {
    await desktop.end();
    await folder.remove();
  }
};

/** A practice window on this desktop, with its cases in. */
async function practising(folder, desktop, args = []) {
  const opened = await openWindow(folder, { args: ["--practice", ...args], more: desktop.env });
  await opened.reads("Practice Support");
  return opened;
}

/** Calls a command from the page, as a button would. */
const asks = (browser, command, args = {}) =>
  browser.executeAsync(
    (name, given, done) =>
      window.__TAURI_INTERNALS__.invoke(name, { args: given }).then(
        (answer) => done({ answer }),
        (refusal) => done({ refusal: String(refusal.code) }),
      ),
    command,
    args,
  );

/** The windows of a program that are on the screen. */
function windowsOf(pid) {
  try {
    const found = execFileSync("xdotool", ["search", "--onlyvisible", "--pid", String(pid)]);
    return found.toString().trim().split("\n").filter(Boolean);
  } catch {
    return [];
  }
}

/** Asks a window to close, as the button in its title bar does. */
function closes(id) {
  const script = join(dirname(fileURLToPath(import.meta.url)), "close.py");
  execFileSync("/usr/bin/python3", [script, id]);
}

async function until(holds, what) {
  for (const end = Date.now() + 60_000; !(await holds());) {
    assert.ok(Date.now() < end, `waited in vain: ${what}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

test(
  "the tray shows how the desk stands, and does what one does without the window",
  onDesktop(["tray"], async (folder, desktop) => {
    const window = await practising(folder, desktop);
    try {
      await desktop.event(({ event }) => event === "tray", "the tray is there");
      await until(async () => (await desktop.menu()).includes("Sync now"), "the desk is open");
      await window.reads("Held");
      assert.deepEqual((await desktop.menu()).slice(0, 1), ["Open Custody"]);
      const well = await desktop.does("look");
      assert.deepEqual(
        Object.keys(well.icons).map(Number),
        [16, 22, 24, 32, 44],
        "a sharp icon for every panel",
      );

      await desktop.does("choose", "For four hours".replace("four", "4"));
      await window.reads("Paused until");
      await until(async () => (await desktop.menu()).includes("Resume"), "the tray knows of it");
      const paused = await desktop.does("look");
      assert.match(paused.tip, /^Paused|waits? for you/);
      assert.notDeepEqual(paused.icons, well.icons, "it looks otherwise");
      await desktop.does("choose", "Resume");
      await window.gone('[aria-label="Pause"]');

      await desktop.does("choose", "Lock");
      await window.reads("The desk is locked");
      await until(
        async () => /Locked; intake and erasure go on$/.test((await desktop.does("look")).tip),
        "the tray says that it is locked",
      );
    } finally {
      await window.close();
    }
  }),
);

test(
  "a closed window stays in the tray, comes back from it, and quits from there",
  onDesktop(["tray"], async (folder, desktop) => {
    const app = spawn(program, ["--practice", "--in-background"], {
      env: within(folder, desktop.env),
      stdio: "ignore",
    });
    const ended = once(app, "exit");
    await until(async () => {
      const there = desktop.events.some(({ event }) => event === "tray");
      return there && (await desktop.menu()).includes("Sync now");
    }, "it waits in the tray");
    assert.deepEqual(windowsOf(app.pid), [], "started in the background, it shows no window");
    await desktop.does("choose", "Open Custody");
    await until(() => windowsOf(app.pid).length > 0, "the window is shown");
    closes(windowsOf(app.pid)[0]);
    await until(() => windowsOf(app.pid).length === 0, "the window is closed");
    assert.equal(app.exitCode, null, "and the program goes on");
    await until(async () => {
      if (app.exitCode !== null) return true;
      // A round that is under way would be told first.
      await desktop.does("choose", "Quit Custody").catch(() => {});
      return app.exitCode !== null;
    }, "it quits from the tray");
    assert.deepEqual(await ended, [0, null]);
  }),
);

test(
  "where no tray is shown, closing the window quits",
  onDesktop([], async (folder, desktop) => {
    const app = spawn(program, [], { env: within(folder, desktop.env), stdio: "ignore" });
    const ended = once(app, "exit");
    await until(() => windowsOf(app.pid).length > 0, "the window is shown");
    closes(windowsOf(app.pid)[0]);
    assert.deepEqual(await ended, [0, null]);
  }),
);

test(
  "who wants to quit while a viewing copy is open is told so first",
  onDesktop(["tray"], async (folder, desktop) => {
    const window = await practising(folder, desktop);
    try {
      const file = await aHeldFile(window.browser);
      await asks(window.browser, "make_viewing_copy", { file, minutes: 30, reason: "a crash" });
      await desktop.does("choose", "Quit Custody");
      await window.reads("Quit while this goes on?");
      await window.reads("1 viewing copy");
      assert.deepEqual(await window.violations(), []);
      await window.press("Keep running");
      await window.gone('[role="dialog"]');
    } finally {
      await window.close();
    }
  }),
);

test(
  "a locked screen tells the three things and no more, without a name, and a click leads to each",
  onDesktop(["tray", "notes"], async (folder, desktop) => {
    const window = await practising(folder, desktop);
    const notes = () => desktop.events.filter(({ event }) => event === "note");
    try {
      await window.reads("Held");
      const { rows } = (await asks(window.browser, "list_cases", everyCase)).answer;
      const file = await aHeldFile(window.browser);
      const before = notes().length;
      await asks(window.browser, "make_viewing_copy", { file, minutes: 4, reason: "a crash" });
      await asks(window.browser, "lock");
      await window.reads("The desk is locked");
      // Locking ended the copy: a copy that is gone is not about to end.
      const target = rows.find(({ id, standing }) => id && standing === "held");
      await asks(window.browser, "practice_ask", { case: target.id });
      await asks(window.browser, "run_round");
      const asked = await desktop.event(
        ({ event, title }) => event === "note" && title === "A customer asked for removal",
        "the notification",
      );
      for (const note of notes().slice(before)) {
        const text = `${note.title} ${note.body}`;
        for (const row of rows)
          for (const personal of [row.customer, row.title, row.ticket])
            assert.ok(!text.includes(personal), `${personal} stands on no lock screen`);
      }
      assert.deepEqual(asked.actions.slice(0, 2), ["default", "Show"]);
      await desktop.does("click", asked.id);
      await asks(window.browser, "unlock", { passphrase: "practice" });
      await window.reads(target.title);
      await until(
        async () => (await window.browser.$$('[role="option"][aria-selected="true"]').length) === 1,
        "the case is chosen",
      );
      const titles = new Set(notes().map(({ title }) => title));
      for (const title of titles)
        assert.match(
          title,
          /^(Something needs you|\d+ things need you|A customer asked for removal|A viewing copy is about to end)$/,
        );
      const again = notes().filter(({ title }) => title === asked.title);
      assert.equal(again.length, 1, "each is told once");
    } finally {
      await window.close();
    }
  }),
);

test(
  "a desk is locked before the machine sleeps, and when the session or the screen is locked",
  onDesktop(["logind"], async (folder, desktop) => {
    const window = await practising(folder, desktop);
    const isUnlocked = async () => (await asks(window.browser, "show_desk")).answer.desk.unlocked;
    const unlock = async () => {
      await asks(window.browser, "unlock", { passphrase: "practice" });
      assert.equal(await isUnlocked(), true);
    };
    try {
      const held = await desktop.event(({ event }) => event === "inhibits", "sleep waits for it");
      assert.deepEqual([held.what, held.mode], ["sleep", "delay"]);
      await desktop.does("sleep", true);
      await desktop.event(({ event }) => event === "released", "the machine may sleep");
      assert.equal(await isUnlocked(), false, "it was locked before");
      await desktop.does("sleep", false);
      const count = () => desktop.events.filter(({ event }) => event === "inhibits").length;
      await until(() => count() === 2, "the next sleep waits too");

      await unlock();
      await desktop.does("lock session", "other");
      await desktop.does("screen saver", false);
      assert.equal(
        await isUnlocked(),
        true,
        "another session and an ending screen saver lock nothing",
      );
      await desktop.does("lock session", "own");
      await until(async () => !(await isUnlocked()), "the session was locked");
      await unlock();
      await desktop.does("screen saver", true);
      await until(async () => !(await isUnlocked()), "the screen was locked");
    } finally {
      await window.close();
    }
  }),
);

test(
  "a link leads to what it names, and one that leads nowhere says so",
  onDesktop([], async (folder, desktop) => {
    const window = await practising(folder, desktop, ["custody://attention"]);
    try {
      await window.browser.$("h1=Attention").waitForExist();
    } finally {
      await window.close();
    }
    const other = await practising(folder, desktop, ["custody://case/../../etc"]);
    try {
      await other.reads("That link leads nowhere in Custody. Nothing was changed.");
    } finally {
      await other.close();
    }
  }),
);

test(
  "a second start shows the window that is there, and hands its link on",
  onDesktop([], async (folder, desktop) => {
    const home = { ...within(folder, desktop.env), HOME: folder };
    for (const name of ["CUSTODY_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"]) delete home[name];
    const first = spawn(program, [], { env: home, stdio: "ignore" });
    const ended = once(first, "exit");
    await until(() => windowsOf(first.pid).length > 0, "the window is shown");
    const second = spawn(program, ["custody://attention"], { env: home, stdio: "ignore" });
    assert.deepEqual(await once(second, "exit"), [0, null], "it hands over and ends");
    assert.equal(first.exitCode, null);
    first.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  }),
);

test(
  "the window comes back in its size",
  onDesktop([], async (folder, desktop) => {
    const size = ({ browser }) => browser.execute(() => [innerWidth, innerHeight]);
    const first = await openWindow(folder, { more: desktop.env });
    await first.reads("Set up this desk");
    await first.browser.setWindowSize(1120, 700);
    await until(async () => (await size(first))[0] === 1120, "it has the new size");
    const pids = execFileSync("pgrep", ["-f", program]).toString().trim().split("\n");
    const own = pids.find((pid) => environmentOf(pid).includes(`CUSTODY_HOME=${folder}`));
    process.kill(Number(own), "SIGTERM");
    await until(() => existsSync(join(folder, "window.json")), "its size is kept");
    await first.close().catch(() => {});
    const second = await openWindow(folder, { more: desktop.env });
    try {
      await second.reads("Set up this desk");
      await until(async () => (await size(second))[0] === 1120, "it has the size again");
    } finally {
      await second.close();
    }
  }),
);

test(
  "it starts with the session only if somebody says so, and then in the background",
  onDesktop(["tray"], async (folder, desktop) => {
    const more = { ...desktop.env, HOME: folder };
    const window = await openWindow(folder, { args: ["--practice"], more });
    const entry = join(folder, ".config/autostart/Custody.desktop");
    try {
      await window.reads("Practice Support");
      const starts = async () => (await asks(window.browser, "show_startup")).answer.starts;
      assert.equal(await starts(), false);
      assert.equal(existsSync(entry), false);
      await asks(window.browser, "set_startup", { starts: true });
      assert.equal(await starts(), true);
      assert.match(readFileSync(entry, "utf8"), /^Exec=.*custody-app"? --in-background$/m);
      await asks(window.browser, "set_startup", { starts: false });
      assert.equal(await starts(), false);
      assert.equal(existsSync(entry), false);
    } finally {
      await window.close();
    }
  }),
);

const everyCase = {
  standings: [],
  mine: false,
  due_soon: false,
  search: "",
  order: "opened",
  skip: 0,
  limit: 100,
};

/** A file that is held, once one is. */
async function aHeldFile(browser) {
  let held;
  await until(async () => {
    const { rows } = (await asks(browser, "list_cases", everyCase)).answer;
    for (const { id } of rows.filter(({ standing }) => standing === "held")) {
      const { files } = (await asks(browser, "show_case", { case: id })).answer;
      held ??= files.find(({ state }) => state === "held")?.id;
    }
    return held !== undefined;
  }, "a file is held");
  return held;
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
