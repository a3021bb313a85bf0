// What went wrong, as two lines for a person.
import { Refused } from "../ipc/backend";
import { words } from "../words/words";

export interface Problem {
  what: string;
  todo: string;
  reference: string | null;
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Refused && error.code in words.faults)
    return { ...words.faults[error.code], reference: error.reference };
  return { ...words.problem.unexpected, reference: null };
}

/** The words of a fault that a view carries. What stands there beside the code is for the terminal, in English. */
export function faultWords({ code }: { code: string }): Problem {
  const known = (words.faults as Record<string, { what: string; todo: string }>)[code];
  return { ...(known ?? words.problem.unexpected), reference: null };
}
