// Which time is looked at. It stays when one leaves the screen and comes back.
import { type DateValue, getLocalTimeZone, toCalendarDate } from "@internationalized/date";
import { daysOf, type Days, type Preset, type Span, spanOf } from "./period";

export class Period {
  preset = $state<Preset>("days30");
  first = $state.raw<DateValue | undefined>();
  last = $state.raw<DateValue | undefined>();
  readonly zone = getLocalTimeZone();

  /** The days that are meant; none as long as what was typed is no time. */
  days(now: number): Days | null {
    if (this.preset !== "own") return daysOf(this.preset, now, this.zone);
    const { first, last } = this;
    if (!first || !last || first.compare(last) > 0) return null;
    return { first: toCalendarDate(first), last: toCalendarDate(last) };
  }

  span(now: number): Span | null {
    const days = this.days(now);
    return days && spanOf(days, this.zone);
  }

  /** Own dates begin with what was looked at before. */
  choose(preset: Preset, now: number) {
    if (preset === "own") {
      const days = this.days(now);
      if (days) ({ first: this.first, last: this.last } = days);
    }
    this.preset = preset;
  }
}

export const period = new Period();
