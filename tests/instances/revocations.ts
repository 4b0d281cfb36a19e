import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { Client } from "../harness/client.ts";
import type { Cluster } from "./cluster.ts";

/**
 * Maximum time from a change to its effect in every process, even if a process was killed, plus tolerance for
 * a loaded machine. Milliseconds.
 */
const promiseMs = 5_000, slackMs = 2_000;
const password = "correct horse battery";

/**
 * Makes changes through instance 0, kills it with SIGKILL, and checks that the sockets on instance 1 follow
 * the acknowledged changes.
 */
export async function holdToRevocations(cluster: Cluster): Promise<void> {
  const [doer, holder] = cluster.instances;
  const url = holder!.address.replace("http", "ws");
  const room = async (said = true) => {
    const consumer = crypto.randomUUID();
    const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
    await visitor.next("welcome");
    if (said) await visitor.say("hello", { client_id: consumer });
    return { consumer, visitor };
  };

  async function revoke(
    what: string,
    [path, init]: [string, RequestInit],
    sockets: Client[],
    ...codes: number[]
  ) {
    const response = await cluster.ask(0, path, init);
    const refused = response.ok ? undefined : await response.text();
    await doer!.end("SIGKILL");
    await response.body?.cancel().catch(() => {});
    assert.equal(refused, undefined, `${what}: ${response.status}`);
    const began = performance.now();
    for (const socket of sockets) {
      const code = await socket.closed(2 * promiseMs);
      assert(codes.includes(code), `${what}: ${code}`);
    }
    const ms = performance.now() - began;
    assert(ms < promiseMs + slackMs, `${what}: ${ms} ms`);
    await doer!.start();
  }

  const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
  const remove = (body?: object): RequestInit => ({
    method: "DELETE",
    ...(body && { body: JSON.stringify(body) }),
  });

  const stays = await room();
  const blocked = await room();
  await revoke(
    "a block",
    ["/messages/api/blocked", post({ consumer: blocked.consumer })],
    [blocked.visitor],
    4403,
  );
  const erased = await room();
  await revoke("an erasure", [`/messages/api/rooms/${erased.consumer}`, remove()], [erased.visitor], 4403);

  const path = `${url}/ws/chat/asha/${crypto.randomUUID()}`;
  const old = await Client.open(path, {
    protocols: ["parlor.v1"],
    headers: { origin: "https://old.example" },
  });
  await old.next("welcome");
  await revoke("origins", ["/chatbot/api", post({ allowed_origins: ["https://new.example"] })], [old], 4403);

  await stays.visitor.ask({ command: "fetch_messages" }, "messages");
  const silent = await room(false);
  const wanted: [string, RequestInit] = ["/chatbot/api", post({ require_identity: true })];
  await revoke("require_identity", wanted, [stays.visitor, silent.visitor], 4401);
  await (await cluster.ask(0, "/chatbot/api", post({ require_identity: false }))).body?.cancel();

  const { secret } = await (await cluster.ask(0, "/chatbot/api/identity-secret", post({}))).json();
  const identity = await new SignJWT({ sub: "vera", exp: Math.floor(Date.now() / 1_000) + 3_600 })
    .setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
  const session = await (await cluster.ask(0, "/chatbot/api/asha/session", post({ identity }))).json();
  const protocols = ["parlor.v1", `bearer.${session.token}`];
  const vouched = await Client.open(`${url}/ws/chat/asha/${session.consumer}`, { protocols });
  await vouched.next("welcome");
  await vouched.say("hello", { client_id: "1" });
  await revoke("another secret", ["/chatbot/api/identity-secret", post({})], [vouched], 4401);

  const changed = await cluster.open(1, "room/asha");
  await changed.next("welcome");
  const new_password = "a better horse battery";
  await revoke(
    "a new password",
    ["/accounts/api/password", { ...post({ password, new_password }), headers: await otherSession(cluster) }],
    [changed],
    4401,
  );
  cluster.token = await signIn(cluster, new_password);

  const inboxes = [await cluster.open(1, "room/asha"), await cluster.open(1, `chat/asha/${stays.consumer}`)];
  for (const inbox of inboxes) await inbox.next("welcome");
  await revoke("a sign-out", ["/accounts/api/logout", post({})], inboxes, 4401);
  cluster.token = await signIn(cluster, new_password);

  const last = await room(), inbox = await cluster.open(1, "room/asha");
  await inbox.next("welcome");
  const account = remove({ username: "asha", password: new_password });
  await revoke("a deleted account", ["/messages/api/account", account], [last.visitor], 4403, 4404);
  assert([4401, 4404].includes(await inbox.closed(promiseMs)));
  old.terminate();
}

async function signIn(cluster: Cluster, secret: string): Promise<string> {
  const body = JSON.stringify({ username: "asha", password: secret });
  return (await (await cluster.ask(0, "/accounts/api/login", { method: "POST", body })).json()).token;
}

/** A password change keeps the session that makes it; the sockets belong to another one. */
async function otherSession(cluster: Cluster): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await signIn(cluster, password)}` };
}
