import type {
  Message,
  MessageBy,
  MessageExtra,
  MessageKind,
  Reply,
  RoomStatus,
  Side,
} from "../protocol/records.ts";
import type { RoomFilter } from "../protocol/frames.ts";
import type { ChatbotSettings } from "../protocol/chatbot.ts";
import type { Changes } from "./changes.ts";
import type { Records } from "./records.ts";
import type { RoomKey, RoomRecord } from "./room.ts";
import type { PushStore } from "./push_store.ts";
import type { SearchStore } from "./search_store.ts";
import type { VisitorStore } from "./visitor_store.ts";

export type { RoomKey, RoomRecord } from "./room.ts";

/**
 * The memory: what the rules need to keep, as verbs. Every driver holds every promise written here, and
 * `tests/db/store_contract.ts` shows each of them. Times are milliseconds since 1970 unless they are part of a wire record.
 * A verb that resolves has made its change durable; one that rejects with `Unavailable` may be called again.
 */
export interface Store extends VisitorStore, SearchStore, PushStore {
  /**
   * A random text made with the schema and changed by a restore, and where a server takes over that may have been
   * behind. A cursor of another epoch is void.
   */
  readonly epoch: string;

  readonly records: Records;
  /** Who follows watched collections. */
  readonly changes: Changes;

  /** @throws {AlreadyThere} if the username is taken, or reserved since its account was deleted */
  createAccount(account: NewAccount): Promise<void>;
  account(username: string): Promise<Account | undefined>;
  /** When the account of this name was deleted, if that is why nobody can have it. Milliseconds since 1970. */
  nameReservedSince(username: string): Promise<number | undefined>;
  /** Reserves a name as a deletion does, unless somebody has it. */
  reserveName(username: string, at: number): Promise<void>;
  /** Lets a reserved name be taken again, after removing whatever was still written under it. Answers whether it was reserved. */
  releaseName(username: string): Promise<boolean>;
  /** Replaces the PHC string of an account that exists. */
  setPassword(username: string, password: string): Promise<void>;

  openSession(session: Session): Promise<void>;
  /** The session, ended or not; nothing once it was forgotten. */
  session(jti: string): Promise<Session | undefined>;
  /** The sessions of an account that have not ended, newest first. */
  sessions(username: string): Promise<Session[]>;
  /** Ends the sessions of an account, or only the one named, or all but one. Answers the jtis it ended. */
  endSessions(username: string, at: number, which?: { only?: string; except?: string }): Promise<string[]>;

  /** Which of these sessions have ended, or were forgotten. Its cost is that of what is asked. */
  endedSessions(jtis: string[]): Promise<string[]>;

  /** What the sockets of an admin's visitors hang on, for each one asked, in their order. Its cost is that of what is asked. */
  policies(asked: PolicyAsked[]): Promise<Policy[]>;

  chatbot(username: string): Promise<StoredChatbot | undefined>;
  /** Replaces the settings; answers whether these are the first. */
  saveChatbot(username: string, settings: ChatbotSettings, at: number): Promise<{ created: boolean }>;

  /** Makes the room unless it is there. Of many at once, exactly one is told `created`. */
  openRoom(key: RoomKey, at: number): Promise<{ room: RoomRecord; created: boolean }>;
  room(key: RoomKey): Promise<RoomRecord | undefined>;
  /** A page of an admin's rooms, latest activity first, each with its newest messages, oldest first. Its cost is the page's. */
  rooms(admin: string, query: RoomsQuery): Promise<RoomsPage>;
  /** Moves one side's read mark up to `seq` (never past the head, never back). Answers the mark if it moved. */
  markRead(key: RoomKey, side: Side, seq: number): Promise<number | undefined>;

  /**
   * Stores a message as the next of its room, making the room if need be. On return it is durable.
   * `seq` is the head + 1, decided inside the write, so that the seqs of a room are 1, 2, 3 … whatever fails between.
   * `created` never runs back within a room. The writer's own read mark moves to the new message.
   * A visitor's text opens a resolved room; a `status` message sets the room's status to its content.
   * With a `client_id` under which the same side has written in the room already, nothing is written and the message
   * stored then is answered. The other side's ids are its own.
   * A status that is none is refused, alone among whatever is written at the same time, and leaves no trace. So is a
   * draft whose `onlyIf` does not hold at its turn among the writes to the room, unless its `client_id` is known.
   * @throws {Blocked | WrongStatus | Overtaken | Unavailable}
   * Of several appends that one process makes to a room, the earlier call gets the smaller seq and resolves first.
   */
  appendMessage(draft: MessageDraft): Promise<Appended>;
  /**
   * Messages with seq > after, oldest first, at most `limit`, and no more than take `bytes` of JSON: the oldest are kept,
   * one at least.
   */
  messagesAfter(key: RoomKey, after: number, limit: number, bytes?: number): Promise<Message[]>;
  /**
   * The newest `limit` messages with seq < before (all, if not given), oldest first; of one kind alone, if given. No more
   * than take `bytes` of JSON: the newest are kept, one at least.
   */
  messagesBefore(
    key: RoomKey,
    before: number | undefined,
    limit: number,
    kind?: MessageKind,
    bytes?: number,
  ): Promise<Message[]>;

  /** Gives a guessable consumer id to the first owner who asks; answers whether it is this owner's. */
  claimConsumer(key: RoomKey, owner: string, at: number): Promise<boolean>;

  /** Keeps `value` under `name` unless something is kept there; answers what is kept. */
  keep(name: string, value: string): Promise<string>;
  /** Keeps `value` under `name` in place of whatever is kept there. */
  replace(name: string, value: string): Promise<void>;
  /** Nothing is kept under `name` any more. */
  unkeep(name: string): Promise<void>;
  /** What is kept under `name`. */
  kept(name: string): Promise<string | undefined>;

  /** Marks `id` as used up to `until`, unless it is; of many at once one is told true. What has run out `at` is forgotten. */
  spend(id: string, until: number, at: number): Promise<boolean>;

  /** Bytes that the data takes on disk, where the engine can say. @throws {Unavailable} */
  size?(): Promise<number>;
  /** Resolves when a write goes through. @throws {Unavailable} */
  ready(): Promise<void>;
  /** Lets what was accepted become durable, then lets go of the engine. Verbs called later reject with `Unavailable`. */
  close(): Promise<void>;
}

export interface Account {
  username: string;
  /** 128 random bits in hex, another for each account: two that have one name after each other differ in it. */
  id: string;
  /** PHC string. */
  password: string;
  email?: string;
  created: number;
  /** Made before accounts had ids: what its visitors' ids are derived from is its name. */
  legacy?: true;
}

/** The id is made by the store, unless a copy brings it along. */
export type NewAccount = Omit<Account, "id"> & { id?: string };

export interface Session {
  jti: string;
  username: string;
  created: number;
  expires: number;
  /** User agent and address that signed in, for the list of sessions. */
  agent?: string;
  address?: string;
  ended?: number;
}

export interface PolicyAsked {
  username: string;
  /** Under which name the admin's identity secret is kept. */
  secretName: string;
}

/** Anything in it that changes is another text or number. */
export interface Policy {
  /** The id of the account, if there is one. */
  account?: string;
  /** When the chatbot was saved last. */
  updated?: number;
  /** The identity secret, as it is kept. */
  secret?: string;
}

export interface StoredChatbot {
  settings: ChatbotSettings;
  updated: number;
}

export interface RoomsQuery {
  limit: number;
  /** From an earlier page of the same query; one that is no cursor is like none. */
  cursor?: string;
  filter: RoomFilter;
  /** Part of the visitor's name, email or consumer id, in any case. */
  q?: string;
  /** Newest messages in each room. */
  messages: number;
  /** Bytes of JSON that a room's messages may take; the newest is kept whole. */
  roomBytes?: number;
  /** Bytes of JSON that the page may take: it ends there, after one room at least, and its cursor goes on. */
  bytes?: number;
}

export interface RoomsPage {
  rooms: { room: RoomRecord; messages: Message[] }[];
  /** Where the next page begins; absent on the last. */
  cursor?: string;
}

/** What must hold at the moment of an append, judged inside the write. */
export interface AppendCondition {
  /** The room is there and has one of these statuses. */
  status?: readonly RoomStatus[];
  /**
   * After this seq nobody but the draft's own writer (`by`) has written a text on the admin's side. What the visitor
   * writes never counts. More than `maxUnseen` messages after it do: looking further would hold up everybody's writes.
   */
  noOtherAfter?: number;
}

export interface MessageDraft extends RoomKey {
  side: Side;
  kind: MessageKind;
  content: string;
  client_id?: string;
  at: number;
  /** Who writes on the admin's side; of an agent no more is kept than `AgentRef` names. */
  by?: MessageBy;
  extra?: MessageExtra;
  reply?: Reply;
  onlyIf?: AppendCondition;
}

export interface Appended {
  message: Message;
  /** False: the side had used the `client_id`, and this is the message stored then. */
  fresh: boolean;
  /** The room after the write. */
  room: RoomRecord;
  /** This write made the room. */
  opened: boolean;
  /** This write changed the room's status. */
  statusChanged: boolean;
}
