// The numbers along an axis: few, round, and none beyond what is needed.

/** From zero to the first round number that is not below `most`. */
export function ticks(most: number, count = 4, factors = [1, 2, 5]): number[] {
  const step = stepOf(Math.max(most, 1) / count, factors);
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** Bytes go by powers of two, so that their axis reads as binary units. */
export function byteTicks(most: number): number[] {
  let step = 1;
  while (most / step > 4) step *= 2;
  const steps = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

function stepOf(wanted: number, factors: number[]): number {
  for (let power = 1; ; power *= 10)
    for (const factor of factors) if (factor * power >= wanted) return factor * power;
}
