/* What a story evaluates runs in the page. */
/* global window */
import assert from "node:assert/strict";
import { test } from "node:test";

export function startStories(inWindow) {
  test(
    "a first run sets up a desk once the passphrase was given twice the same",
    inWindow("first-run", async (page) => {
      const [passphrase, again] = [
        page.getByLabel("Passphrase", { exact: true }),
        page.getByLabel("The same passphrase again"),
      ];
      await passphrase.fill("short");
      await page.getByRole("button", { name: "Set up the desk" }).click();
      await page.getByText("At least 10 characters.").waitFor();

      await passphrase.fill("otter basalt lantern plum");
      await page.getByText("Strong.").waitFor();
      await again.fill("otter basalt lantern plums");
      await page.getByText("The two are not the same.").waitFor();
      await page.getByRole("button", { name: "Set up the desk" }).click();
      assert.equal(
        await page.getByRole("heading", { name: "Set up this desk" }).count(),
        1,
        "nothing was set up yet",
      );

      await again.fill("otter basalt lantern plum");
      await page.getByRole("button", { name: "Set up the desk" }).click();
      await page.getByRole("heading", { level: 2, name: "Recovery kit" }).waitFor();
      await page.getByRole("button", { name: "Leave for now" }).click();
      await page.getByRole("heading", { name: "Cases" }).waitFor();
      await page.getByText("No cases yet").waitFor();
      assert.equal(
        await page.getByText("Practice desk").count(),
        0,
        "a desk of one's own has no practice strip",
      );
    }),
  );

  test(
    "the strength hint says what is wrong with a passphrase",
    inWindow("first-run", async (page) => {
      const passphrase = page.getByLabel("Passphrase", { exact: true });
      for (const [typed, hint] of [
        ["password", "tried first"],
        ["abcdefghijkl", "Runs such as"],
        ["zxzxzxzxzxzx", "It repeats itself"],
        ["otter basalt lantern plum", "Hard to guess"],
      ]) {
        await passphrase.fill(typed);
        await page.getByText(hint).waitFor();
      }
    }),
  );

  test(
    "a passphrase is shown only on request",
    inWindow("first-run", async (page) => {
      const field = page.getByLabel("Passphrase", { exact: true });
      assert.equal(await field.getAttribute("type"), "password");
      await page.getByRole("button", { name: "Show passphrase" }).first().click();
      assert.equal(await field.getAttribute("type"), "text");
      await page.getByRole("button", { name: "Hide passphrase" }).click();
      assert.equal(await field.getAttribute("type"), "password");
    }),
  );

  test(
    "the practice desk needs no passphrase and opens with its world",
    inWindow("first-run", async (page) => {
      await page.getByRole("button", { name: "Try the practice desk" }).click();
      await page.getByRole("option", { name: /Crash while exporting/ }).waitFor();
      await page.getByRole("region", { name: "Practice desk" }).waitFor();
    }),
  );

  test(
    "a desk that cannot be set up says why and what became of the data",
    inWindow("first-run", async (page) => {
      await page.evaluate(() => window.fake.refuse("start_practice", "keychain_trouble"));
      await page.getByRole("button", { name: "Try the practice desk" }).click();
      await page
        .getByRole("alert")
        .getByText("The keychain cannot be used. Nothing was erased and nothing was lost.")
        .waitFor();
      await page.getByRole("button", { name: "Try the practice desk" }).click();
      await page.getByRole("heading", { name: "Cases" }).waitFor();
    }),
  );

  test(
    "while a desk is opened the window says so, and shows the desk when it is told that it stands",
    inWindow("opening", async (page) => {
      await page.getByRole("status").getByText("Setting up the practice world…").waitFor();
      await page.evaluate(() => {
        window.fake.world.stage = "running";
        window.fake.tell();
      });
      await page.getByRole("heading", { name: "Cases" }).waitFor();
    }),
  );

  test(
    "the lock screen names a practice desk's passphrase as the desk tells it, and no other desk's",
    inWindow("locked", async (page) => {
      await page.getByText("The passphrase of the practice desk is “practice”.").waitFor();
      await page.evaluate(() => {
        window.fake.world.practice = false;
        window.fake.tell();
      });
      await page.getByText("The passphrase of the practice desk").waitFor({ state: "detached" });
    }),
  );

  test(
    "a desk that does not open offers to try again, and opens when it can",
    inWindow("failed", async (page) => {
      await page.getByRole("heading", { name: "The desk could not be opened" }).waitFor();
      await page.getByText("Update Custody on this machine.").waitFor();
      await page.getByText("Reference 77aa01").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "The desk could not be opened" }).waitFor();
      await page.evaluate(() => (window.fake.world.canBeOpened = true));
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("heading", { name: "Cases" }).waitFor();
    }),
  );

  test(
    "a locked desk shows no case, refuses a wrong passphrase and opens with the right one, by keyboard alone",
    inWindow("locked", async (page) => {
      await page.getByRole("heading", { name: "The desk is locked" }).waitFor();
      assert.equal(await page.getByText("Mariana Aguirre").count(), 0);
      await page.keyboard.type("wrong");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("The passphrase is wrong.").waitFor();
      const field = page.getByLabel("Passphrase", { exact: true });
      assert.equal(await field.inputValue(), "", "a wrong passphrase does not stay in the field");
      await field.and(page.locator(":focus")).waitFor();
      await page.keyboard.type("practice");
      await page.keyboard.press("Enter");
      await page.getByRole("option", { name: /Mariana Aguirre/ }).waitFor();
    }),
  );

  test(
    "locking clears the screen and what was read",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await page.getByText("export-crash-2026-11-23.log").waitFor();
      await page.keyboard.press("Control+l");
      await page.getByRole("heading", { name: "The desk is locked" }).waitFor();
      assert.equal(await page.getByText("Mariana Aguirre").count(), 0);
      const release = await page.evaluateHandle(() => window.fake.delay("list_cases"));
      await page.getByLabel("Passphrase", { exact: true }).fill("practice");
      await page.getByRole("button", { name: "Unlock" }).click();
      await page
        .getByRole("region", { name: "Cases" })
        .getByRole("status", { name: "Loading…" })
        .waitFor();
      assert.equal(await page.getByRole("option").count(), 0, "the old list was not kept");
      await release.evaluate((go) => go());
      await page.getByRole("option", { name: /Mariana Aguirre/ }).waitFor();
    }),
  );
}
