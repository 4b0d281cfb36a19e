import assert from "node:assert/strict";
import type { Client } from "../../harness/client.ts";
import { eventually } from "../../harness/eventually.ts";
import { type Admin, Parlor, password } from "../../harness/parlor.ts";
import { callAs, joinTeam, type Json } from "../../harness/team.ts";

const day = 86_400_000;

async function withAsha(test: (parlor: Parlor, asha: Admin) => Promise<void>) {
  await using parlor = await Parlor.start();
  await test(parlor, await parlor.signUp("asha"));
}

const invited = async (parlor: Parlor, asha: Admin, body: Record<string, unknown> = { role: "agent" }) =>
  (await callAs(parlor, asha, "POST /invitations", { body })).answer as {
    id: string;
    token: string;
    link: string;
    role: string;
    expires: string;
  };

const look = (parlor: Parlor, token: string) => parlor.fetch(`/accounts/api/invitations/${token}`);
const accept = (parlor: Parlor, token: string, username: string) =>
  parlor.post(`/accounts/api/invitations/${token}/accept`, { username, password });

Deno.test("an invited person makes an account where sign-up is closed, and acts in the workspace", async () => {
  await withAsha(async (parlor, asha) => {
    parlor.running.service.chat.signupOpen = false;
    const { token, link, expires, id } = await invited(parlor, asha, {
      role: "manager",
      email: "ben@x.example",
    });
    assert.match(token, /^[\w-]{43}$/);
    assert.equal(link, `${parlor.address}/messages/join#${token}`);
    assert(Math.abs(Date.parse(expires) - Date.now() - 7 * day) < 60_000);
    const stored = await parlor.running.service.chat.store.records.get("invitations", ["asha", id]);
    assert(!JSON.stringify(stored).includes(token), "the token is kept nowhere");
    const shown = await (await look(parlor, token)).json();
    assert.deepEqual(shown, { workspace: "asha", title: "Chat with us", role: "manager", expires });

    const response = await accept(parlor, token, "ben");
    const session = await response.json();
    assert.deepEqual([response.status, session.workspace, session.role], [201, "asha", "manager"]);
    assert(response.headers.getSetCookie()[0]?.startsWith("parlor_session="));
    const ben = { username: "ben", token: session.token, cookie: "" };
    const { answer } = await callAs(parlor, ben, "GET /members");
    assert.deepEqual(answer.members.map((one: Json) => [one.username, one.role]), [
      ["asha", "owner"],
      ["ben", "manager"],
    ]);
    assert.equal(answer.members[1].id, answer.you);
    assert.deepEqual((await callAs(parlor, ben, "GET /workspaces")).answer.workspaces, [
      { workspace: "asha", title: "Chat with us", role: "manager" },
    ]);
    for (
      const status of [(await look(parlor, token)).status, (await accept(parlor, token, "mallory")).status]
    ) {
      assert.equal(status, 404, "it was used");
    }
    assert.equal(await parlor.running.service.chat.store.account("mallory"), undefined);
  });
});

Deno.test("the account of an invited person has no chatbot: its name answers as that of an unknown admin", async () => {
  await withAsha(async (parlor, asha) => {
    const ben = await joinTeam(parlor, asha, "ben");
    const calls = (name: string) =>
      Promise.all([
        parlor.fetch(`/chatbot/api?username=${name}`),
        parlor.post(`/chatbot/api/${name}/session`, {}),
        parlor.fetch(`/chatbot/${name}/vera`),
      ]);
    const [known, unknown] = [await calls("ben"), await calls("nobody1")];
    for (const [i, one] of known.entries()) {
      assert.equal(one.status, 404);
      const text = async (response: Response) => (await response.text()).replace(/nonce="[^"]*"/, "");
      assert.equal((await text(one)).replaceAll("ben", "nobody1"), await text(unknown[i]!));
    }
    for (const path of [`/ws/chat/ben/${crypto.randomUUID()}`, "/ws/room/ben"]) {
      const socket = await parlor.open(path, { protocols: ["parlor.v1"] });
      assert.equal(await socket.closed(), 4404);
    }
    const own = await callAs(parlor, ben, "GET /members", { workspace: "ben" });
    assert.deepEqual([own.status, own.answer.error.code], [403, "not_allowed"]);
    assert.equal((await parlor.post("/accounts/api/signup", { username: "ben", password })).status, 409);
  });
});

Deno.test("of 64 who use one invitation at once one becomes a member, and the others make no account", async () => {
  await withAsha(async (parlor, asha) => {
    const { token } = await invited(parlor, asha);
    const { chat } = parlor.running.service;
    const { signUpBy, joinBy } = await import("../../../chat/team/joining.ts");
    // The same hash for all: 64 real ones would take a minute, and they are not what races.
    const hash = await chat.passwords.hash(password);
    const racing = { ...chat, passwords: { ...chat.passwords, hash: () => Promise.resolve(hash) } };
    const bruno = await parlor.signUp("bruno");
    const account = (await chat.store.account("bruno"))!.id;
    const names = Array.from({ length: 63 }, (_, i) => `racer${i}`);
    const outcomes = await Promise.allSettled([
      joinBy(chat, token, { username: bruno.username, account }),
      ...names.map((username) => signUpBy(racing, token, { username, password })),
    ]);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    for (const one of outcomes) {
      if (one.status === "rejected") assert.equal(one.reason.code, "unknown_invitation", String(one.reason));
    }
    const { answer } = await callAs(parlor, asha, "GET /members");
    assert.equal(answer.members.length, 2);
    const made = await Promise.all(names.map((name) => chat.store.account(name)));
    const members = answer.members.map(({ username }: { username: string }) => username);
    assert.deepEqual(
      made.flatMap((one) => one ? [one.username] : []),
      members.filter((n: string) => n.startsWith("racer")),
    );
  });
});

Deno.test("an invitation that was revoked, has expired, or was made by a removed or demoted manager, is worth nothing", async () => {
  await withAsha(async (parlor, asha) => {
    const ben = await joinTeam(parlor, asha, "ben", { role: "manager" });
    const revoked = await invited(parlor, asha);
    assert.equal((await callAs(parlor, asha, `DELETE /invitations/${revoked.id}`)).status, 204);
    assert.equal((await look(parlor, revoked.token)).status, 404);
    assert.equal((await accept(parlor, revoked.token, "zoe")).status, 404);

    const late = await invited(parlor, asha);
    const { chat } = parlor.running.service, now = chat.now;
    chat.now = () => Date.now() + 7 * day + 1;
    assert.equal((await look(parlor, late.token)).status, 404);
    assert.equal((await accept(parlor, late.token, "zoe")).status, 404);
    chat.now = now;
    assert.equal((await look(parlor, late.token)).status, 200);

    const bens = await invited(parlor, ben);
    assert.equal(
      (await callAs(parlor, asha, `PATCH /members/${ben.id}`, { body: { role: "agent" } })).status,
      200,
    );
    assert.equal((await look(parlor, bens.token)).status, 404, "ben is an agent now");
    assert.equal((await callAs(parlor, asha, `DELETE /members/${ben.id}`)).status, 204);
    assert.equal((await accept(parlor, bens.token, "ben2")).status, 404, "ben is gone");
    const { answer } = await callAs(parlor, asha, "GET /invitations");
    assert.deepEqual(answer.invitations.map(({ id }: { id: string }) => id), [late.id]);
    assert.equal(await chat.store.account("zoe"), undefined);
  });
});

Deno.test("open invitations are bounded, and guesses of tokens are counted by address", async () => {
  await withAsha(async (parlor, asha) => {
    for (let i = 0; i < 50; i++) await invited(parlor, asha);
    const { status, answer } = await callAs(parlor, asha, "POST /invitations", { body: { role: "agent" } });
    assert.deepEqual([status, answer.error.code], [403, "quota_reached"]);
    const { chat } = parlor.running.service;
    chat.now = () => Date.now() + 8 * day;
    assert.equal((await invited(parlor, asha)).role, "agent", "expired ones make room");
    chat.now = () => Date.now();
    const codes = new Set<number>();
    for (let i = 0; i < 200 && !codes.has(429); i++) codes.add((await look(parlor, `guess${i}`)).status);
    assert.deepEqual([...codes], [404, 429]);
  });
});

Deno.test("an account with a chatbot of its own joins with its session, once, and acts where the call says", async () => {
  await withAsha(async (parlor, asha) => {
    const bruno = await parlor.signUp("bruno");
    const { token } = await invited(parlor, asha);
    const path = `/accounts/api/invitations/${token}/accept`;
    assert.equal((await parlor.post(path, {})).status, 401);
    const joined = await callAs(parlor, bruno, `POST ${path}`, { body: { name: "Bruno" } });
    assert.deepEqual([joined.status, joined.answer], [200, { workspace: "asha", role: "agent" }]);
    const again = await invited(parlor, asha);
    const twice = await callAs(parlor, bruno, `POST /accounts/api/invitations/${again.token}/accept`, {
      body: {},
    });
    assert.equal(twice.status, 400, "a member already");
    assert.equal((await look(parlor, again.token)).status, 200, "and the invitation stays");

    const { workspaces } = (await callAs(parlor, bruno, "GET /workspaces")).answer;
    assert.deepEqual(workspaces.map(({ workspace, role }: Json) => [workspace, role]), [
      ["bruno", "owner"],
      ["asha", "agent"],
    ]);
    const counts = async (workspace?: string) =>
      (await callAs(parlor, bruno, "GET /members", { workspace })).answer.members.length;
    assert.deepEqual([await counts(), await counts("bruno"), await counts("asha"), await counts("ASHA")], [
      1,
      1,
      2,
      2,
    ]);
    const elsewhere = await callAs(parlor, asha, "GET /members", { workspace: "bruno" });
    assert.equal(elsewhere.status, 403);
  });
});

/** The frame with a message of this text, once it is there. */
async function shown(client: Client, content: string): Promise<Json> {
  const find = () => client.frames.find(({ message }) => message?.content === content);
  await client.until(() => find() !== undefined);
  return find();
}

Deno.test("what a member writes is by its public name, and without a second member nothing says who wrote", async () => {
  await withAsha(async (parlor, asha) => {
    const consumer = crypto.randomUUID();
    const visitor = await parlor.chat(asha, consumer);
    await visitor.say("hello");
    const alone = await parlor.inbox(asha);
    alone.send({ command: "new_message", consumer, message: { content: "alone" } });
    const first = await shown(visitor, "alone");
    assert(!("by" in first.message));

    const ben = await joinTeam(parlor, asha, "ben-login", { name: "Ben" });
    const inbox = await parlor.open("/ws/room/asha", { protocols: ["parlor.v1", `bearer.${ben.token}`] });
    await inbox.next("welcome");
    inbox.send({ command: "subscribe" });
    await inbox.next("subscribed");
    inbox.send({ command: "new_message", consumer, message: { content: "by ben" } });
    const { message } = await shown(visitor, "by ben");
    assert.deepEqual([message.author, message.side, message.by], ["asha", "admin", {
      id: ben.id,
      name: "Ben",
    }]);
    const patch = { name: "Benedikt", avatar_url: "https://x.example/b.png", title: "Support" };
    assert.equal(
      (await callAs(parlor, ben, "PATCH /members/me", { body: patch })).answer.member.name,
      "Benedikt",
    );
    inbox.send({ command: "new_message", consumer, message: { content: "renamed" } });
    const renamed = await shown(visitor, "renamed");
    assert.deepEqual(renamed.message.by, { id: ben.id, name: "Benedikt", avatar_url: patch.avatar_url });
    assert(!JSON.stringify(visitor.frames).includes("ben-login"), "no visitor receives a sign-in name");
  });
});

Deno.test("ownership is handed over with the password, the owner stays, and a manager manages those below", async () => {
  await withAsha(async (parlor, asha) => {
    const ben = await joinTeam(parlor, asha, "ben", { role: "manager" });
    const zoe = await joinTeam(parlor, asha, "zoe");
    const you = (await callAs(parlor, asha, "GET /members")).answer.you;
    const refused = async (who: Admin, route: string, body?: unknown) => {
      const { status, answer } = await callAs(parlor, who, route, { body, workspace: "asha" });
      assert.deepEqual([status, answer?.error.code], [403, "not_allowed"], route);
    };
    await refused(asha, `DELETE /members/${you}`);
    await refused(asha, `PATCH /members/${you}`, { role: "agent" });
    await refused(ben, `DELETE /members/${you}`);
    await refused(ben, `PATCH /members/${you}`, { name: "Owned" });
    await refused(ben, `PATCH /members/${zoe.id}`, { role: "manager" });
    await refused(ben, `PATCH /members/${ben.id}`, { role: "agent" });
    await refused(ben, "POST /invitations", { role: "manager" });
    await refused(ben, "POST /owner", { id: ben.id, password });
    await refused(zoe, `PATCH /members/${ben.id}`, { role: "observer" });
    await refused(zoe, "GET /invitations");
    assert.equal(
      (await callAs(parlor, ben, `PATCH /members/${zoe.id}`, { body: { role: "observer" } })).status,
      200,
    );
    assert.equal((await callAs(parlor, asha, "POST /owner", { body: { id: "aaaaaaaaaaaa" } })).status, 404);

    assert.equal((await callAs(parlor, asha, "POST /owner", { body: { id: ben.id, password } })).status, 204);
    const { members } = (await callAs(parlor, ben, "GET /members")).answer;
    assert.deepEqual(members.map(({ username, role }: Json) => [username, role]), [
      ["asha", "manager"],
      ["ben", "owner"],
      ["zoe", "observer"],
    ]);
    await refused(asha, "POST /owner", { id: you, password });
    await refused(ben, `DELETE /members/${ben.id}`);
    assert.equal((await callAs(parlor, asha, `DELETE /members/${you}`)).status, 204, "asha leaves");
    await refused(asha, "GET /members");
    assert.equal((await callAs(parlor, zoe, `DELETE /members/${zoe.id}`, { workspace: "asha" })).status, 204);
    assert.equal((await callAs(parlor, zoe, "GET /members")).status, 403);
    assert.deepEqual((await callAs(parlor, zoe, "GET /workspaces")).answer.workspaces, []);
    assert.equal((await callAs(parlor, zoe, "GET /sessions")).status, 200, "the account is still its own");
  });
});

Deno.test("what was assigned to a member goes back to the queue when it is removed, or may only read", async () => {
  await withAsha(async (parlor, asha) => {
    const { store } = parlor.running.service.chat;
    const consumer = crypto.randomUUID(), key = { admin: "asha", consumer };
    const visitor = await parlor.chat(asha, consumer);
    await visitor.say("hello");
    const inbox = await parlor.inbox(asha);
    const ben = await joinTeam(parlor, asha, "ben"), zoe = await joinTeam(parlor, asha, "zoe");
    const assign = async (id: string) => {
      inbox.send({ command: "assign", consumer, agent: id });
      await eventually(async () => (await store.room(key))?.assignee === id);
    };
    const isFree = async () => (await store.room(key))?.assignee === undefined;
    await assign(ben.id);
    assert.equal((await callAs(parlor, asha, `DELETE /members/${ben.id}`)).status, 204);
    await eventually(isFree);
    await assign(zoe.id);
    const observer = { body: { role: "observer" } };
    assert.equal((await callAs(parlor, asha, `PATCH /members/${zoe.id}`, observer)).status, 200);
    await eventually(isFree);
    inbox.send({ command: "assign", consumer, agent: zoe.id });
    assert.equal((await inbox.next("error")).re, "assign", "nothing is assigned to an observer");
  });
});

Deno.test("of two owners' hand-overs at once one holds, and there is one owner", async () => {
  await withAsha(async (parlor, asha) => {
    const team = [await joinTeam(parlor, asha, "ben"), await joinTeam(parlor, asha, "zoe")];
    await Promise.all(team.map(({ id }) => callAs(parlor, asha, "POST /owner", { body: { id, password } })));
    const { members } = (await callAs(parlor, team[0]!, "GET /members")).answer;
    assert.equal(members.filter(({ role }: Json) => role === "owner").length, 1);
  });
});

Deno.test("an account that is deleted leaves the workspaces of others; what others work in is not deleted", async () => {
  await withAsha(async (parlor, asha) => {
    const ben = await joinTeam(parlor, asha, "ben");
    const refused = await callAs(parlor, asha, "DELETE /account", { body: { username: "asha", password } });
    assert.deepEqual([refused.status, refused.answer.error.code], [403, "not_allowed"]);
    assert.equal(
      (await callAs(parlor, asha, "GET /members")).answer.members.length,
      2,
      "nothing has happened",
    );
    assert.equal(
      (await callAs(parlor, ben, "DELETE /account", { body: { username: "ben", password } })).status,
      204,
    );
    const { members } = (await callAs(parlor, asha, "GET /members")).answer;
    assert.deepEqual(members.map(({ username }: Json) => username), ["asha"]);
    const { store } = parlor.running.service.chat;
    assert.deepEqual(await store.records.list("members/byUsername", ["ben"], { limit: 10 }), []);
    // Its name is taken by somebody else after an operator has released it: that is no member.
    assert(await store.releaseName("ben"));
    const other = await parlor.signUp("ben");
    assert.equal((await callAs(parlor, other, "GET /members", { workspace: "asha" })).status, 403);
    assert.equal(
      (await callAs(parlor, asha, "DELETE /account", { body: { username: "asha", password } })).status,
      204,
    );
    assert.deepEqual(await store.records.list("members", ["asha"], { limit: 10 }), []);
  });
});
