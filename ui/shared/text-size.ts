// The size of the text: everything is measured in it, so all of the window grows and shrinks with it.
const sizes = [0.875, 1, 1.125, 1.25, 1.5, 1.75, 2];
const key = "text-size";

function current(): number {
  const kept = Number(localStorage.getItem(key) ?? "1");
  return sizes.includes(kept) ? kept : 1;
}

export function applyTextSize() {
  document.documentElement.style.fontSize = `${current() * 100}%`;
}

/** One step larger or smaller, or back to the usual size. */
export function changeTextSize(step: 1 | -1 | 0) {
  const at = step === 0 ? sizes.indexOf(1) : sizes.indexOf(current()) + step;
  const size = sizes[Math.min(Math.max(at, 0), sizes.length - 1)] ?? 1;
  localStorage.setItem(key, String(size));
  applyTextSize();
}
