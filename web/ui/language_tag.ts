/**
 * A language tag as `Intl` takes it, or nothing. Other systems write `pt_BR`, `fr_FR@euro` and `de_DE.UTF-8`; of a tag
 * that is malformed further on, the language is taken. An `Intl` call with any other text would throw.
 */
export function languageTag(tag: string | undefined): string | undefined {
  const plain = (tag ?? "").trim().replace(/[.@].*/s, "").replaceAll("_", "-");
  for (const part of [plain, languageOf(plain)]) {
    try {
      return Intl.getCanonicalLocales(part)[0];
    } catch { /* malformed */ }
  }
}

/** The language alone of a tag, in lower case. */
export const languageOf = (tag: string): string => tag.split("-")[0]!.toLowerCase();
