/** Types of the chat widget, `/widget.js`. Copy this file, or reference it, to have `parlor` checked. */

export interface ParlorSettings {
  /** Whose chatbot it is. */
  admin?: string;
  position?: "left" | "right";
  /** The words on the launcher; the chatbot's if not set. */
  launcherText?: string;
  /** Pixels from the corner: one number, or "across, up". */
  offset?: number | string;
  zIndex?: number | string;
  theme?: "auto" | "light" | "dark";
  /** The accent, as #rrggbb. */
  color?: string;
  /** A language tag such as `en` or `pt-BR`; the browser's if not set. */
  locale?: string;
  /** `none` shows no button. */
  launcher?: "auto" | "none";
  /** A click on whatever it matches opens and closes the chat. */
  launcherSelector?: string;
  /** For the one style element that browsers without constructable style sheets need. */
  nonce?: string;
  /** `denied` keeps nothing in the browser. */
  consent?: "granted" | "denied";
}

export interface ParlorMessage {
  content: string;
  /** ISO 8601. */
  created: string;
  /** 1, 2, 3 … in the conversation. */
  seq: number;
}

export interface ParlorEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  "message:sent": ParlorMessage & { client_id: string };
  "message:received": ParlorMessage & { author: string };
  unread: { count: number };
  status: { state: "connecting" | "online" | "reconnecting" | "refused" };
  availability: { online: boolean };
  /** What the identity token says ends then; ISO 8601. Call `identify` with another one. */
  identity: { expires: string };
  error: { code: string; message: string };
}

export interface Parlor {
  (verb: "boot", settings?: ParlorSettings): void;
  (verb: "update", settings: ParlorSettings): void;
  /** A JWT signed with the chatbot's identity secret. */
  (verb: "identify", identity: { token: string }): void;
  (verb: "open" | "close" | "toggle" | "show" | "hide" | "page" | "reset" | "destroy"): void;
  (verb: "prefill" | "send", text: string): void;
  (verb: "setAttributes", attributes: Record<string, string | number | boolean | null>): void;
  (verb: "setLocale", locale: string): void;
  (verb: "setTheme", theme: "auto" | "light" | "dark"): void;
  /** Answers how to stop listening. */
  <E extends keyof ParlorEvents>(
    verb: "on",
    event: E,
    listener: (detail: ParlorEvents[E]) => void,
  ): () => void;
}

declare global {
  var parlor: Parlor;
  var parlorSettings: ParlorSettings | undefined;
  interface WindowEventMap {
    "parlor:ready": CustomEvent<ParlorEvents["ready"]>;
    "parlor:open": CustomEvent<ParlorEvents["open"]>;
    "parlor:close": CustomEvent<ParlorEvents["close"]>;
    "parlor:message:sent": CustomEvent<ParlorEvents["message:sent"]>;
    "parlor:message:received": CustomEvent<ParlorEvents["message:received"]>;
    "parlor:unread": CustomEvent<ParlorEvents["unread"]>;
    "parlor:status": CustomEvent<ParlorEvents["status"]>;
    "parlor:availability": CustomEvent<ParlorEvents["availability"]>;
    "parlor:identity": CustomEvent<ParlorEvents["identity"]>;
    "parlor:error": CustomEvent<ParlorEvents["error"]>;
  }
}
