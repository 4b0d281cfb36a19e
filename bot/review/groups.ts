import type { BotQuestion } from "../../db/collections/bot_questions.ts";
import { TimeSlices } from "../time_slices.ts";
import { Nearest, vectorsOf } from "./nearness.ts";

/** Cosine from which two questions are taken for the same. */
const sameFrom = 0.6;

/** Questions that are nearly the same, the least sure first. */
export type Group = [BotQuestion, ...BotQuestion[]];

/** How sure the bot was, 0 to 1; it was not where the visitor says that the answer did not help. */
export function sureness({ outcome, reason, confidence = 0 }: BotQuestion): number {
  return outcome === "unhelpful" || reason === "unhelpful" ? 0 : confidence;
}

/**
 * Groups questions by nearness, each with the nearest of the groups that less sure ones have begun. Groups come first that a
 * decision teaches the bot most: with the greatest sum of what it was unsure of.
 */
export async function groupQuestions(questions: readonly BotQuestion[]): Promise<Group[]> {
  const sorted = questions.toSorted((one, other) => sureness(one) - sureness(other) || other.at - one.at);
  const slices = new TimeSlices(), nearest = new Nearest(), groups: Group[] = [];
  const vectors = await vectorsOf(sorted.map(({ text }) => text), slices);
  for (const [at, question] of sorted.entries()) {
    if (slices.areOver) await slices.next();
    const vector = vectors[at]!, { index, cosine } = nearest.find(vector);
    if (cosine >= sameFrom) groups[index]!.push(question);
    else groups[nearest.add(vector)] = [question];
  }
  const weights = new Map(groups.map((group) => [group, weightOf(group)]));
  return groups.sort((one, other) => weights.get(other)! - weights.get(one)!);
}

const weightOf = (group: Group) => group.reduce((sum, question) => sum + 1 - sureness(question), 0);
