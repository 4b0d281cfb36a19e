import { signal } from "@preact/signals";
import type { Report, ReportBy } from "../../../protocol/reports.ts";
import { call } from "../service/calls.ts";
import { service } from "../service/service.ts";
import { Timer } from "../../client/timer.ts";

const dayMs = 86_400_000;
/** Delay before an incomplete report is asked for again. Milliseconds. */
const againMs = 2_000;

/** Days that a report covers: so many until today, or from one to another. */
export type Range = { last: number } | { from: string; to: string };

/** What the page asks for. */
export interface Asked {
  range: Range;
  team?: string;
  by: ReportBy;
}

type Found = { state: "loading" | "there" | "failed"; report?: Report; error?: unknown };

const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The first and last day of a range. The service's zone may be a day ahead or behind: `today`, once known. */
export function daysOf(range: Range, today: string): { from: string; to: string } {
  if ("from" in range) return range;
  return { from: dateOf(Date.parse(today) - (range.last - 1) * dayMs), to: today };
}

/** The report that is shown, and what was asked for. */
export class Reports {
  readonly asked = signal<Asked>({ range: { last: 28 }, by: "member" });
  readonly found = signal<Found>({ state: "loading" });
  #today = dateOf(Date.now() - new Date().getTimezoneOffset() * 60_000);
  #timer = new Timer();
  #asking = 0;

  /** Asks for something else; what was there stays until that has come. */
  ask(some: Partial<Asked>): void {
    this.asked.value = { ...this.asked.value, ...some };
    void this.load();
  }

  async load(): Promise<void> {
    const asking = ++this.#asking;
    this.#timer.clear();
    this.found.value = { ...this.found.value, state: "loading" };
    try {
      const report = await this.#fetch();
      if (asking !== this.#asking) return;
      this.found.value = { state: "there", report };
      if (!report.complete) this.#timer.set(againMs, () => void this.load());
    } catch (error) {
      if (asking === this.#asking) this.found.value = { state: "failed", error };
    }
  }

  /** Nothing that comes later is shown any more. */
  stop(): void {
    this.#asking++;
    this.#timer.clear();
  }

  /** Address of the rows of what is shown. A download has no headers to say who asks. */
  csvPath(account: string, workspace: string): string {
    const { team } = this.asked.value;
    const asked = { ...this.#days(), ...(team !== undefined && { team }) };
    const who = { account, ...(workspace !== account && { workspace }) };
    return `${service}/messages/api/reports/episodes.csv?${new URLSearchParams({ ...who, ...asked })}`;
  }

  #days() {
    return daysOf(this.asked.value.range, this.#today);
  }

  async #fetch(): Promise<Report> {
    const { by, team, range } = this.asked.value;
    const get = () => {
      const query = new URLSearchParams({ ...this.#days(), by, ...(team !== undefined && { team }) });
      return call<Report>("GET", `/messages/api/reports?${query}`);
    };
    const report = await get();
    if (report.today === this.#today || !("last" in range)) return report;
    // The workspace's day is another than this browser's.
    this.#today = report.today;
    return await get();
  }
}
