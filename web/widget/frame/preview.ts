import type { Message } from "../../../protocol/records.ts";
import type { FrameSettings, ToFrame } from "../bridge.ts";
import { applyTheme } from "./apply_theme.ts";
import { Panel, type PanelListener, type PanelState } from "../panel/panel.ts";
import { asksFirst } from "../panel/prechat.ts";
import { wordsIn } from "./words.ts";

type Shown = Extract<ToFrame, { type: "preview" }>;

const nothing = () => {};
/** The panel's buttons do nothing here. */
const listener: PanelListener = {
  close: nothing,
  toggleSound: nothing,
  send: nothing,
  typing: nothing,
  changed: nothing,
  retry: nothing,
  fetchOlder: nothing,
  scrolled: nothing,
  introduce: () => Promise.resolve({}),
  rate: () => Promise.resolve(),
  change: () => Promise.reject(new Error("A preview")),
};

/** The panel with a chatbot's unsaved settings: no session, no socket. */
export class Preview {
  #panel?: Panel;
  #made = "";
  #settings: FrameSettings = {};
  #shown?: Shown;

  async heard(message: ToFrame): Promise<void> {
    if (message.type === "settings") this.#settings = message.settings;
    else if (message.type === "preview") this.#shown = message;
    if (this.#shown) await this.#draw(this.#shown);
  }

  async #draw(shown: Shown): Promise<void> {
    const { chatbot } = shown;
    const { words, isRtl } = await wordsIn([chatbot.locale, ...navigator.languages]);
    // A panel creates the form once; other questions need a new panel.
    const made = JSON.stringify([words.locale, chatbot.prechat]);
    if (made !== this.#made) {
      this.#made = made;
      document.documentElement.lang = words.locale;
      document.dir = isRtl ? "rtl" : "ltr";
      this.#panel = new Panel(words, listener);
      document.body.replaceChildren(this.#panel.element);
    }
    applyTheme(this.#settings, chatbot.accent);
    this.#panel!.draw(stateOf(shown));
  }
}

const me = "visitor";

function stateOf({ chatbot, online, sample }: Shown): PanelState {
  const asks = asksFirst(chatbot);
  return {
    mode: asks ? "form" : "chat",
    chatbot,
    online,
    sound: false,
    hasOlder: false,
    resolved: false,
    unread: 0,
    notice: "",
    title: chatbot.title,
    isWithBot: false,
    opening: [chatbot.greeting, online ? "" : chatbot.away_message].filter(Boolean),
    messages: asks || !sample ? [] : [messageOf(sample)],
    pending: [],
    readUpTo: 1,
    consumer: me,
    isAway: false,
    awayNote: "",
  };
}

function messageOf(content: string): Message {
  const created = new Date().toISOString();
  return { author: me, side: "visitor", content, room: "", created, id: "sample", seq: 1, kind: "text" };
}
