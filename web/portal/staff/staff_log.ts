import { signal } from "@preact/signals";
import type { ClientFrame, ServerFrame } from "../../../protocol/frames.ts";

type EntriesFrame = Extract<ServerFrame, { command: "staff_entries" }>;
export type StaffEntry = EntriesFrame["entries"][number];

/** What an answer continues. */
type Asked = "newest" | "after" | "before";

/** Entries per page. */
const pageSize = 50;

/** The loaded part of what only members see of a room, in order and without gaps. */
export class StaffLog {
  readonly entries = signal<readonly StaffEntry[]>([]);
  #hasOlder = false;
  #isLoaded = false;
  /** What the answer under way continues. */
  #asking?: Asked;

  constructor(readonly consumer: string, private readonly send: (frame: ClientFrame) => boolean) {}

  /** Loads the newest entries, or those that came while there was no connection. */
  resume(): void {
    this.#asking = undefined;
    this.#ask(this.#isLoaded ? { after: this.#last } : {}, this.#isLoaded ? "after" : "newest");
  }

  /** Loads earlier entries as long as those of messages from `seq` on may be missing. */
  reach(seq: number): void {
    const oldest = this.entries.value[0];
    if (this.#hasOlder && oldest && oldest.after >= seq) this.#ask({ before: oldest.n }, "before");
  }

  heard(entry: StaffEntry): void {
    if (!this.#isLoaded || entry.n <= this.#last) return;
    if (entry.n === this.#last + 1) this.entries.value = [...this.entries.value, entry];
    else this.resume();
  }

  page({ entries, has_more }: EntriesFrame): void {
    const asked = this.#asking;
    this.#asking = undefined;
    if (!asked) return;
    if (asked !== "after") this.#hasOlder = has_more ?? false;
    this.#isLoaded = true;
    const known = new Map(this.entries.value.map((entry) => [entry.n, entry]));
    for (const entry of entries) known.set(entry.n, entry);
    this.entries.value = [...known.values()].sort((a, b) => a.n - b.n);
    if (asked === "after" && has_more) this.resume();
  }

  /** A request was refused: it may be repeated. */
  refused(): void {
    this.#asking = undefined;
  }

  get #last(): number {
    return this.entries.value.at(-1)?.n ?? 0;
  }

  #ask(from: { after?: number; before?: number }, kind: Asked): void {
    if (this.#asking) return;
    const frame = { command: "fetch_staff", consumer: this.consumer, ...from, limit: pageSize } as const;
    if (this.send(frame)) this.#asking = kind;
  }
}
