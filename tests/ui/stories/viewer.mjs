/* What a story evaluates runs in the page. */
/* global window, document, ClipboardEvent, getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { painted, tooWide, violations } from "../browser.mjs";
import { firstRow } from "../screens.mjs";
import { viewerScreens } from "../viewer-screens.mjs";

export function viewerStories(inWindow) {
  const inViewer = (file, story, options = {}) => inWindow(file, story, { ...options, file });
  const strip = (page) => page.getByRole("region", { name: "Text of the file" });
  const rows = (page) => strip(page).locator("[data-start]");
  /** The first row in sight, as text. */
  const topRow = (page) =>
    strip(page).evaluate((it) => {
      const top = it.getBoundingClientRect().top + 12;
      const found = [...it.querySelectorAll("[data-start]")].find(
        (row) => row.getBoundingClientRect().bottom > top,
      );
      return found?.innerText ?? "";
    });
  /** Waits until the rows in sight are as wished. */
  const inSight = async (page, wished) => {
    for (let tries = 0; ; tries += 1) {
      const seen = await topRow(page);
      if (wished.test(seen)) return;
      assert.ok(tries < 600, `the first row in sight is: ${seen}`);
      await painted(page);
    }
  };

  test(
    "where the desk keeps it in, no text is selected, copied or printed",
    inViewer("log", async (page) => {
      const copied = () =>
        page.evaluate(() => {
          const event = new ClipboardEvent("copy", { bubbles: true, cancelable: true });
          return document.querySelector("main").dispatchEvent(event);
        });
      const selectable = () =>
        page.evaluate(() => getComputedStyle(document.querySelector("main *")).userSelect);
      await page.getByRole("listbox").or(page.locator("[data-level]")).first().waitFor();
      assert.equal(await copied(), true);
      await page.evaluate(() => window.fakeViewer.keepIn());
      await page.locator(".kept-in").waitFor();
      assert.equal(await copied(), false);
      assert.equal(await selectable(), "none");
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator("main").isVisible(), false);
      await page.emulateMedia({ media: "screen" });
      // What one typed is one's own.
      await page.getByLabel("Search in this text").fill("took");
      await page.getByText(/ of /).first().waitFor();
    }),
  );

  test(
    "a file of a case is looked at by a button and by Enter on it, and that is on record",
    inWindow("busy", async (page) => {
      await firstRow(page);
      const button = page.getByRole("button", { name: "View export-crash-2026-11-23.log" });
      await button.press("Enter");
      await page.getByText("opened a file").first().waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("open_viewer")), 1);
      await page.getByRole("rowheader", { name: "settings.docx" }).dblclick();
      await page.waitForFunction(() => window.fake.calls("open_viewer") === 2);
    }),
  );

  test(
    "a log shows its lines with numbers, and its levels by word",
    inViewer("log", async (page) => {
      await rows(page).first().waitFor();
      assert.match(await rows(page).first().innerText(), /^1\s+2026-11-23T08:00:00\.000Z INFO/);
      assert.equal(await page.locator("[data-level='error']").first().innerText(), "ERROR");
      await page.getByText("600 lines").waitFor();
      assert.equal(await page.title(), "export-crash-2026-11-23.log");
    }),
  );

  test(
    "two gibibytes scroll from end to end, and only some hundred rows exist",
    inViewer("huge", async (page) => {
      await rows(page).first().waitFor();
      await strip(page).focus();
      await page.keyboard.press("End");
      await page.waitForFunction(() =>
        [...document.querySelectorAll("[data-start]")].some(
          (row) => Number(row.dataset.start) === 2 * 1024 ** 3 - ((2 * 1024 ** 3) % 100) - 100,
        ),
      );
      assert.ok((await rows(page).count()) <= 480);
      await page.keyboard.press("Home");
      await inSight(page, /^1\s/);
      // By the wheel, over more than was read at first.
      for (let turn = 0; turn < 30; turn += 1) {
        await strip(page).hover();
        await page.mouse.wheel(0, 900);
        await painted(page);
      }
      await inSight(page, /^[1-9],?\d{2,}\s/);
      assert.ok((await rows(page).count()) <= 480);
      const bar = page.getByRole("scrollbar");
      const { x, y, width, height } = await bar.boundingBox();
      await page.mouse.click(x + width / 2, y + height / 2);
      await page.waitForFunction(() => {
        const at = Number(document.querySelector("[role=scrollbar]").ariaValueNow);
        return at > 0.4 * 2 ** 31 && at < 0.6 * 2 ** 31;
      });
      assert.deepEqual(await tooWide(page), []);
    }),
  );

  test(
    "line numbers come once they are counted, and a line beyond them is told so",
    inViewer("huge", async (page) => {
      await rows(page).first().waitFor();
      await page.getByText("4,096 lines so far").waitFor();
      await page.keyboard.press("g");
      await page.keyboard.type("99999999");
      await page.keyboard.press("Enter");
      await page.getByText("Counted up to 4,096 so far.").waitFor();
      await page.evaluate(() => window.fakeViewer.countLines());
      await page.getByText("21,474,836 lines", { exact: true }).waitFor();
      await page.getByText("There are 21,474,836 lines.").waitFor();
      await page.getByRole("textbox", { name: "Go to line" }).fill("12345678");
      await page.keyboard.press("Enter");
      await inSight(page, /^12,345,678\s/);
    }),
  );

  test(
    "a search marks what it finds, tells how many there are and goes from one to the next by keys",
    inViewer("log", async (page) => {
      await rows(page).first().waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("TIMEOUT after");
      await page.getByRole("status").getByText("1 of 75").waitFor();
      await page.locator("[data-mark]").first().waitFor();
      assert.equal(await page.locator("[data-mark]").first().innerText(), "timeout after");
      await page.keyboard.press("Enter");
      await page.getByText("2 of 75").waitFor();
      await strip(page).focus();
      await page.keyboard.press("n");
      await page.getByText("3 of 75").waitFor();
      await page.keyboard.press("Shift+N");
      await page.getByText("2 of 75").waitFor();
      await page.getByRole("button", { name: "Match capitals" }).click();
      await page.getByText("Nothing found").waitFor();
      await page.keyboard.press("/");
      await page.keyboard.press("Escape");
      assert.equal(
        await page.getByRole("textbox", { name: "Search in this text" }).inputValue(),
        "",
      );
      await strip(page).and(page.locator(":focus")).waitFor();
      await page.waitForFunction(() => document.querySelectorAll("[data-mark]").length === 0);
    }),
  );

  test(
    "lines wrap or not, and a selection can be copied",
    inViewer("hostile", async (page) => {
      await rows(page).first().waitFor();
      const isWide = () => strip(page).evaluate((it) => it.scrollWidth > it.clientWidth + 1);
      assert.equal(await isWide(), false);
      await page.keyboard.press("w");
      await page.getByRole("button", { name: "Wrap lines" }).waitFor();
      assert.equal(await isWide(), true);
      await page.keyboard.press("w");
      await rows(page).nth(5).locator(".foreign").click({ clickCount: 3 });
      await page.keyboard.press("Control+c");
      assert.match(
        await page.evaluate(() => navigator.clipboard.readText()),
        /0123456789abcdef|behind the long line/,
      );
    }),
  );

  test(
    "hostile lines are text: nothing runs, no direction turns, and ten megabytes in one line stall nothing",
    inViewer("hostile", async (page) => {
      await rows(page).first().waitFor();
      assert.match(await rows(page).first().innerText(), /<script>document\.title/);
      assert.match(await rows(page).nth(1).innerText(), /\u2039U\+202E\u203atxet/);
      assert.match(await rows(page).nth(2).innerText(), /\u241b\[31mred.*\u2407.*\u2400/);
      assert.equal(
        await page.locator("#window img, #window script, [onerror], [onload]").count(),
        0,
      );
      assert.match(await page.title(), /^invoice/, "no script of the file ran");
      assert.deepEqual(await tooWide(page), []);
      await strip(page).focus();
      await page.keyboard.press("End");
      await strip(page).getByText("behind the long line").waitFor();
      assert.ok((await rows(page).count()) <= 480);
      await page.getByTitle("Goes on from the row above").first().waitFor();
    }),
  );

  test(
    "any file can be looked at as bytes, and back",
    inViewer("log", async (page) => {
      await rows(page).first().waitFor();
      await page.keyboard.press("h");
      const bytes = page.getByRole("region", { name: "Bytes of the file" });
      await bytes.getByText("32 30 32 36 2d 31 31 2d").first().waitFor();
      await bytes.getByText("2026-11-23T08:00").first().waitFor();
      await bytes.focus();
      await page.keyboard.press("End");
      await page.waitForFunction(
        () => Number(document.querySelector("[role=scrollbar]").ariaValueNow) > 1000,
      );
      await page.keyboard.press("h");
      await rows(page).first().waitFor();
    }),
  );

  test(
    "a picture is drawn on a canvas, in the window or in full size",
    inViewer("image", async (page) => {
      const picture = page.getByRole("img", { name: /^Picture screenshot/ });
      await page.waitForFunction(() => document.querySelector("canvas")?.width === 640);
      await picture.waitFor();
      await page.getByRole("button", { name: "Full size" }).click();
      await page.getByRole("button", { name: "Fit into the window" }).waitFor();
      const colour = await page.evaluate(() => [
        ...document.querySelector("canvas").getContext("2d").getImageData(120, 130, 1, 1).data,
      ]);
      assert.deepEqual(colour, [0xc9, 0x2a, 0x2a, 0xff]);
    }),
  );

  test(
    "a huge picture is not drawn, and says what to do",
    inViewer("huge-image", async (page) => {
      await page.getByText("This picture is not drawn").waitFor();
      await page.getByText("60,000 × 60,000").waitFor();
      await page.getByRole("button", { name: "As bytes" }).click();
      await page.getByRole("region", { name: "Bytes of the file" }).waitFor();
    }),
  );

  test(
    "an archive is listed, entered, entered again and left, by keys",
    inViewer("archive", async (page) => {
      const list = page.getByRole("listbox", { name: "What is in the archive" });
      await list.getByRole("option", { name: /exporter\.log/ }).click();
      await rows(page).first().waitFor();
      await page.getByText(/Only the first part of this is shown/).waitFor();
      await page.keyboard.press("Escape");
      // One is where one was, and goes on by keys.
      await list
        .getByRole("option", { name: /exporter\.log/ })
        .and(page.locator(":focus"))
        .waitFor();
      for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "Enter"])
        await page.keyboard.press(key);
      await page.getByRole("heading", { level: 1, name: /older\.zip/ }).waitFor();
      await list.getByRole("option", { name: /older\.zip/ }).click();
      await page.waitForFunction(() => document.querySelectorAll("nav li").length === 3);
      await page.getByRole("button", { name: "diagnostics.zip" }).click();
      await page.waitForFunction(() => document.querySelectorAll("nav li").length === 1);
    }),
  );

  test(
    "what an archive holds to harm is refused with words, and hostile names are text",
    inViewer("archive", async (page) => {
      const list = page.getByRole("listbox", { name: "What is in the archive" });
      await list.getByRole("option", { name: /zeros-bomb/ }).click();
      await page
        .getByRole("alert")
        .getByText(/made to fill a memory/)
        .waitFor();
      await page.getByRole("button", { name: "Dismiss" }).click();
      await list.getByRole("option", { name: /passwords/ }).click();
      await page
        .getByRole("alert")
        .getByText(/encrypted with a password/)
        .waitFor();
      await page.keyboard.press("Escape");
      await list.getByText("../../../../etc/passwd").waitFor();
      await list.getByText("photo\u2039U+202E\u203agpj.exe").waitFor();
      await list.getByText(/<script>document/).waitFor();
      assert.equal(await page.locator("#window img, #window script").count(), 0);
      assert.deepEqual(await tooWide(page), []);
    }),
  );

  for (const [fault, title] of [
    ["locked", "The desk is locked"],
    ["not_found", "This file is no longer held"],
    ["damaged", /damaged|changed/i],
  ])
    test(
      `a file that has ended (${fault}) leaves nothing on the screen`,
      inViewer("log", async (page) => {
        await rows(page).first().waitFor();
        await page.evaluate((why) => window.fakeViewer.end(why), fault);
        await page.getByText(title).first().waitFor();
        assert.equal(await page.getByText("exporter[4711]").count(), 0);
        assert.equal(await page.getByRole("textbox").count(), 0);
      }),
    );

  test(
    "a read that fails is told in two lines, and reading goes on",
    inViewer("huge", async (page) => {
      await rows(page).first().waitFor();
      await page.evaluate(() => window.fakeViewer.refuse("read_rows", "disk_trouble"));
      await strip(page).focus();
      await page.keyboard.press("End");
      await page.getByRole("alert").waitFor();
      await page.keyboard.press("End");
      await page.waitForFunction(
        () => Number(document.querySelector("[role=scrollbar]").ariaValueNow) > 2e9,
      );
    }),
  );

  test(
    "the idle lock hears of somebody at this window too",
    inViewer("log", async (page) => {
      await rows(page).first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.waitForFunction(() => window.fakeViewer.calls("touch_viewer") === 1);
    }),
  );

  for (const [name, file, go] of viewerScreens)
    test(
      `axe finds nothing in either theme, and twice the text size cuts nothing off: ${name}`,
      inViewer(file, async (page) => {
        await go(page);
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          await painted(page);
          assert.deepEqual(await violations(page), [], colorScheme);
        }
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        await page.setViewportSize({ width: 960, height: 640 });
        await painted(page);
        assert.deepEqual(await tooWide(page), []);
      }),
    );

  test(
    "the window speaks German where its user does",
    inViewer(
      "log",
      async (page) => {
        await page.getByRole("region", { name: "Text der Datei" }).waitFor();
        await page.getByText("600 Zeilen").waitFor();
      },
      { language: "de-DE" },
    ),
  );
}
