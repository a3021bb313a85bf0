/* What a story evaluates runs in the page. */
/* global window, document */
import assert from "node:assert/strict";
import { test } from "node:test";

const things = [
  { name: "heap-dump.zip", bytes: 734_003_200 },
  { name: "logs", bytes: 48_120, files: 12 },
];

/** The middle of something on the page. */
const middle = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const drag = (page, spot) => page.evaluate((it) => window.fake.dragFiles(it), spot);

export const drop = (page, spot, what = things) =>
  page.evaluate(([it, files]) => window.fake.dropFiles(it, files), [spot, what]);

const row = (page, name) => page.getByRole("option", { name });

const open = async (page, name) => {
  await row(page, name).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

const calls = (page, name) => page.evaluate((it) => window.fake.calls(it), name);

export function addingStories(inWindow) {
  test(
    "files over the window show which case would get them, and dropped onto a row they are asked about and moved",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      const spot = await middle(row(page, /Jonas Feldmann/));
      await drag(page, spot);
      const says = page.getByRole("status").filter({ hasText: "Drop to add to" });
      await says.getByText(/invoice/i).waitFor();
      await drag(page, { x: 3, y: 3 });
      await page.getByText(/Drop files onto a case/).waitFor();
      assert.equal(await says.count(), 0);
      await drag(page, null);
      assert.equal(await page.getByText(/Drop files onto a case/).count(), 0);

      await drop(page, spot);
      const dialog = page.getByRole("dialog", { name: "Add to this case?" });
      await dialog.getByText("Jonas Feldmann").waitFor();
      await dialog.getByText("13 files, 700 MiB").waitFor();
      await dialog.getByText("then erased where they lie now").waitFor();
      assert.equal(await calls(page, "bring_files"), 0, "nothing moves before somebody says so");
      await dialog.getByRole("button", { name: "Move 13 files" }).click();
      await page.getByText("13 files are being sealed into the case.").waitFor();
      const files = page.getByRole("region", { name: "Files" }).getByRole("row");
      await files.filter({ hasText: "heap-dump.zip" }).getByText("Arriving").waitFor();
      await page.getByRole("region", { name: "Drop folder" }).waitFor();
    }),
  );

  test(
    "files dropped onto the open case are for it, and cancelled they stay and are forgotten",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      const pane = await page.getByRole("region", { name: "Chosen case" }).boundingBox();
      const spot = { x: pane.x + pane.width / 2, y: pane.y + pane.height - 60 };
      await drop(page, spot);
      const dialog = page.getByRole("dialog", { name: "Add to this case?" });
      await dialog.getByText("Mariana Aguirre").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await dialog.waitFor({ state: "hidden" });
      assert.equal(await calls(page, "withdraw_offer"), 1);
      assert.equal(await calls(page, "bring_files"), 0);
    }),
  );

  test(
    "files dropped elsewhere are told where they belong, also while something else is asked",
    inWindow("busy", async (page) => {
      await row(page, /Mariana Aguirre/).waitFor();
      await drop(page, { x: 3, y: 3 });
      await page.getByText(/Drop files onto a case/).waitFor();
      assert.equal(await page.getByRole("dialog").count(), 0);
      await open(page, /Mariana Aguirre/);
      const spot = await middle(row(page, /Jonas Feldmann/));
      await page.getByRole("button", { name: "Place a hold", exact: true }).click();
      await page.getByRole("dialog", { name: "Place a hold" }).waitFor();
      await drop(page, spot);
      assert.equal(await calls(page, "show_offer"), 0);
    }),
  );

  test(
    "a forgotten case takes no files, by no way",
    inWindow("hostile", async (page) => {
      await open(page, /Forgotten/);
      assert.equal(await page.getByRole("button", { name: "Add files…" }).count(), 0);
      await drop(page, await middle(row(page, /Forgotten/)));
      await page.getByText(/Drop files onto a case/).waitFor();
    }),
  );

  test(
    "files are added by keyboard alone: by the button of the case, and by the palette",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      const button = page.getByRole("button", { name: "Add files…" });
      await button.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: "Add to this case?" });
      const stays = dialog.getByRole("region", { name: "Stays where it is" });
      await stays.getByText("trace.etl").waitFor();
      await stays.getByText("There is nothing in it.").waitFor();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      await page.waitForFunction(() => document.activeElement?.tagName === "BUTTON");

      await page.keyboard.press("Control+k");
      await page.keyboard.type("add files");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Move 1 file" }).waitFor();
      for (let presses = 0; presses < 20; presses += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement?.textContent?.includes("Move 1")))
          break;
      }
      await page.keyboard.press("Enter");
      await page.getByText("1 file is being sealed into the case.").waitFor();
    }),
  );

  test(
    "what stays is told with its reason, before and after",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.evaluate(() => {
        window.fake.world.changedSince = ["app.log"];
      });
      await drop(page, await middle(row(page, /Mariana Aguirre/)), [
        { name: "app.log", bytes: 5 },
        { name: "dump.zip", bytes: 9, stays: true },
        { name: "shortcut", bytes: 0, why: "link" },
        { name: "sources", bytes: 0, files: 3, why: "second_name", inside: "sources/app.c" },
      ]);
      const dialog = page.getByRole("dialog");
      const unfit = dialog.getByRole("region", { name: "Stays where it is" });
      await unfit.getByText("It is a link. Add what it leads to.").waitFor();
      await unfit.getByText("In it: sources/app.c").waitFor();
      await dialog.getByRole("button", { name: "Move 2 files" }).click();
      await page.getByRole("dialog", { name: "Not all of it was moved" }).waitFor();
      await dialog.getByText("1 file is being sealed into the case.").waitFor();
      await dialog.getByText("It changed after it was shown here.").waitFor();
      await dialog.getByText("Taken in, and still where it was too").waitFor();
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await dialog.waitFor({ state: "hidden" });
    }),
  );

  test(
    "where nothing fits there is nothing to be said yes to",
    inWindow("busy", async (page) => {
      await drop(page, await middle(row(page, /Mariana Aguirre/)), [
        { name: "vault", bytes: 0, why: "ours" },
      ]);
      const dialog = page.getByRole("dialog", { name: "Add to this case?" });
      await dialog.getByText("Nothing of this can be moved into a case.").waitFor();
      assert.equal(await dialog.getByRole("button", { name: /^Move/ }).count(), 0);
    }),
  );

  test(
    "an offer that is over, and a desk that takes no first file yet, say that nothing was moved",
    inWindow("busy", async (page) => {
      const spot = await middle(row(page, /Mariana Aguirre/));
      await drop(page, spot);
      const dialog = page.getByRole("dialog", { name: "Add to this case?" });
      await page.evaluate(() => window.fake.refuse("bring_files", "offer_over"));
      await dialog.getByRole("button", { name: "Move 13 files" }).click();
      await dialog.getByText("is not offered any more. Nothing was moved").waitFor();
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await page.evaluate(() => window.fake.refuse("show_offer", "kit_not_saved"));
      await drop(page, spot);
      await page.getByText("The recovery kit is not saved yet").waitFor();
    }),
  );

  test(
    "a desk that is locked meanwhile takes the question away",
    inWindow("busy", async (page) => {
      await drop(page, await middle(row(page, /Mariana Aguirre/)));
      await page.getByRole("dialog", { name: "Add to this case?" }).waitFor();
      await page.evaluate(() => {
        window.fake.world.unlocked = false;
        window.fake.tell();
      });
      await page.getByLabel("Passphrase", { exact: true }).waitFor();
      assert.equal(await page.getByRole("dialog").count(), 0);
      await page.getByLabel("Passphrase", { exact: true }).fill("practice");
      await page.keyboard.press("Enter");
      await row(page, /Mariana Aguirre/).waitFor();
      assert.equal(await page.getByRole("dialog").count(), 0, "it does not come back by itself");
    }),
  );

  test(
    "files dropped onto a locked desk are told to wait",
    inWindow("locked", async (page) => {
      await page.getByLabel("Passphrase", { exact: true }).waitFor();
      await drop(page, { x: 300, y: 300 });
      await page.getByText("The desk is locked. Nothing was opened").waitFor();
      assert.equal(await calls(page, "show_offer"), 0);
    }),
  );

  test(
    "hostile names are text, in a narrow window with large text",
    inWindow(
      "busy",
      async (page) => {
        await page.getByRole("option").first().waitFor();
        const name = `<img src=x onerror=alert(1)>\u202Egpj.exe ${"ä".repeat(400)}`;
        await drop(page, await middle(page.getByRole("option").first()), [
          { name, bytes: 1 },
          ...Array.from({ length: 300 }, (_, at) => ({ name: `part ${at}`, bytes: 2, files: 7 })),
          { name: name.repeat(3), bytes: 0, why: "trouble", inside: name },
        ]);
        const dialog = page.getByRole("dialog", { name: "Add to this case?" });
        await dialog.getByText("and 101 more").waitFor();
        assert.equal(await page.locator("img").count(), 0);
        const fits = await dialog.evaluate(
          (it) =>
            it.scrollWidth <= it.clientWidth &&
            it.getBoundingClientRect().bottom <= window.innerHeight,
        );
        assert.ok(fits, "the dialog holds");
        await dialog.getByRole("button", { name: "Cancel" }).waitFor();
      },
      { width: 960, height: 640, textSize: 2 },
    ),
  );
}
