import { DatabaseSync } from "node:sqlite";
import { isBusy } from "../sqlite/engine_errors.ts";
import { unavailable } from "./engine_errors.ts";

/** How long a write waits while another program holds the file, and from one look to the next, at most. Milliseconds. */
const patienceMs = 2_000, lookMs = 20;

/**
 * Lets one write at a time through to the engine, and only while no other program holds the file's lock. The engine has
 * one connection, and a write that meets a lock keeps it for five seconds, with every read behind it.
 */
export class WriteLock {
  #db: DatabaseSync;
  #last: Promise<unknown> = Promise.resolve();

  /** @param path of the file, which is there */
  constructor(path: string) {
    this.#db = new DatabaseSync(path, { timeout: 0 });
    // Deno 2.5 does not know the option and would wait for 5 s.
    this.#db.exec("PRAGMA busy_timeout = 0");
  }

  /** @throws {Unavailable} if the file is held for too long */
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
      // Whatever else is wrong the engine will say.
      return isBusy(error);
    }
  }
}
