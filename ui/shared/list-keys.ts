// Keys that work anywhere on a screen with a list, except where one types and while a dialog or a menu is open.
interface Keys {
  step: (by: 1 | -1) => void;
  search: () => void;
}

export function listKeys({ step, search }: Keys) {
  return (event: KeyboardEvent) => {
    if (isElsewhere(event)) return;
    const acts: Record<string, () => void> = { j: () => step(1), k: () => step(-1), "/": search };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

/** Whether a plain key belongs to a field, a dialog or a menu. */
export function isElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  return (
    document.querySelector('[role="dialog"], [role="menu"]') !== null ||
    (target?.closest('input, textarea, select, [contenteditable="true"]') ?? null) !== null
  );
}
