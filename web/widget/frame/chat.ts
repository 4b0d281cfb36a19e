import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import type { Message, Reply } from "../../../protocol/records.ts";
import { backoffMs } from "../../client/backoff.ts";
import { isComposing } from "../../ui/is_composing.ts";
import { type LinkState, TokenRefused } from "../../client/live_socket.ts";
import { type KeyValueStorage, namespaced } from "../../client/key_value_storage.ts";
import { Timer } from "../../client/timer.ts";
import type { FrameSettings, PageSeen, ToFrame } from "../bridge.ts";
import { Chime } from "../../ui/chime.ts";
import { Conversation } from "./conversation.ts";
import { applyTheme } from "./apply_theme.ts";
import type { Given } from "../rating/rating_card.ts";
import type { Host } from "./host.ts";
import { Panel, type PanelListener, type PanelState } from "../panel/panel.ts";
import type { Profile } from "../panel/prechat.ts";
import { nameOf } from "../panel/thread.ts";
import { panelState } from "./panel_state.ts";
import { readKnown, type Session, SessionRefused, Sessions, visitorKey } from "./session.ts";
import type { Word } from "./strings.ts";
import { type Spoken, type Words, wordsIn } from "./words.ts";

/** Messages for a refused session; any other is "not available". */
const refusals: Record<string, Word> = { identity_required: "sign_in", identity_refused: "not_signed_in" };

/** Delay before the UI reports a pending session, so that it shows within 5 s. Milliseconds. */
const visibleMs = 4_500;
/** By the screen, since the frame is narrow on any. */
const isPhone = "(max-device-width: 480px), (max-device-height: 480px)";
/** State of the history entry that an open chat adds. */
const backMark = "parlor open";
/** How long before an identity token expires the page is asked for another one. Milliseconds. */
const askAheadMs = 60_000;
/** Duration of an animation frame. Milliseconds. */
const frameMs = 16;

/** The chat of one visitor on one page: connects host page, service and panel. */
export class Chat implements PanelListener {
  readonly #host: Host;
  readonly #admin: string;
  readonly #sessions: Sessions;
  readonly #chime = new Chime();
  readonly #retry = new Timer();
  readonly #visible = new Timer();
  readonly #focusing = new Timer();
  readonly #vouching = new Timer();
  #settings: FrameSettings;
  #page: PageSeen;
  #panel!: Panel;
  #words!: Words;
  /** Counts changes of the language: strings that come for an earlier one are not shown. */
  #languages = 0;
  #open = false;
  /** Counts starts: results of earlier ones are ignored. */
  #run = 0;
  #hasBegun = false;
  #chatbot?: ChatbotPublic;
  #talk?: Conversation;
  #session?: Session;
  /** Messages written here whose arrival was not reported to the host. */
  readonly #written = new Set<string>();
  /** Messages that the host asked to send before there was a conversation. */
  #unsaid: string[] = [];
  #isMet = false;
  #isCut = false;
  #refusal?: Word;
  #sound: boolean;
  #unread = 0;
  /** Whether the host page has the focus. */
  #isPageFocused = false;
  #isDrawing = false;
  /** Time of the last render; `performance.now()`. */
  #drawn = -frameMs;

  constructor(host: Host, admin: string, init: Extract<ToFrame, { type: "init" }> & { spoken: Spoken }) {
    this.#host = host;
    this.#admin = admin;
    this.#settings = init.settings;
    this.#page = init.page;
    this.#sound = host.recall("sound") === "on";
    this.#sessions = new Sessions(admin, host, { settings: () => this.#settings, page: () => this.#page });
    this.#renderIn(init.spoken);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !isComposing(event)) this.#escape();
    });
    for (const looked of ["visibilitychange", "focus"]) {
      addEventListener(looked, () => this.#draw(), { capture: true });
    }
    host.watch((key, value) => key === visitorKey && this.#otherTab(value));
    this.#opened(init.open);
    addEventListener("popstate", () => this.#open && !this.#isBackOurs && this.close());
    if (init.focus) this.#takeFocus();
  }

  /** Handles requests of the host page. */
  heard(message: ToFrame): void {
    switch (message.type) {
      case "open":
        if (message.open !== this.#open) this.#takeFocus();
        return this.#opened(message.open);
      case "focus":
      case "blur":
        this.#isPageFocused = message.type === "focus";
        return this.#draw();
      case "settings":
        return this.#set(message.settings);
      case "page":
        this.#page = message.page;
        return this.#tellPage();
      case "prefill":
        return void (this.#panel.composer.text = message.text);
      case "send":
        return this.#say(message.text.trim());
      case "reset":
        this.#panel.composer.text = "";
        this.#host.forget();
        this.#settings = { ...this.#settings, identity: undefined, attributes: undefined };
        this.#unsaid = [];
        this.#panel.profile.name = this.#panel.profile.email = undefined;
        return this.#restart();
    }
  }

  close = (): void => this.#host.post({ type: "shut" });

  toggleSound = (): void => {
    this.#sound = !this.#sound;
    if (this.#sound) this.#chime.ring();
    this.#host.put("sound", this.#sound ? "on" : "off");
    this.#draw();
  };

  send = (content: string, reply?: Reply): void => {
    this.#sessions.keep();
    this.#talk?.write(content, reply);
    this.#panel.toEnd();
  };

  typing = (typing: boolean): void => this.#talk?.tellTyping(typing);

  changed = (text: string): void => {
    if (text === "") this.#host.drop("draft");
    else this.#host.put("draft", text);
    this.#draw();
  };

  retry = (client_id: string): void => {
    this.#talk?.retry(client_id);
    // Its button disappears.
    this.#panel.focus();
  };

  fetchOlder = (): void => this.#talk?.fetchOlder();

  scrolled = (): void => this.#draw();

  introduce = async (profile: Profile): Promise<Record<string, string>> => {
    const run = this.#run;
    try {
      await this.#sessions.open(profile);
    } catch (error) {
      const isEmail = error instanceof SessionRefused && "email" in error.fields;
      return isEmail ? { email: this.#words.say("no_email") } : { "": this.#words.say("try_later") };
    }
    if (run !== this.#run) return {};
    this.#sessions.keep();
    this.#host.put("met", "1");
    this.#isMet = true;
    this.#draw();
    return {};
  };

  change = async (seq: number, client_id: string, content?: string): Promise<void> => {
    if (!this.#talk) throw new Error("There is no conversation");
    await this.#talk.change(seq, client_id, content);
  };

  rate = async (given: Given): Promise<void> => {
    await this.#talk?.rate(given);
    this.#host.put("rated", `${given.score} ${given.episode}`);
  };

  #opened(open: boolean): void {
    this.#open = open;
    if (open || this.#sessions.isKept || this.#settings.identity) this.#begin();
    if (open) this.#panel.toEnd();
    this.#ownBack(open);
    this.#draw();
  }

  /** On a phone, where the chat covers the page, Back closes it instead of leaving the page. */
  #ownBack(open: boolean): void {
    if (!open && this.#isBackOurs) history.back();
    else if (open && !this.#isBackOurs && matchMedia(isPhone).matches) history.pushState(backMark, "");
  }

  get #isBackOurs(): boolean {
    return history.state === backMark;
  }

  /**
   * An open chat takes the focus in a task of its own: one that is closed again at once has received both by
   * then, and leaves the page's focus alone.
   */
  #takeFocus(): void {
    this.#focusing.set(0, () => this.#open && this.#panel.focus());
  }

  #set(settings: FrameSettings): void {
    const { identity, locale, attributes } = this.#settings;
    this.#settings = settings;
    if (settings.locale !== locale) void this.#speak();
    applyTheme(settings, this.#chatbot?.accent);
    if (settings.identity !== identity) this.#named(identity);
    else if (JSON.stringify(settings.attributes) !== JSON.stringify(attributes)) this.#tellPage();
  }

  /** The page reports its signed-in user. If it is the same one, the conversation continues. */
  #named(before: string | undefined): void {
    const session = this.#session;
    if (!session || !before || !this.#settings.identity || this.#refusal) return this.#restart();
    const run = this.#run;
    this.#sessions.open().then((renewed) => {
      if (run !== this.#run) return;
      if (renewed.consumer !== session.consumer) return this.#restart();
      session.token = renewed.token;
      this.#askAgain(renewed);
    }, () => run === this.#run && this.#restart());
  }

  /** Asks the page for another identity token before this one expires, and the socket with it. */
  #askAgain({ expires }: Session): void {
    if (!this.#settings.identity) return;
    const left = Date.parse(expires) - Date.now();
    this.#vouching.set(Math.max(left / 2, left - askAheadMs), () => this.#host.emit("identity", { expires }));
  }

  /** Loads the strings of the wanted language, and renders a new panel if it is another one. */
  async #speak(): Promise<void> {
    const turn = ++this.#languages;
    const spoken = await wordsIn([this.#settings.locale, this.#chatbot?.locale, ...navigator.languages]);
    if (turn === this.#languages && spoken.words.locale !== this.#words.locale) this.#renderIn(spoken);
  }

  #renderIn({ words, isRtl }: Spoken): void {
    this.#words = words;
    const draft = this.#panel?.composer.draft ?? this.#host.recall("draft") ?? "";
    document.documentElement.lang = words.locale;
    document.dir = isRtl ? "rtl" : "ltr";
    const hadFocus = this.#panel?.hasFocus;
    this.#panel = new Panel(words, this, this.#panel?.profile);
    document.body.replaceChildren(this.#panel.element);
    this.#panel.composer.text = draft;
    applyTheme(this.#settings, this.#chatbot?.accent);
    if (hadFocus) this.#panel.focus();
    this.#draw();
  }

  #say(content: string): void {
    if (!content) return;
    this.#begin();
    if (this.#talk) this.send(content);
    else this.#unsaid.push(content);
  }

  #escape(): void {
    const { composer } = this.#panel;
    if (composer.picker.isOpen) composer.showPicker(false);
    else if (!composer.stopEditing()) this.close();
  }

  /** Another tab of this visitor began or ended a conversation: this one follows. */
  #otherTab(value: string | undefined): void {
    const { consumer } = this.#sessions;
    const unanswered = this.#talk?.unanswered ?? [];
    if (!this.#sessions.isToFollow(value)) return;
    this.#restart();
    const followed = readKnown(value);
    if (!consumer || !followed) return;
    this.#takeAlong(this.#outboxStorage(consumer), this.#outboxStorage(followed.consumer));
    if (!followed.named) this.#sayAgain(unanswered, this.#outboxStorage(followed.consumer));
  }

  /** Sends unacknowledged messages in the conversation that this tab continues, under their ids, so once. */
  #takeAlong(from: KeyValueStorage, to: KeyValueStorage): void {
    for (const [key, value] of from.entries()) {
      to.put(key, value);
      from.drop(key);
    }
  }

  /** Messages that had arrived in an abandoned conversation are not lost to the visitor. */
  #sayAgain(messages: Message[], to: KeyValueStorage): void {
    for (const { client_id, content, created } of messages) {
      if (client_id) to.put(client_id, JSON.stringify({ content, at: Date.parse(created) }));
    }
  }

  /** Storage of a visitor's unsent messages. */
  #outboxStorage(consumer: string): KeyValueStorage {
    return namespaced(this.#host, `out:${consumer}:`);
  }

  #restart(): void {
    this.#run++;
    this.#hasBegun = this.#isMet = this.#isCut = false;
    this.#retry.clear();
    this.#visible.clear();
    this.#talk?.stop();
    this.#talk = this.#refusal = this.#session = undefined;
    this.#vouching.clear();
    this.#sessions.recall();
    this.#opened(this.#open);
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#host.emit("status", { state: "connecting" });
    void this.#openSession(++this.#run, 0);
  }

  async #openSession(run: number, attempt: number): Promise<void> {
    if (!this.#isCut) this.#visible.set(visibleMs, () => this.#cut());
    try {
      const session = await this.#sessions.open();
      if (run !== this.#run) return;
      this.#visible.clear();
      this.#enter(session);
    } catch (error) {
      if (run !== this.#run) return;
      this.#visible.clear();
      if (error instanceof SessionRefused) {
        const isElse = error.code === "identity_required" && this.#sessions.forgetNamed();
        return isElse ? void this.#openSession(run, attempt) : this.#refused(error);
      }
      this.#cut();
      this.#retry.set(backoffMs(attempt), () => void this.#openSession(run, attempt + 1));
    }
    this.#draw();
  }

  /** There is no session yet. */
  #cut(): void {
    if (!this.#isCut) this.#linked("reconnecting");
    this.#isCut = true;
    this.#draw();
  }

  #enter(session: Session): void {
    const { consumer, online } = this.#session = session;
    this.#askAgain(session);
    this.#isCut = false;
    this.#isMet = session.visitor !== undefined || this.#host.recall("met") !== undefined;
    this.#redress(session.chatbot);
    this.#talk = new Conversation({
      admin: this.#admin,
      consumer,
      online,
      storage: this.#outboxStorage(consumer),
      written: this.#written,
      token: (renew) => this.#token(session, renew),
      changed: () => this.#draw(),
      heard: (message) => this.#heardMessage(message),
      began: () => this.#tellPage(),
      lasting: () => this.#sessions.keep(),
      redressed: (chatbot) => this.#redress(chatbot),
      linked: (state) => this.#linked(state),
      closed: (code) => this.#closed(code),
      emit: (name, detail) => this.#host.emit(name, detail),
    });
    this.#host.emit("availability", { online });
    for (const content of this.#unsaid.splice(0)) this.send(content);
  }

  async #token(session: Session, renew: boolean): Promise<string> {
    if (!renew) return session.token;
    try {
      const renewed = await this.#sessions.open();
      if (renewed.consumer !== session.consumer) this.#restart();
      this.#askAgain(renewed);
      return session.token = renewed.token;
    } catch (error) {
      if (!(error instanceof SessionRefused)) throw error;
      this.#refused(error);
      throw new TokenRefused(error.message);
    }
  }

  /** Reports the page to the admin once there is a conversation; a mere page view is not reported. */
  #tellPage(): void {
    if (this.#talk && this.#sessions.isKept) this.#sessions.open().catch(() => {});
  }

  /** Applies the chatbot's own look to panel and launcher. */
  #redress(chatbot: ChatbotPublic): void {
    const { accent, position, launcher_text } = this.#chatbot = chatbot;
    const look = `${accent}|${position}|${launcher_text}`;
    this.#host.post({ type: "look", value: look });
    if (this.#sessions.isKept) this.#host.put("look", look);
    applyTheme(this.#settings, accent);
    void this.#speak();
    this.#draw();
  }

  #heardMessage(message: Message): void {
    this.#panel.announcer.say(`${nameOf(message, this.#chatbot ?? { title: "" })}: ${message.content}`);
    if (this.#sound && !(this.#open && document.hasFocus())) this.#chime.ring();
  }

  #refused({ code, message }: SessionRefused): void {
    this.#refusal = refusals[code] ?? "unavailable";
    this.#host.emit("error", { code, message });
    this.#draw();
  }

  /** Reports the connection state to the page, and a lost connection as an error. */
  #linked(state: LinkState): void {
    this.#host.emit("status", { state });
    if (state !== "reconnecting") return;
    this.#host.emit("error", { code: "unreachable", message: `Reconnecting to ${location.origin}` });
  }

  #closed(code: number): void {
    if (code === 0) return; // the session call has said why
    this.#refusal = "lost";
    this.#host.emit("error", { code: "closed", message: `The service closed the chat with ${code}` });
    this.#draw();
  }

  /** Renders once for all changes of one turn, and in a burst at most once per animation frame. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    if (performance.now() - this.#drawn > frameMs) queueMicrotask(() => this.#drawNow());
    else setTimeout(() => this.#drawNow(), frameMs);
  }

  #drawNow(): void {
    this.#isDrawing = false;
    this.#drawn = performance.now();
    this.#panel.draw(this.#state());
    if (this.#open && this.#isLooked() && this.#panel.isAtEnd) this.#talk?.markRead();
    this.#tellUnread();
  }

  /** Whether the visitor is present: the page is visible, and it or the chat has the focus. */
  #isLooked(): boolean {
    return !document.hidden && (this.#isPageFocused || document.hasFocus());
  }

  #tellUnread(): void {
    const count = this.#talk?.unread ?? 0;
    if (count === this.#unread) return;
    this.#unread = count;
    this.#host.post({ type: "unread", value: count });
    this.#host.emit("unread", { count });
  }

  #state(): PanelState {
    return panelState({
      words: this.#words,
      chatbot: this.#chatbot,
      talk: this.#talk,
      refusal: this.#refusal,
      isCut: this.#isCut,
      isMet: this.#isMet,
      sound: this.#sound,
      rated: this.#host.recall("rated"),
    });
  }
}
