import type { ChatbotPublic } from "../../protocol/chatbot.ts";

/**
 * What passes between the host page and the frame, by `postMessage` with an exact target. Either side takes the other
 * for a stranger: origin and source are checked by the receiver, the shape by `readToHost` and `readToFrame`.
 */

export type Theme = "auto" | "light" | "dark";

/** The part of the settings that the frame needs. */
export interface FrameSettings {
  theme?: Theme;
  color?: string;
  locale?: string;
  /** A JWT signed by the host's server: who is signed in there. */
  identity?: string;
  /** A visitor token made beforehand, with its consumer. */
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
    /** An open chat is to take the focus: the page has it where it had it when the chat was opened. */
    focus: boolean;
  }
  /** The page has the focus itself, or no longer: then a frame of it may have it, or another window. */
  | { type: "focus" | "blur" }
  | { type: "settings"; settings: FrameSettings }
  | { type: "open"; open: boolean }
  | { type: "stored"; key: string; value?: string }
  /** The page has kept what it was asked to keep. */
  | { type: "kept"; key: string }
  | { type: "page"; page: PageSeen }
  | { type: "prefill"; text: string }
  | { type: "send"; text: string }
  | { type: "reset" }
  /** From the portal alone: show these settings, saved or not, and `sample` as a visitor's message. */
  | { type: "preview"; chatbot: ChatbotPublic; online: boolean; sample: string };

/** From the frame to the loader. */
export type ToHost =
  | { type: "hello" }
  /** From the page that stands in for the frame where there is to be none: why. */
  | { type: "refused"; key: string }
  | { type: "shut" }
  /** A text to keep for the visitor, or to keep no longer. */
  | { type: "keep"; key: string; value?: string }
  /** The chatbot's own look: `colour|side|words`. */
  | { type: "look"; value: string }
  /** How many messages are unread. */
  | { type: "unread"; value: number }
  /** An event of the SDK, with its detail. */
  | { type: "event"; key: string; value: unknown };

/** Marks a message as ours among all that a window hears. */
export const mark = "parlor.v1";

/** What `key` and `value` must be in each message of the frame. */
const shapes: Record<string, string> = {
  hello: "undefined undefined",
  refused: "string undefined",
  shut: "undefined undefined",
  keep: "string string, string undefined",
  look: "undefined string",
  unread: "undefined number",
  event: "string object, string undefined",
};

/** A message of the frame, or nothing if it is none. */
export function readToHost(data: Record<string, unknown> | null): ToHost | undefined {
  const { parlor, type, key, value } = data ?? {};
  const isOurs = parlor === mark && shapes[`${type}`]?.includes(`${typeof key} ${typeof value}`);
  return isOurs ? data as unknown as ToHost : undefined;
}
