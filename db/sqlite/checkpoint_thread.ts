import { within } from "./within.ts";
import { workerOn } from "./worker_options.ts";

/**
 * PASSIVE copies what it can without blocking writers. RESTART copies everything, and the next write starts
 * at the beginning of the WAL. TRUNCATE also shortens the WAL file to zero bytes; it uses the disk reserve
 * for this and allocates the reserve again.
 */
export type CheckpointMode = "PASSIVE" | "RESTART" | "TRUNCATE";

export interface CheckpointRequest {
  path: string;
  mode: CheckpointMode | "close";
}

/** `frames`: pages in the WAL; `left`: pages not yet copied into the database. */
export interface Checkpointed {
  frames: number;
  left: number;
  /** After TRUNCATE: the disk has room for writes and the reserve is allocated again. */
  hasRoom?: boolean;
}
export type CheckpointReply = Checkpointed | { failed: string };

/** After this the Worker is considered dead. Milliseconds. */
const maxAnswerMs = 60_000;
const maxClosingMs = 1_000;

/**
 * Worker that runs checkpoints, one request at a time. If it fails, requests reject; the process continues.
 */
export class CheckpointThread {
  #worker: Worker;
  #answer: PromiseWithResolvers<CheckpointReply> | undefined;
  #dead: Error | undefined;

  constructor(readonly path: string, module = new URL("./checkpoint_worker.ts", import.meta.url)) {
    this.#worker = new Worker(module, workerOn(path));
    this.#worker.onmessage = ({ data }) => this.#answer?.resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#dead = new Error(`The Worker ended: ${event.message}`);
      this.#answer?.reject(this.#dead);
    };
  }

  async checkpoint(mode: CheckpointMode): Promise<Checkpointed> {
    const reply = await within(maxAnswerMs, this.#ask(mode)).finally(() => this.#answer = undefined);
    if (!reply) throw new Error(`The Worker has not answered for ${maxAnswerMs / 1000} s`);
    if ("failed" in reply) throw new Error(reply.failed);
    return reply;
  }

  /** Lets an idle Worker close its connection, then terminates it. */
  async close(): Promise<void> {
    if (!this.#answer) await within(maxClosingMs, this.#ask("close")).catch(() => {});
    this.end();
  }

  /** Terminates the Worker immediately; a pending request rejects. */
  end(): void {
    this.#worker.terminate();
    this.#answer?.reject(new Error("The Worker was ended"));
  }

  #ask(mode: CheckpointRequest["mode"]): Promise<CheckpointReply> {
    if (this.#dead) return Promise.reject(this.#dead);
    this.#answer = Promise.withResolvers();
    this.#worker.postMessage({ path: this.path, mode } satisfies CheckpointRequest);
    return this.#answer.promise;
  }
}
