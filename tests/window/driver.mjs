// The real window, driven through WebKitWebDriver. Each window has a folder of its own for the desk and everything
// temporary; it is removed with the window.
/* What `execute` is given runs in the page. */
/* global axe, document, requestAnimationFrame */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { remote } from "webdriverio";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const axeSource = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const named = new Set(["Enter", "Escape", "Tab"]);
/** How long a story waits for what the desk does by itself. */
const patience = 60_000;

/** The program, as `tauri build --debug` made it. */
export const program = join(target, "debug", "custody-app");

/** A folder for one desk. */
export async function aFolder() {
  const path = await mkdtemp(join(tmpdir(), "custody-window-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The environment in which the program keeps everything in this folder. */
export function within(folder, more = {}) {
  return { ...process.env, CUSTODY_HOME: folder, TMPDIR: folder, ...more };
}

/** Opens the window on the desk in this folder. `close` ends the program as hard as a power cut. */
export async function openWindow(
  folder,
  { args = [], dark = false, binary = program, more = {} } = {},
) {
  assert.ok(
    existsSync(binary),
    `the window is built: npx tauri build --debug --no-bundle (${binary})`,
  );
  const port = await freePort();
  const env = within(folder, { TAURI_WEBVIEW_AUTOMATION: "true", ...more });
  if (dark) env.GTK_THEME = "Adwaita:dark";
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env,
    stdio: "ignore",
  });
  const failed = once(driver, "error").then(([problem]) => {
    throw problem;
  });
  await Promise.race([listens(port), failed]);
  const browser = await remote({
    hostname: "127.0.0.1",
    port,
    logLevel: "error",
    waitforTimeout: patience,
    capabilities: {
      "webkitgtk:browserOptions": { binary, args },
      "wdio:enforceWebDriverClassic": true,
    },
  });
  // A plain `cargo build`, also one for the Rust tests, leaves a program that looks for the development server.
  const pages = await browser.execute(() => document.getElementById("window") !== null);
  if (!pages) {
    await browser.deleteSession();
    driver.kill();
    throw new Error("The program was built without its pages: npx tauri build --debug --no-bundle");
  }
  return {
    browser,
    ...handsOf(browser),
    async close() {
      await browser.deleteSession();
      driver.kill();
      if (driver.exitCode === null && driver.signalCode === null) await once(driver, "exit");
    },
  };
}

export function handsOf(browser) {
  // Where the run keeps pictures, one of the moment tells more than the message.
  const waitUntil = (holds, timeoutMsg) =>
    browser.waitUntil(holds, { timeoutMsg }).catch(async (problem) => {
      await hands.picture(`failed-${(count += 1)}-${process.pid}`);
      throw problem;
    });
  const hands = {
    /** Waits until the page shows this text. */
    async reads(text) {
      await waitUntil(
        () => browser.execute((wanted) => document.body.innerText.includes(wanted), text),
        `the window shows "${text}"`,
      );
    },
    /** Waits until there is none of these. */
    gone: (selector) =>
      waitUntil(
        async () => !(await browser.$(selector).isExisting()),
        `the window has no ${selector} any more`,
      ),
    /** Whether the page shows this text now. */
    shows: (text) => browser.execute((wanted) => document.body.innerText.includes(wanted), text),
    /** Presses the button, or the like, that a screen reader calls so. */
    async press(name) {
      const button = await hands.named("button, [role=menuitem]", name);
      await button.waitForEnabled({ timeoutMsg: `"${name}" can be pressed` });
      await waitUntil(() => keepsStill(button), `"${name}" keeps still`);
      await button.click();
    },
    /** The first shown element of these that a screen reader calls so: by its label, or by its text. */
    async named(selector, name) {
      const mark = `named-${(count += 1)}`;
      await waitUntil(
        () =>
          browser.execute(
            (among, wanted, to) => {
              // What lies behind a dialog cannot be reached.
              const reach = [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? document;
              const found = [...reach.querySelectorAll(among)]
                .filter((it) => it.checkVisibility())
                .find((it) =>
                  (it.getAttribute("aria-label") ?? it.innerText).trim().startsWith(wanted),
                );
              found?.setAttribute("data-story", to);
              return Boolean(found);
            },
            selector,
            name,
            mark,
          ),
        `the window has "${name}"`,
      );
      return browser.$(`[data-story="${mark}"]`);
    },
    /** Types with the keyboard alone, into whatever has the focus: a named key, or one letter after the other. */
    async keys(...words) {
      for (const word of words)
        for (const key of named.has(word) ? [word] : word) await browser.keys(key);
    },
    /** Waits until what a screen reader calls so has the focus. */
    async focused(name) {
      await waitUntil(
        () =>
          browser.execute((wanted) => {
            const element = document.activeElement;
            const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label");
            return label?.trim() === wanted;
          }, name),
        `the focus is on "${name}"`,
      );
    },
    /** What axe finds on this screen, as lines. */
    async violations() {
      await browser.execute(axeSource);
      return browser.executeAsync((done) => {
        // A dialog that is still fading in has the colours of neither state. What turns for ever is not waited for.
        const ends = (animation) => animation.effect?.getComputedTiming().iterations !== Infinity;
        const settled = () =>
          Promise.allSettled(
            document
              .getAnimations()
              .filter(ends)
              .map(({ finished }) => finished),
          );
        const twoFrames = () =>
          new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        twoFrames()
          .then(settled)
          .then(() => axe.run())
          .then(({ violations }) =>
            done(
              violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
              ),
            ),
          );
      });
    },
    /** Keeps a picture where the run keeps pictures. */
    async picture(name) {
      const folder = process.env.CUSTODY_PICTURES;
      if (!folder) return;
      // A picture may be one frame old.
      await browser.executeAsync((done) =>
        requestAnimationFrame(() => requestAnimationFrame(done)),
      );
      await browser.saveScreenshot(join(folder, `${name}.png`));
    },
  };
  return hands;
}

let count = 0;

// A press goes to a place on the screen: on a page that is just being laid out anew it would go beside the button.
function keepsStill(element) {
  return element.parent.executeAsync((it, done) => {
    const place = () => JSON.stringify(it.getBoundingClientRect());
    const was = place();
    let looks = 0;
    const look = () => {
      looks += 1;
      if (place() !== was || !it.isConnected) done(false);
      else if (looks === 20) done(true);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, element);
}

async function listens(port) {
  for (let tries = 200; tries > 0; tries -= 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error("WebKitWebDriver did not start.");
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
