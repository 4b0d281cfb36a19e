import { addStyle } from "../../ui/add_style.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import { shapes } from "../panel/shapes.ts";
import style from "./rating_card.css" with { type: "text" };
import { ratingWords } from "./rating_words.ts";

/** A question for a rating. */
export interface Rating {
  episode: string;
  /** Who answered. */
  name: string;
  /** As given before. */
  score?: number;
}

/** An answer to it. */
export interface Given {
  episode: string;
  score: number;
  comment?: string;
}

/** Resolves once the service has stored it. */
export type Rate = (given: Given) => Promise<void>;

const scores = [1, 2, 3, 4, 5];
const circle = "M12 21a9 9 0 100-18 9 9 0 000 18zM9 9.5v.01M15 9.5v.01";
/** Drawn, since fonts draw faces differently. */
const mouths = [
  "M8 17a4.5 4.5 0 018 0",
  "M9 16.5a3.5 3.5 0 016 0",
  "M8.5 15h7",
  "M8.5 14a4 4 0 007 0",
  "M7.5 13.5h9a4.5 4.5 0 01-9 0z",
];

addStyle(style);

/** The card that asks how it was, after a conversation was resolved. */
export class RatingCard {
  readonly element = h("div", { class: "rating" });
  #words: ReturnType<typeof ratingWords>;
  #rating: Rating;
  #rate: Rate;
  #comment = "";

  constructor(locale: string, rating: Rating, rate: Rate) {
    this.#words = ratingWords(locale);
    this.#rating = rating;
    this.#rate = rate;
    if (rating.score === undefined) this.#ask();
    else this.#thank();
  }

  #ask(): void {
    const { name, score } = this.#rating;
    const words = this.#words;
    const why = h("textarea", { id: "why", rows: 2, maxlength: 1_000, dir: "auto" });
    why.value = this.#comment;
    listen(why, { input: () => this.#comment = why.value });
    const button = h("button", { class: "main" }, words.say("send"));
    const problem = h("p", { class: "refused", role: "alert" });
    const more = h(
      "div",
      {},
      h("label", { for: "why" }, words.say("why"), ` (${words.say("optional")})`),
      why,
      button,
      problem,
    );
    const choose = (score: number) => {
      this.#rating.score = score;
      this.element.classList.add("chosen");
      if (!more.isConnected) form.append(more);
      more.scrollIntoView({ block: "nearest" });
    };
    const form = h(
      "form",
      {},
      h(
        "fieldset",
        {},
        h("legend", {}, words.say("ask", { name })),
        h("div", { class: "scores" }, ...scores.map((one) => this.#scoreOf(one, choose))),
      ),
      score !== undefined && more,
    );
    listen(form, { submit: (event) => (event.preventDefault(), void this.#send(button, problem)) });
    this.element.replaceChildren(form, this.#dismiss());
  }

  #scoreOf(score: number, choose: (score: number) => void): HTMLElement {
    const name = this.#words.say(`score_${score}` as "score_1");
    const input = h("input", { type: "radio", name: "score", value: score, "aria-label": name });
    input.checked = score === this.#rating.score;
    listen(input, { change: () => choose(score) });
    const mark = h("span", { class: "mark" }, icon(circle + mouths[score - 1]));
    return h("label", {}, input, mark, h("span", { class: "score", "aria-hidden": true }, name));
  }

  #dismiss(): HTMLElement {
    const button = h("button", {
      type: "button",
      class: "tool dismiss",
      "aria-label": this.#words.say("close"),
    });
    button.append(icon(shapes.close));
    return listen(button, { click: () => this.element.remove() });
  }

  async #send(button: HTMLButtonElement, problem: HTMLElement): Promise<void> {
    const { episode, score } = this.#rating;
    if (score === undefined || button.ariaDisabled) return;
    set(button, { "aria-disabled": true });
    problem.textContent = "";
    try {
      await this.#rate({ episode, score, comment: this.#comment.trim() || undefined });
      this.#thank();
    } catch {
      problem.textContent = this.#words.say("not_sent");
    }
    set(button, { "aria-disabled": false });
  }

  #thank(): void {
    const { name } = this.#rating;
    const change = h("button", { type: "button", class: "link" }, this.#words.say("change"));
    listen(change, {
      click: () => {
        this.#ask();
        this.element.querySelector<HTMLElement>("input:checked")?.focus();
      },
    });
    const hadFocus = this.element.contains(document.activeElement);
    const thanks = h("p", { class: "thanks", role: "status" }, this.#words.say("thanks", { name }));
    this.element.replaceChildren(thanks, change, this.#dismiss());
    if (hadFocus) change.focus();
  }
}
