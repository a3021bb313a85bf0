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

/** The words of a fault that a view carries. The desk's own words stand in for a code that this window does not know. */
export function faultWords(fault: { code: string; what: string; todo: string }): Problem {
  const known = (words.faults as Record<string, { what: string; todo: string }>)[fault.code];
  return { ...(known ?? { what: fault.what, todo: fault.todo }), reference: null };
}
