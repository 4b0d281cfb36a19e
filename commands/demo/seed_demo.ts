import { ChatbotSettings } from "../../protocol/chatbot.ts";
import type { Passwords } from "../../chat/passwords/passwords.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import { cities, colours, devices, items, names, pages, timeZones } from "./people.ts";
import type { Conversation } from "./conversation.ts";
import { english } from "./conversations_english.ts";
import { world } from "./conversations_world.ts";

export const demoAdmin = "demo", demoPassword = "a warm front room";
export const demoRooms = 300;

const minuteMs = 60_000, dayMs = 86_400_000;

/** Pseudo-random numbers with a fixed seed, so that two demos look alike. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor(state / 2 ** 32 * sides);
  };
}

/** Fills an empty store with the demo's account and its rooms, the latest a few minutes before `now`. */
export async function seedDemo(store: Store, passwords: Passwords, now: number): Promise<void> {
  const roll = dice(7);
  const password = await passwords.hash(demoPassword);
  await store.createAccount({ username: demoAdmin, password, created: now - 90 * dayMs });
  await store.saveChatbot(demoAdmin, shop, now - 90 * dayMs);
  const all = [...english, ...world];
  for (let room = demoRooms - 1; room >= 0; room--) {
    const conversation = all[(demoRooms - 1 - room) % all.length]!;
    // Dense near today, sparse in the past, like a real inbox.
    const end = now - 3 * minuteMs - Math.floor((room / demoRooms) ** 3 * 80 * dayMs) - room * 7 * minuteMs;
    await play(store, conversation, { roll, end, isRecent: room < 12 });
  }
}

const shop = ChatbotSettings.parse({
  title: "The lamp workshop",
  subtitle: "Usually answers within an hour",
  greeting: "Hello! Ask us anything about our lamps.",
});

interface Play {
  roll: (sides: number) => number;
  /** Time of its last line. Milliseconds since 1970. */
  end: number;
  /** A room of today may be unanswered. */
  isRecent: boolean;
}

async function play(store: Store, { locale, lines }: Conversation, { roll, end, isRecent }: Play) {
  const key = { admin: demoAdmin, consumer: uuid(roll) };
  const words = {
    item: pick(items, roll),
    colour: pick(colours, roll),
    city: pick(cities, roll),
    order: `P-${1_000 + roll(9_000)}`,
  };
  let at = end - lines.length * 4 * minuteMs;
  await introduce(store, key, { locale, roll, at });
  for (const line of lines) {
    const content = line[0] === "r" ? "resolved" : fill(line[1], words);
    const side = line[0] === "v" ? "visitor" : "admin";
    await store.appendMessage({ ...key, side, kind: line[0] === "r" ? "status" : "text", content, at });
    at += (1 + roll(7)) * minuteMs;
  }
  const isAnswered = lines.at(-1)![0] !== "v";
  if (!isAnswered && !isRecent && roll(4) > 0) await store.markRead(key, "admin", lines.length);
}

/** Two visitors in three leave a name. */
async function introduce(
  store: Store,
  key: RoomKey,
  about: { locale: string; roll: Play["roll"]; at: number },
) {
  const { locale, roll, at } = about, language = locale.slice(0, 2);
  const name = pick(names[language]!, roll);
  await store.saveVisitor(key, {
    ...(roll(3) > 0 ? { name, email: `visitor${roll(900)}@example.com`, verified: roll(5) === 0 } : {}),
    locale,
    time_zone: timeZones[language],
    device: pick(devices, roll),
    page: `https://lamps.example${pick(pages, roll)}`,
    ...(roll(2) > 0 ? { referrer: "https://search.example/" } : {}),
  }, at);
}

const pick = <T>(list: readonly T[], roll: Play["roll"]): T => list[roll(list.length)]!;
const fill = (text: string, words: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");

/** A version 4 UUID from the seeded numbers: not secret, because the demo's rooms are public. */
function uuid(roll: Play["roll"]): string {
  const hex = Array.from({ length: 32 }, () => roll(16).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${
    hex.slice(20)
  }`;
}
