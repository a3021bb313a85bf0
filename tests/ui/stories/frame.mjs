/* What a story evaluates runs in the page. */
/* global window, document, getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../screens.mjs";
import { shownFirst } from "../browser.mjs";

export function frameStories(inWindow) {
  test(
    "the rail has the screens that exist, and each works, by its number too",
    inWindow("busy", async (page) => {
      const screens = page.getByRole("navigation", { name: "Screens" }).getByRole("button");
      const names = (await screens.allInnerTexts()).map((text) => text.trim());
      assert.deepEqual(names, ["Cases", "Deletions", "Receipts", "Reports", "Audit", "Settings"]);
      for (const [at, name] of [...names.entries()].reverse()) {
        await page.keyboard.press(String(at + 1));
        await page.getByRole("heading", { level: 1, name }).waitFor();
        await page.locator('[aria-current="page"]').filter({ hasText: name }).waitFor();
      }
      for (const name of names) {
        await screens.filter({ hasText: name }).click();
        await page.getByRole("heading", { level: 1, name }).waitFor();
      }
    }),
  );

  test(
    "the bell counts what waits for a person, and leads there",
    inWindow("busy", async (page) => {
      const bell = page.getByRole("button", { name: /^Attention: \d+ things wait for you$/ });
      await bell.click();
      await page.getByRole("heading", { level: 1, name: "Attention" }).waitFor();
      const told = Number((await bell.getAttribute("aria-label")).match(/\d+/)[0]);
      const list = page.getByRole("list", { name: "What waits for you" });
      assert.equal(await list.getByRole("listitem").count(), told);
      await page.keyboard.press("1");
      await page.keyboard.press("a");
      await page.getByRole("heading", { level: 1, name: "Attention" }).waitFor();
    }),
  );

  test(
    "a folded rail keeps its icons and its names, and is folded when one comes back",
    inWindow("busy", async (page) => {
      const rail = page.locator("aside");
      const wide = (await rail.boundingBox()).width;
      await page.getByRole("button", { name: "Fold the rail" }).click();
      await page.getByRole("button", { name: "Unfold the rail" }).waitFor();
      assert.ok((await rail.boundingBox()).width < wide / 2);
      await page.reload();
      await shownFirst(page);
      await page.getByRole("button", { name: "Unfold the rail" }).waitFor();
      await page.getByRole("button", { name: "Receipts" }).click();
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
    }),
  );

  test(
    "the palette does every action by its name, with the keys alone",
    inWindow("busy", async (page) => {
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: "Do something, or find a case" });
      await palette.getByRole("combobox").and(page.locator(":focus")).waitFor();
      await page.keyboard.type("receip");
      await palette.getByRole("option", { name: "Receipts", selected: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
      await palette.waitFor({ state: "detached" });

      // What the open case offers comes first.
      await goTo(page, "Cases");
      await page.getByRole("option").filter({ hasText: "Mariana Aguirre" }).click();
      await page.getByRole("button", { name: "Place a hold", exact: true }).waitFor();
      await page.keyboard.press("Control+k");
      await palette.getByRole("option", { name: "Place a hold", selected: true }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: /hold/ }).getByLabel("Reason").waitFor();
    }),
  );

  test(
    "the palette finds a case by the name of a file in it, and says when there is nothing",
    inWindow("busy", async (page) => {
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: "Do something, or find a case" });
      await page.keyboard.type("import-full");
      await palette.getByRole("option", { name: /Priya Raman/ }).click();
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      await page.getByText("topic 1044").first().waitFor();
      await page.keyboard.press("Control+k");
      await page.keyboard.type("zzz no such thing");
      await palette.getByText("Nothing has this name, and no case these words.").waitFor();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await palette.waitFor({ state: "detached" });

      await page.evaluate(() => window.fake.refuse("list_cases", "ledger_trouble"));
      await page.keyboard.press("Control+k");
      await page.keyboard.type("a");
      await palette.getByText("The ledger cannot be used right now.").waitFor();
    }),
  );

  test(
    "a screen keeps its place when one comes back",
    inWindow("many", async (page) => {
      const list = page.getByRole("listbox", { name: "Cases" });
      await page.getByRole("option").first().click();
      await page.keyboard.press("Escape");
      for (let row = 0; row < 20; row += 1) await page.keyboard.press("j");
      const chosen = await page.locator('[role="option"][aria-selected="true"]').innerText();
      const at = await list.evaluate((it) => it.scrollTop);
      assert.ok(at > 0, "the list was scrolled to the choice");
      await page.keyboard.press("3");
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
      await page.keyboard.press("1");
      await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
      assert.equal(await page.locator('[role="option"][aria-selected="true"]').innerText(), chosen);
      await page.locator('[role="option"][aria-selected="true"]:focus').waitFor();
      assert.ok((await list.evaluate((it) => it.scrollTop)) > 0, "the list is where it was");
    }),
  );

  test(
    "the heartbeat tells a job's problem in words, and when it last went well",
    inWindow("busy", async (page) => {
      await page.getByRole("button", { name: /1 job has a problem/ }).click();
      const jobs = page.getByRole("dialog", { name: "Jobs of this desk" });
      await jobs.getByText("The server does not answer.").waitFor();
      await jobs.getByText("Last success 3 hours ago").waitFor();
      assert.equal(await jobs.getByRole("listitem").count(), 10);
      await page.keyboard.press("Escape");
      await jobs.waitFor({ state: "detached" });
    }),
  );

  test(
    "a job that hangs and one that is never run are told from those that are well, with the bytes by ledger and disk",
    inWindow("stopped", async (page) => {
      await page.getByRole("button", { name: /1 job has stopped/ }).click();
      const jobs = page.getByRole("dialog", { name: "Jobs of this desk" });
      const of = (name) => jobs.getByRole("listitem").filter({ hasText: name });
      await of("Intake")
        .getByText("Late. Should have run, or come to an end, 6 minutes ago.")
        .waitFor();
      await of("Intake").getByText("Under way, last sign of life 12 minutes ago.").waitFor();
      await of("Answers in").getByText("Stopped. Should have run").waitFor();
      assert.equal(await jobs.getByText("Stopped", { exact: true }).count(), 1);
      await jobs.getByText("40.2 MiB by the ledger").waitFor();
    }),
  );

  test(
    "what does not fit between disk and ledger waits for a person and is counted",
    inWindow("stopped", async (page) => {
      await goTo(page, "Attention");
      const item = page.getByRole("listitem").filter({ hasText: "do not fit together" });
      await item.getByRole("button", { name: "See what was found" }).click();
      const found = page.getByRole("dialog", { name: "Disk against ledger" });
      await found.getByRole("row", { name: /Set aside.* 2 80 KiB/ }).waitFor();
      await found.getByRole("row", { name: /whose key is missing 1/ }).waitFor();
      await found.getByText("The key that opens all others is missing").waitFor();
      assert.equal(
        await found.getByText("Drop folders that no case has").count(),
        0,
        "only what was found",
      );
      await found.getByRole("button", { name: "Close" }).last().click();
      await found.waitFor({ state: "detached" });
    }),
  );

  test(
    "syncing shows that it works and says what came of it",
    inWindow("busy", async (page) => {
      const release = await page.evaluateHandle(() => window.fake.delay("run_round"));
      const sync = page.getByRole("button", { name: /^Sync/ });
      await sync.click();
      await page.getByText("Syncing…").waitFor();
      assert.ok(await sync.isDisabled(), "it is not pressed twice");
      await release.evaluate((go) => go());
      await page.getByText("Synced: 1 file sealed.").waitFor();
      await page.getByRole("button", { name: /All is well/ }).waitFor();
      await sync.click();
      await page.getByText("Everything is up to date.").waitFor();
    }),
  );

  test(
    "a sync that is refused says so, with the reference of the log, until it is dismissed",
    inWindow("busy", async (page) => {
      await page.evaluate(() => window.fake.refuse("run_round", "in_use"));
      await page.getByRole("button", { name: "Sync now" }).click();
      await page
        .getByText("Another program is working on this desk. Nothing was changed.")
        .waitFor();
      await page.getByText("Reference 5d41c0").waitFor();
      await page.getByRole("button", { name: "Dismiss" }).click();
      await page.getByText("Another program is working").waitFor({ state: "detached" });
    }),
  );

  test(
    "what changes on the desk appears without being asked for",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Jonas Feldmann/ }).click();
      await page.getByRole("heading", { name: "Erases in 2d 4h" }).waitFor();
      await page.evaluate(() => {
        const jonas = window.fake.world.cases.find(({ customer }) => customer === "Jonas Feldmann");
        jonas.title = "A new title from the forum";
        window.fake.tell();
      });
      await page.getByRole("option", { name: /A new title from the forum/ }).waitFor();
      await page.getByRole("heading", { name: "A new title from the forum" }).waitFor();
    }),
  );

  test(
    "the list of keys opens with ? and is left with Escape",
    inWindow("busy", async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard" }).getByText("Lock the desk").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }),
  );

  test(
    "text grows to twice its size, shrinks again and is remembered",
    inWindow("busy", async (page) => {
      const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
      for (let press = 0; press < 9; press += 1) await page.keyboard.press("Control+=");
      assert.equal(await size(), "32px");
      await page.reload();
      await shownFirst(page);
      assert.equal(await size(), "32px");
      await page.keyboard.press("Control+0");
      assert.equal(await size(), "16px");
    }),
  );

  test(
    "the practice strip plays the customer, the engineer and the clock through a whole life",
    inWindow("busy", async (page) => {
      const strip = page.getByRole("region", { name: "Practice desk" });
      const hand = (name) => strip.getByRole("button", { name });
      assert.ok(
        await hand("Close the ticket").isDisabled(),
        "without a chosen case there is no ticket to close",
      );
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await hand("Close the ticket").click();
      await page.getByText("The engineer closed the ticket.").waitFor();
      await page.getByRole("heading", { name: "Erases in 3d" }).waitFor();
      await hand("Move the clock on by 3 days").click();
      await page.getByRole("heading", { name: "Erased, and the receipt is out" }).waitFor();
      await strip.getByText("27 Nov").waitFor();
      await hand("Customer confirms").click();
      await page.getByRole("heading", { name: "Erased, and the customer confirmed it" }).waitFor();
    }),
  );

  test(
    "a customer who asks in the thread has their files erased without grace",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await page.getByRole("button", { name: "Customer asks for removal" }).click();
      await page.getByText("asked for removal (in the thread)").waitFor();
      await page.getByRole("heading", { name: "Erased, and the receipt is out" }).waitFor();
    }),
  );

  test(
    "the window speaks German to a German",
    inWindow(
      "busy",
      async (page) => {
        await page.getByRole("heading", { level: 1, name: "Fälle" }).waitFor();
        await page.getByRole("option", { name: /Jonas Feldmann/ }).click();
        await page.getByRole("heading", { name: /^Löschung in 2/ }).waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.lang), "de-DE");
      },
      { language: "de-DE" },
    ),
  );

  test(
    "the desk hears now and then that somebody is there, and never from a window that only watches",
    inWindow("busy", async (page) => {
      await page.getByRole("option").first().waitFor();
      const touches = () => page.evaluate(() => window.fake.calls("touch"));
      await page.evaluate(() => window.fake.tell());
      assert.equal(await touches(), 0, "what the desk tells is no input");
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.mouse.wheel(0, 10);
      assert.equal(await touches(), 1, "once, not with every key");
    }),
  );
}
