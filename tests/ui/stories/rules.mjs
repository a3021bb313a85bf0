/* What a story evaluates runs in the page. */
/* global window */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo, goToSection } from "../screens.mjs";

const open = async (page) => {
  await goToSection(page, "Rules");
  await page.getByRole("group", { name: "usual" }).waitFor();
};
const ceiling = (page) => page.getByLabel("At the latest, after arrival", { exact: true });
const simulate = (page) => page.getByRole("button", { name: "Show what this would do" }).click();
const calls = (page, name) => page.evaluate((it) => window.fake.calls(it), name);

export function rulesStories(inWindow) {
  test(
    "a changed rule shows which files it would erase before it can be put into force",
    inWindow("busy", async (page) => {
      await open(page);
      assert.equal(await page.getByRole("button", { name: "Put these rules" }).count(), 0);
      await ceiling(page).fill("7");
      await simulate(page);
      const found = page.getByRole("region", { name: "What it would do" });
      await found
        .getByRole("listitem")
        .filter({ hasText: /invoices\.zip.*erased with the next sweep/s })
        .waitFor();
      await found.getByText("What is erased is destroyed for good").waitFor();
      assert.equal(await calls(page, "change_rules"), 0, "a simulation changes nothing");
      await found.getByRole("button", { name: "Put these rules into force" }).click();
      await page.getByText("The rules are in force.").waitFor();
      assert.equal(await ceiling(page).inputValue(), "7");
      await found.waitFor({ state: "detached" });
    }),
  );

  test(
    "what was simulated is forgotten as soon as a number is another one",
    inWindow("busy", async (page) => {
      await open(page);
      await ceiling(page).fill("30");
      await simulate(page);
      const found = page.getByRole("region", { name: "What it would do" });
      await found.waitFor();
      await ceiling(page).fill("31");
      await found.waitFor({ state: "detached" });
    }),
  );

  test(
    "rules that change something else by now are not put into force",
    inWindow("busy", async (page) => {
      await open(page);
      await ceiling(page).fill("30");
      await simulate(page);
      const button = page.getByRole("button", { name: "Put these rules into force" });
      await button.waitFor();
      await page.evaluate(() => window.fake.world.cases[0].files.pop());
      await button.click();
      await page.getByText("Somebody else changed the same thing first").waitFor();
      assert.equal(await page.evaluate(() => window.fake.world.rules.rules[0].ceiling), "90 days");
      assert.equal(await ceiling(page).inputValue(), "30", "what was typed is still there");
    }),
  );

  test(
    "a number that is none keeps from asking, and says so",
    inWindow("busy", async (page) => {
      await open(page);
      await ceiling(page).fill("1.5");
      await page.getByText("A whole number, please.").waitFor();
      assert.ok(await page.getByRole("button", { name: "Show what this would do" }).isDisabled());
      await ceiling(page).fill("15");
      await page.getByText("A whole number, please.").waitFor({ state: "detached" });
    }),
  );

  test(
    "everything is done with the keyboard alone",
    inWindow("busy", async (page) => {
      await open(page);
      await ceiling(page).focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.type("60");
      await page.keyboard.press("Enter");
      await page.getByRole("region", { name: "What it would do" }).waitFor();
      const button = page.getByRole("button", { name: "Put these rules into force" });
      for (let press = 0; press < 12; press += 1) {
        await page.keyboard.press("Tab");
        if (await button.and(page.locator(":focus")).count()) break;
      }
      await page.keyboard.press("Enter");
      await page.getByText("The rules are in force.").waitFor();
    }),
  );

  test(
    "rules in settings.toml that are not in force are shown as such, and adopted by name",
    inWindow("draft", async (page) => {
      await goTo(page, "Attention");
      await page.getByRole("button", { name: "Look at the rules" }).click();
      await page.getByText("settings.toml holds other rules").waitFor();
      assert.equal(await ceiling(page).inputValue(), "90");
      await page.getByRole("button", { name: "Look at those" }).click();
      await page.getByText("dumps or logs").waitFor();
      await simulate(page);
      await page.getByRole("button", { name: "Put these rules into force" }).click();
      await page.getByText("settings.toml holds other rules").waitFor({ state: "detached" });
      await page.getByText("dumps or logs").waitFor();
    }),
  );

  test(
    "an engineer gives a case an own date with a reason, and takes it back",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await page.getByRole("button", { name: "Give an own date" }).click();
      const dialog = page.getByRole("dialog", { name: "Give an own date" });
      await dialog.getByRole("button", { name: "Give this date" }).click();
      await dialog.getByText("Say why. There is no own date without a reason.").waitFor();
      assert.equal(await calls(page, "give_own_date"), 0);
      await dialog.getByLabel("Reason").fill("The fix ships then");
      await dialog.getByRole("button", { name: "Give this date" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("The fix ships then").waitFor();
      await page.getByRole("button", { name: /^Take the own date back/ }).click();
      await page.getByText("The fix ships then").waitFor({ state: "detached" });
    }),
  );

  test(
    "a date behind the ceiling is refused with words, and the reason is not lost",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await page.getByRole("button", { name: "Give an own date" }).click();
      const dialog = page.getByRole("dialog", { name: "Give an own date" });
      await dialog.getByLabel("Reason").fill("Much later");
      await page.evaluate(() => window.fake.refuse("give_own_date", "past_ceiling"));
      await dialog.getByRole("button", { name: "Give this date" }).click();
      await dialog.getByText("does not let a file be kept that long").waitFor();
      assert.equal(await dialog.getByLabel("Reason").inputValue(), "Much later");
    }),
  );
}
