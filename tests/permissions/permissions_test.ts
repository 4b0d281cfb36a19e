import assert from "node:assert/strict";
import { type Act, acts, roleMay } from "../../chat/permissions.ts";
import { ClientFrame, type Command } from "../../protocol/frames.ts";
import { Role } from "../../protocol/team.ts";
import { openApp } from "../../routes/app.ts";
import type { Client } from "../harness/client.ts";
import { type Admin, Parlor, v1 } from "../harness/parlor.ts";
import { joinTeam } from "../harness/team.ts";
import { callOf, type PortalCall, portalCalls } from "../routes/api/portal_calls.ts";
import { commandRules } from "./frames.ts";
import { memberCalls, publicRoutes } from "./other_calls.ts";

/** The table as it is decided, written out once more. */
const allowed: Record<Role, readonly Act[]> = {
  observer: ["read", "note"],
  agent: ["read", "note", "write", "assign", "block", "own_canned"],
  manager: acts.filter((act) => act !== "secrets" && act !== "audit"),
  owner: acts,
};

Deno.test("every role may do what the table says, and nothing else", () => {
  for (const role of Role.options) {
    for (const act of acts) assert.equal(roleMay(role, act), allowed[role].includes(act), `${role} ${act}`);
  }
  assert(!roleMay("nobody" as Role, "read"), "denied by default");
});

/** From the one who may do least, since the others may delete what is asked about. */
const roles = ["observer", "agent", "manager", "owner"] as const;

interface Cast {
  parlor: Parlor;
  members: Record<Role, Admin>;
  outsider: Admin;
  consumer: string;
  visitor: string;
}

async function withCast(test: (cast: Cast) => Promise<void>): Promise<void> {
  await using parlor = await Parlor.start({ LIMIT_LOGINS: "off", LIMIT_ROOMS_PER_ADDRESS: "off" });
  const owner = await parlor.signUp("asha"), outsider = await parlor.signUp("bruno");
  const join = (role: "manager" | "agent" | "observer") => joinTeam(parlor, owner, role, { role });
  const members = {
    owner,
    manager: await join("manager"),
    agent: await join("agent"),
    observer: await join("observer"),
  };
  const { consumer, token: visitor } = await parlor.visit(owner);
  const chat = await parlor.chat(owner, consumer, visitor);
  await chat.say("Where is my parcel?");
  chat.close();
  await test({ parlor, members, outsider, consumer, visitor });
}

const key = ({ route }: PortalCall) => route;
const isOfPortal = (one: PortalCall) => portalCalls.includes(one);
/** What ends the session that asks, or deletes the account, is tested where that is. */
const ending = new Set(["POST /accounts/api/logout", "DELETE /account"]);
const everyCall = [...memberCalls, ...portalCalls].filter((one) => !ending.has(one.route));

async function callAs({ parlor, consumer }: Cast, one: PortalCall, token: string | undefined) {
  const { method, path, body } = callOf(one, { consumer });
  const headers: Record<string, string> = { "parlor-workspace": "asha" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const response = await parlor.fetch(isOfPortal(one) ? `/messages/api${path}` : path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let code: string | undefined;
  if (!response.ok && text.startsWith("{")) code = JSON.parse(text).error.code;
  return { status: response.status, code, text };
}

Deno.test("every call of the service stands in the tables of these tests", async () => {
  await withCast(async ({ parlor }) => {
    const { app, loadAll } = openApp(parlor.running.service);
    const made = new Set(
      [app, ...await loadAll()].flatMap(({ routes }) => routes).filter(({ method }) => method !== "ALL")
        .map(({ method, path }) => `${method} ${path.replace(/(.)\/$/, "$1")}`)
        .filter((route) => / \/(messages\/api|accounts\/api|chatbot\/api|ws)\b/.test(route)),
    );
    const listed = new Set([
      ...portalCalls.map(({ route }) => route.replace(" /", " /messages/api/")),
      ...memberCalls.map(key),
      ...publicRoutes,
    ]);
    const add =
      "add each route with the act that it demands: to tests/routes/api/portal_calls.ts if it is of " +
      "/messages/api, else to tests/permissions/other_calls.ts";
    assert.deepEqual([...made.difference(listed)], [], add);
    assert.deepEqual([...listed.difference(made)], [], "these are gone");
  });
});

Deno.test("every HTTP call is answered to the roles that may make it, and to nobody else", async () => {
  await withCast(async (cast) => {
    for (const one of everyCall) {
      assert.equal((await callAs(cast, one, undefined)).status, 401, `${one.route} by nobody`);
      assert.equal((await callAs(cast, one, cast.visitor)).status, 401, `${one.route} by a visitor`);
      if (one.act === "account") continue;
      const { status, code, text } = await callAs(cast, one, cast.outsider.token);
      assert.deepEqual([status, code], [403, "not_allowed"], `${one.route} by an outsider: ${text}`);
    }
    for (const role of roles) {
      for (const one of everyCall) {
        const { status, code, text } = await callAs(cast, one, cast.members[role].token);
        const what = `${one.route} by the ${role}: ${status} ${text.slice(0, 200)}`;
        if (one.act === "account" || roleMay(role, one.act)) {
          assert(status !== 401 && status < 500 && code !== "not_allowed" && code !== "forbidden", what);
        } else assert.deepEqual([status, code], [403, "not_allowed"], what);
      }
    }
  });
});

/** The code with which this frame is refused, if it is. Frames are handled one after the other. */
async function refusalOf(client: Client, frame: Record<string, unknown>): Promise<string | undefined> {
  const from = client.frames.length;
  client.send(frame);
  client.send({ command: "nothing" });
  const isEnd = ({ command, error }: Record<string, { code?: string } | string>) =>
    command === "error" && (error as { code?: string }).code === "unknown_command";
  await client.until(() => client.code !== undefined || client.frames.slice(from).some(isEnd));
  assert.equal(client.code, undefined, `closed after ${JSON.stringify(frame)}`);
  const answers = client.frames.splice(from);
  return answers.find(({ command, re }) => command === "error" && re === frame.command)?.error.code;
}

const frameOf = (command: Command, consumer: string) => {
  const { frame = {}, isOfInbox } = commandRules[command];
  return { command, ...(isOfInbox && command !== "new_room" ? {} : { consumer }), ...frame };
};

Deno.test("every command is obeyed of the roles that may send it, over both sockets, and of nobody else", async () => {
  const commands = ClientFrame.options.map(({ shape }) => shape.command.value);
  assert.deepEqual(
    new Set(commands),
    new Set(Object.keys(commandRules)),
    "add it in tests/permissions/frames.ts",
  );
  await withCast(async ({ parlor, members, outsider, consumer, visitor }) => {
    for (const role of roles) {
      const protocols = v1(members[role].token);
      const inbox = await parlor.inbox(
        members[role].username === "asha" ? members[role] : {
          ...members[role],
          username: "asha",
        },
      );
      const chat = await parlor.open(`/ws/chat/asha/${consumer}`, { protocols });
      await chat.next("welcome");
      for (const command of commands) {
        const { act, isOfInbox, visitor } = commandRules[command];
        if (visitor === "only") continue;
        for (const [socket, name] of [[inbox, "inbox"], [chat, "chat"]] as const) {
          if (name === "chat" && isOfInbox) continue;
          const code = await refusalOf(socket, frameOf(command, consumer));
          const what = `${command} by the ${role} over the ${name} socket`;
          if (roleMay(role, act)) assert(code !== "not_allowed" && code !== "forbidden", `${what}: ${code}`);
          else assert.equal(code, "not_allowed", what);
        }
      }
      inbox.close();
      chat.close();
    }
    const lobby = await parlor.open("/ws/room/asha", { protocols: v1(visitor) });
    const own = await parlor.chat({ username: "asha" }, consumer, visitor);
    for (const command of commands) {
      const rule = commandRules[command];
      if (rule.visitor) {
        const code = await refusalOf(rule.isOfInbox ? lobby : own, frameOf(command, consumer));
        assert(code !== "forbidden" && code !== "not_allowed", `${command} by the visitor: ${code}`);
        continue;
      }
      for (const socket of [lobby, own]) {
        const code = await refusalOf(socket, frameOf(command, consumer));
        assert.equal(code, "forbidden", `${command} by a visitor`);
      }
    }
    for (const path of ["/ws/room/asha", `/ws/chat/asha/${consumer}`]) {
      const socket = await parlor.open(path, { protocols: v1(outsider.token) });
      assert.equal(await socket.closed(), 4403, `${path} by an outsider`);
    }
  });
});
