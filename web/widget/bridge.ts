import type { ChatbotPublic } from "../../protocol/chatbot.ts";

/**
 * Messages between the host page and the frame, by `postMessage` with an exact target. Neither side trusts the other:
 * the receiver checks origin and source, and `readToHost` and `readToFrame` check the shape.
 */

export type Theme = "auto" | "light" | "dark";

/** The part of the settings that the frame needs. */
export interface FrameSettings {
  theme?: Theme;
  color?: string;
  locale?: string;
  /** A JWT signed by the host's server: its signed-in user. */
  identity?: string;
  /** A visitor token issued beforehand, with its consumer. */
  token?: string;
  consumer?: string;
  attributes?: Record<string, string>;
}

export interface PageSeen {
  url: string;
  title: string;
  referrer: string;
}

/** From the loader to the frame. */
export type ToFrame =
  | {
    type: "init";
    settings: FrameSettings;
    stored: [string, string][];
    page: PageSeen;
    open: boolean;
    /** An open chat may take the focus: the page's focus is where it was when the chat was opened. */
    focus: boolean;
  }
  /** Whether the page has the focus: if not, a frame of it may have it, or another window. */
  | { type: "focus" | "blur" }
  | { type: "settings"; settings: FrameSettings }
  | { type: "open"; open: boolean }
  | { type: "stored"; key: string; value?: string }
  /** The page has stored what it was asked to store. */
  | { type: "kept"; key: string }
  | { type: "page"; page: PageSeen }
  | { type: "prefill"; text: string }
  | { type: "send"; text: string }
  | { type: "reset" }
  /** From the portal only: show these settings, saved or not, and `sample` as a visitor's message. */
  | { type: "preview"; chatbot: ChatbotPublic; online: boolean; sample: string };

/** From the frame to the loader. */
export type ToHost =
  | { type: "hello" }
  /** From the page that replaces the frame where it is not allowed: the reason. */
  | { type: "refused"; key: string }
  | { type: "shut" }
  /** A value to store for the visitor, or to remove. */
  | { type: "keep"; key: string; value?: string }
  /** The chatbot's own look: `colour|side|words`. */
  | { type: "look"; value: string }
  /** How many messages are unread. */
  | { type: "unread"; value: number }
  /** An event of the SDK, with its detail. */
  | { type: "event"; key: string; value: unknown };

/** Marks our messages among all that a window receives. */
export const mark = "parlor.v1";

/** Types of `key` and `value` in each message of the frame. */
const shapes: Record<string, string> = {
  hello: "undefined undefined",
  refused: "string undefined",
  shut: "undefined undefined",
  keep: "string string, string undefined",
  look: "undefined string",
  unread: "undefined number",
  event: "string object, string undefined",
};

/** Parses a message of the frame; undefined if it is none. */
export function readToHost(data: Record<string, unknown> | null): ToHost | undefined {
  const { parlor, type, key, value } = data ?? {};
  const isOurs = parlor === mark && shapes[`${type}`]?.includes(`${typeof key} ${typeof value}`);
  return isOurs ? data as unknown as ToHost : undefined;
}
