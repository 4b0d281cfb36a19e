import { Collection, type RecordStore, stored } from "../collection.ts";
import { untilCommitted } from "../records.ts";
import type { RoomKey } from "../room.ts";
import type { RoomRecord, Store } from "../store.ts";

/** What the bot remembers of a room. */
export interface BotTurn {
  workspace: string;
  consumer: string;
  /** seq of the visitor's newest text that has been dealt with. */
  done: number;
  /** The process that deals with the texts up to `seq`, until then. Milliseconds since 1970. */
  lease?: { by: string; seq: number; until: number };
  /** The flow that waits for an answer, and where it stands. */
  flow?: { id: string; state: unknown };
  /** Offers and questions in a row that led to nothing, and turns since the last answer. */
  misses: number;
  turns: number;
  /** Of the visitor, and another one in which its last text was. */
  language?: string;
  heard?: string;
  /** seq of the text after which it was asked for a mail address. */
  askedEmail?: number;
  /** The newest text that was answered. `at`: milliseconds since 1970. */
  answered?: { seq: number; at: number };
  /** A hand-off that was recorded in the staff log for this text. */
  handing?: { seq: number; reason: string };
}

/** What a turn changes of it. */
export type TurnState = Omit<BotTurn, "workspace" | "consumer" | "done" | "lease">;

export const botTurns = new Collection<BotTurn>({
  name: "bot_turns",
  schema: stored(),
  key: ({ workspace, consumer }) => [workspace, consumer],
});

/** A room's record with its version. */
export interface KnownTurn {
  turn: BotTurn;
  version: string | undefined;
}

/** What the bot remembers of a room, which may be nothing yet. */
export async function turnOf(store: RecordStore, { admin, consumer }: RoomKey): Promise<KnownTurn> {
  const found = await store.records.get(botTurns.name, [admin, consumer]);
  const none: BotTurn = { workspace: admin, consumer, done: 0, misses: 0, turns: 0 };
  return { turn: found ? found.value as BotTurn : none, version: found?.version };
}

/**
 * Takes the turn up to `seq` until `until`, or keeps it for longer. Returns undefined if it is done, or another process has it.
 * Of concurrent calls one gets it. Times in milliseconds since 1970. @throws {Unavailable}
 */
export function takeTurn(
  store: RecordStore,
  key: RoomKey,
  { seq, by, at, until }: { seq: number; by: string; at: number; until: number },
): Promise<KnownTurn | undefined> {
  return untilCommitted(async () => {
    const { turn, version } = await turnOf(store, key);
    const isOthers = turn.lease !== undefined && turn.lease.by !== by && turn.lease.until > at;
    if (turn.done >= seq || isOthers) return { answer: undefined };
    const taken: BotTurn = { ...turn, lease: { by, seq, until } }, name = botTurns.nameOf(turn);
    const commit = { check: [{ ...name, version }], put: [{ ...name, value: taken }] };
    return await store.records.commit(commit) ? { answer: await turnOf(store, key) } : undefined;
  });
}

interface Ending {
  /** The turn that ends. */
  seq: number;
  state: TurnState;
  /** The room's newest message as the turn has left it. */
  head: number;
  /** When the room is to be looked after next. Milliseconds since 1970. */
  botDueAt: number;
}

/**
 * Ends the turn up to `seq`, unless that has been done. Where the room has got another message than `head` meanwhile, or
 * is not the bot's any more, it is left as it is. @throws {Unavailable}
 */
export function endTurn(
  store: Pick<Store, "records" | "changes" | "changeDesk">,
  key: RoomKey,
  { seq, state, head, botDueAt }: Ending,
): Promise<RoomRecord | undefined> {
  return untilCommitted(async () => {
    const { turn, version } = await turnOf(store, key);
    if (turn.done >= seq) return { answer: undefined };
    const { workspace, consumer } = turn, value: BotTurn = { ...state, workspace, consumer, done: seq };
    const name = botTurns.nameOf(turn);
    const commit = { check: [{ ...name, version }], put: [{ ...name, value }] };
    const expect = { head, status: ["bot"] as const };
    const changed = await store.changeDesk(key, { expect, set: { botDueAt }, commit });
    if (changed.conflict === undefined) return { answer: changed.room };
    if (changed.conflict === "records") return undefined;
    if (!changed.room) return { answer: undefined };
    return await store.records.commit(commit) ? { answer: undefined } : undefined;
  });
}

/**
 * A room's record goes to the room that its messages were moved to, behind `base` messages, unless that one has its own.
 * @throws {Unavailable}
 */
export async function moveTurn(
  store: RecordStore,
  { admin, consumer }: RoomKey,
  to: { consumer: string; base: number },
): Promise<void> {
  const turn = await botTurns.remove(store, [admin, consumer]);
  if (!turn) return;
  const { lease: _, handing: __, answered: ___, ...rest } = turn;
  await botTurns.create(store, { ...rest, consumer: to.consumer, done: turn.done + to.base });
}
