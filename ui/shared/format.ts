// Numbers, sizes and times in the user's own manner. Sizes are binary; the exact number goes where one can ask for it.
import { locale } from "./locale";

// To make a formatter costs far more than to use one, and a list shows hundreds of dates.
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function dates(inLocale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, inLocale, options, () => new Intl.DateTimeFormat(inLocale, options));
}

function numbers(inLocale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept(numberFormats, inLocale, options, () => new Intl.NumberFormat(inLocale, options));
}

function relatives(inLocale: string): Intl.RelativeTimeFormat {
  const options = { numeric: "auto" } as const;
  return kept(
    relativeFormats,
    inLocale,
    options,
    () => new Intl.RelativeTimeFormat(inLocale, options),
  );
}

function kept<Format>(
  formats: Map<string, Format>,
  inLocale: string,
  options: object,
  make: () => Format,
): Format {
  const key = inLocale + JSON.stringify(options);
  const format = formats.get(key) ?? make();
  formats.set(key, format);
  return format;
}

/**
 * Makes the formatters that a list needs. Each takes milliseconds: here they are made while nobody waits for them.
 */
export function prepareFormats() {
  const now = new Date();
  const another = new Date(0);
  for (const moment of [now, another]) day(moment, now);
  exactly(now);
  ago(0);
  bytes(0);
  bytes(1500);
  for (const length of [0, 60_000, 3_660_000, 90_000_000]) span(length);
}

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** "40.2 MiB". */
export function bytes(count: number, inLocale = locale): string {
  let scaled = count;
  let unit = 0;
  while (scaled >= 1024 && unit < units.length - 1) {
    scaled /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || scaled >= 100 ? 0 : 1;
  return `${numbers(inLocale, { maximumFractionDigits: digits }).format(scaled)} ${units[unit]}`;
}

/** "42,153,984". */
export function number(count: number, inLocale = locale): string {
  return numbers(inLocale).format(count);
}

/** "24 Nov", with the year when it is not this one. */
export function day(moment: Date, now: Date, inLocale = locale): string {
  return dates(inLocale, {
    day: "numeric",
    month: "short",
    ...(moment.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  }).format(moment);
}

/** "24 Nov, 14:02", with the year when it is not this one. */
export function dayAndTime(moment: Date, now: Date, inLocale = locale): string {
  return dates(inLocale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...(moment.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  }).format(moment);
}

/** "24 Nov", whatever year it is. */
export function dayOfYear(moment: Date, inLocale = locale): string {
  return dates(inLocale, { day: "numeric", month: "short" }).format(moment);
}

/** "Tue", or the year when it is not this one. */
export function weekdayOrYear(moment: Date, now: Date, inLocale = locale): string {
  const isThisYear = moment.getFullYear() === now.getFullYear();
  return dates(inLocale, isThisYear ? { weekday: "short" } : { year: "numeric" }).format(moment);
}

/** "14:02". */
export function timeOfDay(moment: Date, inLocale = locale): string {
  return dates(inLocale, { hour: "2-digit", minute: "2-digit" }).format(moment);
}

/** The whole moment, to the second and with the zone. */
export function exactly(moment: Date, inLocale = locale): string {
  return dates(inLocale, { dateStyle: "full", timeStyle: "long" }).format(moment);
}

/** A length of time in its two largest units: "2d 4h", "12m". Under a minute it is counted in seconds. */
export function span(milliseconds: number, inLocale = locale): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return amount(seconds, "second", inLocale);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return amount(minutes, "minute", inLocale);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return both([hours, "hour"], [minutes % 60, "minute"], inLocale);
  return both([Math.floor(hours / 24), "day"], [hours % 24, "hour"], inLocale);
}

type Unit = "day" | "hour" | "minute" | "second";

function both(first: [number, Unit], second: [number, Unit], inLocale: string): string {
  const large = amount(...first, inLocale);
  return second[0] === 0 ? large : `${large} ${amount(...second, inLocale)}`;
}

function amount(count: number, unit: Unit, inLocale: string): string {
  return numbers(inLocale, { style: "unit", unit, unitDisplay: "narrow" }).format(count);
}

/** "3 minutes ago". */
export function ago(milliseconds: number, inLocale = locale): string {
  const relative = relatives(inLocale);
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return relative.format(0, "second");
  if (minutes < 60) return relative.format(-minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 24
    ? relative.format(-hours, "hour")
    : relative.format(-Math.round(hours / 24), "day");
}
