/* What a story evaluates runs in the page. */
/* global document, window, getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { painted, tooWide, violations } from "../browser.mjs";

const firstRow = async (page, at = 0) => {
  await page.getByRole("option").nth(at).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

// Every screen and state of the window, with how one gets there.
const screens = [
  [
    "first run",
    "first-run",
    async (page) => page.getByLabel("Passphrase", { exact: true }).fill("password"),
  ],
  ["desk being opened", "opening", async (page) => page.getByRole("status").first().waitFor()],
  ["desk not opened", "failed", async () => {}],
  ["locked", "locked", async () => {}],
  ["no cases", "empty", async () => {}],
  ["a list", "busy", async (page) => page.getByRole("option").first().waitFor()],
  ["a case", "busy", (page) => firstRow(page, 1)],
  ["a case on hold", "busy", (page) => firstRow(page, 2)],
  ["an unclear request", "busy", (page) => firstRow(page, 3)],
  ["refused and arriving files", "busy", (page) => firstRow(page, 4)],
  ["hostile names", "hostile", (page) => firstRow(page)],
  [
    "placing a hold",
    "busy",
    async (page) => (
      await firstRow(page),
      page.getByRole("button", { name: "Place a hold", exact: true }).click()
    ),
  ],
  [
    "proposing to lift a hold",
    "busy",
    async (page) => {
      await page.evaluate(() => {
        window.fake.world.fourEyes.lift_hold = true;
        window.fake.tell();
      });
      await firstRow(page, 2);
      await page.getByRole("button", { name: /^Lift the hold/ }).click();
      await page.getByRole("dialog").getByLabel("Passphrase of your own key").waitFor();
    },
  ],
  [
    "reviewing a hold",
    "busy",
    async (page) => (
      await firstRow(page, 2),
      page.getByRole("button", { name: /^Review the hold/ }).click()
    ),
  ],
  [
    "a proposal",
    "busy",
    async (page) => {
      await page.evaluate(() => {
        window.fake.world.proposals.push({
          id: "proposal",
          act: "lift_hold",
          what: "to lift a hold",
          case: window.fake.world.cases[0].id,
          by: "Robin Adler",
          reason: "The claim is settled",
          made_at: "2026-11-24T08:00:00Z",
          expires_at: "2026-11-27T08:00:00Z",
          approved_by: null,
        });
        window.fake.tell();
      });
      await page.keyboard.press("3");
      await page.getByRole("button", { name: "Read the proposal" }).click();
      await page.getByRole("dialog").getByText("The claim is settled").waitFor();
    },
  ],
  [
    "asking for erasure",
    "busy",
    async (page) => (
      await firstRow(page),
      page.getByRole("button", { name: "Ask for erasure" }).click()
    ),
  ],
  [
    "opening a file",
    "busy",
    async (page) => (
      await firstRow(page),
      page
        .getByRole("button", { name: /^Open / })
        .first()
        .click()
    ),
  ],
  [
    "a viewing copy",
    "busy",
    async (page) => {
      await firstRow(page);
      await page
        .getByRole("button", { name: /^Open / })
        .first()
        .click();
      await page.getByLabel("Reason").fill("Find the crash");
      await page.getByRole("button", { name: "Make the viewing copy" }).click();
      await page.getByRole("button", { name: "Keep it open" }).click();
      await page.getByRole("region", { name: /^Viewing copy/ }).waitFor();
    },
  ],
  [
    "viewing copies that cannot be erased, or are erased and still open",
    "busy",
    async (page) => {
      await firstRow(page);
      await page.evaluate(() => {
        const [first, second] = window.fake.world.cases[0].files;
        const open_in = [{ name: "soffice.bin", id: 4711 }];
        first.viewing_copies = [
          {
            id: "copy",
            by: "Robin Adler",
            reason: "Find the crash",
            until: "2026-11-24T08:00:00Z",
            beside: 2,
            open_in,
            problem: { code: "copy_in_use", what: "", todo: "" },
          },
        ];
        second.still_open_in = open_in;
        window.fake.tell();
      });
      await page.getByRole("region", { name: /^Erased viewing copy/ }).waitFor();
    },
  ],
  [
    "a file's menu",
    "busy",
    async (page) => (
      await firstRow(page),
      page
        .getByRole("button", { name: /^More for/ })
        .first()
        .click()
    ),
  ],
  ["no receipts", "empty", async (page) => page.keyboard.press("2")],
  ["a receipt", "busy", async (page) => (await page.keyboard.press("2"), firstRow(page))],
  ["attention", "busy", async (page) => page.keyboard.press("3")],
  ["rules", "busy", async (page) => page.keyboard.press("4")],
  [
    "a simulation of rules",
    "draft",
    async (page) => {
      await page.keyboard.press("4");
      await page.getByLabel("At the latest, after arrival", { exact: true }).fill("7");
      await page.getByRole("button", { name: "Show what this would do" }).click();
      await page.getByRole("region", { name: "What it would do" }).waitFor();
    },
  ],
  [
    "giving an own date",
    "busy",
    async (page) => (
      await firstRow(page),
      page.getByRole("button", { name: "Give an own date" }).click()
    ),
  ],
  ["nothing to do", "empty", async (page) => page.keyboard.press("3")],
  [
    "jobs",
    "busy",
    async (page) => page.getByRole("button", { name: /1 job has a problem/ }).click(),
  ],
  [
    "stopped jobs",
    "stopped",
    async (page) => page.getByRole("button", { name: /1 job has stopped/ }).click(),
  ],
  [
    "disk against ledger",
    "stopped",
    async (page) => {
      await page.keyboard.press("3");
      await page.getByRole("button", { name: "See what was found" }).click();
    },
  ],
  ["keys", "busy", async (page) => page.keyboard.press("?")],
  [
    "a notice",
    "busy",
    async (page) => {
      await page.evaluate(() => window.fake.refuse("run_round", "unreachable"));
      await page.getByRole("button", { name: "Sync now" }).click();
      await page.getByText("Reference 5d41c0").waitFor();
    },
  ],
];

export function accessStories(inWindow) {
  for (const [name, world, go] of screens)
    test(
      `axe finds nothing in either theme, and twice the text size cuts nothing off: ${name}`,
      inWindow(world, async (page) => {
        await go(page);
        for (const colorScheme of ["light", "dark"]) {
          // The colours of a theme are there two frames after it was chosen.
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
    "everything that can be pressed is reached by Tab and shows where the focus is",
    inWindow("busy", async (page) => {
      await firstRow(page, 2);
      await page.locator("body").evaluate((body) => {
        body.tabIndex = -1;
        body.focus();
      });
      const reached = new Set();
      for (let press = 0; press < 80; press += 1) {
        await page.keyboard.press("Tab");
        const now = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return {
            name: element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40),
            visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
          };
        });
        if (now === null) break;
        assert.ok(now.visible, `the focus is seen on "${now.name}"`);
        reached.add(now.name);
      }
      const pressable = await page.evaluate(() =>
        [...document.querySelectorAll("button:not(:disabled), input, summary")]
          .filter((element) => element.checkVisibility())
          .map(
            (element) =>
              element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40),
          ),
      );
      for (const name of pressable) assert.ok(reached.has(name), `"${name}" is reached by Tab`);
    }),
  );

  test(
    "a dialog keeps the focus and gives it back",
    inWindow("busy", async (page) => {
      await firstRow(page);
      const button = page.getByRole("button", { name: "Place a hold", exact: true });
      await button.press("Enter");
      await page.getByRole("dialog").waitFor();
      for (let press = 0; press < 20; press += 1) {
        await page.keyboard.press("Tab");
        assert.ok(
          await page.evaluate(() => document.activeElement.closest('[role="dialog"]') !== null),
          "the focus stays in the dialog",
        );
      }
      await page.keyboard.press("Escape");
      await button.and(page.locator(":focus")).waitFor();
    }),
  );

  test(
    "a notice is heard: it is put into a region that was there before",
    inWindow("busy", async (page) => {
      assert.equal(await page.locator('[role="status"][aria-live="polite"]').count(), 1);
      await page.getByRole("button", { name: "Sync now" }).click();
      await page.locator('[role="status"][aria-live="polite"]').getByText("Synced").waitFor();
    }),
  );

  test(
    "who wants less motion gets none",
    inWindow("busy", async (page) => {
      await page.keyboard.press("?");
      const dialog = page.getByRole("dialog");
      assert.equal(await dialog.evaluate((it) => getComputedStyle(it).animationDuration), "0.001s");
    }),
  );

  test(
    "in a narrow window the detail follows the list, and leads back to it",
    inWindow(
      "busy",
      async (page) => {
        await firstRow(page, 1);
        assert.equal(await page.getByRole("listbox").count(), 0, "one pane at a time");
        await page.getByRole("button", { name: "Back to the list" }).click();
        await page.locator('[role="option"][aria-selected="true"]:focus').waitFor();
        await page.getByRole("button", { name: "Play the world" }).click();
        await page.getByRole("menuitem", { name: "Move the clock on by 1 day" }).click();
        await page.getByText("The clock moved on by 1 day.").waitFor();
      },
      { width: 960, height: 640, textSize: 2 },
    ),
  );
}
