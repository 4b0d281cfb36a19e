const dayMs = 86_400_000;
/** Days remembered per zone: about eleven years. */
const mostDays = 4_000;

/** A part of a UTC day in which the zone's offset does not change. Milliseconds since 1970; `to` is excluded. */
export interface ZoneSpan {
  from: number;
  to: number;
  /** Local time less UTC. Milliseconds. */
  offset: number;
}

/**
 * The offsets of one IANA time zone, by `Intl`. A formatter's answer is remembered by day, since one costs
 * microseconds.
 */
export class Zone {
  #format: Intl.DateTimeFormat;
  #days = new Map<number, ZoneSpan[]>();

  /** @throws {RangeError} for an unknown zone */
  constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: name, hourCycle: "h23", era: "short" },
      ...{ year: "numeric", month: "numeric", day: "numeric" },
      ...{ hour: "numeric", minute: "numeric", second: "numeric" },
    });
  }

  /** The span of constant offset that holds this instant. */
  spanAt(at: number): ZoneSpan {
    const spans = this.#spansOf(Math.floor(at / dayMs));
    return spans.find(({ to }) => at < to)!;
  }

  /** Local wall time of an instant, as if it were UTC. Milliseconds. */
  local(at: number): number {
    return at + this.spanAt(at).offset;
  }

  /** The first instant of a local date. `day`: days since 1970-01-01. Milliseconds. */
  startOf(day: number): number {
    const wall = day * dayMs;
    // Offsets are less than a day, so the date begins within a day of its wall time taken as UTC.
    for (let at = wall - dayMs; at < wall + 2 * dayMs;) {
      const { from, to, offset } = this.spanAt(at);
      if (to + offset > wall) return Math.max(from, wall - offset);
      at = to;
    }
    throw new RangeError(`The date ${new Date(wall).toISOString().slice(0, 10)} is none in ${this.name}`);
  }

  #spansOf(day: number): ZoneSpan[] {
    const known = this.#days.get(day);
    if (known) return known;
    if (this.#days.size >= mostDays) this.#days.clear();
    const spans = this.#read(day * dayMs, (day + 1) * dayMs);
    this.#days.set(day, spans);
    return spans;
  }

  /** No zone changes its offset twice within a UTC day. */
  #read(from: number, to: number): ZoneSpan[] {
    const first = this.#offset(from), last = this.#offset(to - 1_000);
    if (first === last) return [{ from, to, offset: first }];
    let low = from, high = to - 1_000;
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (this.#offset(middle) === first) low = middle;
      else high = middle;
    }
    return [{ from, to: high, offset: first }, { from: high, to, offset: last }];
  }

  /** @param at a whole second */
  #offset(at: number): number {
    const part: Record<string, string> = {};
    for (const { type, value } of this.#format.formatToParts(at)) part[type] = value;
    const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year);
    const { month, day, hour, minute, second } = part;
    return Date.UTC(year, Number(month) - 1, +day!, +hour!, +minute!, +second!) - at;
  }
}

/** Zones remembered: all that exist have about 600 names. */
const zones = new Map<string, Zone>();

/** The zone of this name. @throws {RangeError} for an unknown one */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new Zone(name);
  if (zones.size >= 600) zones.clear();
  zones.set(name, zone);
  return zone;
}

/** Days since 1970-01-01 of a local wall time in milliseconds. */
export const dayOf = (local: number): number => Math.floor(local / dayMs);

/** ISO weekday of a day since 1970-01-01: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7 + 1;

/** A day since 1970-01-01 as "YYYY-MM-DD". */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
