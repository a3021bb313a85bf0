// The report of the fake world: what stands in its cases, with a past that a report can tell of.
import type { JobView, ReportView, RuleTermsView } from "../generated/views";
import { type FakeWorld, hours, placedHolds, usualTerms } from "./world";

const day = 24;

export function reportOf(
  world: FakeWorld,
  { from, to }: { from: string; to: string },
  jobs: JobView[],
): ReportView {
  const files = world.cases
    .flatMap((it) => it.files)
    .filter(({ state }) => ["held", "due"].includes(state));
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const due = files.filter(({ state }) => state === "due").length;
  const hasPast = world.cases.length > 0;
  const held = hasPast ? rules(world, files.length, bytes) : [];
  const onHold = world.cases.filter((it) => placedHolds(it).length > 0);
  return {
    made_at: hours(0),
    from,
    to,
    held,
    due_in_7_days: hasPast ? due + 4 : 0,
    due_in_30_days: hasPast ? due + 11 : 0,
    overdue: onHold.flatMap((it) =>
      it.files.slice(0, 2).map(({ id }) => ({
        file: id,
        case: it.id,
        title: it.title,
        since: hours(-12 * day),
        why: [
          { code: "hold" as const, hold: "hold-0001" },
          { code: "ticket_closed" as const, since: "2026-11-09T10:00:00.000Z" },
        ],
        owner: placedHolds(it)[0]?.owner ?? null,
      })),
    ),
    exposed_cases: 0,
    open_to_anyone: world.cases.filter(({ openToAnyone }) => openToAnyone).length,
    erased: {
      files: hasPast ? 148 : 0,
      bytes: hasPast ? 5_914_231_808 : 0,
      ticket_closed: hasPast ? 113 : 0,
      customer_asked: hasPast ? 21 : 0,
      period_ended: hasPast ? 12 : 0,
      staff_decided: hasPast ? 2 : 0,
      locations: hasPast
        ? [
            { state: "erased_verified", count: 311 },
            { state: "key_destroyed", count: 148 },
            { state: "expires_on", count: 96 },
            { state: "not_ours", count: 12 },
            { state: "failed", count: 1 },
          ]
        : [],
      median_hours: hasPast ? 73 : null,
      longest_hours: hasPast ? 121 : null,
    },
    closing_to_erasure: hasPast
      ? [
          {
            allowed_hours: 72,
            files: 113,
            late: 2,
            median_hours: 73,
            longest_hours: 121,
            bands: [0, 0, 0, 0, 0, 1, 88, 19, 3, 1, 1].map((count, index) => ({
              from_hours: index * 12,
              to_hours: (index + 1) * 12,
              files: count,
            })),
          },
        ]
      : [],
    requests: {
      by_customers: hasPast ? 9 : 0,
      by_staff: hasPast ? 2 : 0,
      done: hasPast ? 7 : 0,
      open: hasPast ? 1 : 0,
      without_files: 0,
      unclear: hasPast ? 1 : 0,
      set_aside: 0,
      files_erased: hasPast ? 21 : 0,
      files_open: hasPast ? 3 : 0,
      median_hours: hasPast ? 1 : null,
      worst_hours: hasPast ? 26 : null,
      over_30_days: 0,
    },
    receipts: {
      issued: hasPast ? 52 : 0,
      follow_up_owed: hasPast ? 3 : 0,
      waiting: hasPast ? 1 : 0,
      sent: hasPast ? 49 : 0,
      bounced: hasPast ? 2 : 0,
      confirmed_by_mail: hasPast ? 6 : 0,
      confirmed_with_dkim: hasPast ? 24 : 0,
      confirmed_in_thread: hasPast ? 9 : 0,
      disputed: hasPast ? 1 : 0,
      unanswered: hasPast ? 9 : 0,
    },
    holds: onHold.flatMap((it) =>
      placedHolds(it).map((hold, index) => ({
        hold: hold.id,
        covers: "case" as const,
        case: it.id,
        title: it.title,
        files: it.files.length,
        owner: hold.owner,
        placed_at: hold.placed_at,
        review_at: index === 0 ? hours(-1) : hold.review_at,
        review_overdue: index === 0,
      })),
    ),
    viewing_copies: world.cases.flatMap((it) =>
      it.files.flatMap(({ viewing_copies: copies }) =>
        copies.map(({ id, by, until }) => ({
          copy: id,
          case: it.id,
          title: it.title,
          by,
          made_at: hours(-0.5),
          until,
          over: false,
        })),
      ),
    ),
    lost: 0,
    counted_bytes: hasPast ? bytes + files.length * 200 : 0,
    physical_bytes: hasPast ? bytes + files.length * 200 : 0,
    occupied_bytes: hasPast ? Math.ceil((bytes + files.length * 4096) / 4096) * 4096 : 0,
    reconciled: world.reconciled,
    drilled: world.drilled,
    jobs,
  };
}

function rules(world: FakeWorld, files: number, bytes: number): ReportView["held"] {
  const rest = Math.floor(files / 4);
  const line = (rule: string, says: RuleTermsView, count: number, size: number) => {
    const parts = [0.55, 0.3, 0.15].map((part) => Math.floor(count * part));
    const young = count - parts.reduce((sum, it) => sum + it, 0);
    return {
      rule,
      says,
      files: count,
      bytes: size,
      oldest: hours(-64 * day),
      ages: (
        [
          [0, 7, young + (parts[0] ?? 0)],
          [7, 30, parts[1] ?? 0],
          [30, 90, parts[2] ?? 0],
          [90, null, 0],
        ] as const
      ).map(([from_days, to_days, of]) => ({
        from_days,
        to_days,
        files: of,
        bytes: count === 0 ? 0 : Math.round((size * of) / count),
      })),
    };
  };
  const hostile = world.cases.find(({ title }) => title.includes("<"));
  return [
    line("usual", usualTerms, files - rest, Math.round(bytes * 0.7)),
    line(
      hostile?.title ?? "memory dumps",
      { ...usualTerms, start: "arrival", period: "7 days", grace: "0 days", ceiling: null },
      rest,
      bytes - Math.round(bytes * 0.7),
    ),
  ];
}
