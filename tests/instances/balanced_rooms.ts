import assert from "node:assert/strict";
import { staffLog } from "../../db/collections/staff_log.ts";
import type { RoomRecord, Store } from "../../db/store.ts";
import { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { join } from "../harness/hire.ts";
import type { Cluster } from "./cluster.ts";

const password = "correct horse battery";
const agents = ["ben_", "cleo", "dora"];

/** A member who is signed in and has a subscribed room socket on an instance. */
async function arrive(cluster: Cluster, store: Store, username: string, instance: number) {
  const body = JSON.stringify({ username, password });
  const response = await cluster.ask(0, "/accounts/api/signup", { method: "POST", body });
  const { token } = await response.json();
  const { id } = await join({ store }, "asha", username, { capacity: 1_000, name: username });
  const url = `${cluster.instances[instance]!.address.replace("http", "ws")}/ws/room/asha`;
  let inbox: Client | undefined;
  // An instance that has not heard of the member yet refuses it.
  await eventually(async () => {
    inbox = await Client.open(url, { protocols: ["parlor.v1", `bearer.${token}`] });
    await inbox.until(() => inbox!.code !== undefined || inbox!.frames.length > 0);
    return inbox.code === undefined;
  });
  return { id, inbox: inbox! };
}

/** Whether every instance knows that all these members are here. */
async function areKnown(cluster: Cluster, team: { id: string }[]): Promise<boolean> {
  const known = await Promise.all(cluster.instances.map(async (_, instance) => {
    const { members } = await (await cluster.ask(instance, "/messages/api/members")).json();
    const here = members.filter(({ online }: { online: boolean }) => online);
    return team.every(({ id }) => here.some((member: { id: string }) => member.id === id));
  }));
  return known.every(Boolean);
}

/**
 * Asserts that new rooms on three instances are shared out among agents on all of them: each room to one agent, loads within
 * one, an entry for each.
 */
export async function sharesRooms(cluster: Cluster, store: Store, count: number, patienceMs: number) {
  const set = await cluster.ask(0, "/chatbot/api", {
    method: "POST",
    body: JSON.stringify({ assignment: "balanced" }),
  });
  await set.body?.cancel();
  const team = await Promise.all(agents.map((name, instance) => arrive(cluster, store, name, instance)));
  await eventually(() => areKnown(cluster, team));
  const say = async (n: number) => {
    const visitor = await cluster.open(n % 3, `chat/asha/${crypto.randomUUID()}`, "visitor");
    await visitor.say("Hello");
    visitor.close();
  };
  for (let n = 0; n < count; n += 20) {
    await Promise.all(Array.from({ length: Math.min(20, count - n) }, (_, i) => say(n + i)));
  }
  const rooms = async () => {
    const all: RoomRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.rooms("asha", { limit: 100, cursor, filter: "all", messages: 0 });
      all.push(...page.rooms.map(({ room }) => room));
      cursor = page.cursor;
    } while (cursor);
    return all;
  };
  const isDone = async () => (await store.roomCounts("asha", team[0]!.id)).unassigned === 0;
  await eventually(isDone, { ms: patienceMs });
  const all = await rooms();
  assert.equal(all.length, count);
  const loads = team.map(({ id }) => all.filter(({ assignee }) => assignee === id).length);
  assert.equal(loads.reduce((sum, load) => sum + load), count);
  assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, JSON.stringify(loads));
  assert.deepEqual(await Promise.all(team.map(({ id }) => store.load("asha", id))), loads);
  for (const { consumer, assignee } of all) {
    const entries = await staffLog.list(store, ["asha", consumer], { limit: 10 });
    assert.deepEqual(entries.map(({ kind, detail }) => [kind, detail?.agent]), [["assigned", assignee]]);
  }
  for (const { inbox } of team) inbox.terminate();
  await Promise.all(team.map(({ inbox }) => inbox.gone()));
}
