// A German window is German throughout: what the desk tells by codes, too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { goTo } from "../screens.mjs";

const german = { language: "de-DE" };
// Words of the English sentences that no German one has, and no name in the world.
const english =
  /\b(the|a file|file of|because|is|are|until|erased|sealed|opened|placed|ticket closes|after)\b/i;

const list = async (page, screen) => {
  await goTo(page, screen);
  await page.getByRole("option").first().waitFor();
};

/** What a part of the screen says, without what people wrote and what files are called. */
async function isGerman(part, ...foreign) {
  let text = await part.innerText();
  for (const words of foreign) text = text.replaceAll(words, "");
  assert.doesNotMatch(text, english);
  return text;
}

export function germanStories(inWindow) {
  test(
    "a case tells in German why its files go, by which rule, and what happened",
    inWindow(
      "busy",
      async (page) => {
        await page.getByRole("option", { name: /Jonas Feldmann/ }).click();
        const outlook = page.getByRole("region", { name: /^Löschung in/ });
        await outlook.getByText(/^Das Ticket wurde am .* als geschlossen gelesen\.$/).waitFor();
        await outlook.getByText(/^Die Karenz dauert bis/).waitFor();
        await outlook
          .getByText(
            "Löschen: 3 Tage nach dem Schließen des Tickets, spätestens 90 Tage nach dem Eingang.",
          )
          .waitFor();
        await isGerman(outlook);
        const timeline = page.getByRole("region", { name: "Verlauf" });
        await timeline
          .getByText(/hat eine Datei fällig gestellt, weil das Ticket/)
          .first()
          .waitFor();
        const text = await isGerman(timeline);
        assert.match(text, /Custody hat den Fall zu Thema 1038 eröffnet/);
        assert.match(text, /hat eine Datei von 9,4 MiB versiegelt/);
        const size = timeline.getByText("9,4 MiB").first();
        assert.equal(await size.getAttribute("title"), "9.884.121 Bytes", "and exactly on hover");
      },
      german,
    ),
  );

  test(
    "a hold, and what the customer wrote, are told in German",
    inWindow(
      "busy",
      async (page) => {
        await page.getByRole("option", { name: /Odalys Brennan/ }).click();
        await page.getByText(/^Es ist angehalten \(.*\); das geht jedem Grund vor\.$/).waitFor();
        await isGerman(page.getByRole("region", { name: "Verlauf" }));
        await page.getByRole("option", { name: /Aiko Tanaka/ }).click();
        const timeline = page.getByRole("region", { name: "Verlauf" });
        await timeline.getByText("Der Kunde", { exact: true }).waitFor();
        await timeline.getByText(/nach einem Löschwunsch klingt \(im Thema\)/).waitFor();
        await isGerman(timeline);
      },
      german,
    ),
  );

  test(
    "the audit list and an event of it are German",
    inWindow(
      "busy",
      async (page) => {
        await list(page, "Prüfpfad");
        const rows = await page.getByRole("option").allInnerTexts();
        assert.ok(rows.length > 10 && rows.every((row) => / hat /.test(row)), rows.join("\n"));
        for (const row of rows) assert.doesNotMatch(row, english);
        await page.getByRole("button", { name: /^Anhalten \d/ }).click();
        await page
          .getByRole("option", { name: /hat etwas angehalten/ })
          .first()
          .click();
        const detail = page.getByRole("region", { name: "Gewähltes Ereignis" });
        await detail
          .getByRole("heading", {
            level: 2,
            name: /^Robin Adler hat etwas angehalten; wieder anzusehen am/,
          })
          .waitFor();
      },
      german,
    ),
  );

  test(
    "the locations of a receipt and of a deletion are German",
    inWindow(
      "stuck",
      async (page) => {
        await list(page, "Belege");
        await page.getByRole("option", { name: /Bram de Vries/ }).click();
        const found = page.getByRole("region", { name: "Was an jedem Ort gefunden wurde" });
        await found.getByText("Die verschlüsselte Datei hier: gelöscht und geprüft").waitFor();
        await found
          .getByText("Der Schlüssel, der sie öffnen könnte: vernichtet und geprüft")
          .waitFor();
        await found
          .getByText("Die Kopie im Forum selbst: noch da; dort können wir nichts entfernen")
          .waitFor();
        await isGerman(found);
        await goTo(page, "Löschungen");
        await page.getByRole("button", { name: /^Im Gang \d/ }).click();
        await page.getByRole("option").first().click();
        const seen = page.getByRole("region", { name: "Was an jedem Ort jetzt zu sehen ist" });
        await seen.getByText("Die verschlüsselte Datei hier: noch da").waitFor();
        await isGerman(seen);
      },
      german,
    ),
  );

  test(
    "what is overdue on a report, and whom a rule is for, are German",
    inWindow(
      "draft",
      async (page) => {
        await goTo(page, "Berichte");
        const overdue = page.getByRole("table", { name: "Überfällig" });
        await overdue
          .getByText(/das geht jedem Grund vor/)
          .first()
          .waitFor();
        await isGerman(overdue, "Signature page missing in signed contract PDF");
        await goTo(page, "Einstellungen");
        await page
          .getByRole("navigation", { name: "Abschnitte" })
          .getByRole("button", { name: "Regeln" })
          .click();
        await page.getByText("jede Datei", { exact: true }).waitFor();
        await page.getByRole("button", { name: "Diese ansehen" }).click();
        await page.getByText("Speicherabzüge oder Protokolle", { exact: true }).waitFor();
      },
      german,
    ),
  );
}
