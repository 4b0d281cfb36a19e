/** Metrics in the Prometheus text format. */
export interface Family {
  lines(): string[] | Promise<string[]>;
}

const head = (
  name: string,
  help: string,
  type: string,
) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

/** A counter, with one label. */
export class Counter implements Family {
  #counts = new Map<string, number>();

  constructor(readonly name: string, readonly help: string, readonly label: string) {}

  /** `value`: one of a few fixed words, never user input. */
  add(value: string, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
  }

  lines(): string[] {
    const rows = [...this.#counts].map(([value, count]) => `${this.name}{${this.label}="${value}"} ${count}`);
    return [...head(this.name, this.help, "counter"), ...rows];
  }
}

/** A histogram. */
export class Histogram implements Family {
  #counts: number[];
  #sum = 0;

  /** `bounds`: upper bounds of the buckets, ascending. */
  constructor(readonly name: string, readonly help: string, readonly bounds: readonly number[]) {
    this.#counts = Array(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > this.bounds[bucket]!) bucket++;
    this.#counts[bucket]!++;
    this.#sum += value;
  }

  lines(): string[] {
    let total = 0;
    const buckets = [...this.bounds, "+Inf"].map((bound, i) => {
      total += this.#counts[i]!;
      return `${this.name}_bucket{le="${bound}"} ${total}`;
    });
    const { name } = this;
    return [
      ...head(name, this.help, "histogram"),
      ...buckets,
      `${name}_sum ${this.#sum}`,
      `${name}_count ${total}`,
    ];
  }
}

type Reading = number | undefined | Record<string, number>;

/** A gauge, read on each scrape; with one label where several values are read at once. */
export class Gauge implements Family {
  constructor(
    readonly name: string,
    readonly help: string,
    readonly read: () => Reading | Promise<Reading>,
    readonly label = "",
  ) {}

  async lines(): Promise<string[]> {
    const reading = await this.read();
    if (reading === undefined) return [];
    const rows = typeof reading === "number"
      ? [`${this.name} ${reading}`]
      : Object.entries(reading).map(([value, figure]) => `${this.name}{${this.label}="${value}"} ${figure}`);
    return [...head(this.name, this.help, "gauge"), ...rows];
  }
}
