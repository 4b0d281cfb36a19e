import { type Chatbot, ChatbotPublic, ChatbotSettings } from "../../protocol/chatbot.ts";
import { httpsOrigin, isOrigin } from "../../protocol/is_origin.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, UnknownAdmin } from "../errors.ts";
import { existingAccount, normalUsername } from "../accounts/existing_account.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { fieldsOf } from "../invalid_input.ts";
export { isOpenAt } from "./business_hours.ts";

type Fields = Record<string, unknown>;

let untouched: ChatbotSettings | undefined;
/** Default settings of a chatbot. */
const defaults = () => untouched ??= ChatbotSettings.parse({});

/** Read-only fields of a chatbot; writing them back changes nothing. */
const readOnly = ["username", "updated"];

/** The whole chatbot, for its admin. @throws {UnknownAdmin} */
export async function chatbotOf(chat: Pick<Chat, "store">, username: string): Promise<Chatbot> {
  const name = normalUsername(username);
  if (name === undefined) throw new UnknownAdmin(username);
  const stored = await chat.store.chatbot(name);
  // Settings that did not exist when these were stored have their defaults.
  if (stored) return whole(name, usable(merged(defaults(), stored.settings)), stored.updated);
  const { created, memberOnly } = await existingAccount(chat, name);
  if (memberOnly) throw new UnknownAdmin(username);
  return whole(name, defaults(), created);
}

/**
 * Removes values that an earlier version accepted and this one refuses, so that the other settings can be saved. A list of
 * origins without a valid entry stays: an empty one would admit every site.
 */
function usable(settings: ChatbotSettings): ChatbotSettings {
  const { avatar_url, allowed_origins } = settings;
  const good = allowed_origins.filter(isOrigin);
  return {
    ...settings,
    avatar_url: httpsOrigin(avatar_url) === undefined ? "" : avatar_url,
    allowed_origins: good.length > 0 ? good : allowed_origins,
  };
}

const whole = (username: string, settings: ChatbotSettings, updated: number): Chatbot => ({
  username,
  ...settings,
  updated: new Date(updated).toISOString(),
});

/** The public part of a chatbot. @throws {UnknownAdmin} */
export async function publicChatbot(chat: Chat, username: string): Promise<ChatbotPublic> {
  return publicPart(await chatbotOf(chat, username));
}

/** Only fields of the public schema, so that a new setting is private by default. */
function publicPart(chatbot: Chatbot): ChatbotPublic {
  const names = Object.keys(ChatbotPublic.shape) as (keyof ChatbotPublic)[];
  const { bot: { mode, name, avatar_url } } = chatbot;
  const shown = names.flatMap((field) => field === "bot" ? [] : [[field, chatbot[field]]]);
  return {
    ...Object.fromEntries(shown) as ChatbotPublic,
    ...(mode === "answer" && { bot: { name, avatar_url } }),
  };
}

/**
 * Changes the settings in `patch` and leaves the others; notifies open chats.
 * @throws {InvalidInput} @throws {UnknownAdmin}
 */
export function saveChatbot(
  chat: Chat,
  username: string,
  patch: unknown,
): Promise<{ chatbot: Chatbot; created: boolean }> {
  return withKeyedLock(chat.store, `chatbot ${username}`, async () => {
    const { username: name, updated: _, ...present } = await chatbotOf(chat, username);
    const settings = changed(present, patch), at = chat.now();
    const { created } = await chat.store.saveChatbot(name, settings, at);
    const chatbot = whole(name, settings, at);
    chat.audience.tell({ type: "chatbot_updated", chatbot: publicPart(chatbot) });
    chat.bot?.changed(name);
    return { chatbot, created };
  });
}

function changed(present: ChatbotSettings, patch: unknown): ChatbotSettings {
  if (!isObject(patch)) throw new InvalidInput({ "": "an object with some of the settings" });
  const asked = Object.fromEntries(Object.entries(patch).filter(([name]) => !readOnly.includes(name)));
  const unknown = unknownNames(defaults(), asked);
  const read = ChatbotSettings.safeParse(merged(present, asked));
  if (read.success && unknown.length === 0) return read.data;
  throw new InvalidInput({
    ...Object.fromEntries(unknown.map((name) => [name, "there is no such setting"])),
    ...(read.error && fieldsOf(read.error)),
  });
}

/** Keys of `patch` that are no settings, nested ones as `prechat.phone`. */
function unknownNames(known: Fields, patch: Fields, prefix = ""): string[] {
  return Object.entries(patch).flatMap(([name, value]) => {
    if (!Object.hasOwn(known, name)) return [prefix + name];
    const nested = known[name];
    return isObject(nested) && isObject(value) ? unknownNames(nested, value, `${prefix}${name}.`) : [];
  });
}

/** `base` merged with `patch`, nested settings alike. Lists are replaced whole. */
function merged<T extends Fields>(base: T, patch: Fields): T {
  const entries = Object.entries(base).map(([name, value]) => {
    if (!Object.hasOwn(patch, name)) return [name, value];
    const asked = patch[name];
    return [name, isObject(value) && isObject(asked) ? merged(value, asked) : asked];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
