/* What a story evaluates runs in the page. */
/* global document, getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { painted, tooWide, violations } from "../browser.mjs";
import { firstRow, screens } from "../screens.mjs";

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
