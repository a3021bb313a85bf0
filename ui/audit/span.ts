// A period that a person chose, as the moments that bound it, in the person's own zone.
export type Period = "ever" | "day" | "week" | "month" | "quarter" | "between";

const days: Partial<Record<Period, number>> = { day: 1, week: 7, month: 30, quarter: 90 };

/** `first` and `last` are days as a field gives them, "2026-11-24"; both belong to the span. */
export function spanOf(
  period: Period,
  first: string,
  last: string,
  now: number,
): { from: string | null; before: string | null } {
  if (period === "between") return { from: startOf(first, 0), before: startOf(last, 1) };
  const back = days[period];
  if (back === undefined) return { from: null, before: null };
  const today = new Date(now);
  const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back + 1);
  return { from: from.toISOString(), before: null };
}

/** The beginning of a day, or of the one so many days after it. */
function startOf(day: string, after: number): string | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!parts) return null;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  return new Date(year, month - 1, date + after).toISOString();
}
