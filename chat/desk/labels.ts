import type { LabelPatch, LabelSeen, NewLabel } from "../../protocol/desk.ts";
import { maxLabels } from "../../protocol/limits.ts";
import { type Label, labels } from "../../db/collections/labels.ts";
import { newRoomId } from "../../db/room_key.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { InvalidInput, NoSuch } from "../errors.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { clearRooms } from "./clear_rooms.ts";
import { checkName, defined } from "./teams.ts";

/** The labels of a workspace, by name. */
export async function labelsOf({ store }: Pick<Chat, "store">, workspace: string): Promise<Label[]> {
  const all: Label[] = [];
  for await (const label of labels.all(store, workspace)) all.push(label);
  return all.sort((a, b) => a.name.localeCompare(b.name));
}

/** @throws {Forbidden} */
export async function listLabels(chat: Chat, who: Who): Promise<{ labels: LabelSeen[] }> {
  return { labels: (await labelsOf(chat, demand(who, "read"))).map(labelSeen) };
}

const labelSeen = ({ id, name, colour }: Label): LabelSeen => ({ id, name, colour });

/** @throws {NotAllowed | InvalidInput} */
export async function createLabel(chat: Chat, who: Who, asked: NewLabel): Promise<LabelSeen> {
  const workspace = demand(who, "content");
  const label: Label = { workspace, id: newRoomId(), ...asked, created: chat.now() };
  await withKeyedLock(chat.store, `labels ${workspace}`, async () => {
    const all = await labelsOf(chat, workspace);
    if (all.length >= maxLabels) throw new InvalidInput({ name: `there are ${maxLabels} labels already` });
    checkName(all, label);
    await labels.put(chat.store, label);
  });
  await audit(chat, who, { act: "label_created", target: label.id, detail: { name: label.name } });
  return labelSeen(label);
}

/** @throws {NotAllowed | InvalidInput | NoSuch} */
export async function changeLabel(chat: Chat, who: Who, id: string, patch: LabelPatch): Promise<LabelSeen> {
  const workspace = demand(who, "content");
  const label = await withKeyedLock(chat.store, `labels ${workspace}`, async () => {
    const known = await labels.get(chat.store, [workspace, id]);
    if (!known) throw new NoSuch("label");
    const next = { ...known, ...defined(patch) };
    checkName(await labelsOf(chat, workspace), next);
    await labels.put(chat.store, next);
    return next;
  });
  await audit(chat, who, { act: "label_changed", target: id, detail: { fields: Object.keys(patch) } });
  return labelSeen(label);
}

/** Rooms lose it. @throws {NotAllowed | NoSuch} */
export async function deleteLabel(chat: Chat, who: Who, id: string): Promise<void> {
  const workspace = demand(who, "content");
  const label = await labels.get(chat.store, [workspace, id]);
  if (!label) throw new NoSuch("label");
  const without = () =>
    clearRooms(chat, workspace, { kind: "label", id }, ({ labels = [] }) => ({
      labels: labels.filter((one) => one !== id),
    }));
  // The rooms first: a call that was interrupted can be repeated while the label exists.
  await without();
  await labels.remove(chat.store, [workspace, id]);
  await without();
  await audit(chat, who, { act: "label_deleted", target: id, detail: { name: label.name } });
}
