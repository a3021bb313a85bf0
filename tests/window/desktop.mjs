// A desktop of its own for one window: a private bus, and on it whatever of a desktop the story needs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Python with the bindings of the system. */
const python = "/usr/bin/python3";

/** Begins a desktop of these parts: "tray", "notes", "logind". `env` is for the program. */
export async function aDesktop(...parts) {
  const daemon = spawn("dbus-daemon", ["--session", "--nofork", "--print-address"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [address] = await once(createInterface(daemon.stdout), "line");
  // The keychain of the run stays where it is: a practice desk needs none.
  const env = { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address };
  const script = join(dirname(fileURLToPath(import.meta.url)), "desktop.py");
  const child = spawn(python, [script, ...parts], {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const events = [];
  const answers = new Map();
  let wake = () => {};
  createInterface(child.stdout).on("line", (line) => {
    const told = JSON.parse(line);
    if ("event" in told) events.push(told);
    else answers.get(told.answer)?.(told);
    wake();
  });
  let number = 0;
  const desktop = {
    env,
    events,
    /** Waits for the first event that fits. */
    async event(fits, what) {
      for (;;) {
        const found = events.find(fits);
        if (found) return found;
        const next = new Promise((heard) => (wake = heard));
        await withPatience(next, what);
      }
    },
    /** Asks the desktop to do something. */
    async does(...order) {
      number += 1;
      const answered = new Promise((done) => answers.set(number, done));
      child.stdin.write(`${JSON.stringify({ order, number })}\n`);
      const { value, problem } = await withPatience(answered, order[0]);
      if (problem) throw new Error(`${order[0]}: ${problem}`);
      return value;
    },
    /** The labels of the tray's menu. */
    menu: async () => (await desktop.does("menu")).map(({ label }) => label),
    async end() {
      child.stdin.end();
      await once(child, "exit");
      daemon.kill();
      await once(daemon, "exit");
    },
  };
  await desktop.event(({ event }) => event === "ready", "the desktop begins");
  return desktop;
}

async function withPatience(waited, what) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`waited in vain: ${what}`)), 60_000);
  });
  try {
    return await Promise.race([waited, late]);
  } finally {
    clearTimeout(timer);
  }
}
