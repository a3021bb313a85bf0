// The viewer in the real window: files are read and searched in windows of their own, which reach nothing else.
/* What `execute` is given runs in the page. */
/* global window, document */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aFolder, handsOf, openWindow } from "./driver.mjs";

test("a sealed log is read and searched in the viewer, and ends when the desk is locked", async () => {
  const folder = await aFolder();
  try {
    const main = await openWindow(folder.path, { args: ["--practice"] });
    try {
      await readAndSearch(main);
    } finally {
      await main.close();
    }
  } finally {
    await folder.remove();
  }
});

async function readAndSearch(main) {
  const { browser } = main;
  const hands = handsOf(browser);
  const desk = await browser.getWindowHandle();
  await main.reads("Conversion of the Q3 ledger");
  await browser.waitUntil(async () => !(await main.shows("Arriving")), {
    timeoutMsg: "all files came in",
  });
  await (await main.named('[role="option"]', "Conversion of the Q3 ledger")).click();

  const log = await opened(main, desk, "converter.log");
  await hands.reads("convert.pipeline");
  await hands.reads("Text · 4 MiB");
  assert.ok(
    await browser.execute(() => document.querySelectorAll("[data-level]").length > 0),
    "levels have colours",
  );
  await hands.picture("viewer-log");
  assert.deepEqual(await hands.violations(), [], "axe finds nothing in the viewer");
  // The first page knows nothing of it: it stands far behind, in bytes that were not read yet.
  assert.equal(await hands.shows("batch=50"), false);
  await hands.keys("/");
  await hands.focused("Search in this text");
  await hands.keys("batch=50", "Enter");
  await hands.reads("1 of 1");
  await hands.reads("batch=50");
  await hands.keys("Escape");
  assert.equal(
    await reaches(browser, "list_cases"),
    false,
    "the viewer reads its file and no case",
  );
  assert.equal(await reaches(browser, "lock"), false, "and does nothing at the desk");

  await browser.switchToWindow(desk);
  const picture = await opened(main, desk, "page-212.png");
  await browser.waitUntil(
    () =>
      browser.execute(() => {
        const canvas = document.querySelector("canvas");
        const points = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
        return points?.data.some((value) => value > 0) === true;
      }),
    { timeoutMsg: "the picture is drawn from the bytes of the sealed file" },
  );

  await browser.switchToWindow(desk);
  const archive = await opened(main, desk, "ledger-q3.docx");
  await hands.reads("word/document.xml");
  await (await hands.named('[role="option"]', "word/document.xml")).click();
  await hands.keys("Enter");
  await hands.reads("<w:document");

  await browser.switchToWindow(desk);
  await main.reads("opened a file");
  await main.press("Lock");
  await main.reads("The desk is locked");
  for (const [window, content] of [
    [log, "convert.pipeline"],
    [picture, "Picture"],
    [archive, "<w:document"],
  ]) {
    await browser.switchToWindow(window);
    await hands.reads("The desk is locked");
    assert.equal(await hands.shows(content), false, "nothing of the file stays on the screen");
    assert.equal(await browser.$("canvas").isExisting(), false);
  }
  await browser.switchToWindow(desk);
}

/** Opens a file of the chosen case, and goes to its window. */
async function opened(main, desk, name) {
  const { browser } = main;
  const before = await browser.getWindowHandles();
  await main.press(`View ${name}`);
  let handle;
  await browser.waitUntil(
    async () => {
      handle = (await browser.getWindowHandles()).find((it) => !before.includes(it));
      return handle !== undefined;
    },
    { timeoutMsg: `${name} has a window` },
  );
  await browser.switchToWindow(handle);
  await main.reads(name);
  return handle;
}

/** Whether the page that is looked at can have this done. */
function reaches(browser, command) {
  return browser.executeAsync((name, done) => {
    window.__TAURI_INTERNALS__.invoke(name, { args: {} }).then(
      () => done(true),
      () => done(false),
    );
    // What the isolation frame stops is answered by nobody.
    setTimeout(() => done(false), 1_500);
  }, command);
}
