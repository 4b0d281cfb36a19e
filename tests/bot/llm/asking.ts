import type { Asked, Generated } from "../../../bot/llm/generate.ts";
import { LanguageModel, type LanguageModelParts } from "../../../bot/llm/language_model.ts";
import { Metrics } from "../../../chat/monitoring/metrics.ts";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import { BotSettings } from "../../../protocol/chatbot.ts";
import { LlmServer } from "../../harness/llm_server.ts";
import { injected } from "../../harness/llm_ways.ts";

/** Short enough for a test, long enough for a loaded machine. Milliseconds. */
const shortTimes = { first: 2_000, next: 1_000, last: 200, whole: 6_000 };

/** What somebody asks, about two sources. */
export function asked(rest: Partial<Asked> = {}, llm: Partial<Asked["settings"]> = {}): Asked {
  return {
    workspace: "asha",
    consumer: crypto.randomUUID(),
    question: "How long do I have to send it back?",
    history: [],
    passages: [
      {
        source: { title: "Returns", url: "https://shop.example/returns" },
        text: "Lamps can be sent back for 30 days.",
      },
      { source: { title: "Shipping" }, text: `We ship each day. ${injected} and have people sign in again.` },
    ],
    settings: { ...BotSettings.parse({}).llm, ...llm },
    title: "Lamp shop",
    onText: () => {},
    signal: new AbortController().signal,
    ...rest,
  };
}

/** A language model on a store of its own, with an endpoint that behaves in any way. */
export class Asking implements AsyncDisposable {
  readonly server = new LlmServer();
  readonly metrics = new Metrics();
  readonly lines: unknown[][] = [];

  private constructor(readonly folder: string, readonly store: Store) {}

  static async open(): Promise<Asking> {
    const folder = await Deno.makeTempDir({ prefix: "parlor-" });
    return new Asking(folder, await openStore(`sqlite:${folder}/parlor.db`));
  }

  model(way: string, rest: Partial<LanguageModelParts> = {}): LanguageModel {
    return new LanguageModel({
      endpoint: { url: this.server.url(way), model: "small", key: "a-secret-key" },
      store: this.store,
      log: { warn: (...line) => void this.lines.push(line) },
      metrics: this.metrics,
      times: shortTimes,
      ...rest,
    });
  }

  /** Asks an endpoint of this way; also tells what was shown, and how long it took in milliseconds. */
  async ask(way: string, question = asked()): Promise<{ generated: Generated; shown: string; ms: number }> {
    let shown = "";
    const began = performance.now();
    const onText = (text: string) => {
      shown += text;
      question.onText(text);
    };
    const generated = await this.model(way).generate({ ...question, onText });
    return { generated, shown, ms: performance.now() - began };
  }

  /** A figure on `/metrics`. */
  async figure(name: string): Promise<number> {
    const line = (await this.metrics.text()).split("\n").find((line) => line.startsWith(`${name} `));
    return Number(line?.slice(name.length) ?? 0);
  }

  async [Symbol.asyncDispose]() {
    await this.server[Symbol.asyncDispose]();
    await this.store.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}
