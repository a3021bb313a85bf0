// Which time a report covers: whole days in the user's own zone.
import {
  type CalendarDate,
  endOfMonth,
  fromDate,
  startOfMonth,
  toCalendarDate,
} from "@internationalized/date";

export const presets = [
  "days7",
  "days30",
  "days90",
  "thisMonth",
  "lastMonth",
  "quarter",
  "own",
] as const;
export type Preset = (typeof presets)[number];

/** The first and the last day, both of them in it. */
export interface Days {
  first: CalendarDate;
  last: CalendarDate;
}

export interface Span {
  from: string;
  to: string;
}

export function today(now: number, zone: string): CalendarDate {
  return toCalendarDate(fromDate(new Date(now), zone));
}

/** The days of a preset; one's own are whatever was typed. */
export function daysOf(preset: Exclude<Preset, "own">, now: number, zone: string): Days {
  const last = today(now, zone);
  const month = startOfMonth(last);
  switch (preset) {
    case "days7":
      return { first: last.subtract({ days: 6 }), last };
    case "days30":
      return { first: last.subtract({ days: 29 }), last };
    case "days90":
      return { first: last.subtract({ days: 89 }), last };
    case "thisMonth":
      return { first: month, last };
    case "lastMonth": {
      const before = month.subtract({ months: 1 });
      return { first: before, last: endOfMonth(before) };
    }
    case "quarter":
      return { first: month.subtract({ months: (month.month - 1) % 3 }), last };
  }
}

/** From the beginning of the first day to the end of the last. */
export function spanOf({ first, last }: Days, zone: string): Span {
  return {
    from: first.toDate(zone).toISOString(),
    to: last.add({ days: 1 }).toDate(zone).toISOString(),
  };
}
