import { DatabaseSync } from "node:sqlite";
import { isBusy } from "../sqlite/engine_errors.ts";
import { unavailable } from "./engine_errors.ts";

/** Time limit of waiting for another process's lock, and the longest poll interval. Milliseconds. */
const patienceMs = 2_000, lookMs = 20;

/**
 * Runs one write at a time, and only while no other process holds the file's lock. The engine has a single
 * connection: a write that meets a lock would block it, and all reads, for five seconds.
 */
export class WriteLock {
  #db: DatabaseSync;
  #last: Promise<unknown> = Promise.resolve();

  /** @param path existing database file */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { timeout: 0 });
    // Set by PRAGMA: Deno 2.5 ignores the `timeout` option and would wait for 5 s.
    this.#db.exec("PRAGMA busy_timeout = 0");
  }

  /** @throws {Unavailable} if the file stays locked for too long */
  take<T>(write: () => Promise<T>): Promise<T> {
    const since = performance.now();
    const mine = this.#last.then(async () => {
      await this.#free(since);
      return await write();
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  close(): void {
    this.#db.close();
  }

  async #free(since: number): Promise<void> {
    while (this.#isHeld()) {
      if (performance.now() - since > patienceMs) throw unavailable(new Error("database is locked"));
      await new Promise((resolve) => setTimeout(resolve, lookMs * (0.25 + 0.75 * Math.random())));
    }
  }

  #isHeld(): boolean {
    try {
      this.#db.exec("BEGIN IMMEDIATE; ROLLBACK");
      return false;
    } catch (error) {
      // Other errors are reported by the engine's own write.
      return isBusy(error);
    }
  }
}
