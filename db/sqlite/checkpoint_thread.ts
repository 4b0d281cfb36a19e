import { within } from "./within.ts";
import { workerOn } from "./worker_options.ts";

/**
 * PASSIVE moves what it can beside the writes. RESTART moves all, and the next write begins the WAL anew. TRUNCATE gives
 * back the WAL's room as well; it takes what is reserved for this, and reserves it anew.
 */
export type CheckpointMode = "PASSIVE" | "RESTART" | "TRUNCATE";

export interface CheckpointRequest {
  path: string;
  mode: CheckpointMode | "close";
}

/** `frames`: pages in the WAL; `left`: those of them that are not in the database yet. */
export interface Checkpointed {
  frames: number;
  left: number;
  /** After TRUNCATE: there is room for writes, and as much reserved as before. */
  hasRoom?: boolean;
}
export type CheckpointReply = Checkpointed | { failed: string };

/** A Worker that has not answered by then never will. */
const maxAnswerMs = 60_000;
const maxClosingMs = 1_000;

/** The Worker that does checkpoints, asked one thing at a time. Its death is a rejection, never the end of the process. */
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

  /** Lets an idle Worker close its connection, then ends it. */
  async close(): Promise<void> {
    if (!this.#answer) await within(maxClosingMs, this.#ask("close")).catch(() => {});
    this.end();
  }

  /** Ends the Worker wherever it is; whoever waits for an answer is told. */
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
