/** Figures in the text that Prometheus reads. */
export interface Family {
  lines(): string[] | Promise<string[]>;
}

const head = (
  name: string,
  help: string,
  type: string,
) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

/** Counts, by one label. */
export class Counter implements Family {
  #counts = new Map<string, number>();

  constructor(readonly name: string, readonly help: string, readonly label: string) {}

  /** `value` is one of a few words of ours, never what somebody wrote. */
  add(value: string, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
  }

  lines(): string[] {
    const rows = [...this.#counts].map(([value, count]) => `${this.name}{${this.label}="${value}"} ${count}`);
    return [...head(this.name, this.help, "counter"), ...rows];
  }
}

/** How often a figure was how big. */
export class Histogram implements Family {
  #counts: number[];
  #sum = 0;

  /** `bounds`: upper ends of the buckets, growing. */
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

/** What is so at the moment it is asked for; by one label, where several figures are read at once. */
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
