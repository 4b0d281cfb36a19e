import type {
  Message,
  MessageBy,
  MessageEdit,
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
import type { BoxAsked, BoxSort, DeskStore } from "./desk_store.ts";
import type { MergeStore } from "./merging.ts";
import type { PushStore } from "./push_store.ts";
import type { SearchStore } from "./search_store.ts";
import type { VisitorStore } from "./visitor_store.ts";

export type { RoomKey, RoomRecord } from "./room.ts";

/**
 * The storage interface of the rules. Every driver meets every guarantee stated here;
 * `tests/db/store_contract.ts` tests each. Times are milliseconds since 1970 unless they are part of a wire
 * record.
 * A method that resolves has made its change durable; one that rejects with `Unavailable` may be retried.
 */
export interface Store extends MergeStore, VisitorStore, SearchStore, PushStore, DeskStore {
  /**
   * A random text, generated with the schema. It changes after a restore, and after a failover to a server
   * that may have lagged. Cursors of another epoch are invalid.
   */
  readonly epoch: string;

  readonly records: Records;
  /** Followers of watched collections. */
  readonly changes: Changes;

  /** @throws {AlreadyThere} if the username is taken, or reserved since its account was deleted */
  createAccount(account: NewAccount): Promise<void>;
  account(username: string): Promise<Account | undefined>;
  /**
   * Time of deletion of the account with this name, if the name is reserved for that reason. Milliseconds
   * since 1970.
   */
  nameReservedSince(username: string): Promise<number | undefined>;
  /** Reserves a name as a deletion does, unless an account has it. */
  reserveName(username: string, at: number): Promise<void>;
  /** Releases a reserved name after deleting any remaining data under it. Returns whether it was reserved. */
  releaseName(username: string): Promise<boolean>;
  /** Replaces the PHC string of an existing account. */
  setPassword(username: string, password: string): Promise<void>;

  openSession(session: Session): Promise<void>;
  /** The session, ended or not; undefined once it was deleted. */
  session(jti: string): Promise<Session | undefined>;
  /** The active sessions of an account, newest first. */
  sessions(username: string): Promise<Session[]>;
  /**
   * Ends the sessions of an account, or only the one named, or all but one. Returns the jtis of the ended
   * sessions.
   */
  endSessions(username: string, at: number, which?: { only?: string; except?: string }): Promise<string[]>;

  /** Which of these sessions have ended or were deleted. The cost depends on the number of jtis only. */
  endedSessions(jtis: string[]): Promise<string[]>;

  /**
   * State that the authorization of visitors' sockets depends on, for each admin asked, in the same order.
   * The cost depends on the number asked only.
   */
  policies(asked: PolicyAsked[]): Promise<Policy[]>;

  chatbot(username: string): Promise<StoredChatbot | undefined>;
  /** Replaces the settings; `created` tells whether there were none. */
  saveChatbot(username: string, settings: ChatbotSettings, at: number): Promise<{ created: boolean }>;

  /** Creates the room unless it exists. Of concurrent calls, exactly one gets `created`. @throws {Moved} */
  openRoom(key: RoomKey, at: number): Promise<{ room: RoomRecord; created: boolean }>;
  room(key: RoomKey): Promise<RoomRecord | undefined>;
  /**
   * A page of an admin's rooms, latest activity first or in the order of the box, each with its newest
   * messages, oldest first. The cost depends on the page size only.
   */
  rooms(admin: string, query: RoomsQuery): Promise<RoomsPage>;
  /**
   * Moves one side's read mark up to `seq`; never beyond the head, never back. Returns the mark if it moved.
   */
  markRead(key: RoomKey, side: Side, seq: number): Promise<number | undefined>;

  /**
   * Stores a message as the next of its room, creating the room if necessary. It is durable when this
   * resolves.
   * `seq` is the head + 1, assigned inside the write, so that a room's seqs are 1, 2, 3 … without gaps after
   * failures.
   * `created` never decreases within a room. The author's read mark moves to the new message.
   * A visitor's text reopens a resolved room and ends a snooze; a `status` message sets the room's status to its
   * content. A text of the admin's side that is not the bot's makes a `bot` or `waiting` room `open`.
   * Where a visitor's text is `toBot`, a resolved room, and one without messages, becomes `bot`. `botDueAt` is set by
   * a visitor's text in a `bot` room and by the status `bot`; it is deleted when the room has another status.
   * A status that the bot sets moves read marks only of sides that have read everything.
   * `waitingSince` is set by a visitor's text, unless the room is with the bot, and by a status that ends that;
   * it is deleted by a person's text on the admin's side, and by the statuses `resolved` and `bot`. `resolved`
   * also ends a snooze.
   * If the same side has already used the `client_id` in the room, nothing is written and the stored message
   * is returned. The two sides' ids are independent.
   * An invalid status is rejected without effect on other writes of the batch. So is a draft whose `onlyIf`
   * does not hold when its turn comes, unless its `client_id` is known.
   * An `edit` also changes the text that it names, and empties the earlier `edit` of that text, in the same write.
   * It is rejected unless the text is of the same author, not deleted, and at most 15 minutes old (`editableMs`).
   * It moves read marks only of sides that have read everything, and keeps the status.
   * Of several appends that one process makes to a room, the earlier call gets the smaller seq and resolves
   * first.
   * @throws {Blocked | Moved | WrongStatus | Overtaken | NotEditable | Unavailable}
   */
  appendMessage(draft: MessageDraft): Promise<Appended>;
  /**
   * Messages with seq > after, oldest first; at most `limit` and at most `bytes` of JSON. The oldest are
   * returned, at least one.
   */
  messagesAfter(key: RoomKey, after: number, limit: number, bytes?: number): Promise<Message[]>;
  /**
   * The newest `limit` messages with seq < before (or of all), oldest first; only those of `kind` if given.
   * At most `bytes` of JSON: the newest are returned, at least one.
   */
  messagesBefore(
    key: RoomKey,
    before: number | undefined,
    limit: number,
    kind?: MessageKind,
    bytes?: number,
  ): Promise<Message[]>;

  /**
   * Assigns a guessable consumer id to the first owner that claims it; returns whether it belongs to this
   * owner.
   */
  claimConsumer(key: RoomKey, owner: string, at: number): Promise<boolean>;

  /** Stores `value` under `name` unless there is a value; returns the stored one. */
  keep(name: string, value: string): Promise<string>;
  /** Stores `value` under `name`, replacing any other. */
  replace(name: string, value: string): Promise<void>;
  /** Deletes the value under `name`. */
  unkeep(name: string): Promise<void>;
  /** The value under `name`. */
  kept(name: string): Promise<string | undefined>;

  /**
   * Marks `id` as used until `until`. Returns true for exactly one of several concurrent calls. Ids expired
   * at `at` are deleted.
   */
  spend(id: string, until: number, at: number): Promise<boolean>;

  /** Size of the data on disk, if the engine reports it. Bytes. @throws {Unavailable} */
  size?(): Promise<number>;
  /** Resolves if a write succeeds. @throws {Unavailable} */
  ready(): Promise<void>;
  /** Flushes accepted writes, then closes the engine. Later calls reject with `Unavailable`. */
  close(): Promise<void>;
}

export interface Account {
  username: string;
  /** 128 random bits in hex. Two successive accounts of one name have different ids. */
  id: string;
  /** PHC string. */
  password: string;
  email?: string;
  created: number;
  /** Created before accounts had ids: its visitors' ids are derived from its name. */
  legacy?: true;
  /** Made by an invitation: the account has no workspace and no chatbot of its own. */
  memberOnly?: true;
}

/** The store generates the id, unless a copy provides it. */
export type NewAccount = Omit<Account, "id"> & { id?: string };

export interface Session {
  jti: string;
  username: string;
  created: number;
  expires: number;
  /** User agent and address of the sign-in, shown in the list of sessions. */
  agent?: string;
  address?: string;
  ended?: number;
}

export interface PolicyAsked {
  username: string;
  /** Name under which the admin's identity secret is stored. */
  secretName: string;
}

/** Fields are strings and numbers, so that policies can be compared by value. */
export interface Policy {
  /** Id of the account, if it exists. */
  account?: string;
  /** Time of the chatbot's last change. */
  updated?: number;
  /** The identity secret as stored. */
  secret?: string;
}

export interface StoredChatbot {
  settings: ChatbotSettings;
  updated: number;
}

export interface RoomsQuery {
  limit: number;
  /** From an earlier page of the same query; an invalid one is ignored. */
  cursor?: string;
  /** `open`: open or waiting, and not snoozed. */
  filter: RoomFilter;
  /** Replaces the filter. */
  box?: BoxAsked;
  /** Order of a box; the default is `newest`. */
  sort?: BoxSort;
  /** Part of the visitor's name, email or consumer id; case-insensitive. */
  q?: string;
  /** Number of newest messages per room. */
  messages: number;
  /** Maximum bytes of JSON of a room's messages; the newest is always included. */
  roomBytes?: number;
  /**
   * Maximum bytes of JSON of the page. It contains at least one room; its cursor continues after the last
   * one.
   */
  bytes?: number;
}

export interface RoomsPage {
  rooms: { room: RoomRecord; messages: Message[] }[];
  /** Start of the next page; absent on the last. */
  cursor?: string;
}

/** Conditions that an append requires, evaluated inside the write. */
export interface AppendCondition {
  /** The room exists and has one of these statuses. */
  status?: readonly RoomStatus[];
  /**
   * No other author than the draft's own (`by`) has written a text on the admin's side after this seq.
   * Visitors' messages do not count. The condition also fails if there are more than `maxUnseen` messages
   * after the seq: examining more would delay all writes.
   */
  noOtherAfter?: number;
}

export interface MessageDraft extends RoomKey {
  side: Side;
  kind: MessageKind;
  content: string;
  client_id?: string;
  at: number;
  /** Author on the admin's side. Of an agent only the fields of `AgentRef` are stored. */
  by?: MessageBy;
  extra?: MessageExtra;
  reply?: Reply;
  /** A visitor's text: where it begins a conversation, in a room without messages or a resolved one, the bot handles it. */
  toBot?: true;
  /** Of kind `edit`: what it changes; `content` is the new text, empty for a deletion. */
  edit?: MessageEdit;
  onlyIf?: AppendCondition;
  /**
   * The draft is a message of another store. It is stored as it was there: its time may be earlier than that of
   * the message before, it moves no read mark, and an `edit` changes nothing. `room`: the status of the room there,
   * with the last message.
   */
  copied?: Pick<Message, "edited" | "deleted"> & {
    room?: Pick<RoomRecord, "status" | "statusBy" | "statusAt">;
  };
}

export interface Appended {
  message: Message;
  /** False: the side had used the `client_id` before, and this is the message stored then. */
  fresh: boolean;
  /** The room after the write. */
  room: RoomRecord;
  /** This write created the room. */
  opened: boolean;
  /** This write changed the room's status. */
  statusChanged: boolean;
}
