import type { Chat } from "../../chat/chat.ts";
import { may } from "../../chat/permissions.ts";
import type { RoomKey } from "../../db/store.ts";
import { RoomMap } from "../../db/room_key.ts";
import type { Message } from "../../protocol/records.ts";
import type { Connection } from "../connection.ts";

/** Messages among which a room's newest text is looked for. */
const mostRead = 5;
const mostSuggested = 3;

interface Watched {
  sockets: Set<Connection>;
  /** seq of the text that was last looked at. */
  asked: number;
}

/**
 * Suggests answers to the members' sockets that have a room before them, for each text of its visitor while people handle
 * the room. A room that nobody has before it costs one look-up.
 */
export class Suggestions {
  #rooms = new RoomMap<Watched>();
  #watching = new Map<Connection, RoomKey>();

  constructor(readonly chat: Chat, readonly onFault: (error: unknown) => void) {}

  /** What a socket has before it now. It gets suggestions for the newest text, if nobody has answered that yet. */
  watch(connection: Connection, consumer: string | null): void {
    const before = this.#watching.get(connection);
    if (before?.consumer === (consumer ?? undefined)) return;
    if (before) this.#leave(connection, before);
    if (consumer === null || !this.chat.bot || !may(connection.who, "write")) return;
    const key = { admin: connection.who.admin, consumer };
    const room = this.#rooms.get(key) ?? { sockets: new Set(), asked: 0 };
    this.#rooms.set(key, room);
    room.sockets.add(connection);
    this.#watching.set(connection, key);
    void this.#begin(key, connection).catch(this.onFault);
  }

  /** The socket has ended. */
  ended(connection: Connection): void {
    this.watch(connection, null);
  }

  /** A message was told to the sockets of this process. */
  heard(key: RoomKey, message: Message): void {
    const room = this.#rooms.get(key);
    if (!room || !isText(message) || message.seq <= room.asked) return;
    room.asked = message.seq;
    void this.#suggest(key, message, () => room.asked === message.seq ? room.sockets : [])
      .catch(this.onFault);
  }

  #leave(connection: Connection, key: RoomKey): void {
    this.#watching.delete(connection);
    const room = this.#rooms.get(key);
    room?.sockets.delete(connection);
    if (room?.sockets.size === 0) this.#rooms.delete(key);
  }

  async #begin(key: RoomKey, connection: Connection): Promise<void> {
    const newest = (await this.chat.store.messagesBefore(key, undefined, mostRead, "text")).at(-1);
    if (!newest || !isText(newest)) return;
    const isStill = () => this.#watching.get(connection)?.consumer === key.consumer;
    await this.#suggest(key, newest, () => isStill() ? [connection] : []);
  }

  async #suggest(key: RoomKey, message: Message, receivers: () => Iterable<Connection>): Promise<void> {
    const { store, bot } = this.chat;
    const status = (await store.room(key))?.status;
    if (status !== "open" && status !== "waiting") return;
    const answers = (await bot?.suggest(key.admin, message.content) ?? []).slice(0, mostSuggested);
    if (answers.length === 0) return;
    const frame = { command: "suggest", consumer: key.consumer, seq: message.seq, answers } as const;
    for (const one of receivers()) one.send(frame);
  }
}

/** A visitor's own words, not a pressed button. */
const isText = ({ side, kind, reply, deleted }: Message) =>
  side === "visitor" && kind === "text" && !reply && !deleted;
