// The numbers of a rule while they are edited. A period that is no number is null; a ceiling that is not wanted is undefined.
import type { RuleEdit } from "../ipc/generated/commands";
import type { RuleView } from "../ipc/generated/views";

export interface Edited {
  start: RuleView["start"];
  period: string | null;
  grace: string | null;
  ceiling: string | null | undefined;
}

export function begin(rule: RuleView): Edited {
  const { start, period, grace, ceiling } = rule;
  return { start, period, grace, ceiling: ceiling ?? undefined };
}

/** What the desk is asked; null while a number is wrong. */
export function asked(rules: Edited[]): RuleEdit[] | null {
  const edits = rules.map(({ start, period, grace, ceiling }) =>
    period === null || grace === null || ceiling === null
      ? null
      : { start, period, grace, ceiling: ceiling ?? null },
  );
  return edits.every((edit) => edit !== null) ? edits : null;
}
