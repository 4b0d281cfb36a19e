import type { MessageExtra, RoomStatus } from "../../protocol/records.ts";
import { WrongStatus } from "../../db/errors.ts";
import type { Appended, MessageDraft, RoomKey, RoomRecord } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";
import { tellAppended } from "../../chat/rooms/messages.ts";
import { turnName } from "./open_question.ts";

/** Thrown where the room is not the bot's any more: the turn ends, and says nothing. */
export class NotOurs extends Error {
  constructor() {
    super("The room is not the bot's any more");
  }
}

/**
 * What the bot says in one turn. Each message has an id by the turn and its number in it, so that a turn that runs again
 * after a crash repeats nothing; each is refused once the room is not the bot's.
 */
export class Speaker {
  #said = 0;
  /** The room's newest message as this turn has left it. */
  head: number;

  constructor(readonly chat: Chat, readonly key: RoomKey, readonly turn: { seq: number; head: number }) {
    this.head = turn.head;
  }

  /** The id of the next message. */
  get nextId(): string {
    return turnName(this.turn.seq) + this.#said;
  }

  /** @throws {NotOurs | Unavailable} */
  async say(content: string, extra?: MessageExtra): Promise<void> {
    const client_id = this.nextId;
    this.#said++;
    await this.write({ kind: "text", content, client_id, extra });
  }

  /** A message of the turn that has a name instead of a number. @throws {NotOurs | Unavailable} */
  sayAs(name: string, content: string): Promise<Appended> {
    return this.write({ kind: "text", content, client_id: turnName(this.turn.seq) + name });
  }

  /** @throws {NotOurs | Unavailable} */
  async setStatus(status: RoomStatus): Promise<RoomRecord> {
    const client_id = turnName(this.turn.seq) + status;
    return (await this.write({ kind: "status", content: status, client_id })).room;
  }

  protected async write(
    draft: Pick<MessageDraft, "kind" | "content" | "extra" | "client_id">,
  ): Promise<Appended> {
    const appended = await this.#append(draft);
    // In a merged room, a message of the other one may have had this id.
    if (appended.message.seq < this.turn.seq) {
      return await this.write({ ...draft, client_id: `${draft.client_id}+` });
    }
    if (appended.fresh) this.#count(appended);
    tellAppended(this.chat, this.key, appended);
    this.head = Math.max(this.head, appended.message.seq);
    return appended;
  }

  async #append(draft: Pick<MessageDraft, "kind" | "content" | "extra" | "client_id">): Promise<Appended> {
    const { admin, consumer } = this.key, onlyIf = { status: ["bot"] as const };
    try {
      return await this.chat.store.appendMessage({
        ...{ admin, consumer, side: "admin", by: "bot", at: this.chat.now() },
        ...draft,
        onlyIf,
      });
    } catch (error) {
      throw error instanceof WrongStatus ? new NotOurs() : error;
    }
  }

  #count({ message }: Appended): void {
    this.chat.metrics?.messages.add("admin");
    this.chat.quotas?.usage?.messageStored(this.key.admin, message.content.length);
  }
}
