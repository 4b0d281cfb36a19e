import { normalized, textFeatures } from "../text_features.ts";
import { TimeSlices } from "../time_slices.ts";
import { longestExample } from "./examples.ts";

const featuresOf = (text: string) => new Set(textFeatures(normalized(text, longestExample)).hashes);

/** The text that has most in common with a question, by the cosine of their features; the first of equal ones. */
export async function nearestOf(question: string, texts: readonly string[]): Promise<string | undefined> {
  const asked = featuresOf(question), slices = new TimeSlices();
  let nearest: string | undefined, most = -1;
  for (const text of texts) {
    if (slices.areOver) await slices.next();
    const features = featuresOf(text);
    const cosine = asked.intersection(features).size / Math.sqrt(asked.size * features.size || 1);
    if (cosine > most) [nearest, most] = [text, cosine];
  }
  return nearest;
}
