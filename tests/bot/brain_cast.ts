import { Brain } from "../../bot/brain.ts";
import { type Answer, answers } from "../../db/collections/knowledge/answers.ts";
import { changeKnowledge } from "../../db/collections/knowledge/heads.ts";
import { type Passage, passages } from "../../db/collections/knowledge/passages.ts";
import { openStore } from "../../db/open.ts";
import type { Store } from "../../db/store.ts";
import { phrases } from "./lamp_shop.ts";

export const threshold = 0.7;

/** A store with a brain on it. */
export class Shop implements AsyncDisposable {
  readonly faults: unknown[] = [];
  readonly brain: Brain;

  private constructor(readonly store: Store, readonly folder: string) {
    this.brain = new Brain(store, (error) => this.faults.push(error));
  }

  static async open(): Promise<Shop> {
    const folder = await Deno.makeTempDir();
    return new Shop(await openStore(`sqlite:${folder}/parlor.db`), folder);
  }

  /** A shop of the lamp shop's answers in five languages, as the owner of `workspace` wrote them. */
  static async ofLamps(workspace = "asha"): Promise<Shop> {
    const shop = await Shop.open();
    for (const [label, own] of Object.entries(phrases)) {
      await shop.write(
        { id: idOf(label), title: own[0]!, phrases: own.slice(1), body: `About ${label}.` },
        workspace,
      );
    }
    return shop;
  }

  read(text: string, more: { locale?: string; language?: string } = {}, workspace = "asha") {
    return this.brain.read(workspace, { text, threshold, ...more });
  }

  /** Adds or replaces an answer. */
  async write(answer: Partial<Answer> & { id: string }, workspace = "asha"): Promise<void> {
    const value: Answer = {
      ...{ workspace, title: "", phrases: [], body: "", locales: {}, buttons: [], enabled: true },
      ...{ source: "manual", version: 1, updated: 1 },
      ...answer,
    };
    await changeKnowledge(this.store, workspace, () => ({
      answer: undefined,
      commit: { put: answers.recordsOf(value) },
    }));
  }

  async drop(id: string, workspace = "asha"): Promise<void> {
    await changeKnowledge(this.store, workspace, () => ({
      answer: undefined,
      commit: { delete: [{ collection: answers.name, key: [workspace, id] }] },
    }));
  }

  async writePassages(texts: readonly Passage[]): Promise<void> {
    for (let from = 0; from < texts.length; from += 100) {
      await changeKnowledge(this.store, "asha", () => ({
        answer: undefined,
        commit: { put: texts.slice(from, from + 100).flatMap((one) => passages.recordsOf(one)) },
      }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.brain.close();
    await this.store.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** An id as answers have, of a label of the lamp shop. */
export const idOf = (label: string): string => label.padEnd(12, "0").slice(0, 12);
