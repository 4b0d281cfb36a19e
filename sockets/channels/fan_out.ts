import type { ServerFrame } from "../../protocol/frames.ts";
import type { ChatbotPublic } from "../../protocol/chatbot.ts";
import type { Message, Side } from "../../protocol/records.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import type { Audience, Sender } from "../../chat/audience.ts";
import { wireRoom } from "../../chat/rooms/wire_room.ts";
import { asText, carriesMore } from "../message_text.ts";
import type { Listeners } from "./listeners.ts";
import type { Party } from "../presence/presence.ts";
import { notIdentified, type Refusal, sessionEnded, unknownAdmin } from "../refusals.ts";
import type { RoomChannel } from "./room_channel.ts";

const textOf = (message: Message) => JSON.stringify({ command: "new_message", message });

/** Unsent bytes above which a socket gets no pieces of a text that is being written. */
const mostUnsentBefore = 32 * 1024;

/** Which sockets of a room get a frame: not the sender's, not those of a side, not those with more unsent bytes. */
interface Receivers {
  from?: Sender;
  notSide?: Side;
  mostUnsent?: number;
}

/** Sends events to the sockets they concern. Each frame is serialized once for all receivers. */
export class FanOut {
  #listeners: Listeners;
  #audience: Pick<Audience, "isVisitorOnline">;

  constructor(listeners: Listeners, audience: Pick<Audience, "isVisitorOnline">) {
    this.#listeners = listeners;
    this.#audience = audience;
  }

  message(key: RoomKey, room: RoomChannel | undefined, message: Message): void {
    let text: string | undefined, plain: string | undefined, tagged: string | undefined;
    for (const one of room?.sockets ?? []) {
      if (message.seq <= one.shown || (message.kind !== "text" && !one.v1)) continue;
      one.shown = message.seq;
      if (one.room === undefined) one.learnRoom(message.id.slice(0, message.id.lastIndexOf(".")));
      if (one.v1 || !carriesMore(message)) one.sendText(text ??= textOf(message));
      else one.sendText(plain ??= textOf(asText(message)));
    }
    for (const one of this.#listeners.subscribers(key.admin)) {
      one.sendText(tagged ??= JSON.stringify({ command: "new_message", consumer: key.consumer, message }));
    }
  }

  /** To every inbox, including those of the original protocol. */
  roomOpened(room: RoomRecord): void {
    const channel = this.#listeners.admin(room.admin);
    if (!channel?.inboxes.size) return;
    const followed = this.#listeners.room(room);
    if (followed?.isAnnounced) return;
    if (followed) followed.isAnnounced = true;
    const text = JSON.stringify({ command: "new_room", room: wireRoom(this.#audience, room) });
    for (const one of channel.inboxes) one.sendText(text);
  }

  roomUpdated(room: RoomRecord): void {
    let text: string | undefined;
    for (const one of this.#listeners.subscribers(room.admin)) {
      text ??= JSON.stringify({
        command: "room_updated",
        consumer: room.consumer,
        room: wireRoom(this.#audience, room),
      });
      one.sendText(text);
    }
  }

  /** To the room's `parlor.v1` sockets and the admin's subscribed inboxes. */
  inRoom(key: RoomKey, frame: ServerFrame, { from, notSide, mostUnsent = Infinity }: Receivers = {}): void {
    const text = JSON.stringify(frame);
    for (const one of this.#listeners.inRoom(key)) {
      if (one === from || !one.v1 || one.who.kind === notSide) continue;
      if (mostUnsent === Infinity || one.unsentBytes <= mostUnsent) one.sendText(text);
    }
    if (notSide === "admin") return;
    const tagged = JSON.stringify({ ...frame, consumer: key.consumer });
    for (const one of this.#listeners.subscribers(key.admin)) {
      if (one !== from && (mostUnsent === Infinity || one.unsentBytes <= mostUnsent)) one.sendText(tagged);
    }
  }

  /**
   * A piece of a text that is being written, as `inRoom`. Sockets that read too slowly go without it: the message comes
   * anyway.
   */
  partial(key: RoomKey, frame: Extract<ServerFrame, { command: "partial" }>): void {
    this.inRoom(key, frame, frame.gone ? {} : { mostUnsent: mostUnsentBefore });
  }

  presence({ admin, consumer }: Party, online: boolean): void {
    if (consumer !== undefined) {
      const frame = { command: "presence", consumer, online } as const;
      return this.inRoom({ admin, consumer }, frame, { notSide: "visitor" });
    }
    const text = JSON.stringify({ command: "presence", online });
    for (const one of this.#listeners.admin(admin)?.chats ?? []) {
      if (one.v1 && one.who.kind === "visitor") one.sendText(text);
    }
  }

  chatbotUpdated(chatbot: ChatbotPublic): void {
    const text = JSON.stringify({ command: "chatbot_updated", chatbot });
    for (const one of this.#listeners.admin(chatbot.username)?.v1() ?? []) one.sendText(text);
  }

  toSubscribers(admin: string, frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    for (const one of this.#listeners.subscribers(admin)) one.sendText(text);
  }

  /** Closes a room's chat sockets for good, of both sides or of one. */
  closeRoom(key: RoomKey, { code, reason }: Refusal, side?: Side): void {
    for (const one of [...this.#listeners.inRoom(key)]) {
      if (side === undefined || one.who.kind === side) one.close(code, reason);
    }
  }

  /** An identity token has opened this room: closes the sockets that were admitted by the consumer id alone. */
  closeUnvouched(key: RoomKey): void {
    for (const one of [...this.#listeners.inRoom(key)]) {
      if (one.who.kind === "visitor" && !one.who.vouched) one.close(notIdentified.code, notIdentified.reason);
    }
  }

  /** Closes the sockets that were admitted by another identity secret than this one. */
  closeVouched(admin: string, secret: string): void {
    const { lobby = [], chats = [] } = this.#listeners.admin(admin) ?? {};
    for (const one of [...lobby, ...chats]) {
      const vouched = one.who.kind === "visitor" ? one.who.vouched : undefined;
      if (vouched && vouched.secret !== secret) one.close(notIdentified.code, notIdentified.reason);
    }
  }

  closeSession(jti: string): void {
    for (const one of this.#listeners.ofSession(jti)) {
      one.close(sessionEnded.code, sessionEnded.reason);
    }
  }

  closeAdmin(admin: string): void {
    const { inboxes = [], lobby = [], chats = [] } = this.#listeners.admin(admin) ?? {};
    for (const one of [...inboxes, ...lobby, ...chats]) {
      one.close(unknownAdmin.code, unknownAdmin.reason);
    }
  }
}
