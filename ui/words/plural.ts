/** The form that a number takes in a language. */
export function plural(
  language: string,
  count: number,
  forms: { one: string; other: string },
): string {
  return new Intl.PluralRules(language).select(count) === "one" ? forms.one : forms.other;
}

/** A number with its separators, as a language writes it. */
export function counted(language: string, count: number): string {
  return new Intl.NumberFormat(language).format(count);
}
