/**
 * One line of the result table: a figure of Parlor, what it is compared with, and whether it meets the
 * target.
 */
export interface Verdict {
  what: string;
  parlor: string;
  against: string;
  ratio: string;
  target: string;
  holds: boolean;
}

interface Target {
  atLeast?: number;
  atMost?: number;
}

interface Pair {
  parlor: number;
  against: number;
  unit: string;
}

/** Checks Parlor's figure as a multiple of another figure from the same run. */
export function judgeRatio(what: string, { parlor, against, unit }: Pair, target: Target): Verdict {
  const ratio = parlor / against;
  return {
    ...{ what, parlor: shown(parlor, unit), against: shown(against, unit), ratio: ratio.toFixed(2) },
    ...judged(ratio, target, ""),
  };
}

/** Checks Parlor's figure alone; `against` is only shown. */
export function judgeFigure(
  what: string,
  { parlor, against, unit }: Omit<Pair, "against"> & { against?: number },
  target: Target,
): Verdict {
  return {
    ...{ what, parlor: shown(parlor, unit), against: against === undefined ? "" : shown(against, unit) },
    ...{ ratio: "", ...judged(parlor, target, ` ${unit}`) },
  };
}

function judged(value: number, { atLeast = -Infinity, atMost = Infinity }: Target, unit: string) {
  const target = atLeast > -Infinity ? `≥ ${atLeast}${unit}` : atMost < Infinity ? `≤ ${atMost}${unit}` : "–";
  return { target, holds: value >= atLeast && value <= atMost };
}

function shown(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toLocaleString("en", { maximumFractionDigits: digits })} ${unit}`;
}
