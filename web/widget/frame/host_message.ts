import { maxAttributes, maxAttributesBytes } from "../../../protocol/limits.ts";
import type { ChatbotPublic } from "../../../protocol/chatbot.ts";
import { type FrameSettings, mark, type PageSeen, type Theme, type ToFrame } from "../bridge.ts";

const isText = (value: unknown): value is string => typeof value === "string";
const themes: unknown[] = ["auto", "light", "dark"] satisfies Theme[];

/** Parses a message of the host page; undefined if it is none. Settings of a wrong type are dropped one by one. */
export function readToFrame(data: unknown): ToFrame | undefined {
  const all = record(data);
  if (all.parlor !== mark) return undefined;
  const { type, open, focus, key, value, text } = all;
  switch (type) {
    case "init":
      return {
        type,
        open: open === true,
        focus: focus === true,
        page: page(all.page),
        stored: pairs(all.stored),
        settings: read(all),
      };
    case "settings":
      return { type, settings: read(all) };
    case "open":
      return { type, open: open === true };
    case "stored":
      return isText(key) ? { type, key, value: isText(value) ? value : undefined } : undefined;
    case "kept":
      return isText(key) ? { type, key } : undefined;
    case "page":
      return { type, page: page(all.page) };
    case "prefill":
    case "send":
      return isText(text) ? { type, text } : undefined;
    case "focus":
    case "blur":
    case "reset":
      return { type };
    case "preview":
      // Only accepted from the service's own page, which built the chatbot with the same types.
      return {
        type,
        chatbot: record(all.chatbot) as ChatbotPublic,
        online: all.online === true,
        sample: `${all.sample}`,
      };
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

function page(value: unknown): PageSeen {
  const { url, title, referrer } = record(value);
  const cut = (part: unknown, length: number) => isText(part) ? part.slice(0, length) : "";
  // Sign-in flows put tokens into the fragment.
  return { url: cut(url, 2_000).split("#")[0]!, title: cut(title, 300), referrer: cut(referrer, 2_000) };
}

function pairs(value: unknown): [string, string][] {
  return Array.isArray(value) ? value.filter((pair) => isText(pair?.[0]) && isText(pair?.[1])) : [];
}

function read({ settings }: Record<string, unknown>): FrameSettings {
  const all = record(settings);
  const read: FrameSettings = {};
  for (const name of ["color", "locale", "identity", "token", "consumer"] as const) {
    const value = all[name];
    if (isText(value)) read[name] = value;
  }
  if (themes.includes(all.theme)) read.theme = all.theme as Theme;
  if (all.attributes) read.attributes = attributes(record(all.attributes));
  return read;
}

function attributes(all: Record<string, unknown>): Record<string, string> {
  const given = Object.entries(all).filter(([, value]) => value !== null && value !== undefined);
  const cut = given.slice(0, maxAttributes)
    .map(([key, value]) => [cutText(key, 64), cutText(String(value), 500)] as const);
  // The service refuses all of them where there are too many.
  let left = maxAttributesBytes - 2;
  const bytesOf = (pair: readonly [string, string]) => new TextEncoder().encode(JSON.stringify(pair)).length;
  return Object.fromEntries(cut.filter((pair) => (left -= bytesOf(pair)) >= 0));
}

/** The service refuses lone surrogates, as truncation may leave them, and NUL. */
function cutText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\0\p{Cs}]/gu, "");
}
