// What differs from system to system in how keys are written.
import { words } from "../words/words";

export const isMac = typeof navigator !== "undefined" && /mac/i.test(navigator.platform);

/** A key with the system's own modifier, as it is written on its keyboards. */
export function shortcut(key: string): string {
  return isMac ? `⌘${key}` : `${words.frame.ctrl} ${key}`;
}
