/* What a story evaluates runs in the page. */
/* global window */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tooWide } from "../browser.mjs";
import { goTo } from "../screens.mjs";

const deletions = async (page, tab) => {
  await goTo(page, "Deletions");
  await page.getByRole("heading", { level: 1, name: "Deletions" }).waitFor();
  if (tab) await page.getByRole("button", { name: new RegExp(`^${tab} `) }).click();
};

export function deletionsStories(inWindow) {
  test(
    "what will be erased stands in the order of its days, with when and why",
    inWindow("busy", async (page) => {
      await deletions(page);
      const rows = page.getByRole("option");
      await rows.nth(0).filter({ hasText: "Erases in 2d 4h" }).waitFor();
      await rows.nth(0).filter({ hasText: "ticket closed" }).waitFor();
      const days = await rows.locator("p.font-semibold:not(.sr-only)").allInnerTexts();
      assert.equal(days[0], "26 Nov");
      assert.equal(new Set(days).size, days.length, "each day stands there once");
      assert.equal(
        await page.getByRole("option", { name: /contract_signed/ }).count(),
        0,
        "what is on hold is not erased",
      );
      await rows.filter({ hasText: "invoices.zip" }).click();
      const detail = page.getByRole("region", { name: "Chosen deletion" });
      await detail.getByRole("heading", { name: "Erased in 2d 4h" }).waitFor();
      await detail.getByText(/Grace lasts until/).waitFor();
      await detail.getByText("Erase 3 days after the ticket closes").waitFor();
      await detail.getByRole("button", { name: "Open the case" }).click();
      await page
        .getByRole("heading", { level: 2, name: "Invoice numbers jump after the update to 8.2" })
        .waitFor();
    }),
  );

  test(
    "within its grace a deletion is undone by a hold, by keys alone",
    inWindow("busy", async (page) => {
      await deletions(page);
      await page.getByRole("option", { name: /invoices\.zip/ }).waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      const hold = page.getByRole("button", { name: "Place a hold", exact: true });
      await hold.waitFor();
      for (let press = 0; press < 8; press += 1) {
        if (await hold.and(page.locator(":focus")).count()) break;
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog
        .getByRole("radio", { name: "One file only" })
        .and(page.locator(":checked"))
        .waitFor();
      await dialog.getByLabel("Reason").focus();
      await page.keyboard.type("A claim");
      await dialog.getByRole("button", { name: "Place the hold" }).press("Enter");
      await page.getByText("The hold is placed. Nothing it covers is erased.").waitFor();
      await page.getByRole("option", { name: /invoices\.zip/ }).waitFor({ state: "detached" });
    }),
  );

  test(
    "within its grace a deletion is moved by an own date",
    inWindow("busy", async (page) => {
      await deletions(page);
      await page.getByRole("option", { name: /invoices\.zip/ }).click();
      await page.getByRole("button", { name: "Give an own date" }).click();
      const dialog = page.getByRole("dialog");
      assert.equal(
        await dialog.getByLabel("For").locator("option:checked").innerText(),
        "invoices.zip",
      );
      await dialog.getByLabel("Reason").fill("Needed for the next release");
      await dialog.getByRole("button", { name: "Give this date" }).click();
      await page.getByText("The own date is recorded.").waitFor();
    }),
  );

  test(
    "an erasure that does not succeed says where it stands, and is tried again",
    inWindow("stuck", async (page) => {
      await deletions(page, "Running");
      await page.getByText("1 entry", { exact: true }).waitFor();
      await page.getByRole("option", { name: /契約書.*3 attempts/s }).click();
      const detail = page.getByRole("region", { name: "Chosen deletion" });
      await detail.getByRole("heading", { name: "Being erased" }).waitFor();
      await detail.getByText("The encrypted file here: still there").waitFor();
      await detail.getByText("The key that could open it: destroyed, and checked").waitFor();
      await detail.getByRole("alert").waitFor();
      await detail.getByRole("button", { name: "Try again now" }).click();
      await page.getByText(/^Synced|^Everything is up to date/).waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("run_round")), 1);
    }),
  );

  test(
    "what is done has its proof at each location, its receipt and its case",
    inWindow("busy", async (page) => {
      await deletions(page, "Done");
      await page.getByText("4 entries", { exact: true }).waitFor();
      await page.getByRole("option", { name: /proxy\.pcap/ }).click();
      const detail = page.getByRole("region", { name: "Chosen deletion" });
      await detail
        .getByText("The key that could open it: destroyed, and checked", { exact: true })
        .waitFor();
      assert.equal(await detail.getByRole("button", { name: "Place a hold" }).count(), 0);
      await detail.getByRole("button", { name: "Open the receipt" }).click();
      await page.getByText("Dear Kwame Boateng,").waitFor();
    }),
  );

  test(
    "what needs a person stands with one next step each",
    inWindow("stuck", async (page) => {
      await deletions(page, "Needs a person");
      const rows = page.getByRole("option");
      await rows.filter({ hasText: "A sweep would erase more than the cap" }).click();
      const detail = page.getByRole("region", { name: "Chosen deletion" });
      assert.equal(await detail.getByRole("button").count(), 1);
      await detail.getByRole("button", { name: "Read the plan" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("invoices.zip").waitFor();
      await dialog.getByRole("button", { name: "Erase 2 files" }).click();
      await page.getByText("2 files are erased, and every location was looked at again.").waitFor();
      await rows
        .filter({ hasText: "A sweep would erase more than the cap" })
        .waitFor({ state: "detached" });
      await page.getByText("No deletion chosen").waitFor();
      await rows.filter({ hasText: "An erasure does not succeed" }).click();
      await detail.getByRole("button", { name: "Open the case" }).click();
      await page
        .getByRole("heading", { level: 2, name: "Could you take down the documents I sent?" })
        .waitFor();
    }),
  );

  test(
    "deletions are searched by file, customer and case",
    inWindow("busy", async (page) => {
      await deletions(page);
      await page.keyboard.press("/");
      await page.keyboard.type("feldmann");
      await page.getByText("2 entries", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("/");
      await page.keyboard.type("nobody of this name");
      await page.getByText("No deletion fits").waitFor();
      await page.getByRole("button", { name: "Show all of them" }).last().click();
      await page.getByRole("option", { name: /invoices\.zip/ }).waitFor();
    }),
  );

  test(
    "each of the four says when it is empty what will stand there",
    inWindow("empty", async (page) => {
      for (const [tab, text] of [
        ["Next", "Nothing will be erased"],
        ["Running", "Nothing is being erased"],
        ["Done", "Nothing was erased yet"],
        ["Needs a person", "No erasure waits for a person"],
      ]) {
        await deletions(page, tab);
        await page.getByText(text, { exact: true }).waitFor();
      }
    }),
  );

  test(
    "a list that cannot be read says so, and is asked for again",
    inWindow("busy", async (page) => {
      await page.evaluate(() => window.fake.refuse("list_erasures", "ledger_trouble"));
      await deletions(page);
      await page.getByRole("alert").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("option", { name: /invoices\.zip/ }).waitFor();
    }),
  );

  test(
    "ten thousand deletions scroll with few rows",
    inWindow("archive", async (page) => {
      await deletions(page, "Done");
      await page.getByText("10000 entries", { exact: true }).waitFor();
      await page.getByRole("option").first().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("End");
      await page.locator('[role="option"][aria-posinset="10000"][aria-selected="true"]').waitFor();
      assert.ok((await page.getByRole("option").count()) < 60, "only rows in sight exist");
    }),
  );

  test(
    "hostile names of files are shown as text in deletions, and break no layout",
    inWindow("hostile", async (page) => {
      await page.evaluate(() => {
        for (const it of window.fake.world.cases) it.holds = [];
        window.fake.tell();
      });
      await deletions(page);
      await page
        .getByRole("option", { name: /<script>document\.title/ })
        .first()
        .click();
      await page.getByRole("heading", { level: 2, name: /<img src=x onerror=/ }).waitFor();
      assert.equal(await page.title(), "Custody");
      assert.equal(await page.locator("#window img, #window script").count(), 0);
      assert.deepEqual(await tooWide(page), []);
      await page.setViewportSize({ width: 960, height: 640 });
      assert.deepEqual(await tooWide(page), []);
    }),
  );
}
