// Marks in the page's own record of times. Developer tools show them, and scripts/bench-start.mjs reads them.

/** Marks once that something is on the screen. */
export async function markShown(what: string) {
  const name = `${what} shown`;
  await drawn();
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}

/** Waits until what is in the page now is on the screen: the first frame with it is when the one after it begins. */
export async function drawn() {
  await frame();
  await frame();
}

const frame = () => new Promise((begins) => requestAnimationFrame(begins));
