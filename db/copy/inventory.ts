import type { RoomRecord, Store } from "../store.ts";
import { type House } from "./move.ts";
import { roomsOf } from "./rooms.ts";
import { Tally } from "./tally.ts";

const messagesAtOnce = 500;

/** Counts and sums up everything that a store holds, but what is another in every store: epoch and ids of rooms. */
export async function inventory({ store, census }: House): Promise<Tally> {
  const tally = new Tally();
  for await (const kept of census.kept()) tally.add("kept", kept);
  for await (const reserved of census.reservedNames()) tally.add("reserved", reserved);
  for await (const session of census.sessions()) tally.add("sessions", session);
  for await (const claim of census.claims()) tally.add("claims", claim);
  for await (const key of census.visitors()) tally.add("visitors", { ...key, ...await store.visitor(key) });
  for await (const username of census.usernames()) await countAccount(tally, store, username);
  return tally;
}

async function countAccount(tally: Tally, store: Store, username: string): Promise<void> {
  tally.add("accounts", (await store.account(username))!);
  const chatbot = await store.chatbot(username);
  if (chatbot) tally.add("chatbots", { username, ...chatbot });
  for (const push of await store.pushes(username)) tally.add("pushes", push);
  for await (const { id: _, ...room } of roomsOf(store, username)) {
    tally.add("rooms", room);
    await countMessages(tally, store, room);
  }
}

async function countMessages(tally: Tally, store: Store, room: Omit<RoomRecord, "id">): Promise<void> {
  for (let after = 0; after < room.head;) {
    const page = await store.messagesAfter(room, after, messagesAtOnce);
    for (const { id: _, ...message } of page) tally.add("messages", message);
    if (page.length === 0) return;
    after = page.at(-1)!.seq;
  }
}
