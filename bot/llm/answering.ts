import { AnswerText, longestAnswer } from "./answer_text.ts";
import { estimated } from "./budget.ts";
import { citesGiven, sourcesOf } from "./citations.ts";
import { EndpointFailure, type Piece, type Prompt, type Usage } from "./completion.ts";
import type { Asked, Generated } from "./generate.ts";
import { KnownLinks } from "./known_links.ts";
import { promptOf } from "./prompt.ts";

/** One question to the model: what it is told, what has come so far, and what that is worth. */
export class Answering {
  readonly messages: Prompt[];
  /** Why the model has stopped writing, once it has. */
  finish?: string;
  /** The endpoint has refused the request: nothing was used. */
  wasRefused = false;
  #usage?: Usage;
  #length = 0;
  #text: AnswerText;
  #links: KnownLinks;
  #mark = `====${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;

  constructor(readonly asked: Asked) {
    const { settings, passages } = asked;
    this.messages = promptOf(asked, this.#mark);
    this.#links = new KnownLinks(passages);
    this.#text = new AnswerText(
      (text) => citesGiven(text, passages) && this.#links.allows(text) && !text.includes(this.#mark),
      (text) => {
        if (!settings.check_first && !asked.signal.aborted) asked.onText(text);
      },
    );
  }

  add({ text = "", finish, usage }: Piece): void {
    this.#length += text.length;
    this.#text.add(text);
    this.finish ??= finish;
    this.#usage = usage ?? this.#usage;
  }

  get hasBegun(): boolean {
    return this.#length > 0;
  }

  /** Nothing that follows would change the result. */
  get isDecided(): boolean {
    return this.#text.verdict === "handoff" || this.#text.isTooLong || this.finish === "content_filter";
  }

  /** As the endpoint says, else estimated. */
  get used(): Usage {
    if (this.#usage) return this.#usage;
    const asked = this.messages.reduce((sum, { content }) => sum + content.length, 0);
    return { prompt: this.wasRefused ? 0 : estimated(asked), completion: estimated(this.#length) };
  }

  /** What has come is all there is. @throws {EndpointFailure} if it is nothing */
  result(): Generated {
    this.#text.end();
    const { verdict } = this.#text;
    if (this.finish === "content_filter" || verdict === "handoff") return this.handOff("declined");
    if (this.#text.text === "") throw new EndpointFailure("empty");
    const text = this.#whole();
    if (verdict === "missing" || text === "") return this.handOff("failed");
    if (text.includes(this.#mark)) return { kind: "handoff", reason: "failed" };
    const sources = sourcesOf(text, this.asked.passages);
    if (sources.length === 0 || !this.#links.allows(text)) return this.handOff("uncited");
    return { kind: "answer", text, sources };
  }

  /** With what has come so far as the draft. */
  handOff(reason: Extract<Generated, { kind: "handoff" }>["reason"]): Generated {
    const { verdict, text } = this.#text, hasDraft = verdict !== "handoff" && text !== "";
    const draft = text.slice(0, longestAnswer).toWellFormed();
    return { kind: "handoff", reason, ...(hasDraft && { draft }) };
  }

  /** The text, or its whole sentences where it was cut off; empty if it has none. */
  #whole(): string {
    const { text, isTooLong } = this.#text;
    if (isTooLong || this.finish === "length") return this.#text.wholeSentences();
    // Without a word of the endpoint's that this is the end, it may have broken off anywhere.
    return this.finish !== undefined || this.#text.wholeSentences() === text ? text : "";
  }
}
