/**
 * A language tag that `Intl` accepts, or undefined. Other systems write `pt_BR`, `fr_FR@euro` and `de_DE.UTF-8`; of a tag
 * with a malformed rest, the language is used. `Intl` throws on any other text.
 */
export function languageTag(tag: string | undefined): string | undefined {
  const plain = (tag ?? "").trim().replace(/[.@].*/s, "").replaceAll("_", "-");
  for (const part of [plain, languageOf(plain)]) {
    try {
      return Intl.getCanonicalLocales(part)[0];
    } catch { /* malformed */ }
  }
}

/** The language subtag, in lower case. */
export const languageOf = (tag: string): string => tag.split("-")[0]!.toLowerCase();
