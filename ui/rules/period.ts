// Lengths of time as the desk writes them: a whole number and a unit, such as "3 days".
export type Unit = "days" | "hours" | "minutes";

export const units: readonly Unit[] = ["days", "hours", "minutes"];

/** The number and the unit; a text that is none is no time at all. */
export function parts(period: string): { count: number; unit: Unit } {
  const [count = "0", word = "days"] = period.split(" ");
  const unit = units.find((it) => it.startsWith(word.replace(/s$/, ""))) ?? "days";
  return { count: Number(count), unit };
}

/** As the desk reads it; null if the number is none that a period can have. */
export function written(count: number | null, unit: Unit): string | null {
  return count !== null && Number.isInteger(count) && count >= 0 && count <= 1_000_000
    ? `${count} ${unit}`
    : null;
}
