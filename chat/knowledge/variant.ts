import type { Answer } from "../../db/collections/knowledge/answers.ts";

type Texts = Pick<Answer, "title" | "body">;

/**
 * An answer's texts in the first wanted language that it has: by the whole tag, then by the language alone. Without one, its
 * own texts.
 */
export function variantFor(answer: Texts & Pick<Answer, "locales">, wanted: readonly string[]): Texts {
  const tags = Object.keys(answer.locales);
  for (const tag of wanted) {
    const language = languageOf(tag);
    const found = tags.find((own) => own.toLowerCase() === tag.toLowerCase()) ??
      tags.find((own) => own.toLowerCase() === language) ?? tags.find((own) => languageOf(own) === language);
    if (found !== undefined) return answer.locales[found]!;
  }
  return answer;
}

const languageOf = (tag: string) => tag.toLowerCase().split(/[-_]/)[0]!;
