import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import { isOpenAt, nextOpening } from "../../ui/opening_hours.ts";
import { faceOf } from "./face.ts";
import { shapes } from "./shapes.ts";
import type { Words } from "../frame/words.ts";

/** Until then a weekday says which day it is. Milliseconds. */
const weekMs = 6 * 86_400_000;

export interface HeaderListener {
  close(): void;
  toggleSound(): void;
}

interface HeaderState {
  online: boolean;
  sound: boolean;
  bot?: ChatbotPublic["bot"];
}

/** Name and presence of the other side, and the close button. */
export class Header {
  readonly element = h("header", { class: "head" });
  readonly #face = h("div", { class: "face" });
  readonly #title = h("h1");
  readonly #presence = h("p");
  readonly #dot = h("span", { class: "dot" });
  readonly #sound: HTMLButtonElement;
  readonly #bell: Element;
  #words: Words;

  constructor(words: Words, listener: HeaderListener) {
    this.#words = words;
    this.#sound = h("button", { type: "button", class: "tool", "aria-label": words.say("sound") });
    const bell = icon(shapes.bellOff);
    this.#bell = bell.firstElementChild!;
    this.#sound.append(bell);
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

  /** `bot`: it answers now, and the header is its. */
  draw(chatbot: ChatbotPublic | undefined, { online, sound, bot }: HeaderState): void {
    const words = this.#words;
    const own = chatbot?.title ?? words.say("chat"), title = bot?.name || own;
    document.title = own;
    this.#title.replaceChildren(title, ...bot ? [h("span", { class: "mark" }, words.say("bot"))] : []);
    const presence = chatbot ? this.#presenceOf(chatbot, online) : "";
    this.#presence.textContent = bot ? words.say("at_once") : presence;
    this.#dot.hidden = !online || bot !== undefined;
    this.#face.classList.toggle("bot", bot !== undefined);
    this.#drawFace(title, bot?.avatar_url || chatbot?.avatar_url);
    set(this.#sound, { "aria-pressed": `${sound}` });
    set(this.#bell, { d: sound ? shapes.bell : shapes.bellOff });
  }

  /** Only on a change: a new image element would be fetched again. */
  #drawFace(title: string, avatar = ""): void {
    if (this.#face.dataset.drawn === title + avatar) return;
    this.#face.dataset.drawn = title + avatar;
    this.#face.replaceChildren(faceOf(title, avatar), this.#dot);
  }

  #presenceOf({ business_hours, holidays, subtitle }: ChatbotPublic, online: boolean): string {
    const words = this.#words;
    if (online) return words.say("online");
    const now = new Date(), hours = { ...business_hours, holidays };
    const next = isOpenAt(hours, now) ? undefined : nextOpening(hours, now);
    if (!next) return subtitle || words.say("away");
    const isFar = next.getTime() - now.getTime() > weekMs;
    const when = new Intl.DateTimeFormat(words.locale, {
      ...isFar ? { day: "numeric", month: "long" } : { weekday: "long" },
      hour: "2-digit",
      minute: "2-digit",
    });
    return words.say("back", { when: when.format(next) });
  }
}
