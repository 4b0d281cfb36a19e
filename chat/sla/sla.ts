import type { Sla } from "../../protocol/sla.ts";
import type { Episode } from "../../db/collections/episodes.ts";
import { dueClocks, type SlaClock, slaClocks } from "../../db/collections/sla_clocks.ts";
import { nextEntry, type StaffEntry } from "../../db/collections/staff_log.ts";
import { missedSince } from "../../db/missed.ts";
import type { Commit } from "../../db/records.ts";
import type { RoomKey, RoomRecord } from "../../db/store.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { changeRoom } from "../desk/change_room.ts";
import { InvalidInput, UnknownAdmin } from "../errors.ts";
import { roleMay } from "../permissions.ts";
import { countRoom } from "../reports/count_room.ts";
import { notify } from "../staff/notify.ts";
import { tellEntry } from "../staff/staff_log.ts";
import { membersOf } from "../team/members.ts";
import { type BusinessTime, businessTime } from "../time/business_time.ts";
import { type Due, hasTargets, nearestTarget } from "./targets.ts";

/** Clocks handled per look. */
const mostAtOnce = 100;

/** A workspace's targets and hours; undefined without any. */
export async function slaOf(
  chat: Pick<Chat, "store">,
  workspace: string,
): Promise<{ sla: Sla; time: BusinessTime } | undefined> {
  try {
    const settings = await chatbotOf(chat, workspace);
    return hasTargets(settings.sla) ? { sla: settings.sla, time: businessTime(settings) } : undefined;
  } catch (error) {
    if (error instanceof UnknownAdmin) return undefined;
    throw error;
  }
}

/** Sets the clock of a room to its nearest target, and the room's `dueAt`; repeating it changes nothing. @throws {Unavailable} */
export async function followSla(chat: Chat, key: RoomKey, episode?: Episode): Promise<void> {
  const room = await chat.store.room(key);
  if (!room) return;
  const found = await slaOf(chat, key.admin);
  const due = found && nearestTarget(room, episode ?? await countRoom(chat, key), found.sla, found.time);
  const clock = await setClock(chat, key, due);
  await showDue(chat, room, clock);
}

/** The clock after that. One that counts the same goes on as it is. */
async function setClock({ store }: Chat, { admin, consumer }: RoomKey, due: Due | undefined) {
  if (!due) {
    if (await slaClocks.get(store, [admin, consumer])) await slaClocks.remove(store, [admin, consumer]);
    return undefined;
  }
  let clock: SlaClock | undefined;
  await slaClocks.update(store, [admin, consumer], (now) => {
    clock = now && isSame(now, due) ? now : { workspace: admin, consumer, ...due, stage: "running" };
    return clock === now ? undefined : clock;
  });
  return clock;
}

const isSame = (one: Due, other: Due) =>
  one.target === other.target && one.from === other.from && one.due === other.due;

/** Shows members until when the room has to be answered. */
async function showDue(chat: Chat, key: RoomRecord, clock: SlaClock | undefined): Promise<void> {
  const shown = clock && (clock.stage === "missed" ? missedSince(clock.due) : clock.due);
  if (key.dueAt === shown) return;
  try {
    await changeRoom(
      chat,
      key,
      undefined,
      (room) => room.dueAt === shown ? undefined : { set: { dueAt: shown ?? null } },
    );
  } catch (error) {
    // Deleted meanwhile.
    if (!(error instanceof InvalidInput)) throw error;
  }
}

/**
 * Warns of targets that are nearly missed, and records those that are; each once, however many processes do it.
 * Returns whether there may be more. @throws {Unavailable}
 */
export async function runDueClocks(chat: Chat): Promise<boolean> {
  const due = await dueClocks(chat.store, chat.now(), mostAtOnce);
  for (const clock of due) await runClock(chat, clock);
  return due.length === mostAtOnce;
}

async function runClock(chat: Chat, clock: SlaClock): Promise<void> {
  const key = { admin: clock.workspace, consumer: clock.consumer };
  // What happened a moment ago may not be followed yet.
  await followSla(chat, key);
  const now = await slaClocks.get(chat.store, [key.admin, key.consumer]);
  const room = await chat.store.room(key);
  if (!room) return void await slaClocks.remove(chat.store, [key.admin, key.consumer]);
  if (!now || now.stage !== clock.stage || !isSame(now, clock)) return;
  const isMissed = chat.now() >= now.due;
  // Before the clock moves: who does it again after a crash stores the same notices.
  await tellAbout(chat, room, now, isMissed);
  if (isMissed) await miss(chat, room, now);
  else await slaClocks.update(chat.store, [key.admin, key.consumer], (at) => moved(at, now, "warned"));
}

const moved = (at: SlaClock | undefined, from: SlaClock, stage: SlaClock["stage"]) =>
  at && at.stage === from.stage && isSame(at, from) ? { ...at, stage } : undefined;

/** The staff log's entry and the clock's change are one commit. */
async function miss(chat: Chat, room: RoomRecord, clock: SlaClock): Promise<void> {
  const { admin: workspace, consumer, head: after } = room;
  const detail = { target: clock.target, due: new Date(clock.due).toISOString() };
  let entry: StaffEntry | undefined;
  await slaClocks.update(
    chat.store,
    [workspace, consumer],
    (at) => moved(at, clock, "missed"),
    async (change) => {
      const next = await nextEntry(chat.store, {
        workspace,
        consumer,
        after,
        at: chat.now(),
        kind: "sla",
        detail,
      });
      entry = next.entry;
      return await chat.store.records.commit(together(change, next.commit));
    },
  );
  if (!entry) return;
  tellEntry(chat, entry);
  await showDue(chat, room, { ...clock, stage: "missed" });
}

const together = (one: Commit, other: Commit): Commit => ({
  check: [...one.check ?? [], ...other.check ?? []],
  put: [...one.put ?? [], ...other.put ?? []],
  delete: [...one.delete ?? [], ...other.delete ?? []],
});

/** The assignee, else the team; of a missed target who manages as well. */
async function tellAbout(chat: Chat, room: RoomRecord, { target, due }: SlaClock, isMissed: boolean) {
  const members = await membersOf(chat, room.admin);
  if (members.length < 2) return;
  const readers = members.filter(({ id, role, teams }) => {
    if (isMissed && roleMay(role, "reports")) return true;
    if (room.assignee !== undefined) return id === room.assignee;
    return roleMay(role, "write") && (room.team === undefined || teams.includes(room.team));
  });
  await notify(chat, room.admin, readers.map(({ id }) => id), {
    ...{ consumer: room.consumer, kind: "sla", id: `sla ${target} ${due} ${isMissed ? "missed" : "warned"}` },
    detail: { target, due: new Date(due).toISOString(), missed: isMissed },
  });
}
