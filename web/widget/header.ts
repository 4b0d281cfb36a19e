import type { ChatbotPublic } from "../../protocol/chatbot.ts";
import { h, icon, listen, set } from "../dom.ts";
import { isOpenAt, nextOpening } from "../opening_hours.ts";
import { shapes } from "./shapes.ts";
import type { Words } from "./words.ts";

export interface HeaderListener {
  close(): void;
  toggleSound(): void;
}

/** Who one talks to, whether they are there, and the way out. */
export class Header {
  readonly element = h("header", { class: "head" });
  readonly #face = h("div", { class: "face" });
  readonly #title = h("h1");
  readonly #presence = h("p");
  readonly #sound: HTMLButtonElement;
  #words: Words;

  constructor(words: Words, listener: HeaderListener) {
    this.#words = words;
    this.#sound = h("button", { type: "button", class: "tool", "aria-label": words.say("sound") });
    const close = h("button", { type: "button", class: "tool", "aria-label": words.say("close") });
    close.append(icon(shapes.close));
    listen(this.#sound, { click: listener.toggleSound });
    listen(close, { click: listener.close });
    this.element.append(
      this.#face,
      h("div", { class: "who" }, this.#title, this.#presence),
      this.#sound,
      close,
    );
  }

  draw(chatbot: ChatbotPublic | undefined, { online, sound }: { online: boolean; sound: boolean }): void {
    const title = chatbot?.title ?? this.#words.say("chat");
    document.title = title;
    this.#title.textContent = title;
    this.#presence.textContent = chatbot ? this.#presenceOf(chatbot, online) : "";
    this.#face.replaceChildren(faceOf(chatbot, title), ...online ? [h("span", { class: "dot" })] : []);
    set(this.#sound, { "aria-pressed": sound });
    this.#sound.replaceChildren(icon(sound ? shapes.bell : shapes.bellOff));
  }

  #presenceOf({ business_hours, subtitle }: ChatbotPublic, online: boolean): string {
    const words = this.#words;
    if (online) return words.say("online");
    const now = new Date();
    const next = isOpenAt(business_hours, now) ? undefined : nextOpening(business_hours, now);
    if (!next) return subtitle || words.say("away");
    const when = new Intl.DateTimeFormat(words.locale, {
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
    });
    return words.say("back", { when: when.format(next) });
  }
}

function faceOf(chatbot: ChatbotPublic | undefined, title: string): HTMLElement {
  const letter = h("div", { "aria-hidden": "true" }, [...title][0]?.toUpperCase());
  if (!chatbot?.avatar_url) return letter;
  const image = h("img", { src: chatbot.avatar_url, alt: "", referrerpolicy: "no-referrer" });
  return listen(image, { error: () => image.replaceWith(letter) });
}
