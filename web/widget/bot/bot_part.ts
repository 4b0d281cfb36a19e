import type { Button, MessageExtra, Reply } from "../../../protocol/records.ts";
import { addStyle } from "../../ui/add_style.ts";
import { h, icon, listen } from "../../ui/dom.ts";
import type { Line } from "../panel/message_row.ts";
import type { RowPart, ThreadState } from "../panel/thread.ts";
import style from "./bot.css" with { type: "text" };
import { botWords } from "./bot_words.ts";

/** Sends a text, or the label of a pressed button. */
type Send = (content: string, reply?: Reply) => void;
type Extra = Extract<MessageExtra, { type: "answer" | "buttons" }>;

addStyle(style);

const person = "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20a7.5 7.5 0 0115 0";
const arrow = "M5 12h14M13 6l6 6-6 6", check = "M4 12.5l5 5L20 6.5";

/** What stands around the bot's texts: choices, sources, whether it helped, suggested questions, the way to a person. */
export class BotPart implements RowPart {
  /** Above the input. */
  readonly bar = h("div", { class: "to-person", hidden: true });
  /** Below the greeting, before the first text. */
  readonly suggested: HTMLElement;
  readonly #words: ReturnType<typeof botWords>;
  readonly #send: Send;
  #newest = 0;
  #isWithBot = false;
  #pressed = new Map<number, string>();
  #isAsked = false;

  constructor(locale: string, send: Send) {
    this.#words = botWords(locale);
    this.#send = send;
    this.suggested = this.#group("suggested");
    this.suggested.hidden = true;
    const button = h("button", { type: "button" }, icon(person), this.#words.say("person"));
    this.bar.append(listen(button, { click: () => this.#askPerson() }));
  }

  /** To be called before the thread is drawn. */
  update({ messages, pending, isWithBot }: ThreadState): void {
    const newest = messages.findLast(({ kind, side }) => kind === "text" && side === "admin");
    this.#isWithBot = isWithBot;
    this.#newest = newest?.by === "bot" ? newest.seq : 0;
    this.#pressed = new Map(
      [...messages, ...pending].flatMap(({ reply }) => reply ? [[reply.seq, reply.button] as const] : []),
    );
    const last = pending.at(-1) ?? messages.findLast(({ kind }) => kind === "text");
    const isAsked = last?.reply?.button === "person" || last?.content === this.#words.say("person");
    this.bar.hidden = !isWithBot || isAsked;
    const isHome = isWithBot && messages.length + pending.length === 0;
    this.suggested.hidden = !isHome || this.suggested.childElementCount === 0;
    if (isHome) void this.#askSuggested();
  }

  mark({ message }: Line): string {
    const extra = extraOf(message);
    return extra ? `${this.#pressed.get(message!.seq) ?? ""}${this.#isOn(message!.seq)}` : "";
  }

  add(row: HTMLElement, { message }: Line): void {
    const extra = extraOf(message);
    if (!extra) return;
    const { seq } = message!, bubble = row.querySelector(".bubble")!;
    if (extra.type === "answer" && extra.sources?.length) bubble.append(this.#sources(extra.sources));
    const buttons = (extra.buttons ?? []).filter(({ url }) => url === undefined || isWeb(url));
    if (buttons.length) row.append(this.#choices(seq, buttons));
    if (extra.type === "answer" && extra.helpful) row.append(this.#helpful(seq));
  }

  /** Of a text that is not the newest nothing can be pressed any more. */
  #isOn(seq: number): boolean {
    return this.#isWithBot && seq === this.#newest && !this.#pressed.has(seq);
  }

  #group(label: "suggested" | "choices", ...children: HTMLElement[]): HTMLElement {
    return h("div", { class: "choices", role: "group", "aria-label": this.#words.say(label) }, ...children);
  }

  #choices(seq: number, buttons: Button[]): HTMLElement {
    return this.#group("choices", ...buttons.map((button) => this.#choice(seq, button)));
  }

  #choice(seq: number, { id, label, url }: Button): HTMLElement {
    const text = h("span", { dir: "auto" }, label);
    if (url) return h("a", { href: url, ...outside }, text, icon(arrow));
    const isPressed = this.#pressed.get(seq) === id;
    return this.#button(
      seq,
      { id, label },
      text,
      (isPressed || id !== "none") && icon(isPressed ? check : arrow),
    );
  }

  #helpful(seq: number): HTMLElement {
    const name = this.#words.say("helpful");
    const answers = (["yes", "no"] as const).map((id) =>
      this.#button(seq, { id, label: this.#words.say(id) }, this.#words.say(id))
    );
    return h("div", { class: "helpful", role: "group", "aria-label": name }, h("span", {}, name), ...answers);
  }

  #button(seq: number, { id, label }: Button, ...children: (Node | string | false)[]): HTMLElement {
    const isPressed = this.#pressed.get(seq) === id;
    const attributes = {
      type: "button",
      class: id,
      disabled: !this.#isOn(seq),
      "aria-pressed": isPressed && "true",
    };
    const button = h("button", attributes, ...children);
    return listen(button, { click: () => this.#send(label, { seq, button: id }) });
  }

  #sources(sources: NonNullable<Extract<Extra, { type: "answer" }>["sources"]>): HTMLElement {
    const list = sources.map(({ n, title, url }) => {
      const name = url && isWeb(url) ? h("a", { href: url, ...outside }, title) : title;
      return h("li", { value: n }, name);
    });
    return h("div", { class: "sources" }, h("p", {}, this.#words.say("sources")), h("ol", {}, ...list));
  }

  #askPerson(): void {
    const seq = this.#newest;
    this.#send(this.#words.say("person"), seq ? { seq, button: "person" } : undefined);
  }

  /** Once; without an answer nothing is suggested. */
  async #askSuggested(): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    const admin = new URLSearchParams(location.search).get("admin") ?? "";
    const query = new URLSearchParams({ locale: this.#words.locale });
    const response = await fetch(`/chatbot/api/${encodeURIComponent(admin)}/suggested?${query}`).catch(() =>
      undefined
    );
    const { questions = [] } = response?.ok ? await response.json() : {};
    this.suggested.replaceChildren(...questions.map(({ title }: { title: string }) => {
      const button = h("button", { type: "button" }, h("span", { dir: "auto" }, title), icon(arrow));
      return listen(button, { click: () => this.#send(title) });
    }));
    this.suggested.hidden = questions.length === 0;
  }
}

const outside = { target: "_blank", rel: "noopener noreferrer nofollow ugc" };
/** The schema admits any scheme. */
const isWeb = (url: string) => /^https?:\/\//i.test(url);

function extraOf(message: Line["message"]): Extra | undefined {
  const extra = message?.by === "bot" ? message.extra : undefined;
  return extra?.type === "answer" || extra?.type === "buttons" ? extra : undefined;
}
