// The states of the fake world that a test or a designer can start from: `?world=busy`, `?world=hostile` ...
import {
  aboutNothing,
  aCase,
  aFile,
  aReceipt,
  aRule,
  type FakeCase,
  fakeDesk,
  type FakeWorld,
  hours,
} from "./world";

export const scenes: Record<string, () => FakeWorld> = {
  "first-run": () => fakeDesk({ stage: "first_run" }),
  opening: () => fakeDesk({ stage: "opening" }),
  failed: () => fakeDesk({ stage: "failed", failure: "ledger_newer" }),
  locked: () => ({ ...busy(), unlocked: false }),
  empty: () => fakeDesk({}),
  unconnected: () => fakeDesk({ practice: false, connected: false }),
  "set-up": () =>
    fakeDesk({
      practice: false,
      connected: false,
      setup: { passed: [] },
      kit: "none",
      connections: { forum: null, trackers: [], mail: null },
    }),
  busy,
  stopped,
  draft,
  hostile,
  many,
  stuck,
  archive,
};

function draft(): FakeWorld {
  const world = busy();
  world.rules.draft = [
    aRule({
      name: "dumps",
      whom: [{ code: "kinds", any: ["dump", "log"] }],
      start: "arrival",
      period: "7 days",
      ceiling: null,
    }),
    aRule({ ceiling: "60 days" }),
  ];
  world.extraAttention.push({ ...aboutNothing, kind: "rules_differ", since: hours(-1) });
  return world;
}

function busy(): FakeWorld {
  const world = fakeDesk({ mine: ["Jonas Feldmann", "Odalys Brennan", "Kwame Boateng"] });
  world.cases.push(
    aCase({
      title: "Crash while exporting the quarterly report",
      customer: "Mariana Aguirre",
      ticket: "topic 1042",
      opened: hours(-30),
      active: hours(-2),
      files: [
        aFile("export-crash-2026-11-23.log", 41_943_040, hours(-30)),
        aFile("settings.docx", 48_213, hours(-30)),
        aFile("screenshot before crash.png", 402_118, hours(-2)),
      ],
    }),
    aCase({
      title: "Invoice numbers jump after the update to 8.2",
      customer: "Jonas Feldmann",
      ticket: "topic 1038",
      ticketState: "closed",
      opened: hours(-120),
      active: hours(-26),
      files: [
        aFile("invoices.zip", 9_884_121, hours(-119), { state: "due", erases: hours(52) }),
        aFile("客户端日志.txt", 1_204_992, hours(-119), { state: "due", erases: hours(52) }),
      ],
    }),
    aCase({
      title: "Signature page missing in signed contract PDF",
      customer: "Odalys Brennan",
      ticket: "topic 1031",
      opened: hours(-300),
      active: hours(-90),
      files: [aFile("contract_signed_final(2).pdf", 2_411_724, hours(-298))],
      hold: {
        reason: "Needed for the complaint of 12 November until legal has answered",
        review: hours(24 * 12),
      },
    }),
    aCase({
      title: "Could you take down the documents I sent?",
      customer: "Aiko Tanaka",
      ticket: "topic 1029",
      opened: hours(-210),
      active: hours(-5),
      files: [
        aFile("契約書 控え.pdf", 733_004, hours(-209)),
        aFile("メール.eml", 88_211, hours(-209)),
      ],
      request: { standing: "unclear", channel: "thread", at: hours(-5) },
    }),
    aCase({
      title: "Import stops at row 65,536",
      customer: "Priya Raman",
      ticket: "topic 1044",
      openToAnyone: true,
      links: [
        {
          service: "WeTransfer",
          url: "https://we.tl/t-8Qm2example",
          noted_at: hours(-3),
        },
      ],
      ticketOffers: [{ tracker: "redmine", key: "4711" }],
      left: [
        { name: "heap-dump.zip.crdownload", why: "unfinished", by: null },
        { name: "trace.etl", why: "written", by: "rsync" },
      ],
      opened: hours(-0.5),
      active: hours(-0.1),
      files: [
        aFile("import-full.csv", null, hours(-0.1), { state: "arriving" }),
        aFile("empty.txt", null, hours(-0.1), { state: "refused", refused: "empty" }),
      ],
    }),
  );

  const sent = aCase({
    title: "Password reset mail never arrives",
    customer: "Bram de Vries",
    ticket: "topic 1017",
    ticketState: "closed",
    opened: hours(-400),
    active: hours(-200),
    files: [aFile("mail-headers.txt", 12_402, hours(-399), { state: "erased" })],
  });
  const confirmed = aCase({
    title: "Dump of the test tenant",
    customer: "Luisa Marchetti",
    ticket: "topic 1009",
    ticketState: "closed",
    opened: hours(-700),
    active: hours(-320),
    files: [
      aFile("tenant-dump.sql.gz", 318_767_104, hours(-699), { state: "erased" }),
      aFile("tenant-dump.sql.gz.sha256", 64, hours(-699), { state: "erased" }),
    ],
  });
  const bounced = aCase({
    title: "License server unreachable behind proxy",
    customer: "Kwame Boateng",
    ticket: "topic 1012",
    ticketState: "closed",
    opened: hours(-500),
    active: hours(-260),
    files: [aFile("proxy.pcap", 22_112_004, hours(-499), { state: "erased" })],
  });
  const lost = aCase({
    title: "Map tiles are blank on the second monitor",
    customer: "Siobhán Ní Bhriain",
    ticket: "topic 1035",
    opened: hours(-160),
    active: hours(-40),
    files: [aFile("gpu-report.html", 92_114, hours(-159), { state: "lost" })],
  });
  world.cases.push(lost, sent, bounced, confirmed);
  aReceipt(world, sent, { issued: hours(-70), standing: "sent", channel: "mail" });
  aReceipt(world, bounced, { issued: hours(-50), standing: "bounced", channel: "mail" });
  aReceipt(world, confirmed, {
    issued: hours(-200),
    standing: "confirmed",
    channel: "mail",
    grade: "replied_with_dkim",
  });
  world.jobs.confirm = { ran: hours(-0.05), good: hours(-3), fault: "unreachable" };
  return world;
}

/** A desk on which one job hangs and another was never run again, and whose disk does not fit its ledger. */
function stopped(): FakeWorld {
  const world = busy();
  const { intake, confirm } = world.jobs;
  intake.late = { standing: "late", since: hours(-0.1), alive: hours(-0.2) };
  confirm.late = { standing: "stopped", since: hours(-2), alive: null };
  const whole = world.reconciled;
  if (whole)
    world.reconciled = {
      ...whole,
      in_order: false,
      aside: 2,
      aside_bytes: 81_920,
      without_key: 1,
      epoch_key_missing: true,
    };
  return world;
}

function hostile(): FakeWorld {
  const world = fakeDesk({});
  const script =
    "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>";
  const long = "very".repeat(60) + "long";
  const names = [
    script,
    `${long}.txt`,
    "../../../../etc/passwd",
    "مستند سري للغاية.pdf",
    "invoice_\uFFFDfdp.exe",
    "a\u0301".repeat(40) + ".log",
    "{{constructor.constructor('alert(1)')()}}",
    "   ",
  ];
  const target = aCase({
    title: script,
    customer: `"><svg onload=alert(1)> ${long}`,
    ticket: `topic ${long}`,
    opened: hours(-30),
    active: hours(-2),
    files: names.map((name, index) => aFile(name, 1000 + index, hours(-29))),
    hold: { reason: `${script} ${long}`, review: hours(200) },
    request: { standing: "unclear", channel: "mail", at: hours(-1) },
  });
  world.cases.push(
    target,
    aCase({
      title: "عنوان طويل جدا باللغة العربية مع أرقام 12345 ونص آخر",
      customer: "محمد عبد الرحمن",
      ticket: "topic 7",
      opened: hours(-40),
      active: hours(-4),
      files: [aFile("تقرير.docx", 22_000, hours(-39))],
    }),
    aCase({
      title: "",
      customer: "",
      ticket: "topic 8",
      opened: hours(-90),
      active: hours(-80),
      files: [],
    }),
  );
  aReceipt(world, target, { issued: hours(-1), standing: "answer_unclear", channel: "thread" });
  return world;
}

/** An erasure that does not succeed, a sweep that waits, and a chain that somebody changed. */
function stuck(): FakeWorld {
  const world = busy();
  const [, , , asked] = world.cases;
  const file = asked?.files[0];
  if (asked && file) {
    asked.requests = [];
    file.state = "erasing";
    file.erases_at = hours(-2);
    file.problem = { code: "copy_in_use", what: "", todo: "" };
    world.extraAttention.push(
      { ...aboutNothing, kind: "erasure_stuck", case: asked.id, since: hours(-2) },
      { ...aboutNothing, kind: "sweep_stopped", since: hours(-1) },
    );
  }
  world.brokenAt = 112;
  return world;
}

/** A desk of many years: ten thousand receipts, and a hundred thousand events before them. */
function archive(): FakeWorld {
  const world = fakeDesk({ earlier: 100_000 });
  for (let index = 0; index < 10_000; index += 1) {
    const target = aCase({
      title: `Report number ${index} does not open`,
      customer: `Customer ${index % 97}`,
      ticket: `topic ${3000 + index}`,
      ticketState: "closed",
      opened: hours(-index - 100),
      active: hours(-index - 90),
      files: [
        aFile(`report-${index}.log`, 1000 * (index + 1), hours(-index - 99), { state: "erased" }),
      ],
    });
    world.cases.push(target);
    aReceipt(world, target, {
      issued: hours(-index),
      standing: index % 3 === 0 ? "confirmed" : "sent",
      channel: "mail",
    });
  }
  return world;
}

/** The case that has far more files than the others. */
const crowded = 7;

function many(): FakeWorld {
  const world = fakeDesk({});
  for (let index = 0; index < 10_000; index += 1) {
    world.cases.push(numbered(index));
  }
  return world;
}

function numbered(index: number): FakeCase {
  return aCase({
    title: `Report number ${index} does not open`,
    customer: `Customer ${index % 97}`,
    ticket: `topic ${3000 + index}`,
    opened: hours(-index - 10),
    active: hours(-index),
    files: Array.from({ length: index === crowded ? 3_000 : 10 }, (_, at) =>
      aFile(
        at === 0 ? `report-${index}.log` : `report-${index}-${at}.log`,
        index === crowded ? 8 : 100 * (index + 1),
        hours(-index - 9),
      ),
    ),
  });
}
