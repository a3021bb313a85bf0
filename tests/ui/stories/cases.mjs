/* What a story evaluates runs in the page. */
/* global window, document, requestAnimationFrame */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo, moveBytes } from "../screens.mjs";

const open = async (page, name) => {
  await page.getByRole("option", { name }).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

const makeCopy = async (page) => {
  await page.getByRole("button", { name: "Open settings.docx" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Compare the settings");
  await dialog.getByRole("button", { name: "Make the viewing copy" }).click();
  await dialog.getByRole("button", { name: "Keep it open" }).click();
};

let turn = Promise.resolve();

/** What is in the clipboard after `doing`. All pages share one, so one story after the other copies. */
function copied(page, doing) {
  const text = turn.then(async () => {
    await doing();
    return page.evaluate(() => window.navigator.clipboard.readText());
  });
  turn = text.catch(() => {});
  return text;
}

export function casesStories(inWindow) {
  test(
    "a case shows its customer, ticket, files, reasons and history",
    inWindow("busy", async (page) => {
      await open(page, /Jonas Feldmann/);
      const detail = page.getByRole("region", { name: "Chosen case" });
      for (const text of [
        "topic 1038 (closed)",
        "Erases in 2d 4h",
        "26 Nov, 14:30",
        "Grace lasts until 26 Nov, 14:30.",
        "Erase 3 days after",
      ])
        await detail.getByText(text).first().waitFor();
      const files = detail.getByRole("row");
      assert.deepEqual((await files.nth(1).innerText()).split(/\s*\t\s*|\n/).slice(0, 2), [
        "invoices.zip",
        "9.4 MiB",
      ]);
      await files.nth(1).getByTitle("9,884,121 bytes").last().waitFor();
      await detail.getByText("marked a file due because the ticket is closed").first().waitFor();
    }),
  );

  test(
    "the list is searched by title, customer and ticket, and filtered by state",
    inWindow("busy", async (page) => {
      const rows = page.getByRole("option");
      await page.keyboard.press("/");
      await page.keyboard.type("feldmann INVOICE");
      await page.getByText("1 case", { exact: true }).waitFor();
      assert.equal(await rows.count(), 1);
      await page.keyboard.press("Escape");
      await page.getByText("9 cases", { exact: true }).waitFor();
      await page.keyboard.type("1031");
      await page.getByText("1 case", { exact: true }).waitFor();
      await page.getByRole("button", { name: /^Due this week/ }).click();
      await page.getByText("No case fits").waitFor();
      await page
        .getByRole("region", { name: "Cases" })
        .getByRole("button", { name: "Show all cases" })
        .last()
        .click();
      for (const [chip, customers] of [
        ["Due this week", ["Jonas Feldmann"]],
        ["On hold", ["Odalys Brennan"]],
        ["Erased", ["Bram de Vries", "Luisa Marchetti"]],
        ["Needs you", ["Aiko Tanaka", "Siobhán Ní Bhriain", "Kwame Boateng"]],
      ]) {
        await page.getByRole("button", { name: new RegExp(`^${chip} `) }).click();
        await page
          .getByText(customers.length === 1 ? "1 case" : `${customers.length} cases`, {
            exact: true,
          })
          .waitFor();
        for (const customer of customers)
          await page.getByRole("option", { name: new RegExp(customer) }).waitFor();
      }
    }),
  );

  test(
    "what is assigned to the desk's account is one filter away, and what one works by is kept",
    inWindow("busy", async (page) => {
      const mine = page.getByRole("button", { name: "Mine 3" });
      await mine.click();
      await page.getByText("3 cases", { exact: true }).waitFor();
      for (const customer of ["Jonas Feldmann", "Odalys Brennan", "Kwame Boateng"])
        await page.getByRole("option", { name: new RegExp(customer) }).waitFor();
      // The other filters count what is left.
      await page.getByRole("button", { name: "All 3" }).waitFor();
      await page.getByRole("button", { name: "Due this week 1" }).click();
      await page.getByText("1 case", { exact: true }).waitFor();

      await page.reload();
      await page.getByText("1 case", { exact: true }).waitFor();
      assert.equal(await mine.getAttribute("aria-pressed"), "true");
      await page.keyboard.press("/");
      await page.keyboard.type("nothing like it");
      await page.getByText("No case fits").waitFor();
      await page.getByRole("button", { name: "Show all cases" }).last().click();
      await page.getByText("9 cases", { exact: true }).waitFor();
      await page.reload();
      await page.getByText("9 cases", { exact: true }).waitFor();
      assert.equal(await page.getByRole("searchbox").inputValue(), "", "a search is not kept");
    }),
  );

  test(
    "a forum without assignments offers no filter for them, and one that was kept hides nothing",
    inWindow("stopped", async (page) => {
      await page.getByRole("option").first().waitFor();
      await page.evaluate(() =>
        localStorage.setItem("custody.cases", '{"show":"all","order":"bytes","mine":true}'),
      );
      await page.goto(page.url().replace("world=stopped", "world=many"));
      await page.getByRole("option").first().waitFor();
      assert.equal(await page.getByRole("button", { name: /^Mine/ }).count(), 0);
      for (const kept of ["{", "5", '{"show":"gone","order":[]}']) {
        await page.evaluate((text) => localStorage.setItem("custody.cases", text), kept);
        await page.reload();
        await page.getByRole("option").first().waitFor();
      }
    }),
  );

  test(
    "the list is walked by J and K, arrows, Home and End, and Enter leads to the detail and Escape back",
    inWindow("busy", async (page) => {
      const chosen = () => page.locator('[role="option"][aria-selected="true"]').innerText();
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("j");
      assert.match(await chosen(), /Mariana Aguirre/);
      await page.keyboard.press("j");
      assert.match(await chosen(), /Jonas Feldmann/);
      await page.keyboard.press("k");
      await page.keyboard.press("ArrowDown");
      assert.match(await chosen(), /Jonas Feldmann/);
      await page.keyboard.press("End");
      assert.match(await chosen(), /Luisa Marchetti/);
      await page.keyboard.press("j");
      assert.match(await chosen(), /Luisa Marchetti/, "the list ends where it ends");
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      await page.locator('section[aria-label="Chosen case"]:focus').waitFor();
      await page.keyboard.press("Escape");
      await page.locator('[role="option"][aria-selected="true"]:focus').waitFor();
    }),
  );

  test(
    "letters typed into a field are letters, not commands",
    inWindow("busy", async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("jk1?/");
      assert.equal(await page.getByRole("searchbox").inputValue(), "jk1?/");
      await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    }),
  );

  test(
    "a hold needs a reason and a review date, is placed by keyboard alone, and is lifted again",
    inWindow("busy", async (page) => {
      await open(page, /Jonas Feldmann/);
      await page.getByRole("button", { name: "Place a hold", exact: true }).press("Enter");
      const dialog = page.getByRole("dialog", { name: "Place a hold" });
      await dialog.getByRole("button", { name: "Place the hold" }).press("Enter");
      await dialog.getByText("Say why.").waitFor();
      await dialog.getByLabel("Reason").fill("Legal asked to keep it");
      await dialog.getByRole("spinbutton", { name: /day/i }).press("Tab");
      await dialog.getByRole("button", { name: "in a week" }).press("Enter");
      await dialog.getByRole("button", { name: "Place the hold" }).press("Enter");
      await page.getByText("The hold is placed.").waitFor();
      await page.getByRole("heading", { name: "On hold: nothing is erased" }).waitFor();
      await page.getByText("On this case").waitFor();
      await page.getByText("Review 1 Dec").waitFor();

      await page
        .getByRole("button", { name: "Review the hold: Legal asked to keep it" })
        .press("Enter");
      const review = page.getByRole("dialog", { name: "Review the hold" });
      await review.getByRole("button", { name: "in 3 months" }).press("Enter");
      await review.getByLabel("Answers for it").fill("");
      await review.getByRole("button", { name: "Keep the hold" }).press("Enter");
      await review.getByText("Name somebody.").waitFor();
      await review.getByLabel("Answers for it").fill("Noor Haddad");
      await review.getByRole("button", { name: "Keep the hold" }).press("Enter");
      await page.getByText("The hold stays.").waitFor();
      await page.getByText("Review 22 Feb").waitFor();
      await page.getByText("Noor Haddad").first().waitFor();

      await page
        .getByRole("button", { name: "Lift the hold: Legal asked to keep it" })
        .press("Enter");
      await page
        .getByRole("dialog", { name: "Lift the hold" })
        .getByText("Legal asked to keep it")
        .waitFor();
      const lift = page.getByRole("dialog").getByRole("button", { name: "Lift the hold" });
      await lift.press("Enter");
      await page.getByRole("dialog").getByText("A hold is not lifted without a reason.").waitFor();
      await page.getByLabel("Reason for lifting it").fill("The claim is settled");
      await lift.press("Enter");
      await page.getByText("The hold is lifted.").waitFor();
      await page.getByText(/^Lifted/).waitFor();
      await page.getByText("The claim is settled").waitFor();
    }),
  );

  test(
    "a review date that is not after today is not taken",
    inWindow("busy", async (page) => {
      await open(page, /Jonas Feldmann/);
      await page.getByRole("button", { name: "Place a hold", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("Legal");
      await dialog.getByRole("spinbutton", { name: /year/i }).click();
      await page.keyboard.type("2020");
      await dialog.getByText("Choose a day after today.").waitFor();
      await dialog.getByRole("button", { name: "Place the hold" }).click();
      assert.equal(await page.getByRole("dialog").count(), 1);
    }),
  );

  test(
    "whoever asked for what a hold keeps was told so, and is told in the thread if the letter came back",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        const target = window.fake.world.cases.find(
          ({ customer }) => customer === "Odalys Brennan",
        );
        const asked = (told) => ({
          id: `request-${told}`,
          case: target.id,
          by_customer: true,
          channel: "mail",
          received_at: "2026-11-23T08:00:00Z",
          reason: "",
          standing: "accepted",
          told,
          told_at: "2026-11-23T09:00:00Z",
        });
        target.requests.push(asked("sent"), asked("bounced"));
        window.fake.tell();
      });
      await open(page, /Odalys Brennan/);
      const requests = page.getByRole("region", { name: "Requests for removal" });
      await requests.getByText("A hold keeps the files; the customer was told so").waitFor();
      await requests.getByText("the letter that says so came back").waitFor();
      await requests.getByRole("button", { name: "Tell it in the thread" }).click();
      await requests.getByText("the letter that says so came back").waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => window.fake.calls("tell_in_thread")), 1);
    }),
  );

  test(
    "where two people are needed, a hold is proposed by one and lifted by another, and by nobody twice",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.fourEyes.lift_hold = true;
        window.fake.tell();
      });
      await open(page, /Odalys Brennan/);
      await page.getByRole("button", { name: /^Lift the hold/ }).click();
      const lift = page.getByRole("dialog", { name: "Lift the hold" });
      await lift.getByText("This needs a second person.").waitFor();
      await lift.getByLabel("Reason for lifting it").fill("The claim is settled");
      await lift.getByRole("button", { name: "Propose it" }).click();
      await lift.getByText("Type the passphrase of your own key.").waitFor();
      await lift.getByLabel("Passphrase of your own key").fill("robins own");
      await lift.getByRole("button", { name: "Propose it" }).click();
      await page.getByText("It is proposed, and waits for a second person.").waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("lift_hold")), 0);

      await goTo(page, "Attention");
      await page.getByRole("button", { name: "Read the proposal" }).click();
      const dialog = page.getByRole("dialog", { name: "A second person is needed" });
      await dialog.getByText("The claim is settled").waitFor();
      for (const [name, passphrase, told] of [
        ["Robin Adler", "robins own", "Whoever proposes something cannot be the second person."],
        ["Noor Haddad", "robins own", "The passphrase is wrong."],
        ["Nobody", "noors own", "This person has no key to sign with at this desk."],
      ]) {
        await dialog.getByLabel("Your name").fill(name);
        await dialog.getByLabel("Passphrase of your own key").fill(passphrase);
        await dialog.getByRole("button", { name: "Approve" }).click();
        await dialog.getByText(told).waitFor();
      }
      await dialog.getByLabel("Your name").fill("Noor Haddad");
      await dialog.getByLabel("Passphrase of your own key").fill("noors own");
      await dialog.getByRole("button", { name: "Approve" }).click();
      await page.getByText("It is approved.").waitFor();
      await page.getByRole("button", { name: "Read the proposal" }).waitFor({ state: "detached" });
    }),
  );

  test(
    "an early erasure that needs two people is proposed, and may be declined with a reason",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.fourEyes.early_erasure = true;
        window.fake.tell();
      });
      await open(page, /Jonas Feldmann/);
      await page.getByRole("button", { name: "Ask for erasure", exact: true }).click();
      const erase = page.getByRole("dialog", { name: "Ask for erasure" });
      await erase.getByLabel("Reason", { exact: true }).fill("Sent by mistake");
      await erase.getByLabel("Passphrase of your own key").fill("robins own");
      await erase.getByRole("button", { name: "Propose it" }).click();
      await page.getByText("It is proposed, and waits for a second person.").waitFor();
      assert.equal(await page.evaluate(() => window.fake.calls("ask_erasure")), 0);
      await goTo(page, "Attention");
      await page.getByRole("button", { name: "Read the proposal" }).click();
      const dialog = page.getByRole("dialog", { name: "A second person is needed" });
      await dialog.getByRole("button", { name: "Decline" }).click();
      await dialog.getByRole("button", { name: "Decline" }).click();
      await dialog.getByText("Say why, for whoever proposed it.").waitFor();
      await dialog.getByLabel("Why not").fill("It is needed");
      await dialog.getByRole("button", { name: "Decline" }).click();
      await page.getByText("It is declined. Nothing of it is done.").waitFor();
    }),
  );

  test(
    "a hold can cover one file, chosen from its row",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.getByRole("button", { name: "More for settings.docx" }).click();
      await page.getByRole("menuitem", { name: "Place a hold on this file" }).click();
      const dialog = page.getByRole("dialog", { name: "Place a hold" });
      assert.ok(await dialog.getByLabel("One file only").isChecked());
      assert.equal(
        await dialog.getByLabel("Which file").evaluate((it) => it.selectedOptions[0].text),
        "settings.docx",
      );
      await dialog.getByLabel("Reason", { exact: true }).fill("Keep this one");
      await dialog.getByRole("button", { name: "Place the hold" }).click();
      await page.getByText("On settings.docx").waitFor();
    }),
  );

  test(
    "asking for erasure names what is lost, takes a typed reason, and the destruction button says how much",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.getByRole("button", { name: "Ask for erasure" }).click();
      const dialog = page.getByRole("dialog", { name: "Ask for erasure" });
      for (const name of [
        "export-crash-2026-11-23.log",
        "settings.docx",
        "screenshot before crash.png",
      ])
        await dialog.getByText(name).waitFor();
      await dialog.getByText("3 files, 40.4 MiB").waitFor();
      await dialog.getByRole("button", { name: "Erase 3 files" }).click();
      await dialog.getByText("Nothing is erased without a reason.").waitFor();
      await dialog.getByLabel("Reason").fill("The customer sent the wrong files");
      await dialog.getByRole("button", { name: "Erase 3 files" }).click();
      await page.getByText("The erasure is asked for.").waitFor();
      await page.getByRole("heading", { name: "Erases with the next sweep" }).waitFor();
    }),
  );

  test(
    "asking for erasure of held files says that the hold is stronger",
    inWindow("busy", async (page) => {
      await open(page, /Odalys Brennan/);
      await page.getByRole("button", { name: "Ask for erasure" }).click();
      await page.getByRole("dialog").getByText("A hold covers this.").waitFor();
    }),
  );

  test(
    "a refused act keeps the dialog, what was typed in it, and says what became of the data",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.evaluate(() => window.fake.refuse("ask_erasure", "conflict"));
      await page.getByRole("button", { name: "Ask for erasure" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("Wrong files");
      await dialog.getByRole("button", { name: "Erase 3 files" }).click();
      await dialog
        .getByRole("alert")
        .getByText("Somebody else changed the same thing first.")
        .waitFor();
      assert.equal(await dialog.getByLabel("Reason").inputValue(), "Wrong files");
      await dialog.getByRole("button", { name: "Erase 3 files" }).click();
      await page.getByText("The erasure is asked for.").waitFor();
    }),
  );

  test(
    "a viewing copy is leased, shows its place and its end, and is gone when one is done",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.getByRole("button", { name: "Open export-crash-2026-11-23.log" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Make the viewing copy" }).click();
      await dialog.getByText("Nothing is opened without a reason.").waitFor();
      await dialog.getByLabel("Reason").fill("Find the crash");
      await dialog.getByText("What you save into it is erased with it").waitFor();
      await dialog.getByLabel("1 hour").check();
      const release = await page.evaluateHandle(() => window.fake.delay("make_viewing_copy"));
      await dialog.getByRole("button", { name: "Make the viewing copy" }).click();
      await dialog.getByText("Decrypting and checking…").waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await dialog.count(), 1, "the answer must not come to nobody");
      await release.evaluate((go) => go());
      await dialog.getByText(/\/viewing\/.*export-crash-2026-11-23\.log/).waitFor();
      assert.match(
        await copied(page, async () => {
          await dialog.getByRole("button", { name: "Copy the path" }).click();
          await dialog.getByText("Copied").waitFor();
        }),
        /export-crash-2026-11-23\.log$/,
      );
      await dialog.getByRole("button", { name: "Keep it open" }).click();

      const banner = page.getByRole("region", {
        name: "Viewing copy of export-crash-2026-11-23.log",
      });
      // The lease counts down by a real clock, and a busy machine takes its time.
      await banner.getByText(/^(1h|5\dm) left, for Robin Adler$/).waitFor();
      await banner.getByText("Reason: Find the crash").waitFor();
      await banner.getByText(/\/viewing\//).waitFor();
      await banner.getByRole("button", { name: /^Done/ }).click();
      await page.getByText("The viewing copy is erased.").waitFor();
      await banner.waitFor({ state: "detached" });
    }),
  );

  test(
    "a viewing copy shows what lies beside it and who has it open, and lasts longer on request",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await makeCopy(page);
      const banner = page.getByRole("region", {
        name: "Viewing copy of settings.docx",
        exact: true,
      });
      await page.evaluate(() => {
        const [copy] = window.fake.world.cases.flatMap((it) =>
          it.files.flatMap((file) => file.viewing_copies),
        );
        copy.beside = 2;
        copy.open_in = [
          { name: "soffice.bin", id: 4711 },
          { name: null, id: null },
        ];
        window.fake.tell();
      });
      await banner.getByText("2 more files lie beside it").waitFor();
      await banner.getByText("Open in soffice.bin (pid 4711), a program").waitFor();
      await banner.getByText(/^(30|29)m left/).waitFor();
      await banner.getByRole("button", { name: /^30 minutes longer/ }).click();
      await banner.getByText(/^(1h|59m) left/).waitFor();
      await banner.getByRole("button", { name: /^Done/ }).click();
      await page
        .getByText(
          /^The viewing copy is erased, with 2 files beside it\..*soffice\.bin \(pid 4711\)/,
        )
        .waitFor();
      await banner.waitFor({ state: "detached" });
      await page
        .getByRole("region", { name: "Erased viewing copy of settings.docx" })
        .getByText("What is read in it now is zeros")
        .waitFor();
    }),
  );

  test(
    "a viewing copy that cannot be erased says what keeps it, and offers no more time",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await makeCopy(page);
      const banner = page.getByRole("region", {
        name: "Viewing copy of settings.docx",
        exact: true,
      });
      await banner.getByRole("button", { name: /^30 minutes longer/ }).waitFor();
      await page.evaluate(() => {
        const [copy] = window.fake.world.cases.flatMap((it) =>
          it.files.flatMap((file) => file.viewing_copies),
        );
        copy.problem = { code: "copy_in_use", what: "", todo: "" };
        window.fake.world.extraAttention = [
          {
            kind: "viewing_copy_stays",
            case: window.fake.world.cases[0].id,
            receipt: null,
            request: null,
            since: "2026-11-24T08:00:00Z",
          },
        ];
        window.fake.tell();
      });
      await banner.getByText(/A program has the viewing copy open.*Close the program/).waitFor();
      assert.equal(await banner.getByRole("button", { name: /^30 minutes longer/ }).count(), 0);
      await page.evaluate(() => window.fake.refuse("end_viewing_copy", "copy_in_use"));
      await banner.getByRole("button", { name: /^Done/ }).click();
      await page.getByText("Reference 5d41c0").waitFor();
      assert.equal(await page.getByText(/A program has the viewing copy open/).count(), 2);
      await banner.waitFor();
    }),
  );

  test(
    "a desk that allows less time offers less, and takes no more",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.longestLease = 20;
        window.fake.tell();
      });
      await open(page, /Mariana Aguirre/);
      await page.getByRole("button", { name: "Open settings.docx" }).click();
      const dialog = page.getByRole("dialog");
      assert.ok(await dialog.getByLabel("15 minutes").isChecked());
      assert.equal(await dialog.getByRole("radio").count(), 1);
      await dialog.getByLabel("Reason").fill("Compare the settings");
      await dialog.getByRole("button", { name: "Make the viewing copy" }).click();
      await dialog.getByRole("button", { name: "Keep it open" }).click();
      const banner = page.getByRole("region", { name: /^Viewing copy/ });
      await banner.getByRole("button", { name: /^30 minutes longer/ }).click();
      await banner.getByText(/^(20|19)m left/).waitFor();
    }),
  );

  test(
    "a damaged file is not opened, and the dialog says so",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      await page.evaluate(() => window.fake.refuse("make_viewing_copy", "damaged"));
      await page.getByRole("button", { name: "Open settings.docx" }).click();
      await page.getByLabel("Reason").fill("Compare the settings");
      await page.getByRole("button", { name: "Make the viewing copy" }).click();
      await page
        .getByRole("dialog")
        .getByRole("alert")
        .getByText("damaged or was exchanged")
        .waitFor();
    }),
  );

  test(
    "how much of a file has come in is told on every screen and in its case, and a pause breaks it off",
    inWindow("busy", async (page) => {
      await page.getByRole("button", { name: "Reports", exact: true }).click();
      await moveBytes(page, 1_073_741_824, 42_949_672_960);
      await page.getByRole("button", { name: "Taking in a file: 1 GiB of 40 GiB" }).click();
      const bar = page.getByRole("progressbar", { name: "How much of import-full.csv is in" });
      await bar.waitFor();
      assert.equal(await bar.getAttribute("aria-valuenow"), "2");
      await page.getByTitle("1,073,741,824 of 42,949,672,960 bytes").waitFor();
      await moveBytes(page, 21_474_836_480, 42_949_672_960);
      await page.getByRole("button", { name: "Taking in a file: 20 GiB of 40 GiB" }).waitFor();
      assert.equal(await bar.getAttribute("aria-valuenow"), "50");
      await moveBytes(page, 2048, null);
      await page.getByRole("button", { name: "Taking in a file: 2 KiB" }).waitFor();
      assert.equal(await bar.getAttribute("aria-valuenow"), null, "nobody knows how much is left");

      await page.getByRole("button", { name: "Pause for 1 hour" }).click();
      await page.getByText("Paused until", { exact: false }).waitFor();
      await bar.waitFor({ state: "detached" });
      assert.equal(await page.getByRole("button", { name: /^Taking in/ }).count(), 0);
    }),
  );

  test(
    "what is refused, lost, arriving or erased says why and offers nothing that could not work",
    inWindow("busy", async (page) => {
      await open(page, /Priya Raman/);
      await page.getByText("It is empty.").waitFor();
      assert.equal(await page.getByRole("button", { name: /^Open / }).count(), 0);
      await open(page, /Siobhán/);
      await page.getByText("The sealed file is missing or damaged.").waitFor();
      assert.equal(await page.getByRole("button", { name: /^Open / }).count(), 0);
      await open(page, /Bram de Vries/);
      assert.ok(await page.getByRole("button", { name: "Ask for erasure" }).isDisabled());
    }),
  );

  test(
    "an unclear request is decided by a person: yes makes the files due, no sets it aside",
    inWindow("busy", async (page) => {
      await open(page, /Aiko Tanaka/);
      const request = page.getByRole("region", { name: "This sounds like a request for removal" });
      await request.getByRole("button", { name: "No, set it aside" }).click();
      await request.waitFor({ state: "detached" });
      await page.getByText("set an unclear request aside").waitFor();
      await page.getByRole("heading", { name: "Nothing is due" }).waitFor();
    }),
  );

  test(
    "what was asked for stands with its reason, who asked and whether it counts",
    inWindow("busy", async (page) => {
      await open(page, /Aiko Tanaka/);
      assert.equal(await page.getByRole("region", { name: "Requests for removal" }).count(), 0);
      await page.getByRole("button", { name: "No, set it aside" }).click();
      const requests = page.getByRole("region", { name: "Requests for removal" });
      await requests.getByText("The customer asked in the thread").waitFor();
      await requests.getByText("Set aside").waitFor();
      await page.getByRole("button", { name: "Ask for erasure" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("Sent by mistake");
      await dialog.getByRole("button", { name: /^Erase/ }).click();
      await requests.getByText("Asked for at the desk").waitFor();
      await requests.getByText("Sent by mistake").waitFor();
      await requests.getByText("Counts").waitFor();
    }),
  );

  test(
    "a ticket that the thread names is taken or set aside by a person",
    inWindow("busy", async (page) => {
      await open(page, /Priya Raman/);
      await page.getByText("topic 1044").waitFor();
      const offers = page.getByRole("region", { name: "The thread names another ticket" });
      await offers.getByRole("button", { name: "Take redmine 4711" }).click();
      await page.getByText("The case follows this ticket now.").waitFor();
      await offers.waitFor({ state: "detached" });
      await page.locator("dd").getByText("redmine 4711").waitFor();
    }),
  );

  test(
    "an offered ticket that is set aside changes nothing",
    inWindow("busy", async (page) => {
      await goTo(page, "Attention");
      await page.getByText("A ticket that the thread names may be the case's").waitFor();
      await goTo(page, "Cases");
      await open(page, /Priya Raman/);
      await page.getByRole("button", { name: "Set redmine 4711 aside" }).click();
      await page.getByText("set aside ticket 4711 of redmine").waitFor();
      await page.locator("dd").getByText("topic 1044").waitFor();
    }),
  );

  test(
    "a drop folder is made when it is wanted, and tells what it did not take in and why",
    inWindow("busy", async (page) => {
      await open(page, /Mariana Aguirre/);
      assert.equal(await page.getByRole("region", { name: "Drop folder" }).count(), 0);
      await page.getByRole("button", { name: "Make a drop folder" }).click();
      const folder = page.getByRole("region", { name: "Drop folder" });
      await folder.getByText(/\/Downloads\/Custody\//).waitFor();
      await copied(page, async () => {
        await folder.getByRole("button", { name: "Copy the folder" }).click();
        await folder.getByText("Copied").waitFor();
      });
      assert.equal(await page.getByRole("button", { name: "Make a drop folder" }).count(), 0);

      await open(page, /Priya Raman/);
      const rows = folder.getByRole("listitem");
      await rows
        .filter({ hasText: "heap-dump.zip.crdownload" })
        .getByText(/not complete/)
        .waitFor();
      await rows.filter({ hasText: "trace.etl" }).getByText("rsync still writes to it.").waitFor();
    }),
  );

  test(
    "links to large-file services stand as text to be copied, and an open thread is said to be one",
    inWindow("busy", async (page) => {
      await open(page, /Priya Raman/);
      await page
        .getByText("The forum serves this thread's files to anybody who knows their address.")
        .waitFor();
      const links = page.getByRole("region", { name: "Links to large-file services" });
      assert.equal(
        await links.getByRole("link").count(),
        0,
        "nothing of a customer can be followed",
      );
      await links.getByText("https://we.tl/t-8Qm2example").waitFor();
      assert.equal(
        await copied(page, async () => {
          await links.getByRole("button", { name: "Copy the link" }).click();
          await links.getByText("Copied").waitFor();
        }),
        "https://we.tl/t-8Qm2example",
      );
      await open(page, /Mariana Aguirre/);
      assert.equal(await page.getByText("to anybody who knows their address").count(), 0);
    }),
  );

  test(
    "an approved request is erased with the next round",
    inWindow("busy", async (page) => {
      await open(page, /Aiko Tanaka/);
      await page.getByRole("button", { name: "Yes, erase the files" }).click();
      await page.getByText("accepted an unclear request").waitFor();
      await page.getByRole("button", { name: "Sync now" }).click();
      await page.getByRole("heading", { name: "Erased, and the receipt is out" }).waitFor();
    }),
  );

  test(
    "an empty desk says what will appear and what to do now",
    inWindow("empty", async (page) => {
      await page.getByText("No cases yet").waitFor();
      await page.getByText("“Sync now” looks at once").waitFor();
    }),
  );

  test(
    "a list that cannot be read says why and is read again on request",
    inWindow("empty", async (page) => {
      await page.evaluate(() => {
        window.fake.refuse("list_cases", "ledger_trouble");
        window.fake.tell();
      });
      await page.getByText("The ledger cannot be used right now.").waitFor();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByText("No cases yet").waitFor();
    }),
  );

  test(
    "a case that cannot be read says why and is read again on request",
    inWindow("busy", async (page) => {
      await page.evaluate(() => window.fake.refuse("show_case", "ledger_damaged"));
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      const detail = page.getByRole("region", { name: "Chosen case" });
      await detail.getByText("The ledger is damaged").waitFor();
      await detail.getByRole("button", { name: "Try again" }).click();
      await detail.getByText("settings.docx").waitFor();
    }),
  );

  test(
    "the answer to an older question does not replace that to a newer one",
    inWindow("busy", async (page) => {
      const release = await page.evaluateHandle(() => window.fake.delay("show_case"));
      await page.getByRole("option", { name: /Mariana Aguirre/ }).click();
      await page.getByRole("option", { name: /Odalys Brennan/ }).click();
      await release.evaluate((go) => go());
      await page
        .getByRole("heading", { name: "Signature page missing in signed contract PDF" })
        .waitFor();
      assert.equal(await page.getByText("settings.docx").count(), 0);
    }),
  );

  test(
    "ten thousand cases are searched and walked",
    inWindow("many", async (page) => {
      await page.getByText("10000 cases", { exact: true }).waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("report-1234.log ");
      await page.getByText("1 case", { exact: true }).waitFor();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Report number 1234 does not open" }).waitFor();
    }),
  );

  test(
    "with a hundred thousand files, a case and what one types for are there at once",
    inWindow("many", async (page) => {
      await page.getByText("10000 cases", { exact: true }).waitFor();
      // From the key or the press until the frame that shows the answer.
      const took = (doing, shows) =>
        page.evaluate(
          ([source, answer]) =>
            new Promise((done) => {
              const from = performance.now();
              const look = () => {
                if (document.body.innerText.includes(answer)) done(performance.now() - from);
                else requestAnimationFrame(look);
              };
              new Function(source)();
              requestAnimationFrame(look);
            }),
          [doing, shows],
        );
      const first = 'document.querySelector("[role=option]").click()';
      const opening = await took(first, "report-0-9.log");
      const row = 'document.querySelectorAll("[role=option]")[7].click()';
      const crowded = await took(row, "report-7-20.log");
      assert.ok((await page.getByRole("row").count()) <= 41, "of 3,000 files a part is there");
      const type = (text) =>
        `const field = document.querySelector("[role=searchbox]"); field.value = "${text}";` +
        'field.dispatchEvent(new Event("input", { bubbles: true }));';
      const searching = await took(type("report-4321-7"), "\n1 case\n");
      console.log(
        `With 10,000 cases and 100,000 files: a case of 10 files ${Math.round(opening)} ms, ` +
          `one of 3,000 files ${Math.round(crowded)} ms, a search ${Math.round(searching)} ms.`,
      );
    }),
  );

  test(
    "the files and the history of a case with thousands of them come as one scrolls",
    inWindow("many", async (page) => {
      await page.getByRole("option", { name: /Report number 7 / }).click();
      const table = page.getByRole("table");
      await table.getByRole("rowheader", { name: "report-7.log" }).waitFor();
      assert.equal(await table.getAttribute("aria-rowcount"), "3001");
      await page.getByRole("button", { name: "Show more (2,960 left)" }).scrollIntoViewIfNeeded();
      await table.getByRole("rowheader", { name: "report-7-70.log" }).waitFor();
      assert.ok((await page.getByRole("row").count()) < 1_000, "not all of them at once");
    }),
  );

  test(
    "of ten thousand cases only those in sight are there, and each comes when it is scrolled to",
    inWindow("many", async (page) => {
      const list = page.getByRole("listbox", { name: "Cases" });
      await page.getByRole("option", { name: /Report number 0 / }).waitFor();
      assert.ok((await page.getByRole("option").count()) < 60);
      await page.getByRole("option").first().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("End");
      await page.getByRole("option", { name: /Report number 9999 /, selected: true }).waitFor();
      await list.evaluate((it) => it.scrollTo({ top: it.scrollHeight / 2 }));
      await page
        .getByRole("option", { name: /Report number 50\d\d / })
        .first()
        .waitFor();
      assert.ok((await page.getByRole("option").count()) < 60);
    }),
  );

  test(
    "cases are sorted as one likes, and the list says how",
    inWindow("many", async (page) => {
      await page.getByRole("button", { name: "Sort by: Newest case" }).click();
      await page.getByRole("menuitemradio", { name: "Size" }).click();
      await page.getByRole("button", { name: "Sort by: Size" }).waitFor();
      await page.getByRole("option", { name: /Report number 9999 / }).waitFor();
      assert.match(await page.getByRole("option").first().innerText(), /Report number 9999 /);
      await page.getByRole("button", { name: "Sort by: Size" }).press("Enter");
      await page.keyboard.press("ArrowUp");
      await page.getByRole("menuitemradio", { name: "Newest case", checked: false }).press("Enter");
      await page.getByRole("option", { name: /Report number 0 / }).waitFor();
    }),
  );
}
