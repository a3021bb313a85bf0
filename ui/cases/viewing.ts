// What is said of viewing copies in more than one place.
import type { EndedCopyView, ProgramView } from "../ipc/generated/views";
import { words } from "../words/words";

/** Programs by name and number, as far as the system tells them. */
export function programs(all: ProgramView[]): string {
  return all
    .map(({ name, id }) => {
      const shown = name ?? words.viewing.someProgram;
      return id === null ? shown : words.viewing.program(shown, id);
    })
    .join(", ");
}

/** That a viewing copy is gone, with what, and who still has it open. */
export function ended({ beside, elsewhere, open_in }: EndedCopyView): string {
  const said = [words.viewing.ended(beside)];
  if (elsewhere > 0) said.push(words.viewing.elsewhere(elsewhere));
  if (open_in.length > 0) said.push(words.viewing.stillOpen(programs(open_in)));
  return said.join(" ");
}
