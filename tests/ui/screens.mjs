/* What a story evaluates runs in the page. */
/* global window, document */
import { openReports } from "./stories/reports.mjs";

/** Goes to a screen by its name: the rail's, or the bell's. */
export const goTo = async (page, name) => {
  await page
    .getByRole("button", { name: new RegExp(`^${name}\\b`) })
    .and(page.locator("nav button, .bell"))
    .click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
};

/** Goes to a section of the settings. */
export const goToSection = async (page, name) => {
  await goTo(page, "Settings");
  await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name }).click();
  await page.getByRole("heading", { level: 2, name }).waitFor();
};

/** Goes to a step of the first run. */
export const goToStep = async (page, name) => {
  await page.getByRole("navigation", { name: "Steps" }).getByRole("button", { name }).click();
  await page.getByRole("heading", { level: 2, name }).waitFor();
};

export const firstRow = async (page, at = 0) => {
  await page.getByRole("option").nth(at).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

/** So many bytes of the file that arrives were taken in. */
export const moveBytes = (page, done, total) =>
  page.evaluate(
    ([done, total]) => {
      const { world, tell } = window.fake;
      for (const { id, files } of world.cases)
        for (const file of files)
          if (file.state === "arriving")
            world.transfers = [{ job: "intake", file: file.id, case: id, done, total }];
      tell();
    },
    [done, total],
  );

const addFiles = async (page) => {
  await firstRow(page, 1);
  await page.evaluate(() => {
    window.fake.world.changedSince = ["app.log"];
    const box = document.querySelector("article[data-case]").getBoundingClientRect();
    window.fake.dropFiles({ x: box.x + 40, y: box.y + 120 }, [
      { name: "heap-dump.zip", bytes: 734_003_200 },
      { name: "logs of the night", bytes: 48_120, files: 12 },
      { name: "app.log", bytes: 9_120 },
      { name: "trace.etl", bytes: 18_120_000, stays: true },
      { name: "shortcut to share", bytes: 0, why: "link" },
      { name: "sources", bytes: 0, files: 3, why: "second_name", inside: "sources/app.c" },
    ]);
  });
  await page.getByRole("dialog", { name: "Add to this case?" }).waitFor();
};

// Every screen and state of the window, with how one gets there.
export const screens = [
  [
    "first run",
    "first-run",
    async (page) => page.getByLabel("Passphrase", { exact: true }).fill("password"),
  ],
  ["first run: the kit", "set-up", async () => {}],
  [
    "first run: the words",
    "set-up",
    async (page) => page.getByRole("button", { name: "Show the 24 words" }).click(),
  ],
  [
    "first run: the words asked back",
    "set-up",
    async (page) => {
      await page.getByRole("button", { name: "Show the 24 words" }).click();
      await page.getByRole("button", { name: "I have written them down" }).click();
      await page.getByLabel("Word 3", { exact: true }).fill("wrong");
      await page.getByLabel("Word 11").fill("wrong");
      await page.getByLabel("Word 20").fill("wrong");
      await page.getByRole("button", { name: "Check" }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "first run: the forum",
    "set-up",
    async (page) => {
      await goToStep(page, "Forum");
      await page.getByLabel("Address of the forum").fill("forum.example.com");
      await page.getByRole("button", { name: "Ask the forum" }).click();
      await page.getByText("How you let it in").waitFor();
    },
  ],
  [
    "first run: a code",
    "set-up",
    async (page) => {
      await goToStep(page, "Forum");
      await page.getByLabel("Address of the forum").fill("forum.example.com");
      await page.getByRole("button", { name: "Ask the forum" }).click();
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByText("BCDF-GHJK").waitFor();
    },
  ],
  [
    "first run: tracker and mail",
    "set-up",
    async (page) => {
      await goToStep(page, "Tracker and mail");
      await page.getByRole("button", { name: "Connect mail" }).click();
      await page.getByLabel("Address that letters come from").fill("desk@example.com");
      await page.getByLabel("Server that sends").fill("smtp.example.com:587");
      await page.getByLabel("Server that receives").fill("imap.example.com:993");
      await page.getByRole("textbox", { name: "Password" }).fill("wrong");
      await page.getByRole("button", { name: "Test connection" }).click();
      await page.getByRole("region", { name: "What was found" }).waitFor();
    },
  ],
  ["first run: the rule", "set-up", async (page) => goToStep(page, "Retention rule")],
  [
    "first run left",
    "set-up",
    async (page) => {
      await page.getByRole("button", { name: "Leave for now" }).click();
      await page.getByRole("heading", { name: "Cases" }).waitFor();
    },
  ],
  ["desk being opened", "opening", async (page) => page.getByRole("status").first().waitFor()],
  ["desk not opened", "failed", async () => {}],
  ["locked", "locked", async () => {}],
  ["no cases", "empty", async () => {}],
  ["a list", "busy", async (page) => page.getByRole("option").first().waitFor()],
  ["a case", "busy", (page) => firstRow(page, 1)],
  [
    "files over a case",
    "busy",
    async (page) => {
      await firstRow(page, 1);
      await page.evaluate(() => {
        const box = document.querySelectorAll('[role="option"]')[2].getBoundingClientRect();
        window.fake.dragFiles({ x: box.x + 40, y: box.y + 20 });
      });
      await page.getByText("Drop to add to").waitFor();
    },
  ],
  [
    "files over the open case",
    "busy",
    async (page) => {
      await firstRow(page, 1);
      await page.evaluate(() => {
        const box = document.querySelector("article[data-case]").getBoundingClientRect();
        window.fake.dragFiles({ x: box.x + 40, y: box.y + 120 });
      });
      await page.getByText("Drop to add to").waitFor();
    },
  ],
  [
    "files over no case",
    "busy",
    async (page) => {
      await firstRow(page, 1);
      await page.evaluate(() => window.fake.dragFiles({ x: 3, y: 3 }));
      await page.getByText("Drop files onto a case").waitFor();
    },
  ],
  ["files to be added", "busy", addFiles],
  [
    "files added but not all",
    "busy",
    async (page) => {
      await addFiles(page);
      await page.getByRole("button", { name: "Move 15 files" }).click();
      await page.getByRole("dialog", { name: "Not all of it was moved" }).waitFor();
    },
  ],
  ["a case on hold", "busy", (page) => firstRow(page, 2)],
  ["an unclear request", "busy", (page) => firstRow(page, 3)],
  ["refused and arriving files", "busy", (page) => firstRow(page, 4)],
  [
    "a file that is taken in",
    "busy",
    async (page) => {
      await moveBytes(page, 13_314_398_208, 42_949_672_960);
      await firstRow(page, 4);
      await page.getByRole("progressbar").waitFor();
    },
  ],
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
          one_file: false,
          file: null,
          title: window.fake.world.cases[0].title,
          hold_reason: "It answers the complaint of 12 November",
          case: window.fake.world.cases[0].id,
          by: "Robin Adler",
          reason: "The claim is settled",
          made_at: "2026-11-24T08:00:00Z",
          expires_at: "2026-11-27T08:00:00Z",
          approved_by: null,
        });
        window.fake.tell();
      });
      await goTo(page, "Attention");
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
  ["no deletions", "empty", async (page) => goTo(page, "Deletions")],
  [
    "deletions being read",
    "busy",
    async (page) => {
      await page.evaluate(() => void window.fake.delay("list_erasures"));
      await goTo(page, "Deletions");
      await page.getByRole("status", { name: "Loading…" }).first().waitFor();
    },
  ],
  [
    "deletions that cannot be read",
    "busy",
    async (page) => {
      await page.evaluate(() => window.fake.refuse("list_erasures", "ledger_trouble"));
      await goTo(page, "Deletions");
      await page.getByRole("alert").waitFor();
    },
  ],
  ["a deletion to come", "busy", async (page) => (await goTo(page, "Deletions"), firstRow(page))],
  [
    "a deletion that does not succeed",
    "stuck",
    async (page) => {
      await goTo(page, "Deletions");
      await page.getByRole("button", { name: /^Running / }).click();
      await page.getByText("1 entry", { exact: true }).waitFor();
      await firstRow(page);
    },
  ],
  [
    "a deletion that is done",
    "busy",
    async (page) => {
      await goTo(page, "Deletions");
      await page.getByRole("button", { name: /^Done / }).click();
      await page.getByText("4 entries", { exact: true }).waitFor();
      await firstRow(page);
    },
  ],
  [
    "a deletion that needs a person",
    "stuck",
    async (page) => {
      await goTo(page, "Deletions");
      await page.getByRole("button", { name: /^Needs a person / }).click();
      await page.getByRole("option", { name: /more than the cap/ }).waitFor();
      await firstRow(page);
    },
  ],
  ["no receipts", "empty", async (page) => goTo(page, "Receipts")],
  ["a receipt", "busy", async (page) => (await goTo(page, "Receipts"), firstRow(page))],
  [
    "a receipt that was checked and saved",
    "busy",
    async (page) => {
      await goTo(page, "Receipts");
      await firstRow(page, 2);
      await page.getByRole("button", { name: "Verify the signature" }).click();
      await page.getByText("The Ed25519 signature fits").waitFor();
      await page.getByRole("button", { name: "Save the receipt file" }).click();
      await page.getByLabel("Where it is").waitFor();
    },
  ],
  ["no events", "empty", async (page) => goTo(page, "Audit")],
  ["an event", "busy", async (page) => (await goTo(page, "Audit"), firstRow(page))],
  [
    "the chain, whole and written out",
    "busy",
    async (page) => {
      await goTo(page, "Audit");
      await page.getByRole("button", { name: /Verify, export/ }).click();
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await page.getByText("kept receipts were signed over it").waitFor();
      await page.getByRole("button", { name: "Write the export" }).click();
      await page.getByLabel("Where it is").waitFor();
    },
  ],
  [
    "the chain, which somebody changed",
    "stuck",
    async (page) => {
      await goTo(page, "Audit");
      await page.getByRole("button", { name: /Verify, export/ }).click();
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await page.getByText("is the first that does not fit").waitFor();
    },
  ],
  ["attention", "busy", async (page) => goTo(page, "Attention")],
  ["rules", "busy", async (page) => goToSection(page, "Rules")],
  [
    "a simulation of rules",
    "draft",
    async (page) => {
      await goToSection(page, "Rules");
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
  [
    "settings: connections",
    "busy",
    async (page) => {
      await goToSection(page, "Connections");
      await page.getByRole("button", { name: "Test the connection: Forum" }).click();
      await page.getByRole("region", { name: "What was found" }).waitFor();
    },
  ],
  [
    "settings: security",
    "busy",
    async (page) => {
      await goToSection(page, "Security");
      await page.getByText("Noor Haddad").waitFor();
    },
  ],
  [
    "settings: storage",
    "busy",
    async (page) => {
      await goToSection(page, "Storage");
      await page.getByText("/media/vault").waitFor();
    },
  ],
  ["settings: window", "busy", async (page) => goToSection(page, "Window")],
  ["settings: practice", "unconnected", async (page) => goToSection(page, "Practice")],
  [
    "settings: updates",
    "busy",
    async (page) => {
      await goToSection(page, "Updates");
      await page.getByRole("button", { name: "Check for updates" }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "settings: about",
    "busy",
    async (page) => {
      await goToSection(page, "About");
      await page.locator("summary").first().waitFor();
    },
  ],
  [
    "leaving a backup",
    "busy",
    async (page) => {
      await goToSection(page, "Storage");
      await page.getByRole("button", { name: "Leave the backup second disk" }).click();
    },
  ],
  ["nothing to do", "empty", async (page) => goTo(page, "Attention")],
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
      await goTo(page, "Attention");
      await page.getByRole("button", { name: "See what was found" }).click();
    },
  ],
  [
    "the palette",
    "busy",
    async (page) => {
      await firstRow(page, 1);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
    },
  ],
  ["a report", "busy", openReports],
  ["an empty report", "empty", openReports],
  ["a report with hostile names", "hostile", openReports],
  [
    "a report's table and own dates",
    "busy",
    async (page) => {
      await openReports(page);
      await page.getByRole("radio", { name: "Own dates" }).click();
      await page.getByRole("button", { name: /^As a table: 113 files/ }).click();
    },
  ],
  [
    "a report written",
    "busy",
    async (page) => {
      await openReports(page);
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: /^PDF/ }).click();
      await page.getByRole("region", { name: /^The report is written/ }).waitFor();
    },
  ],
  [
    "a report's exports",
    "busy",
    async (page) => {
      await openReports(page);
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: /^JSON/ }).waitFor();
    },
  ],
  [
    "a report not made",
    "busy",
    async (page) => {
      await page.evaluate(() => window.fake.refuse("show_report", "ledger_trouble"));
      await page.getByRole("button", { name: "Reports", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  [
    "a pause",
    "busy",
    async (page) => {
      await page.evaluate(() => {
        const until = new Date(window.fake.world.now + 4 * 3_600_000).toISOString();
        window.fake.world.pause = { since: new Date(window.fake.world.now).toISOString(), until };
        window.fake.world.jobs.confirm.fault = null;
        window.fake.tell();
      });
      await firstRow(page, 1);
      await page.getByRole("button", { name: /^Paused/ }).click();
    },
  ],
  [
    "quitting while work runs",
    "busy",
    async (page) => {
      await page.evaluate(() => {
        const work = { jobs: ["erase", "backup"], viewing_copies: 2 };
        window.fake.world.leaving = { work, finishing: false };
        window.fake.tell();
      });
      await page.getByRole("dialog", { name: "Quit while this goes on?" }).waitFor();
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
