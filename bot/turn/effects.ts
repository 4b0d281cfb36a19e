import type { FlowTurn } from "../../protocol/flows.ts";
import { maxLabelsOfRoom } from "../../protocol/limits.ts";
import { labels } from "../../db/collections/labels.ts";
import { teams } from "../../db/collections/teams.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../../chat/chat.ts";
import { canAnswer, handOver, handsOf } from "../../chat/desk/assignment.ts";
import { changeRoom } from "../../chat/desk/change_room.ts";

/** Labels and assigns a room as a flow says. What does not exist any more is left out. @throws {Unavailable} */
export async function applyEffects(
  chat: Chat,
  key: RoomKey,
  effects: FlowTurn["effects"] = [],
): Promise<void> {
  for (const effect of effects) {
    if ("label" in effect) await addLabel(chat, key, effect.label);
    else await assign(chat, key, effect.assign);
  }
}

async function addLabel(chat: Chat, key: RoomKey, label: string): Promise<void> {
  if (!await labels.get(chat.store, [key.admin, label])) return;
  await changeRoom(chat, key, undefined, ({ labels = [] }) => {
    if (labels.includes(label) || labels.length >= maxLabelsOfRoom) return undefined;
    const entry = { kind: "labelled" as const, detail: { add: [label], drop: [] } };
    return { set: { labels: [...labels, label] }, entry };
  });
}

async function assign(chat: Chat, key: RoomKey, to: { team: string } | { agent: string }): Promise<void> {
  const exists = "team" in to
    ? await teams.get(chat.store, [key.admin, to.team]) !== undefined
    : await canAnswer(chat, key.admin, to.agent);
  if (!exists) return;
  await changeRoom(chat, key, undefined, (room) => {
    const { team } = handsOf(room);
    return handOver(room, "team" in to ? { team: to.team, agent: null } : { team, agent: to.agent });
  });
}
