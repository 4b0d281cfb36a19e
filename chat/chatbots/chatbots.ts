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
/** The settings of a chatbot that nobody has touched. */
const defaults = () => untouched ??= ChatbotSettings.parse({});

/** What a reading of a chatbot holds beside its settings; writing it back changes nothing. */
const readOnly = ["username", "updated"];

/** A chatbot, whole, for its admin. @throws {UnknownAdmin} */
export async function chatbotOf(chat: Pick<Chat, "store">, username: string): Promise<Chatbot> {
  const name = normalUsername(username);
  if (name === undefined) throw new UnknownAdmin(username);
  const stored = await chat.store.chatbot(name);
  // Settings that did not exist when these were stored have their defaults.
  if (stored) return whole(name, usable(merged(defaults(), stored.settings)), stored.updated);
  return whole(name, defaults(), (await existingAccount(chat, name)).created);
}

/**
 * Settings without what an earlier version took and this one refuses, so that the others can be saved. A list of origins
 * of which none is good stays as it is: an empty one would let in every site.
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

/** What anyone may read of a chatbot. @throws {UnknownAdmin} */
export async function publicChatbot(chat: Chat, username: string): Promise<ChatbotPublic> {
  return publicPart(await chatbotOf(chat, username));
}

/** Only what the public schema names, so that a new setting is private until it says otherwise. */
function publicPart(chatbot: Chatbot): ChatbotPublic {
  const names = Object.keys(ChatbotPublic.shape) as (keyof ChatbotPublic)[];
  return Object.fromEntries(names.map((name) => [name, chatbot[name]])) as ChatbotPublic;
}

/**
 * Changes the settings that `patch` names and leaves the others; tells whoever has the chatbot open.
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

/** The names in `patch` that are no settings, those of nested settings as `prechat.phone`. */
function unknownNames(known: Fields, patch: Fields, prefix = ""): string[] {
  return Object.entries(patch).flatMap(([name, value]) => {
    if (!Object.hasOwn(known, name)) return [prefix + name];
    const nested = known[name];
    return isObject(nested) && isObject(value) ? unknownNames(nested, value, `${prefix}${name}.`) : [];
  });
}

/** `base` with what `patch` has of it, nested settings alike. Lists are replaced whole. */
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
