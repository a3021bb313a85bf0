// Stories in the real window, on a practice desk that is chosen at the first run. They follow each other, as a day does.
/* What `execute` is given runs in the page. */
/* global document, getComputedStyle, matchMedia */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { aFolder, openWindow } from "./driver.mjs";

for (const theme of ["light", "dark"]) {
  describe(`a day at the practice desk, ${theme}`, () => {
    let folder, window, title;

    before(async () => {
      folder = await aFolder();
      window = await openWindow(folder.path, { dark: theme === "dark" });
    });

    after(async () => {
      await window?.close();
      await folder?.remove();
    });

    const clean = async (screen) => {
      await window.picture(`${screen}-${theme}`);
      assert.deepEqual(await window.violations(), [], `axe finds nothing: ${screen}`);
    };
    const choose = async (title) => (await window.named('[role="option"]', title)).click();

    test("the window has the theme of the system", async () => {
      await window.reads("Set up this desk");
      const dark = await window.browser.execute(
        () => matchMedia("(prefers-color-scheme: dark)").matches,
      );
      assert.equal(dark, theme === "dark");
      await clean("first-run");
    });

    test("the practice desk is one press away, and its files come in by themselves", async () => {
      await window.press("Try the practice desk");
      await window.reads("Practice Support");
      await window.reads("Held");
      await window.browser.waitUntil(
        async () =>
          (await window.browser.$$('[role="option"]').length) > 4 &&
          !(await window.shows("Arriving")),
        { timeoutMsg: "all cases came in" },
      );
      await clean("cases");
    });

    test("a case shows its files and what happened", async () => {
      title = await window.browser.execute(() => {
        const rows = [...document.querySelectorAll('[role="option"]')];
        return rows.find((row) => /\bHeld\b/.test(row.innerText)).querySelector("p").innerText;
      });
      await choose(title);
      await window.reads("Timeline");
      await window.reads("opened the case");
      await window.reads("sealed a file of");
      assert.ok(
        await window.browser.$("table tbody tr").isDisplayed(),
        "its files stand in a table",
      );
      await clean("case");
    });

    test("a locked desk refuses a wrong passphrase with two lines, and opens with the right one", async () => {
      await window.press("Lock");
      await window.reads("The desk is locked");
      assert.equal(await window.shows(title), false, "nothing of a case stays on the screen");
      await clean("locked");
      await window.keys("wrong", "Enter");
      await window.reads("The passphrase is wrong. The desk stays locked and nothing was changed.");
      await window.reads("Try again.");
      await clean("refused");
      await window.reads("The passphrase of the practice desk is “practice”.");
      await window.focused("Passphrase");
      await window.keys("practice", "Enter");
      await window.reads("Sync now");
    });

    test("a viewing copy ends when its reader is done, and the file was opened on record", async () => {
      await choose(title);
      await window.press("Open ");
      const dialog = window.browser.$('[role="dialog"]');
      await dialog.$("textarea").setValue("Find the crash");
      await window.press("Make the viewing copy");
      await window.press("Keep it open");
      await window.reads("Viewing copy of");
      await clean("viewing-copy");
      const region = '[aria-label^="Viewing copy of"]';
      await window.press("Done: erase it, the viewing copy of");
      await window.gone(region);
      await window.reads("made a viewing copy until");
      await window.reads("erased a viewing copy");
    });

    test("a hold beats the customer's request until it is lifted", async () => {
      await choose(title);
      await window.press("Place a hold");
      await window.browser.$('[role="dialog"] textarea').setValue("A complaint is open");
      await clean("hold-dialog");
      await window.press("Place the hold");
      await window.reads("On hold: nothing is erased");
      await window.reads("A complaint is open");
      await window.press("Customer asks for removal");
      await window.reads("The customer asked in the thread");
      assert.equal(await window.shows("Erased, and the receipt is out"), false);
      await window.press("Lift the hold: A complaint is open");
      await window.reads("What waited behind it goes on by itself.");
      const dialog = window.browser.$('[role="dialog"]');
      await dialog.$("textarea").setValue("The complaint is settled");
      await dialog.$("button=Lift the hold").click();
      await window.reads("The hold is lifted.");
    });

    test("what the customer asked for is erased, receipted and confirmed", async () => {
      await window.reads("Erased, and the receipt is out");
      await clean("erased");
      await window.press("Receipt ");
      await window.reads("The signature fits");
      await window.reads("What was found at each location");
      const letter = await window.browser.execute(() => {
        const [drawn] = [...document.querySelectorAll("article *")]
          .filter(({ shadowRoot }) => shadowRoot)
          .map(({ shadowRoot }) => shadowRoot.firstElementChild);
        const table = drawn.querySelector("table");
        return { text: drawn.innerText, layout: getComputedStyle(table).tableLayout };
      });
      assert.match(letter.text, /Please answer this message/);
      assert.equal(letter.layout, "fixed", "the styles of the letter are allowed");
      await clean("receipt");
      await window.press("Customer confirms");
      await window.reads("Reply by mail");
      await clean("confirmed");
      await window.press("Open the case");
      await window.reads("Erased, and the customer confirmed it");
    });

    test("everything is reached by the keyboard alone", async () => {
      await window.keys("1");
      await window.keys("j", "k", "Enter");
      await window.focused("Chosen case");
      await window.keys("Escape");
      await window.keys("?");
      await window.reads("Larger / smaller text");
      await clean("keys");
      await window.keys("Escape");
      // A closing dialog still takes the keys.
      await window.gone('[role="dialog"]');
      await window.keys("3");
      await window.reads("1 receipt");
      await window.keys("/");
      await window.focused("Search receipts");
      await window.keys("Escape");
      await window.keys("a");
      await window.reads("Nothing waits for you");
      await clean("attention");
      await window.browser.keys(["Control", "k"]);
      await window.focused("Find a case, or do something…");
      await clean("palette");
      await window.keys("receipts", "Enter");
      await window.gone('[role="dialog"]');
      await window.reads("1 receipt");
      await window.browser.keys(["Control", "l"]);
      await window.reads("The desk is locked");
    });
  });
}
