import { number } from "../shared/format";

// To make one costs far more than to use it, and a list asks for hundreds.
const rules = new Map<string, Intl.PluralRules>();

/** The form that a number takes in a language. */
export function plural(
  language: string,
  count: number,
  forms: { one: string; other: string },
): string {
  const rule = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, rule);
  return rule.select(count) === "one" ? forms.one : forms.other;
}

/** A number with its separators, as a language writes it. */
export function counted(language: string, count: number): string {
  return number(count, language);
}
