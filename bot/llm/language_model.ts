import { faultFields, type Log } from "../../chat/monitoring/log.ts";
import type { Metrics } from "../../chat/monitoring/metrics.ts";
import type { RecordStore } from "../../db/collection.ts";
import { Answering } from "./answering.ts";
import { Breaker } from "./breaker.ts";
import { Budget, type Taken } from "./budget.ts";
import { type Endpoint, EndpointFailure, piecesOf, request } from "./completion.ts";
import type { Asked, Generate, Generated } from "./generate.ts";
import { Slots } from "./slots.ts";
import { isTimeout, Stopwatch, usualTimes } from "./stopwatch.ts";

/** Attempts after the first, while nothing of an answer has come, and the pause before the first of them. Milliseconds. */
const mostRetries = 3, pauseMs = 300;

export interface LanguageModelParts {
  endpoint: Endpoint;
  store: RecordStore;
  log: Pick<Log, "warn">;
  metrics?: Pick<Metrics, "llmOutcomes" | "llmTokens" | "llmFaults" | "llmFirstSeconds">;
  /** Milliseconds since 1970. */
  now?(): number;
  times?: typeof usualTimes;
}

/** The operator's language model, with its limits: of time, of concurrent questions, of tokens and of failures. */
export class LanguageModel {
  #slots = new Slots();
  #breaker: Breaker;
  #budget: Budget;

  constructor(readonly parts: LanguageModelParts) {
    const now = parts.now ?? Date.now;
    this.#breaker = new Breaker(now);
    this.#budget = new Budget(parts.store, now);
  }

  readonly generate: Generate = async (asked) => {
    const generated = await this.#generate(asked);
    this.parts.metrics?.llmOutcomes.add(generated.kind === "answer" ? "answer" : generated.reason);
    return generated;
  };

  async #generate(asked: Asked): Promise<Generated> {
    // There is nothing that an answer could cite.
    if (asked.passages.length === 0 || !asked.settings.use) return { kind: "handoff", reason: "unknown" };
    if (this.#breaker.isOpen) return { kind: "handoff", reason: "failed" };
    const { first, whole } = this.#times, watch = new Stopwatch(asked.signal, whole);
    let free: (() => void) | undefined, answering: Answering | undefined;
    try {
      watch.within(first);
      free = await this.#slots.take(asked.workspace, watch.signal);
      watch.within(first);
      answering = new Answering(asked);
      const taken = await this.#budget.take(asked, answering.messages);
      if (!taken) return { kind: "handoff", reason: "budget" };
      return await this.#asked(answering, watch, taken);
    } catch (error) {
      // Too late for a slot: too many ask at once, which is no fault of the endpoint.
      if (!answering && isTimeout(error)) return { kind: "handoff", reason: "timeout" };
      const reason = this.#reasonOf(error, asked);
      return answering?.handOff(reason) ?? { kind: "handoff", reason };
    } finally {
      watch.stop();
      free?.();
    }
  }

  get #times() {
    return this.parts.times ?? usualTimes;
  }

  async #asked(answering: Answering, watch: Stopwatch, taken: Taken): Promise<Generated> {
    try {
      await this.#read(answering, watch);
      const result = answering.result();
      this.#breaker.succeeded();
      return result;
    } finally {
      const { used } = answering;
      this.parts.metrics?.llmTokens.add("prompt", used.prompt);
      this.parts.metrics?.llmTokens.add("completion", used.completion);
      // What cannot be corrected stays taken. Nobody waits for it.
      this.#budget.settle(taken, used).catch((error) =>
        this.parts.log.warn("llm_budget_failed", faultFields(error))
      );
    }
  }

  /** Reads all of an answer, asking again while nothing has come and the fault may pass. */
  async #read(answering: Answering, watch: Stopwatch): Promise<void> {
    for (let attempt = 0;; attempt++) {
      try {
        return await this.#attempt(answering, watch);
      } catch (error) {
        // Everything has come but the count of tokens.
        if (answering.finish !== undefined && isTimeout(error)) return;
        if (!(error instanceof EndpointFailure)) throw error;
        const { isPassing, retryAfterMs } = error.options;
        const pause = retryAfterMs ?? pauseMs * 2 ** attempt;
        if (answering.hasBegun || !isPassing || attempt === mostRetries) throw error;
        if (pause >= watch.left) {
          if (retryAfterMs !== undefined) this.#breaker.rest(retryAfterMs);
          throw error;
        }
        await watch.pause(pause);
      }
    }
  }

  async #attempt(answering: Answering, watch: Stopwatch): Promise<void> {
    const began = performance.now(), { next, last } = this.#times;
    answering.wasRefused = false;
    const response = await request(this.parts.endpoint, answering.messages, watch.signal).catch((error) => {
      answering.wasRefused = error instanceof EndpointFailure;
      throw error;
    });
    for await (const piece of piecesOf(response)) {
      if (piece.text && !answering.hasBegun) {
        this.parts.metrics?.llmFirstSeconds.observe((performance.now() - began) / 1_000);
      }
      answering.add(piece);
      if (answering.isDecided) return;
      if (answering.finish !== undefined) watch.within(last);
      else if (piece.text) watch.within(next);
    }
  }

  #reasonOf(error: unknown, { signal }: Asked): "failed" | "timeout" | "off" {
    if (signal.aborted) return isTimeout(error) ? "timeout" : "off";
    if (!isTimeout(error) && !(error instanceof EndpointFailure)) {
      this.parts.log.warn("llm_failed", faultFields(error));
      return "failed";
    }
    const fault = isTimeout(error) ? "timeout" : (error as EndpointFailure).message;
    this.parts.metrics?.llmFaults.add(fault);
    this.parts.log.warn("llm_failed", { why: fault });
    this.#breaker.failed();
    return isTimeout(error) ? "timeout" : "failed";
  }
}
