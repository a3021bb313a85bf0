/* What a story evaluates runs in the page. */
/* global window */
import assert from "node:assert/strict";
import { test } from "node:test";

/** Changes the world, and tells the window. */
const happens = (page, change) =>
  page.evaluate((what) => {
    Object.assign(window.fake.world, what);
    window.fake.tell();
  }, change);

const told = (page) => page.evaluate(() => window.fake.world.program);

export function desktopStories(inWindow) {
  test(
    "a pause says what rests and what does not, and is ended by one press",
    inWindow("busy", async (page) => {
      await page.getByRole("button", { name: /1 job has a problem/ }).click();
      const jobs = page.getByRole("dialog", { name: "Jobs of this desk" });
      await jobs
        .getByRole("group", { name: "Pause fetching and letters" })
        .getByRole("button", { name: "4 hours" })
        .click();
      await jobs
        .getByRole("listitem")
        .filter({ hasText: "Intake" })
        .getByText("Paused")
        .first()
        .waitFor();
      await page.keyboard.press("Escape");
      const strip = page.getByRole("region", { name: "Pause" });
      await strip.getByText("Paused until").waitFor();
      await strip.getByText("Requests are heard").waitFor();
      await strip.getByRole("button", { name: "Resume" }).click();
      await page.getByText("The pause is over.").waitFor();
      await strip.waitFor({ state: "detached" });
    }),
  );

  test(
    "who quits while work runs is told what runs, and says how it is to end",
    inWindow("busy", async (page) => {
      await page.keyboard.press("Control+q");
      await page.waitForFunction(() => window.fake.world.program.includes("asked to quit"));
      const work = { jobs: ["erase", "backup"], viewing_copies: 1 };
      await happens(page, { leaving: { work, finishing: false } });
      const dialog = page.getByRole("dialog", { name: "Quit while this goes on?" });
      await dialog.getByText("destroys keys, files and copies").waitFor();
      await dialog.getByText("1 viewing copy is erased with the end").waitFor();
      await dialog.getByRole("button", { name: "Finish, then quit" }).click();
      const finishing = page.getByRole("dialog", { name: "Quits when this is done" });
      assert.equal(await finishing.getByRole("button", { name: "Finish, then quit" }).count(), 0);
      await page.keyboard.press("Escape");
      await finishing.waitFor({ state: "detached" });
      assert.deepEqual((await told(page)).slice(-2), ["finish", "stay"]);
    }),
  );

  test(
    "a question to somebody who quits is asked on a locked desk too",
    inWindow("locked", async (page) => {
      const work = { jobs: ["erase"], viewing_copies: 0 };
      await happens(page, { leaving: { work, finishing: false } });
      await page.getByRole("button", { name: "Quit now" }).click();
      await page.waitForFunction(() => window.fake.world.program.includes("now"));
    }),
  );

  test(
    "the keys of the desktop close the window, and the program hears the language of the page",
    inWindow("busy", async (page) => {
      await page.keyboard.press("Control+w");
      await page.waitForFunction(() => window.fake.world.program.includes("closed"));
      assert.deepEqual((await told(page))[0], "en");
    }),
  );

  test(
    "a call from outside leads to its case once, and waits until the desk is open",
    inWindow("busy", async (page) => {
      const title = await page.getByRole("option").nth(2).locator("p").first().innerText();
      const id = await page.evaluate(
        (wanted) => window.fake.world.cases.find((it) => it.title === wanted).id,
        title,
      );
      await page.keyboard.press("Control+l");
      await page.getByText("The desk is locked").waitFor();
      await happens(page, { called: { number: 1, destination: { to: "case", case: id } } });
      await page.keyboard.type("practice");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 2, name: title }).waitFor();
      await page.getByRole("button", { name: "Receipts" }).click();
      await happens(page, {});
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
      await happens(page, { called: { number: 2, destination: { to: "attention" } } });
      await page.getByRole("heading", { level: 1, name: "Attention" }).waitFor();
      await happens(page, { called: { number: 3, destination: { to: "not_a_link" } } });
      await page.getByText("That link leads nowhere in Custody.").waitFor();
      await happens(page, { called: { number: 4, destination: { to: "no_sign_in" } } });
      await page.getByText("no sign-in waits for it here").waitFor();
    }),
  );
}
