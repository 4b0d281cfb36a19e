import { signal } from "@preact/signals";
import { Timer } from "../../../client/timer.ts";
import { call } from "../../service/calls.ts";

/** Rows that a page of the service holds at most. */
const mostRows = 200, pageRows = 50;
/** Delay before what is typed is looked for. Milliseconds. */
const typedMs = 200;

interface Page {
  total: number;
  cursor?: string;
}

/** Answers or articles of the workspace as a list, by title, with what is looked for. */
export class ItemList<Row extends { id: string }> {
  readonly rows = signal<readonly Row[]>([]);
  /** Of the workspace; undefined until it is known. */
  readonly total = signal<number | undefined>(undefined);
  readonly q = signal("");
  readonly state = signal<"loading" | "there" | "failed">("loading");
  readonly hasMore = signal(false);
  error: unknown;
  #cursor?: string;
  #asking = 0;
  #timer = new Timer();

  constructor(readonly name: "answers" | "articles") {}

  /** Loads what is shown again. */
  load = (): Promise<void> =>
    this.#fetch({ limit: Math.min(mostRows, Math.max(pageRows, this.rows.value.length)) });

  more(): Promise<void> {
    return this.#fetch({ limit: pageRows, cursor: this.#cursor });
  }

  search(q: string): void {
    this.q.value = q;
    this.#timer.set(typedMs, () => void this.load());
  }

  /** Shows a row as it is now. */
  put(row: Row): void {
    this.rows.value = this.rows.value.map((other) => other.id === row.id ? row : other);
  }

  /** Nothing that comes later is shown any more. */
  stop(): void {
    this.#asking++;
    this.#timer.clear();
  }

  async #fetch({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<void> {
    const asking = ++this.#asking, q = this.q.value.trim();
    this.state.value = "loading";
    const query = new URLSearchParams({ limit: String(limit), ...(q && { q }), ...(cursor && { cursor }) });
    try {
      const page = await call<Page & Record<string, unknown>>("GET", `/messages/api/${this.name}?${query}`);
      if (asking !== this.#asking) return;
      const rows = page[this.name] as Row[];
      this.rows.value = cursor ? [...this.rows.value, ...rows] : rows;
      this.total.value = page.total;
      this.#cursor = page.cursor;
      this.hasMore.value = page.cursor !== undefined;
      this.state.value = "there";
    } catch (error) {
      if (asking !== this.#asking) return;
      this.error = error;
      this.state.value = "failed";
    }
  }
}
