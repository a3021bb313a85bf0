/* What a story evaluates runs in the page. */
/* global document, window */
import assert from "node:assert/strict";
import { test } from "node:test";

const calls = (page, name) => page.evaluate((it) => window.fake.calls(it), name);
const heading = (page) => page.getByRole("heading", { level: 1, name: "Reports" });

export const openReports = async (page) => {
  await page.getByRole("button", { name: "Reports", exact: true }).click();
  await heading(page).waitFor();
  await page.getByRole("heading", { level: 2, name: "Held now" }).waitFor();
};

const choose = (page, form) =>
  page
    .getByRole("button", { name: "Export" })
    .click()
    .then(() => page.getByRole("menuitem", { name: form }).click());

export function reportsStories(inWindow) {
  test(
    "the first numbers have what gives them a meaning, and lead to the case",
    inWindow("busy", async (page) => {
      await openReports(page);
      await page.getByText("half of them within 73 h").waitFor();
      await page.getByText("7 / 9").waitFor();
      await page.getByText("39 / 52").waitFor();
      await page.getByRole("button", { name: /^oldest since/ }).click();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      assert.equal(await heading(page).count(), 0, "the case is shown");
    }),
  );

  test(
    "another time is asked of the desk, and stays chosen when one comes back",
    inWindow("busy", async (page) => {
      await openReports(page);
      const before = await calls(page, "show_report");
      await page.getByRole("radio", { name: "Last month" }).click();
      await page.waitForFunction((it) => window.fake.calls("show_report") > it, before);
      await page.getByRole("button", { name: "Receipts", exact: true }).click();
      await openReports(page);
      assert.equal(
        await page.getByRole("radio", { name: "Last month" }).getAttribute("aria-checked"),
        "true",
      );
    }),
  );

  test(
    "own dates are typed, and dates in the wrong order ask for nothing",
    inWindow("busy", async (page) => {
      await openReports(page);
      await page.getByRole("radio", { name: "Own dates" }).click();
      const year = page.getByRole("spinbutton", { name: /year/i });
      await year.nth(1).fill("");
      await year.nth(1).pressSequentially("2020");
      await page.getByText("The first day is after the last.").waitFor();
      assert.ok(await page.getByRole("button", { name: "Export" }).isDisabled());
      await year.nth(0).pressSequentially("2019");
      await page.getByText("The first day is after the last.").waitFor({ state: "detached" });
      assert.ok(await page.getByRole("button", { name: "Export" }).isEnabled());
    }),
  );

  test(
    "a chart is read by keyboard alone, bar by bar, and has its table behind it",
    inWindow("busy", async (page) => {
      await openReports(page);
      const chart = page.getByRole("figure", { name: /whose rule gives 72 h/ });
      const bars = chart.getByRole("img");
      assert.equal(await bars.count(), 11);
      await chart.getByRole("button").focus();
      await page.keyboard.press("Tab");
      assert.equal(
        await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
        "0 to 12 h: 0 files",
      );
      for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowRight");
      await chart.getByText("72 to 84 h: 88 files").waitFor();
      await page.keyboard.press("End");
      assert.equal(
        await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
        "120 to 132 h: 1 file",
      );
      await page.keyboard.press("Tab");
      assert.equal(
        await chart.evaluate((it) => it.contains(document.activeElement)),
        false,
        "a chart is one stop",
      );
      await chart.getByRole("button", { name: /^As a table/ }).click();
      await chart.getByRole("row", { name: "72 to 84 h 88" }).waitFor();
      assert.equal(await chart.getByRole("row").count(), 12);
    }),
  );

  test(
    "a pointer on a bar shows its exact value",
    inWindow("busy", async (page) => {
      await openReports(page);
      const chart = page.getByRole("figure", { name: "Bytes of sealed files" });
      await chart.getByRole("img", { name: /^By the ledger/ }).hover();
      await chart.getByText(/^By the ledger: [\d,]+ bytes$/).waitFor();
    }),
  );

  test(
    "an export says where it lies, with its statement beside it",
    inWindow("busy", async (page) => {
      await openReports(page);
      const release = await page.evaluateHandle(() => window.fake.delay("export_report"));
      await choose(page, /^PDF/);
      assert.equal(
        await page.getByRole("button", { name: "Writing…" }).getAttribute("aria-busy"),
        "true",
      );
      await page.evaluate((it) => it(), release);
      const saved = page.getByRole("region", { name: /^The report is written/ });
      await saved.getByText(/custody-report-2026-11-24-0900\.pdf$/).waitFor();
      await saved.getByText(/\.sig\.json/).waitFor();
      await saved.getByRole("button", { name: "Copy the path" }).waitFor();
    }),
  );

  test(
    "where two people are needed a report is proposed, and written once it is approved",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.fourEyes.export = true;
        window.fake.tell();
      });
      await openReports(page);
      await choose(page, /^PDF/);
      const dialog = page.getByRole("dialog", { name: "Export" });
      await dialog.getByRole("button", { name: "Propose it" }).click();
      await dialog.getByText("Say what it is for. Whoever approves it reads this.").waitFor();
      await dialog.getByLabel("What it is for").fill("The yearly audit");
      await dialog.getByLabel("Passphrase of your own key").fill("robins own");
      await page.evaluate(() => window.fake.refuse("propose_export", "wrong_passphrase"));
      await dialog.getByRole("button", { name: "Propose it" }).click();
      await dialog.getByText("The passphrase is wrong.", { exact: false }).waitFor();
      await dialog.getByLabel("Passphrase of your own key").fill("robins own");
      await dialog.getByRole("button", { name: "Propose it" }).click();
      await page.getByText("It is proposed, and waits for a second person.").waitFor();
      assert.equal(await dialog.count(), 0);

      await page.evaluate(() => (window.fake.world.proposals[0].approved_by = "Noor Haddad"));
      await choose(page, /^PDF/);
      await page.getByText(/custody-report-2026-11-24-0900\.pdf$/).waitFor();
      // One approval is for one report.
      await choose(page, /^CSV/);
      await dialog.waitFor();
    }),
  );

  test(
    "an export that needs a second person says so in two lines",
    inWindow("busy", async (page) => {
      await openReports(page);
      await page.evaluate(() => window.fake.refuse("export_report", "needs_second_person"));
      await choose(page, /^CSV/);
      await page.getByText("This needs a second person.", { exact: false }).waitFor();
      await page.getByText("Reference 5d41c0").waitFor();
      await choose(page, /^CSV/);
      await page.getByText(/custody-report-2026-11-24-0900\.csv$/).waitFor();
      assert.equal(await page.getByText("Reference 5d41c0").count(), 0);
    }),
  );

  test(
    "a report that cannot be made says so, and is asked for again",
    inWindow("busy", async (page) => {
      await page.evaluate(() => window.fake.refuse("show_report", "ledger_trouble"));
      await page.getByRole("button", { name: "Reports", exact: true }).click();
      await page.getByRole("alert").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { level: 2, name: "Held now" }).waitFor();
      assert.equal(await page.getByRole("alert").count(), 0);
    }),
  );

  test(
    "what the desk tells is in the report at once",
    inWindow("busy", async (page) => {
      await openReports(page);
      const before = await calls(page, "show_report");
      await page.evaluate(() => window.fake.tell());
      await page.waitForFunction((it) => window.fake.calls("show_report") > it, before);
    }),
  );

  test(
    "what the desk tells while it answers is asked for once, afterwards",
    inWindow("busy", async (page) => {
      await openReports(page);
      const before = await calls(page, "show_report");
      const release = await page.evaluateHandle(() => window.fake.delay("show_report"));
      await page.evaluate(() => window.fake.tell());
      await page.waitForFunction((it) => window.fake.calls("show_report") > it, before);
      const asked = await calls(page, "show_desk");
      for (let time = 1; time <= 3; time += 1) {
        await page.evaluate(() => window.fake.tell());
        await page.waitForFunction((it) => window.fake.calls("show_desk") >= it, asked + time);
      }
      await page.evaluate((it) => it(), release);
      await page.waitForFunction((it) => window.fake.calls("show_report") >= it + 2, before);
      await page.getByText("half of them within 73 h").waitFor();
      assert.equal(await calls(page, "show_report"), before + 2);
    }),
  );

  test(
    "an empty desk has a report that says what there is not",
    inWindow("empty", async (page) => {
      await openReports(page);
      for (const said of [
        "No file is held.",
        "Nothing is overdue.",
        "Nothing was erased in this time.",
        "No receipt was issued in this time.",
        "No hold is placed.",
        "No viewing copy exists.",
        "Ledger and disk agree to the byte.",
      ])
        await page.getByText(said, { exact: true }).waitFor();
    }),
  );

  test(
    "hostile names, small windows and large text keep the report in its place",
    inWindow("hostile", async (page) => {
      await page.setViewportSize({ width: 960, height: 640 });
      for (let step = 0; step < 8; step += 1) await page.keyboard.press("Control++");
      await openReports(page);
      const wide = await page.evaluate(
        () =>
          [...document.querySelectorAll("main, main > div")].filter(
            (it) => it.scrollWidth > it.clientWidth + 1,
          ).length,
      );
      assert.equal(wide, 0, "nothing is cut off at the side");
    }),
  );
}
