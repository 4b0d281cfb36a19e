import assert from "node:assert/strict";
import { Client } from "../harness/client.ts";
import { sleep } from "./conversations.ts";
import { eventually } from "../harness/eventually.ts";
import type { Json } from "../harness/team.ts";
import type { Cluster } from "./cluster.ts";

/** From a change to its effect in every process, with tolerance for a loaded machine. Milliseconds. */
const promiseMs = 5_000, slackMs = 2_000;
const password = "correct horse battery";

/**
 * Demotes and removes a member through instance 0, which is killed as soon as it has answered, and checks that the member's
 * sockets and calls on all other instances follow.
 */
export async function holdToMembership(cluster: Cluster): Promise<void> {
  const [doer] = cluster.instances;
  const others = cluster.instances.map((_, i) => i).slice(1);
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
  await visitor.next("welcome");
  await visitor.say("hello");

  const json = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
  const { token } = await (await cluster.ask(0, "/messages/api/invitations", json({ role: "agent" }))).json();
  const accept = `/accounts/api/invitations/${token}/accept`;
  const ben = await (await cluster.ask(1, accept, json({ username: "ben", password }))).json();
  const headers = { authorization: `Bearer ${ben.token}` };
  const listed = async (i: number): Promise<{ status: number; answer: Json }> => {
    const response = await cluster.ask(i, "/messages/api/members", { headers });
    return { status: response.status, answer: await response.json() };
  };
  // Each process knows the membership from now on, and not from the store.
  for (const i of others) assert.equal((await listed(i)).status, 200);
  const { you: id } = (await listed(1)).answer;

  const sockets: Client[] = [];
  for (const i of others) {
    const url = cluster.instances[i]!.address.replace("http", "ws");
    for (const path of ["room/asha", `chat/asha/${consumer}`]) {
      const socket = await Client.open(`${url}/ws/${path}`, {
        protocols: ["parlor.v1", `bearer.${ben.token}`],
      });
      await socket.next("welcome");
      if (path === "room/asha") await socket.ask({ command: "subscribe" }, "subscribed");
      sockets.push(socket);
    }
  }

  const change = async (path: string, init: RequestInit) => {
    const response = await cluster.ask(0, path, init);
    const text = response.ok ? undefined : await response.text();
    await doer!.end("SIGKILL");
    await response.body?.cancel().catch(() => {});
    assert.equal(text, undefined, `${path}: ${response.status}`);
    return performance.now();
  };
  const inTime = (what: string, began: number) => {
    const ms = performance.now() - began;
    assert(ms < promiseMs + slackMs, `${what}: ${ms} ms`);
  };

  const demoted = await change(`/messages/api/members/${id}`, {
    method: "PATCH",
    body: '{"role":"observer"}',
  });
  const refused = async (socket: Client): Promise<boolean> => {
    socket.frames.length = 0;
    socket.send({ command: "typing", consumer, typing: true });
    socket.send({ command: "nothing" });
    const ends = () => socket.frames.some(({ error }) => error?.code === "unknown_command");
    await socket.until(ends);
    return socket.frames.some(({ error }) => error?.code === "not_allowed");
  };
  for (const socket of sockets) {
    // Few enough frames for the limit of one socket.
    while (!await refused(socket)) {
      inTime("demoted on open sockets", demoted);
      await sleep(250);
    }
  }
  assert(sockets.every(({ code }) => code === undefined), "and they stay open");
  await doer!.start();

  const removed = await change(`/messages/api/members/${id}`, { method: "DELETE" });
  for (const socket of sockets) assert.equal(await socket.closed(2 * promiseMs), 4401);
  inTime("the sockets of who was removed", removed);
  for (const i of others) {
    await eventually(async () => (await listed(i)).status === 403);
    assert.equal((await listed(i)).answer.error.code, "not_allowed");
  }
  inTime("the calls of who was removed", removed);
  const url = cluster.instances[1]!.address.replace("http", "ws");
  const again = await Client.open(`${url}/ws/room/asha`, { protocols: ["parlor.v1", `bearer.${ben.token}`] });
  assert.equal(await again.closed(), 4403);
  await doer!.start();
}
