// The user's locale, as far as Intl understands it: a web view under LANG=C names "C", at which Intl throws.
export function usableLocale(wished: readonly string[]): string {
  for (const name of wished) {
    try {
      const [known] = Intl.DateTimeFormat.supportedLocalesOf(name);
      if (known) return known;
    } catch {
      // Not a language tag at all: the next one.
    }
  }
  return "en";
}

export const locale = usableLocale(
  typeof navigator === "undefined" ? [] : [...(navigator.languages ?? []), navigator.language],
);
