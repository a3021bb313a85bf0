// Marks in the page's own record of times. Developer tools show them, and scripts/bench-start.mjs reads them.

/** Marks once that something is on the screen: the first frame with it is when the one after it begins. */
export function markShown(what: string) {
  const name = `${what} shown`;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (performance.getEntriesByName(name).length === 0) performance.mark(name);
    }),
  );
}
