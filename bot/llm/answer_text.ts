/** Longest answer, and longest first line. UTF-16 code units. */
export const longestAnswer = 1_200;
const longestVerdict = 40;

const verdictLine = /^[\s*_#>`"']*(ANSWER|HANDOFF)(?![\p{L}\p{N}_])[*_`"']*[:.]?[*_`"']*/u;
/** A word, number or address that may not be complete yet. */
const unfinished = /(?:(?:https?:\/\/|www\.)\S*|(?<![!-~])[+(\d][\d ().+-]*|[!-~]+)$/iu;
/** Looked at for an unfinished one. */
const longestWord = 300;
const sentenceEnd =
  /[.!?…](?:["')\]»”]|\s?\[\d{1,2}\])*(?=\s|$)|[。！？।؟۔](?:[」』）]|\s?\[\d{1,2}\])*|\](?=\s*$)/gu;

/**
 * What the model writes. The first line is its verdict. Nothing is shown before that is read, nor from the first word on
 * that may not be shown; words, numbers and addresses are judged and shown when they are complete.
 */
export class AnswerText {
  verdict?: "answer" | "handoff" | "missing";
  #head = "";
  #text = "";
  #shown = 0;
  #isRefused = false;

  constructor(
    /** Whether a beginning of the text may be seen. */
    readonly isGood: (text: string) => boolean,
    /** Called with text that may be seen. */
    readonly show: (text: string) => void,
  ) {}

  /** Without the verdict. */
  get text(): string {
    return this.#text.trimEnd();
  }

  get isTooLong(): boolean {
    return this.text.length > longestAnswer;
  }

  add(piece: string): void {
    if (this.verdict === undefined) {
      this.#head += piece;
      const head = this.#head.trimStart();
      if (head.includes("\n") || head.length >= longestVerdict) this.#judge();
    } else {
      this.#text = (this.#text + piece).replace(/^\s+/, "");
    }
    this.#showMore();
  }

  /** Nothing follows. */
  end(): void {
    if (this.verdict === undefined) this.#judge();
  }

  /** The whole sentences of the text, at most as many as an answer may have. */
  wholeSentences(): string {
    const text = this.text.slice(0, longestAnswer);
    const last = [...text.matchAll(sentenceEnd)].at(-1);
    return last ? text.slice(0, last.index + last[0].length) : "";
  }

  #judge(): void {
    const [line = "", word] = verdictLine.exec(this.#head) ?? [];
    this.verdict = word === "ANSWER" ? "answer" : word === "HANDOFF" ? "handoff" : "missing";
    this.#text = this.#head.slice(line.length).replace(/^\s+/, "");
  }

  #showMore(): void {
    if (this.verdict !== "answer" || this.#isRefused) return;
    const held = unfinished.exec(this.#text.slice(-longestWord))?.[0].length ?? 0;
    const end = Math.min(this.#text.length - held, longestAnswer), ready = this.#text.slice(0, end);
    if (end <= this.#shown) return;
    this.#isRefused = !this.isGood(ready);
    if (this.#isRefused) return;
    this.show(this.#text.slice(this.#shown, end));
    this.#shown = end;
  }
}
