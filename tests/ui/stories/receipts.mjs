/* What a story evaluates runs in the page. */
/* global getComputedStyle, window */
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../screens.mjs";

const receipts = async (page, name) => {
  await page.getByRole("button", { name: "Receipts" }).click();
  await page.getByRole("option", { name }).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

export function receiptsStories(inWindow) {
  test(
    "a receipt shows the letter, every location, the signature and the answers",
    inWindow("busy", async (page) => {
      await receipts(page, /Luisa Marchetti/);
      const detail = page.getByRole("region", { name: "Chosen receipt" });
      await detail.getByText("Dear Luisa Marchetti,").waitFor();
      await detail.getByText("The signature fits").waitFor();
      await detail.getByText("Reply by mail, signed by the sender's domain").waitFor();
      assert.equal(
        await detail
          .getByText("The key that could open it: destroyed, and checked", { exact: true })
          .count(),
        2,
      );
      await detail.getByRole("heading", { name: "tenant-dump.sql.gz", exact: true }).waitFor();
      await detail.getByText(/A follow-up receipt is owed;/).waitFor();
      await detail
        .getByText("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .waitFor();
      await detail.getByText("Signed text", { exact: true }).click();
      await detail.getByText('"schema": "custody/receipt/1"').waitFor();
    }),
  );

  test(
    "a letter is drawn as it was mailed, and nothing in it runs or is fetched",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        const letter =
          '<!doctype html><html lang="de" dir="ltr"><body style="max-width:38em;font-size:16px">' +
          '<p style="font-weight:600">Guten Tag</p><img src="x">' +
          '<script>window.ran = 1</script><iframe srcdoc="x"></iframe><a href="https://example.com">away</a>' +
          "<table><tr><td><bdi>&lt;img src=x onerror=alert(1)&gt;.log</bdi></td></tr></table></body></html>";
        for (const receipt of window.fake.world.receipts) receipt.letter_html = letter;
      });
      await receipts(page, /Luisa Marchetti/);
      const greeting = page.getByText("Guten Tag");
      await greeting.waitFor();
      assert.equal(await greeting.evaluate((it) => getComputedStyle(it).fontWeight), "600");
      await page.getByRole("cell", { name: "<img src=x onerror=alert(1)>.log" }).waitFor();
      const left = await greeting.evaluate((it) => ({
        lang: it.parentElement.lang,
        others: [...it.getRootNode().querySelectorAll("img, script, iframe, a")].length,
        ran: window.ran ?? null,
      }));
      assert.deepEqual(left, { lang: "de", others: 0, ran: null });
    }),
  );

  test(
    "a signature that does not fit is told in words",
    inWindow("busy", async (page) => {
      await page.evaluate(() => (window.fake.world.receipts[0].signature_fits = false));
      await receipts(page, /Bram de Vries/);
      await page.getByText("The signature does not fit").waitFor();
    }),
  );

  test(
    "a forgotten receipt keeps its digest and cannot be sent again",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        const [receipt] = window.fake.world.receipts;
        Object.assign(receipt, {
          letter: "",
          letter_html: "",
          statement: "",
          signature_fits: null,
        });
        Object.assign(receipt.row, { title: "", customer: "" });
      });
      await page.evaluate(() => window.fake.tell());
      await receipts(page, /Forgotten customer/);
      await page.getByText("The letter was erased with the case's personal data.").waitFor();
      assert.equal(await page.getByRole("button", { name: "Send again" }).count(), 0);
    }),
  );

  test(
    "a receipt that came back is sent again",
    inWindow("busy", async (page) => {
      await receipts(page, /Kwame Boateng/);
      await page.getByRole("button", { name: "Send again" }).click();
      await page.getByText("The receipt is in the outbox again.").waitFor();
      await page.getByRole("option", { name: /Kwame Boateng.*In the outbox/s }).waitFor();
    }),
  );

  test(
    "receipts are searched by number and filtered by what became of them",
    inWindow("busy", async (page) => {
      await goTo(page, "Receipts");
      const number = (await page.getByRole("option", { name: /Bram de Vries/ }).innerText()).match(
        /C7-\w+/,
      )[0];
      await page.keyboard.press("/");
      await page.keyboard.type(number.toLowerCase());
      await page.getByText("1 receipt", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      for (const [chip, customer] of [
        ["Unanswered", "Bram de Vries"],
        ["Confirmed", "Luisa Marchetti"],
        ["Came back", "Kwame Boateng"],
      ]) {
        await page.getByRole("button", { name: new RegExp(`^${chip} `) }).click();
        await page.getByText("1 receipt", { exact: true }).waitFor();
        await page.getByRole("option", { name: new RegExp(customer) }).waitFor();
      }
    }),
  );

  test(
    "the signature is verified when asked for, and it is said what was checked",
    inWindow("busy", async (page) => {
      await receipts(page, /Luisa Marchetti/);
      const proof = page.getByRole("region", { name: "Proof of origin" });
      await proof.getByRole("button", { name: "Verify the signature" }).click();
      await proof.getByText("The Ed25519 signature fits the text and this desk's key.").waitFor();
      await proof.getByText("The text is the one whose digest the ledger keeps.").waitFor();
      await proof.getByText(/has entry 118, over which it was signed/).waitFor();
      await page.evaluate(() => {
        for (const receipt of window.fake.world.receipts) receipt.signature_fits = false;
      });
      await proof.getByRole("button", { name: "Verify the signature" }).click();
      await proof.getByText("The text was changed after it was signed.").waitFor();
      await page.evaluate(() => window.fake.refuse("verify_receipt", "keychain_trouble"));
      await proof.getByRole("button", { name: "Verify the signature" }).click();
      await proof.getByRole("alert").waitFor();
    }),
  );

  test(
    "the signed receipt is written into a file, and it is said where",
    inWindow("busy", async (page) => {
      await receipts(page, /Luisa Marchetti/);
      await page.getByRole("button", { name: "Save the receipt file" }).click();
      const path = "/home/robin/Downloads/Custody exports/custody-receipt-2026-11-24-0930.json";
      await page.getByLabel("Where it is").getByText(path).waitFor();
      await page.getByRole("button", { name: "Copy the path" }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      assert.equal(await page.evaluate(() => window.navigator.clipboard.readText()), path);
    }),
  );

  test(
    "what is owed is found, and a receipt leads to the one that completes it",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        const [first, second, third] = window.fake.world.receipts;
        Object.assign(first.row, { follow_up_owed: false });
        Object.assign(first, { followed_by: second.row.id, followed_by_token: second.row.token });
        Object.assign(third.row, { follow_up_owed: false, complete: true });
        window.fake.tell();
      });
      await goTo(page, "Receipts");
      await page.getByRole("button", { name: /^Follow-up owed 1/ }).click();
      await page.getByText("1 receipt", { exact: true }).waitFor();
      await page.getByRole("option", { name: /Kwame Boateng.*Follow-up owed/s }).waitFor();
      await page.getByRole("button", { name: /^All/ }).click();
      await page.getByRole("option", { name: /Bram de Vries/ }).click();
      await page.getByRole("button", { name: /^Completed by receipt/ }).click();
      await page.getByText("Dear Kwame Boateng,").waitFor();
    }),
  );

  test(
    "receipts are sorted, and a receipt that waits says what keeps it",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        const [receipt] = window.fake.world.receipts;
        receipt.row.standing = "waiting";
        receipt.delivery = {
          attempts: 3,
          at: "2026-11-24T10:30:00Z",
          problem: { code: "unreachable", what: "", todo: "" },
        };
        window.fake.tell();
      });
      await goTo(page, "Receipts");
      const rows = page.getByRole("option");
      await rows.nth(0).filter({ hasText: "Kwame Boateng" }).waitFor();
      await page.getByRole("button", { name: /^Sort by/ }).click();
      await page.getByRole("menuitemradio", { name: "Oldest first" }).click();
      await rows.nth(0).filter({ hasText: "Luisa Marchetti" }).waitFor();
      await page.getByRole("option", { name: /Bram de Vries/ }).click();
      await page.getByText("after 3 attempts").waitFor();
      await page.getByText("The server does not answer.").first().waitFor();
    }),
  );

  test(
    "ten thousand receipts scroll with few rows, and the last is reached by a key",
    inWindow("archive", async (page) => {
      await goTo(page, "Receipts");
      await page.getByText("10000 receipts", { exact: true }).waitFor();
      await page.getByRole("option").first().click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("End");
      await page.locator('[role="option"][aria-posinset="10000"][aria-selected="true"]').waitFor();
      assert.ok((await page.getByRole("option").count()) < 60, "only rows in sight exist");
    }),
  );

  test(
    "a case and its receipt lead to each other",
    inWindow("busy", async (page) => {
      await page.getByRole("option", { name: /Luisa Marchetti/ }).click();
      await page.getByRole("button", { name: /^Receipt C7/ }).click();
      await page.getByRole("heading", { level: 1, name: "Receipts" }).waitFor();
      await page.getByText("Dear Luisa Marchetti,").waitFor();
      await page.getByRole("button", { name: "Open the case" }).click();
      await page.getByRole("heading", { level: 2, name: "Dump of the test tenant" }).waitFor();
    }),
  );

  test(
    "a desk without receipts says when they will come",
    inWindow("empty", async (page) => {
      await goTo(page, "Receipts");
      await page.getByText("No receipts yet").waitFor();
    }),
  );

  test(
    "what waits for a person is listed with its case, and each leads to where it is dealt with",
    inWindow("busy", async (page) => {
      await page.getByRole("button", { name: /Attention/ }).click();
      const items = page.getByRole("list", { name: "What waits for you" }).getByRole("listitem");
      await items.first().waitFor();
      assert.equal(await items.count(), 4);
      await items
        .filter({ hasText: "Could you take down the documents I sent?" })
        .getByRole("button", { name: "Open the case" })
        .click();
      await page.getByRole("region", { name: "This sounds like a request for removal" }).waitFor();
      await goTo(page, "Attention");
      await items
        .filter({ hasText: "A receipt came back" })
        .getByRole("button", { name: "Open the receipt" })
        .click();
      await page.getByText("Dear Kwame Boateng,").waitFor();
    }),
  );

  test(
    "every kind of attention has words and a way on",
    inWindow("busy", async (page) => {
      const kinds = [
        ["unclear_request", "A customer may have asked for removal"],
        ["receipt_bounced", "A receipt came back"],
        ["receipt_disputed", "A customer disputes a receipt"],
        ["answer_unclear", "An answer could not be understood"],
        ["file_lost", "A sealed file is missing or damaged"],
        ["erasure_stuck", "An erasure does not succeed"],
        ["viewing_copy_stays", "A viewing copy cannot be erased"],
        ["case_exposed", "A thread is not private any more"],
        ["sweep_stopped", "A sweep would erase more than the cap"],
        ["hold_review", "A hold is to be reviewed"],
        ["reply_bounced", "A letter about a hold came back"],
        ["approval_waits", "A second person has to approve something"],
      ];
      await page.evaluate((all) => {
        window.fake.world.extraAttention = all.map(([kind]) => ({
          kind,
          case: kind === "sweep_stopped" ? null : window.fake.world.cases[0].id,
          receipt: null,
          request: null,
          hold: null,
          proposal: null,
          since: "2026-11-24T08:00:00Z",
        }));
        window.fake.tell();
      }, kinds);
      await goTo(page, "Attention");
      for (const [, what] of kinds) {
        const item = page.getByRole("listitem").filter({ hasText: what }).last();
        await item.getByRole("button").waitFor();
      }
    }),
  );

  test(
    "a stopped sweep is approved only after its plan was read",
    inWindow("busy", async (page) => {
      await page.evaluate(() => {
        window.fake.world.extraAttention = [
          {
            kind: "sweep_stopped",
            case: null,
            receipt: null,
            request: null,
            hold: null,
            since: "2026-11-24T08:00:00Z",
          },
        ];
        window.fake.tell();
      });
      await goTo(page, "Attention");
      await page.getByRole("button", { name: "Read the plan" }).click();
      const dialog = page.getByRole("dialog");
      await dialog
        .getByText("It would erase 2 files; without a person it erases at most 1.")
        .waitFor();
      await dialog.getByText("invoices.zip").waitFor();
      await dialog.getByRole("button", { name: "Erase 2 files" }).click();
      await page.getByText("2 files are erased, and every location was looked at again.").waitFor();
      await page.getByText("A sweep would erase more than the cap").waitFor({ state: "detached" });
    }),
  );

  test(
    "nothing to do is said calmly",
    inWindow("empty", async (page) => {
      await goTo(page, "Attention");
      await page.getByText("Nothing waits for you").waitFor();
    }),
  );
}
