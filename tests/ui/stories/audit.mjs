/* What a story evaluates runs in the page. */
/* global window */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tooWide } from "../browser.mjs";
import { goTo } from "../screens.mjs";

const audit = async (page) => {
  await goTo(page, "Audit");
  await page.getByRole("heading", { level: 1, name: "Audit" }).waitFor();
  await page.getByRole("option").first().waitFor();
};
const choose = async (page, what, value) => {
  await page.getByRole("button", { name: new RegExp(`^${what}: `) }).click();
  await page.getByRole("menuitemradio", { name: value }).click();
};
const chain = async (page) => {
  await page.getByRole("button", { name: /Verify, export/ }).click();
  return page.getByRole("dialog", { name: "The chain of events" });
};

export function auditStories(inWindow) {
  test(
    "the chain stands newest first, each event in words with its place, its exact time and its hashes",
    inWindow("busy", async (page) => {
      await audit(page);
      const numbers = (await page.getByRole("option").allInnerTexts()).map((text) =>
        Number(text.match(/#(\d+)/)[1]),
      );
      assert.ok(numbers.length > 5 && numbers.every((it, at) => at === 0 || it < numbers[at - 1]));
      await page.getByRole("button", { name: /^Holds \d/ }).click();
      await page
        .getByRole("option", { name: /placed a hold/ })
        .first()
        .click();
      const detail = page.getByRole("region", { name: "Chosen event" });
      await detail.getByRole("heading", { level: 2, name: /Robin Adler placed a hold/ }).waitFor();
      await detail.getByText("Saturday, 21 November 2026 at 02:30:00 CET").waitFor();
      await detail.getByText("hold_placed", { exact: true }).waitFor();
      await detail.getByText("The text that is digested").click();
      await detail.getByText('"event": "hold_placed"').waitFor();
      await detail.getByRole("button", { name: /Signature page missing/ }).click();
      await page
        .getByRole("heading", { level: 2, name: "Signature page missing in signed contract PDF" })
        .waitFor();
    }),
  );

  test(
    "an event of a receipt leads to it",
    inWindow("busy", async (page) => {
      await audit(page);
      await page.getByRole("button", { name: /^Receipts \d/ }).click();
      await page
        .getByRole("option", { name: /sent the receipt/ })
        .first()
        .click();
      await page
        .getByRole("region", { name: "What it is about" })
        .getByRole("button", { name: /^Receipt C7/ })
        .click();
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
      await page.getByRole("heading", { level: 2, name: /^Receipt C7/ }).waitFor();
    }),
  );

  test(
    "events are filtered by what, who, when and whose",
    inWindow("busy", async (page) => {
      await audit(page);
      const rows = page.getByRole("option");
      await page.getByRole("button", { name: /^Holds \d/ }).click();
      await page.getByText("1 event", { exact: true }).waitFor();
      await page.getByRole("button", { name: /^All \d/ }).click();
      await choose(page, "Who", "Customers");
      await rows.filter({ hasText: "sounds like a request for removal" }).waitFor();
      await page.getByText("1 event", { exact: true }).waitFor();
      await choose(page, "Who", "Anyone");
      await choose(page, "When", "Today");
      await rows.filter({ hasText: "sounds like a request for removal" }).waitFor();
      assert.equal(await rows.filter({ hasText: "placed a hold" }).count(), 0);
      await choose(page, "When", "From … to …");
      await page.getByLabel("First day").fill("2026-11-21");
      await page.getByLabel("Last day").fill("2026-11-21");
      await rows.filter({ hasText: "placed a hold" }).waitFor();
      await choose(page, "When", "Any time");
      await page.keyboard.press("/");
      await page.getByRole("searchbox").fill("tanaka");
      await rows.filter({ hasText: "sounds like a request for removal" }).waitFor();
      assert.equal(await rows.filter({ hasText: "placed a hold" }).count(), 0);
      const place = (await rows.first().innerText()).match(/#(\d+)/)[1];
      await page.getByRole("searchbox").fill(`#${place}`);
      await page.getByText("1 event", { exact: true }).waitFor();
      await page.getByRole("searchbox").fill("nobody of this name");
      await page.getByText("No event fits").waitFor();
      await page.getByRole("button", { name: "Show all events" }).last().click();
      await page.getByText("48 events", { exact: true }).waitFor();
    }),
  );

  test(
    "the chain is verified on request, says how far it is, and then up to where it is whole",
    inWindow("busy", async (page) => {
      await audit(page);
      await page.getByText("Not verified yet").waitFor();
      const dialog = await chain(page);
      await page.evaluate(() => {
        window.release = window.fake.delay("verify_chain");
        window.releaseToo = window.fake.delay("verify_anchors");
      });
      await dialog.getByRole("button", { name: "Verify the chain" }).click();
      await dialog.getByText("Walking the chain, event by event…").waitFor();
      await page.evaluate(() => window.release());
      await dialog.getByText("The chain is whole. Comparing it with the receipts…").waitFor();
      await page.evaluate(() => window.releaseToo());
      await dialog.getByText(/^Whole up to event \d+\.$/).waitFor();
      await dialog.getByText("3 kept receipts were signed over it.").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Whole up to event \d+ Verify, export/ }).waitFor();
    }),
  );

  test(
    "the first event that does not fit is named",
    inWindow("stuck", async (page) => {
      await audit(page);
      const dialog = await chain(page);
      await dialog.getByRole("button", { name: "Verify the chain" }).click();
      await dialog
        .getByText(/Event 112 is the first that does not fit; the 111 before it do/)
        .waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("verify_anchors")), 0);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Does not fit/ }).waitFor();
    }),
  );

  test(
    "the chain is written out where the desk says, by keys alone",
    inWindow("busy", async (page) => {
      await audit(page);
      await page.getByRole("button", { name: /Verify, export/ }).press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Write the export" }).press("Enter");
      const path = "/home/robin/Downloads/Custody exports/custody-audit-2026-11-24-0930.jsonl";
      await dialog.getByLabel("Where it is").getByText(path).waitFor();
      await dialog.getByRole("button", { name: "Copy the path" }).press("Enter");
      await dialog.getByRole("button", { name: "Copied" }).waitFor();
      assert.equal(await page.evaluate(() => window.navigator.clipboard.readText()), path);
      await page.keyboard.press("Escape");
      const again = await chain(page);
      await page.evaluate(() => window.fake.refuse("export_audit", "disk_full"));
      await again.getByRole("button", { name: "Write the export" }).click();
      await again.getByRole("alert").waitFor();
    }),
  );

  test(
    "where two people are needed an export is proposed, and written once it is approved",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.fourEyes.export = true;
        window.fake.tell();
      });
      await audit(page);
      const dialog = await chain(page);
      await dialog.getByRole("button", { name: "Propose it" }).click();
      await dialog.getByText("Say what it is for. Whoever approves it reads this.").waitFor();
      await dialog.getByLabel("What it is for").fill("The yearly audit");
      await dialog.getByLabel("Passphrase of your own key").fill("robins own");
      await dialog.getByRole("button", { name: "Propose it" }).click();
      await page.getByText("It is proposed, and waits for a second person.").waitFor();
      await page.evaluate(() => (window.fake.world.proposals[0].approved_by = "Noor Haddad"));
      const again = await chain(page);
      await again.getByRole("button", { name: "Write the export" }).click();
      await again.getByText("The chain is written out and signed.").waitFor();
      assert.equal(await page.evaluate(() => window.fake.world.proposals.length), 0);
    }),
  );

  test(
    "a hundred thousand events scroll with few rows, and the first is reached by a key",
    inWindow("archive", async (page) => {
      await audit(page);
      await page.getByRole("option").first().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("End");
      await page.locator('[role="option"][aria-selected="true"]', { hasText: /#1$/ }).waitFor();
      const last = page.locator('[role="option"][aria-selected="true"]');
      assert.ok(Number(await last.getAttribute("aria-setsize")) > 100_000);
      assert.ok((await page.getByRole("option").count()) < 60, "only rows in sight exist");
      await page.keyboard.press("Home");
      await page.locator('[role="option"][aria-posinset="1"][aria-selected="true"]').waitFor();
    }),
  );

  test(
    "a list and an event that cannot be read say so, and are asked for again",
    inWindow("busy", async (page) => {
      await page.evaluate(() => window.fake.refuse("list_events", "ledger_damaged"));
      await goTo(page, "Audit");
      await page.getByRole("alert").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("option").first().waitFor();
      await page.evaluate(() => window.fake.refuse("show_event", "ledger_trouble"));
      await page.getByRole("option").first().click();
      await page.getByRole("alert").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "In the chain" }).waitFor();
    }),
  );

  test(
    "a desk without events says what will stand there",
    inWindow("empty", async (page) => {
      await goTo(page, "Audit");
      await page.getByText("No events yet").waitFor();
    }),
  );

  test(
    "hostile names are shown as text in the audit, and break no layout",
    inWindow("hostile", async (page) => {
      await page.evaluate(() => {
        const [target] = window.fake.world.cases;
        target.events.at(-1).who = { code: "person", name: `${target.title}\u202Egnp` };
        window.fake.tell();
      });
      await audit(page);
      await page
        .getByRole("option", { name: /<img src=x/ })
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
