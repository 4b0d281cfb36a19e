import type { Brain, Meaning } from "../../../bot/brain.ts";
import { allAnswers } from "../../../chat/knowledge/knowledge.ts";
import type { Store } from "../../../db/store.ts";

/**
 * Understands titles and phrases of answers as they are written, "?" after two words as an offer of all, and nothing else:
 * what a turn does must not depend on how well a text is understood.
 */
export const exactBrain = (store: Store): Pick<Brain, "read" | "passages"> => ({
  async read(workspace, { text }): Promise<{ language?: string } & Meaning> {
    if (text === "a person") return { kind: "person" };
    if (text === "hello") return { kind: "small_talk", text: "Hello!" };
    const answers = await allAnswers(store, workspace);
    const answer = answers.find(({ title, phrases }) => [title, ...phrases].includes(text));
    if (answer) return { kind: "answer", answer, text: answer, confidence: 1, language: "en" };
    if (text.startsWith("perhaps")) return { kind: "offer", answers: answers.slice(0, 3), confidence: 0.5 };
    if (text === "explode") throw new Error("the brain explodes");
    return { kind: "unknown", guesses: [] };
  },
  async passages(workspace) {
    const answers = await allAnswers(store, workspace);
    return answers.map(({ id, title, body }) => ({ source: { answer: id, title }, text: body }));
  },
});
