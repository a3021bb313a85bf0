/* What a story evaluates runs in the page. */
/* global getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../screens.mjs";
import { tooWide } from "../browser.mjs";

export function hostileStories(inWindow) {
  const shown = async (page) => {
    await page.getByRole("option").first().click();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
  };

  test(
    "markup in titles, names, reasons and file names is shown as text and nothing of it runs",
    inWindow("hostile", async (page) => {
      await shown(page);
      assert.match(
        await page.getByRole("heading", { level: 2 }).first().innerText(),
        /<img src=x onerror=/,
      );
      await page.getByRole("rowheader", { name: /<script>document\.title/ }).waitFor();
      await page.getByRole("rowheader", { name: "../../../../etc/passwd" }).waitFor();
      await page.getByRole("button", { name: "Receipts" }).click();
      await page.getByRole("option").first().click();
      await page.getByText('Dear "><svg onload=alert(1)>').waitFor();
      assert.equal(await page.title(), "Custody", "no script of a customer ran");
      assert.equal(
        await page.locator("#window img, #window script, [onload], [onerror]").count(),
        0,
        "no element of a customer was made",
      );
    }),
  );

  for (const [width, height, textSize] of [
    [1280, 820, 1],
    [960, 640, 1],
    [960, 640, 2],
  ])
    test(
      `names of any length and direction break no layout at ${width} x ${height}, text ${textSize * 100} %`,
      inWindow(
        "hostile",
        async (page) => {
          assert.deepEqual(await tooWide(page), []);
          await shown(page);
          assert.deepEqual(await tooWide(page), []);
          await page.getByRole("button", { name: "Ask for erasure" }).click();
          await page.getByRole("dialog").waitFor();
          assert.deepEqual(await tooWide(page), []);
          await page.keyboard.press("Escape");
          await page.getByRole("dialog").waitFor({ state: "detached" });
          await goTo(page, "Receipts");
          await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
          await page.getByRole("option").first().click();
          await page.getByRole("heading", { level: 2 }).first().waitFor();
          assert.deepEqual(await tooWide(page), []);
        },
        { width, height, textSize },
      ),
    );

  test(
    "a name from right to left does not turn what stands beside it",
    inWindow("hostile", async (page) => {
      const name = page.getByRole("option", { name: /محمد/ }).locator(".foreign").first();
      assert.equal(await name.evaluate((it) => getComputedStyle(it).unicodeBidi), "isolate");
    }),
  );

  test(
    "a name of nothing but spaces, and one that is forgotten, can still be told and chosen",
    inWindow("hostile", async (page) => {
      await shown(page);
      await page.getByRole("button", { name: "Open Forgotten file" }).waitFor();
      await page.getByRole("option", { name: /Forgotten case/ }).click();
      await page.getByRole("heading", { name: "Forgotten case" }).waitFor();
    }),
  );
}
