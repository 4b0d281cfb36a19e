import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { Reply } from "../../../protocol/records.ts";
import type { BotPart } from "../bot/bot_part.ts";
import { editableMs } from "../../../protocol/limits.ts";
import type { Change, OwnPart } from "../own/own_part.ts";
import { h, icon, listen, set } from "../../ui/dom.ts";
import { Composer, type ComposerListener } from "./composer.ts";
import { Header, type HeaderListener } from "./header.ts";
import type { RowActions } from "./message_row.ts";
import { prechatForm, type Profile } from "./prechat.ts";
import type { Rate, Rating } from "../rating/rating_card.ts";
import { shapes } from "./shapes.ts";
import type { Word } from "../frame/strings.ts";
import { Thread, type ThreadState } from "./thread.ts";
import type { Words } from "../frame/words.ts";

/** What takes the place of the conversation: nothing yet, the form, nothing (it is shown), or a line that says why not. */
export type Mode = "loading" | "form" | "chat" | Word;

export interface PanelState extends ThreadState {
  mode: Mode;
  chatbot?: ChatbotPublic;
  online: boolean;
  sound: boolean;
  hasOlder: boolean;
  resolved: boolean;
  /** Who is typing on the other side. */
  typing?: string;
  unread: number;
  notice: string;
  /** The question below a resolved conversation. */
  rating?: Rating;
}

export interface PanelListener extends HeaderListener, ComposerListener, RowActions {
  /** `reply`: the button that it presses. */
  send(content: string, reply?: Reply): void;
  fetchOlder(): void;
  scrolled(): void;
  introduce(profile: Profile): Promise<Record<string, string>>;
  rate: Rate;
  change: Change;
}

/** After so long a part that could not be loaded may be asked for again. Milliseconds. */
const againMs = 5_000;

/** Distance that counts as scrolled to the end. Pixels. */
const nearPx = 48;

/** The whole panel of the frame, in one language. */
export class Panel {
  readonly element = h("main", { class: "chat", tabindex: -1 });
  readonly composer: Composer;
  readonly announcer = new Announcer();
  readonly #words: Words;
  readonly #listener: PanelListener;
  readonly #header: Header;
  readonly #thread: Thread;
  readonly #scroll = h("div", { class: "scroll", tabindex: 0, role: "region" });
  readonly #earlier: HTMLButtonElement;
  readonly #typing = h("div", { class: "typing" }, h("i"), h("i"), h("i"));
  readonly #typist = h("span", { class: "spoken" });
  readonly #jump: HTMLButtonElement;
  readonly #jumpText = h("span");
  readonly #notice = h("p", { class: "notice", role: "status" });
  readonly #foot: HTMLElement;
  #mode: Mode = "loading";
  #bot?: BotPart;
  #isBotAsked = false;
  #own?: OwnPart;
  #isOwnAsked = false;
  #card?: HTMLElement;
  /** The episode that `#card` asks about. */
  #rated?: string;
  /** What the form asks for. */
  #asked = "";
  #end = true;
  /** Of the scrolled thread and of its window, when it was scrolled last. */
  #size = "";

  /** `profile` is what has been typed into the form of a former panel. */
  constructor(words: Words, listener: PanelListener, readonly profile: Profile = {}) {
    this.#words = words;
    this.#listener = listener;
    this.#header = new Header(words, listener);
    this.#thread = new Thread(words, listener);
    this.composer = new Composer(words, listener);
    this.#earlier = h("button", { type: "button", class: "earlier" }, words.say("earlier"));
    this.#jump = h("button", { type: "button", class: "jump" }, icon(shapes.down), this.#jumpText);
    this.#foot = h(
      "div",
      { class: "foot" },
      this.#jump,
      this.composer.picker.element,
      this.#notice,
      this.composer.element,
    );
    this.#scroll.ariaLabel = words.say("chat");
    this.#typing.append(this.#typist);
    listen(this.#earlier, { click: listener.fetchOlder });
    listen(this.#jump, { click: () => this.toEnd() });
    listen(this.#scroll, { scroll: () => this.#scrolled() });
    const refuse = (event: DragEvent | ClipboardEvent) => this.composer.refuseFiles(event);
    listen(this.element, { dragover: refuse, drop: refuse, paste: refuse });
    this.element.append(this.#header.element, this.#scroll, this.#foot, this.announcer.element);
    // Whatever changes the height (keyboard, a longer draft) keeps the newest message visible.
    new ResizeObserver(() => this.#end && this.toEnd()).observe(this.#scroll);
  }

  /** Whether the newest message is visible. */
  get isAtEnd(): boolean {
    return this.#end;
  }

  draw(state: PanelState): void {
    const { mode, chatbot, typing, notice, hasOlder, unread, resolved } = state;
    const isBots = state.isWithBot && state.messages.length + state.pending.length > 0;
    this.#header.draw(chatbot, { ...state, bot: isBots ? state.bot : undefined });
    const asked = mode === "form" && chatbot ? JSON.stringify(chatbot.prechat) : "";
    if (mode !== this.#mode || asked !== this.#asked || !this.#scroll.firstChild) {
      this.#asked = asked;
      this.#enter(mode, state);
    }
    this.#hide(this.#earlier, !hasOlder, () => this.#scroll.focus({ preventScroll: true }));
    this.#typing.hidden = typing === undefined;
    this.#typist.textContent = typing === undefined ? "" : this.#words.say("typing", { name: typing });
    if (mode === "chat") void this.#askBot(state), void this.#askOwn(state);
    if (mode === "chat" || mode === "form") this.#drawThread(state);
    if (state.rating?.episode !== this.#rated) void this.#askRating(state.rating);
    // What keeps the visitor from sending comes first, then what is being waited for.
    const { isRefused } = this.composer;
    this.#notice.textContent = !isRefused && notice || this.composer.notice;
    this.#notice.classList.toggle("bad", isRefused);
    this.composer.setPlaceholder(this.#words.say(resolved ? "reopen" : "placeholder"));
    this.#hide(this.#jump, this.#end || unread === 0, () => this.focus());
    this.#jumpText.textContent = this.#words.count("new", unread);
  }

  /** Loads what stands around the bot's texts, once there is a bot; without it its texts are complete. */
  async #askBot({ isWithBot, messages }: PanelState): Promise<void> {
    if (this.#isBotAsked || !isWithBot && !messages.some(({ by }) => by === "bot")) return;
    this.#isBotAsked = true;
    const part = await import("../bot/bot_part.ts").catch(() => undefined);
    if (!part) {
      setTimeout(() => this.#isBotAsked = false, againMs);
      return;
    }
    this.#bot = new part.BotPart(this.#words.locale, (content, reply) => {
      this.#listener.send(content, reply);
      // What was pressed goes, or cannot be pressed again.
      this.focus();
    });
    this.#thread.parts.push(this.#bot);
    this.#thread.element.after(this.#bot.suggested);
    this.#notice.before(this.#bot.bar);
    this.#listener.scrolled();
  }

  /** Loads what changes an own text, once there is one that can be changed. */
  async #askOwn({ messages }: PanelState): Promise<void> {
    const { side, created } = messages.findLast(({ kind, side }) => kind === "text" && side === "visitor") ??
      {};
    if (this.#isOwnAsked || !side || Date.now() - Date.parse(created!) > editableMs) return;
    this.#isOwnAsked = true;
    const part = await import("../own/own_part.ts").catch(() => undefined);
    if (!part) {
      setTimeout(() => this.#isOwnAsked = false, againMs);
      return;
    }
    this.#own = new part.OwnPart(this.#words.locale, this.composer, this.#listener.change);
    this.#thread.parts.push(this.#own);
    this.composer.element.before(this.#own.bar);
    this.element.append(this.#own.menu);
    listen(this.#scroll, { scroll: () => this.#own!.place() });
    this.#listener.scrolled();
  }

  /** Asks for a rating, or no longer. The card is a part that is loaded for it; without it nothing is asked. */
  async #askRating(rating?: Rating): Promise<void> {
    this.#rated = rating?.episode;
    this.#card?.remove();
    if (!rating) return;
    const part = await import("../rating/rating_card.ts").catch(() => undefined);
    if (!part || this.#rated !== rating.episode) return;
    this.#card = new part.RatingCard(this.#words.locale, rating, this.#listener.rate).element;
    this.#scroll.append(this.#card);
    if (this.#end) this.toEnd();
  }

  toEnd(): void {
    const wasAtEnd = this.#end;
    this.#end = true;
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    if (!wasAtEnd) this.#listener.scrolled();
  }

  /** Focuses the next input; not on a touch screen, where the keyboard would cover the greeting. */
  focus(): void {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const input = this.element.querySelector<HTMLElement>(".form input");
    if (isTouch || (this.#mode !== "chat" && !input)) this.element.focus();
    else input ? input.focus() : this.composer.focus();
  }

  /** Whether the visitor is in here; a document keeps its focused element while the page around has the focus. */
  get hasFocus(): boolean {
    return document.hasFocus() && this.element.contains(document.activeElement);
  }

  /** A button that goes while it has the focus hands it on. */
  #hide(button: HTMLButtonElement, hidden: boolean, goOn: () => void): void {
    const hadFocus = document.activeElement === button;
    button.hidden = hidden;
    if (hidden && hadFocus) goOn();
  }

  #enter(mode: Mode, { chatbot }: PanelState): void {
    const isOpen = mode === "chat" || mode === "form" || mode === "loading";
    const { hasFocus } = this;
    const field = document.activeElement?.id;
    this.#mode = mode;
    this.#rated = undefined;
    this.composer.element.hidden = mode !== "chat";
    this.#foot.hidden = !isOpen;
    this.#scroll.className = isOpen ? "scroll" : "scroll still";
    set(this.#scroll, { "aria-busy": mode === "loading" && "true" });
    if (mode === "loading") this.#scroll.replaceChildren(...skeleton(this.#words));
    else if (!isOpen) this.#scroll.replaceChildren(h("p", { role: "alert" }, this.#words.say(mode)));
    else {
      const suggested = this.#bot ? [this.#bot.suggested] : [];
      this.#scroll.replaceChildren(this.#earlier, this.#thread.element, ...suggested, this.#typing);
    }
    if (mode === "form" && chatbot) {
      this.#scroll.append(prechatForm(chatbot, this.#words, this.profile, this.#listener.introduce));
    }
    // In a form whose questions have changed one goes on in the field where one was.
    if (hasFocus) (field && document.getElementById(field) || this).focus();
  }

  #drawThread(state: PanelState): void {
    const { scrollHeight, scrollTop } = this.#scroll;
    const first = this.#thread.element.querySelector(".row");
    const hadFocus = this.#thread.element.contains(document.activeElement);
    this.#bot?.update(state);
    this.#thread.draw(state);
    if (hadFocus && !this.#thread.element.contains(document.activeElement)) this.focus();
    if (this.#end) this.toEnd();
    else if (first !== this.#thread.element.querySelector(".row")) {
      // Older messages came in above: what is being read stays where it is.
      this.#scroll.scrollTop = scrollTop + this.#scroll.scrollHeight - scrollHeight;
    }
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    const wasAtEnd = this.#end;
    const size = `${scrollHeight} ${clientHeight}`;
    // A scroll that came of a changed size is nobody's wish to look elsewhere.
    if (wasAtEnd && size !== this.#size) {
      this.#size = size;
      return this.toEnd();
    }
    this.#end = scrollHeight - scrollTop - clientHeight < nearPx;
    if (scrollTop < nearPx && !this.#earlier.hidden) this.#listener.fetchOlder();
    if (this.#end !== wasAtEnd) this.#listener.scrolled();
  }
}

function skeleton(words: Words): HTMLElement[] {
  const lines = [1, 2].map(() => h("div", { class: "skeleton" }));
  return [h("p", { class: "spoken" }, words.say("loading")), ...lines];
}

/** Announces new messages to screen readers, each once: the list itself is no live region. */
class Announcer {
  readonly element = h("div", { class: "spoken", role: "log", "aria-live": "polite" });

  say(text: string): void {
    this.element.append(h("p", {}, text));
    if (this.element.childElementCount > 20) this.element.firstElementChild!.remove();
  }
}
