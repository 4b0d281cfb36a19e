/** The strings of one language, from a table of the widget or of the portal. */
export class Phrases<Word extends string> {
  readonly #words: Partial<Record<string, string>>;
  readonly #fallback: Record<Word, string>;

  /** `locale` is the full tag, for numbers, days and times; `words` the table of its language. */
  constructor(
    readonly locale: string,
    words: Partial<Record<string, string>>,
    fallback: Record<Word, string>,
  ) {
    this.#words = words;
    this.#fallback = fallback;
  }

  /** The string of a key, with `{name}` replaced by its value. */
  say(word: Word, values: Record<string, string | number> = {}): string {
    const phrase = this.#words[word] ?? this.#fallback[word];
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => `${values[name] ?? whole}`);
  }

  /** The plural form for `n`: keys are `<stem>_one`, `<stem>_few`, `<stem>_other` …, as the language needs. */
  count(stem: string, n: number): string {
    const form = `${stem}_${new Intl.PluralRules(this.locale).select(n)}`;
    const word = form in this.#words || form in this.#fallback ? form : `${stem}_other`;
    return this.say(word as Word, { n: new Intl.NumberFormat(this.locale).format(n) });
  }

  /** A number of seconds, in words. */
  seconds(n: number): string {
    return new Intl.NumberFormat(this.locale, { style: "unit", unit: "second", unitDisplay: "long" }).format(
      n,
    );
  }
}
