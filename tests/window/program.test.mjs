// What holds for the program itself: what its page cannot reach, and how it ends.
/* What `execute` is given runs in the page. */
/* global window, document */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { aFolder, openWindow, program, within } from "./driver.mjs";

const passphrase = "otter basalt lantern plum";

/** Tells a story that needs a folder, and removes it. */
const inFolder = (story) => async () => {
  const folder = await aFolder();
  try {
    await story(folder.path);
  } finally {
    await folder.remove();
  }
};

test(
  "a desk of one's own survives that the program is killed, and opens locked",
  inFolder(async (folder) => {
    const first = await openWindow(folder);
    try {
      await first.reads("Set up this desk");
      await first.focused("Passphrase");
      await first.keys(passphrase);
      await first.browser.$$('input[type="password"]')[1].setValue(passphrase);
      await first.press("Set up the desk");
      await first.reads("No file is taken in before it is saved.");
      await first.press("Leave for now");
      await first.reads("No cases yet");
      assert.equal(
        await first.shows("Practice desk"),
        false,
        "nothing of the practice world is shown",
      );
    } finally {
      await first.close();
    }

    const second = await openWindow(folder);
    try {
      await second.reads("The desk is locked");
      assert.equal(await second.shows("The passphrase of the practice desk"), false);
      await second.focused("Passphrase");
      await second.keys(passphrase, "Enter");
      // What was left is taken up where it was.
      await second.reads("No file is taken in before it is saved.");
      await second.press("Leave for now");
      await second.reads("No cases yet");

      const third = await openWindow(folder);
      try {
        await third.reads("Another program is working on this desk. Nothing was changed.");
      } finally {
        await third.close();
      }
    } finally {
      await second.close();
    }
  }),
);

test(
  "the page reaches its own commands and nothing else",
  inFolder(async (folder) => {
    const { browser, close, reads } = await openWindow(folder);
    try {
      await reads("Set up this desk");
      assert.equal(await browser.execute(() => typeof window.__TAURI__), "undefined");

      const asked = (command, args) =>
        browser.executeAsync(
          (name, given, done) => {
            window.__TAURI_INTERNALS__.invoke(name, given).then(
              (answer) => done({ answer }),
              (refusal) => done({ refusal: String(refusal?.message ?? refusal?.code ?? refusal) }),
            );
            // What the isolation frame stops is answered by nobody.
            setTimeout(() => done({ refusal: "no answer" }), 1_500);
          },
          command,
          args,
        );
      assert.deepEqual(await asked("show_desk", { args: {} }), { answer: { stage: "first_run" } });
      for (const command of [
        "plugin:event|emit",
        "plugin:window|close",
        "plugin:webview|create_webview_window",
        "plugin:path|resolve_directory",
        "plugin:fs|read_text_file",
        "plugin:shell|open",
        "plugin:updater|check",
        "read_file",
      ])
        assert.ok("refusal" in (await asked(command, { args: {} })), `${command} is refused`);

      const blocked = await browser.executeAsync((done) => {
        const met = [];
        document.addEventListener("securitypolicyviolation", (event) =>
          met.push(event.effectiveDirective),
        );
        const script = document.createElement("script");
        script.textContent = "window.inline = true";
        document.head.append(script);
        const picture = document.createElement("img");
        picture.src = "https://example.org/x.png";
        document.body.append(picture);
        fetch("https://example.org/").catch(() => {});
        let evaluated = false;
        try {
          evaluated = window.eval("true");
        } catch {
          // As it must be.
        }
        setTimeout(() => done({ met, evaluated, inline: window.inline === true }), 500);
      });
      assert.equal(blocked.inline, false, "an inline script does not run");
      assert.equal(blocked.evaluated, false, "text is not made into a program");
      for (const directive of ["script-src-elem", "img-src", "connect-src"])
        assert.ok(blocked.met.includes(directive), `${directive} holds: ${blocked.met}`);
    } finally {
      await close();
    }
  }),
);

test(
  "a practice desk and its folder are gone when the program is told to end",
  inFolder(async (folder) => {
    const app = spawn(program, ["--practice"], { env: within(folder), stdio: "ignore" });
    const ended = once(app, "exit");
    await until(async () =>
      (await readdir(folder)).some((name) => name.startsWith("custody-practice-")),
    );
    app.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null], "it ends by itself, and well");
    const left = (await readdir(folder)).filter((name) => name.startsWith("custody"));
    assert.deepEqual(left, [], "neither the desk nor the world left anything behind");
  }),
);

test("words that the program does not know are told, and nothing is opened", async () => {
  const app = spawn(program, ["--practise"], { stdio: ["ignore", "ignore", "pipe"] });
  const told = [];
  app.stderr.on("data", (part) => told.push(part));
  assert.deepEqual(await once(app, "close"), [2, null]);
  assert.match(Buffer.concat(told).toString(), /Usage: custody-app \[--practice\]/);
});

async function until(holds) {
  while (!(await holds())) await new Promise((later) => setTimeout(later, 20));
}
