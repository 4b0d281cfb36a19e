import type { RecordStore } from "../../db/collection.ts";
import { addTokens, countAnswer, dropTokens, tokensUsed } from "../../db/collections/llm_use.ts";
import type { Prompt, Usage } from "./completion.ts";
import { mostTokens } from "./completion.ts";
import type { Asked } from "./generate.ts";

/** Length of a token, for estimates: short, since most scripts have fewer letters a token than English. UTF-16 code units. */
const tokenLength = 3;
/** How long a day's count is kept, and counts deleted at a time. */
const keptDays = 35, mostDropped = 5;
/** Workspaces remembered whose old counts were deleted today. */
const mostRemembered = 10_000;

const dayMs = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const estimated = (length: number): number => Math.ceil(length / tokenLength);

/** Tokens that were taken from a workspace's day. */
export interface Taken {
  workspace: string;
  day: string;
  tokens: number;
}

/** What workspaces and visitors may still use of the language model today (UTC), as all processes count it. */
export class Budget {
  #dropped = new Map<string, string>();

  constructor(readonly store: RecordStore, readonly now: () => number) {}

  /**
   * Takes the most that a question can cost. Adds first and looks then: of several at once none can see less than it
   * added, so that together they never exceed the limit. undefined: it is used up. @throws {Unavailable}
   */
  async take(
    { workspace, consumer, settings }: Pick<Asked, "workspace" | "consumer" | "settings">,
    messages: Prompt[],
  ): Promise<Taken | undefined> {
    const day = dayOf(this.now());
    const length = messages.reduce((sum, { content }) => sum + content.length, 0);
    const taken = { workspace, day, tokens: estimated(length) + mostTokens };
    await addTokens(this.store, taken, taken.tokens);
    const isWithin = await tokensUsed(this.store, workspace, day) <= settings.tokens_per_day &&
      await countAnswer(this.store, { workspace, consumer, day }, settings.answers_per_visitor);
    if (isWithin) return taken;
    await addTokens(this.store, taken, -taken.tokens);
    return undefined;
  }

  /** Corrects what was taken to what was used. @throws {Unavailable} */
  async settle(taken: Taken, used: Usage): Promise<void> {
    await addTokens(this.store, taken, used.prompt + used.completion - taken.tokens);
    if (this.#dropped.get(taken.workspace) === taken.day) return;
    this.#dropped.set(taken.workspace, taken.day);
    if (this.#dropped.size > mostRemembered) this.#dropped.delete(this.#dropped.keys().next().value!);
    const day = dayOf(this.now() - keptDays * dayMs);
    await dropTokens(this.store, { workspace: taken.workspace, day }, mostDropped);
  }
}
