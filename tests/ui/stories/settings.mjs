/* What a story evaluates runs in the page. */
/* global document, window, getComputedStyle */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo, goToSection } from "../screens.mjs";

const world = (page) => page.evaluate(() => structuredClone(window.fake.world.connections));
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

export function settingsStories(inWindow) {
  test(
    "a connection is tested with what is kept, and says what was found or what is wrong",
    inWindow("busy", async (page) => {
      await goToSection(page, "Connections");
      await press(page, "Test the connection: Forum");
      const found = page.getByRole("region", { name: "What was found" });
      await found.getByText("12 this minute, 2311 today").waitFor();
      await page.evaluate(() => window.fake.refuse("test_connection", "credentials_refused"));
      await press(page, "Test the connection: rt");
      await page.getByRole("alert").getByText("The server refused our key").waitFor();
    }),
  );

  test(
    "leaving a server names what is lost before it is done",
    inWindow("busy", async (page) => {
      await goToSection(page, "Connections");
      await press(page, "Disconnect: Mail");
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Receipts are given in the thread").waitFor();
      await dialog.getByRole("button", { name: "Cancel" }).click();
      assert.ok((await world(page)).mail);
      await press(page, "Disconnect: Mail");
      await dialog.getByRole("button", { name: "Disconnect" }).click();
      await page.getByText("Disconnected.").waitFor();
      assert.equal((await world(page)).mail, null);
    }),
  );

  test(
    "the inboxes that are looked at are chosen among those that the account can read",
    inWindow("busy", async (page) => {
      await goToSection(page, "Connections");
      await press(page, "Choose inboxes");
      await page.getByLabel("Group escalations").check();
      await page.getByLabel("My own").uncheck();
      await press(page, "Look at these");
      await page.getByText("group support, group escalations").waitFor();
    }),
  );

  test(
    "the passphrase is changed by whoever knows it, and a wrong one is told",
    inWindow("busy", async (page) => {
      await goToSection(page, "Security");
      await press(page, "Change the passphrase");
      const fill = async (old) => {
        await page.getByLabel("Passphrase now").fill(old);
        await page.getByLabel("New passphrase").fill("otter basalt lantern plum");
        await page.getByLabel("The same passphrase again").fill("otter basalt lantern plum");
        await page.getByRole("button", { name: "Change the passphrase" }).click();
      };
      await fill("practise");
      await page.getByRole("alert").getByText("The passphrase is wrong.").waitFor();
      assert.equal(await page.getByLabel("Passphrase now").inputValue(), "");
      await fill("practice");
      await page.getByText("The passphrase is changed.").waitFor();
      assert.equal(
        await page.evaluate(() => window.fake.world.passphrase),
        "otter basalt lantern plum",
      );
    }),
  );

  test(
    "the lock time takes minutes and nothing else",
    inWindow("busy", async (page) => {
      await goToSection(page, "Security");
      const minutes = page.getByLabel("Minutes without input");
      await minutes.fill("0");
      await page.getByText("A whole number from 1 to 1440.").waitFor();
      await minutes.fill("5");
      await press(page, "Save");
      await page.getByText("The lock time is kept.").waitFor();
      assert.equal(await page.evaluate(() => window.fake.world.lockMinutes), 5);
    }),
  );

  test(
    "whether text may be copied out of a viewer is said once, and a refusal is told",
    inWindow("busy", async (page) => {
      await goToSection(page, "Security");
      const box = page.getByLabel("Text may be selected, copied and printed");
      assert.equal(await box.isChecked(), true);
      await box.uncheck();
      await page.getByText("Kept. It holds for files", { exact: false }).waitFor();
      assert.equal(await page.evaluate(() => window.fake.world.viewerCopies), false);
      await page.evaluate(() => window.fake.refuse("set_viewer_copies", "ledger_trouble"));
      await box.click();
      await page.getByText("Reference 5d41c0").waitFor();
      assert.equal(await box.isChecked(), false, "it is as it was");
    }),
  );

  test(
    "somebody gets a key of their own, and loses it while nothing needs two people",
    inWindow("busy", async (page) => {
      await goToSection(page, "Security");
      await press(page, "Give somebody a key");
      await page.getByLabel("Name under which they act").fill("Kim");
      await page.getByLabel("Their own passphrase, typed by them").fill("kims own passphrase");
      await press(page, "Make the key");
      await press(page, "Take the key of Kim out of use");
      await page.getByText("The key is out of use.").waitFor();
      await page.evaluate(() => {
        window.fake.world.fourEyes.export = true;
        window.fake.tell();
      });
      await page.getByText("what leaves the desk").waitFor();
      assert.ok(await page.getByRole("button", { name: "Give somebody a key" }).isDisabled());
    }),
  );

  test(
    "a backup is connected, brought up to date and left with a word on what goes with it",
    inWindow("busy", async (page) => {
      await goToSection(page, "Storage");
      await page.getByText("The backup's folder is not there.").waitFor();
      await press(page, "Connect a backup");
      await page.getByLabel("Name on receipts").fill("attic");
      await press(page, "Choose the folder…");
      await page.getByText("/media/another").waitFor();
      await press(page, "Back up now");
      await page.getByText("Every backup is up to date.").waitFor();
      await press(page, "Leave the backup attic");
      await page.getByRole("dialog").getByText("journal of erasures").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Leave" }).click();
      await page.getByText("The backup is left.").waitFor();
      assert.equal(await page.getByText("/media/another").count(), 0);
    }),
  );

  test(
    "what was set aside is erased by a person, after a word on what that means",
    inWindow("busy", async (page) => {
      await goToSection(page, "Storage");
      await page.getByRole("button", { name: /^Erase what was set aside/ }).click();
      await page.getByRole("dialog").getByText("destroyed for good").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "Erase" }).click();
      await page.getByText("Nothing was set aside.").waitFor();
    }),
  );

  test(
    "the theme that was set stays, whatever the system has",
    inWindow("busy", async (page) => {
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await ground();
      await goToSection(page, "Window");
      await page.getByRole("radio", { name: "Dark" }).check();
      const dark = await ground();
      assert.notEqual(dark, light);
      await page.reload();
      await page.getByRole("heading", { name: "Cases" }).waitFor();
      assert.equal(await ground(), dark);
      await goToSection(page, "Window");
      await page.getByRole("radio", { name: "As the system" }).check();
      assert.equal(await ground(), light);
    }),
  );

  test(
    "updates are looked for only when somebody asks, and trouble is told in two lines",
    inWindow("busy", async (page) => {
      await goToSection(page, "Updates");
      await page.getByText("950E8984399CAB92").waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("look_for_update")), 0);
      await press(page, "Check for updates");
      await page.getByRole("alert").getByText("The server of releases does not answer.").waitFor();
      await page.evaluate(() => (window.fake.world.update = { newer: "0.2.0", problem: null }));
      await press(page, "Check for updates");
      await page.getByText("Version 0.2.0 is there.").waitFor();
    }),
  );

  test(
    "the licences of what the program is made of can be read",
    inWindow("busy", async (page) => {
      await goToSection(page, "About");
      await page.locator("summary").first().click();
      await page
        .getByText(/serde_json/)
        .first()
        .waitFor();
    }),
  );

  test(
    "the sections go by the arrow keys",
    inWindow("busy", async (page) => {
      await goTo(page, "Settings");
      await page.getByRole("button", { name: "Connections" }).focus();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("heading", { level: 2, name: "Rules" }).waitFor();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      await page.getByRole("heading", { level: 2, name: "About" }).waitFor();
    }),
  );

  test(
    "the practice strip has a customer who posts and disputes",
    inWindow("busy", async (page) => {
      await page.getByRole("option").first().click();
      await page.getByRole("region", { name: "Practice desk" }).waitFor();
      const strip = page.getByRole("region", { name: "Practice desk" });
      await strip.getByRole("button", { name: "Customer posts a file" }).click();
      await page
        .getByText(/^trace-\d+\.log$/)
        .first()
        .waitFor();
      await goTo(page, "Receipts");
      await page.getByRole("option").first().click();
      await strip.getByRole("button", { name: "Customer disputes" }).click();
      await page.getByText("The customer wrote that the file is still there.").waitFor();
    }),
  );

  test(
    "whether it starts with the session is off until one says so, and a refusal is told",
    inWindow("busy", async (page) => {
      await page.keyboard.press("Control+,");
      await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
      await goToSection(page, "Window");
      const starts = page.getByRole("checkbox", { name: "Start Custody with my session" });
      assert.equal(await starts.isChecked(), false);
      await starts.check();
      await page.getByRole("button", { name: "Cases" }).click();
      await goToSection(page, "Window");
      await page.getByRole("checkbox", { name: /^Start/, checked: true }).waitFor();
      await page.evaluate(() => window.fake.refuse("set_startup", "startup_unknown"));
      await page.getByRole("checkbox", { name: /^Start/ }).click();
      await page.getByRole("alert").waitFor();
      await page.getByRole("checkbox", { name: /^Start/, checked: true }).waitFor();
    }),
  );
}
