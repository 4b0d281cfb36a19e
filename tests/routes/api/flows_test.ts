import assert from "node:assert/strict";
import { knowledgeHead } from "../../../db/collections/knowledge/heads.ts";
import { labels } from "../../../db/collections/labels.ts";
import { flowLimits } from "../../../protocol/flow_text.ts";
import { inWorkspace, signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";

/** Calls `/messages/api/flows…` in asha's workspace; bruno in his own. */
type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;
interface Answer {
  status: number;
  // deno-lint-ignore no-explicit-any -- JSON of a response
  body: any;
}

interface Cast {
  parlor: Parlor;
  owner: Admin;
  /** Owner; manager; agent; somebody else. */
  asha: Caller;
  marco: Caller;
  ines: Caller;
  bruno: Caller;
}

async function withTeam(test: (cast: Cast) => Promise<void>): Promise<void> {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const marco = await signUpMember(parlor, "asha", { username: "marco", role: "manager" });
  const ines = await signUpMember(parlor, "asha", { username: "ines", role: "agent" });
  const caller = (admin: Admin, workspace = "asha"): Caller => async (method, path, body) => {
    const response = await parlor.fetch(`/messages/api/flows${path}`, {
      method,
      headers: {
        ...inWorkspace(admin, workspace),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  await test({
    parlor,
    owner: asha,
    asha: caller(asha),
    marco: caller(marco),
    ines: caller(ines),
    bruno: caller(bruno, "bruno"),
  });
}

const hello = (more: Record<string, unknown> = {}) => ({
  title: "Hello",
  start: { button: true },
  steps: [{ id: "name", do: "ask", text: "Your name?", into: "name" }, {
    id: "hi",
    do: "say",
    text: "Hi {{name}}",
  }],
  ...more,
});
const world = { online: true, hours: "open", language: "en" };

Deno.test("a flow is made, read, changed and deleted by who manages content", async () => {
  await withTeam(async ({ parlor, asha, marco, ines, bruno }) => {
    const { store } = parlor.running.service.chat;
    const head = async () => (await knowledgeHead(store, "asha")).n;
    const made = await marco("POST", "", hello());
    assert.equal(made.status, 201);
    assert.equal(made.body.version, 1);
    assert.equal(await head(), 1, "models are built again");
    assert.deepEqual((await ines("GET", `/${made.body.id}`)).body, made.body, "agents read it");
    assert.equal((await bruno("GET", `/${made.body.id}`)).status, 404);
    const { id } = made.body;
    const off = await asha("PATCH", `/${id}`, { version: 1, enabled: false });
    assert.deepEqual([off.body.version, off.body.enabled, off.body.title], [2, false, "Hello"]);
    assert.notEqual(off.body.by, made.body.by);
    assert.deepEqual((await ines("GET", "")).body.flows, [
      {
        id,
        title: "Hello",
        start: "button",
        steps: 2,
        enabled: false,
        updated: off.body.updated,
        version: 2,
      },
    ]);
    for (
      const [method, path, body] of [
        ["POST", "", hello()],
        ["PATCH", `/${id}`, { version: 2 }],
        ["DELETE", `/${id}`],
        ["POST", "/try", {}],
        ["GET", "/starters"],
      ] as const
    ) {
      assert.equal((await ines(method, path, body)).status, 403, method);
    }
    assert.equal((await bruno("DELETE", `/${id}`)).status, 404);
    assert.equal((await asha("DELETE", `/${id}`)).status, 204);
    assert.equal((await asha("DELETE", `/${id}`)).status, 404);
    assert.equal(await head(), 3);
  });
});

Deno.test("of two editors at once, one is told that the other has saved", async () => {
  await withTeam(async ({ asha, marco }) => {
    const { id } = (await asha("POST", "", hello())).body;
    const both = await Promise.all(
      [asha, marco].map((caller, i) => caller("PATCH", `/${id}`, { version: 1, title: `By ${i}` })),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    assert.equal(refused.body.error.code, "conflict");
    const saved = both.find(({ status }) => status === 200)!;
    assert.equal((await asha("GET", `/${id}`)).body.title, saved.body.title);
  });
});

Deno.test("what is wrong is told by step, shapes and the flow as a whole", async () => {
  await withTeam(async ({ parlor, asha }) => {
    const wrong = async (more: Record<string, unknown>) => {
      const { status, body } = await asha("POST", "", hello(more));
      assert.equal(status, 400);
      return body.error.fields;
    };
    const say = { id: "hi", do: "say", text: "Hi" };
    assert.deepEqual(Object.keys(await wrong({ steps: [say, { id: "x", do: "jump" }] })), ["steps.1.do"]);
    assert.deepEqual(await wrong({ steps: [{ ...say, text: " " }] }), { "steps.0.text": "may not be empty" });
    assert.deepEqual(
      await wrong({ steps: [{ ...say, buttons: [{ label: "Go", do: { url: "http://a.example" } }] }] }),
      {
        "steps.0.buttons.0.do.url": "an https:// address",
      },
    );
    assert.deepEqual(await wrong({ steps: [{ ...say, next: "z" }] }), {
      "steps.0.next": 'step "hi" goes to "z", and there is no such step',
    });
    assert.deepEqual(await wrong({ start: { phrases: [] } }), { "start.phrases": "at least one phrase" });
    const gone = "aaaaaaaaaaaa";
    assert.deepEqual(
      await wrong({
        steps: [
          { ...say, buttons: [{ label: "A", do: { answer: gone } }, { label: "F", do: { flow: gone } }] },
          { id: "l", do: "label", label: gone },
          { id: "t", do: "assign", to: { team: gone } },
          { id: "a", do: "assign", to: { agent: gone } },
          { id: "h", do: "handoff", team: gone },
        ],
      }),
      {
        "steps.0.buttons.0.do": 'step "hi": there is no such answer',
        "steps.0.buttons.1.do": 'step "hi": there is no such flow',
        "steps.1.label": 'step "l": there is no such label',
        "steps.2.to": 'step "t": there is no such team',
        "steps.3.to": 'step "a": there is no such agent',
        "steps.4.team": 'step "h": there is no such team',
      },
    );
    const { store } = parlor.running.service.chat;
    await labels.put(store, { workspace: "asha", id: gone, name: "VIP", colour: "#000000", created: 1 });
    const { body } = await asha("POST", "", hello({ steps: [{ id: "l", do: "label", label: gone }] }));
    await labels.remove(store, ["asha", gone]);
    assert.equal((await asha("PATCH", `/${body.id}`, { version: 1, title: "Hi" })).status, 400);
    assert.equal(
      (await asha("PATCH", `/${body.id}`, { version: 1, enabled: false })).status,
      200,
      "it can be switched off",
    );
  });
});

Deno.test("names are unique, one flow greets, and there are at most 100", async () => {
  await withTeam(async ({ asha }) => {
    await asha("POST", "", hello());
    assert.deepEqual(Object.keys((await asha("POST", "", hello())).body.error.fields), ["title"]);
    const greets = { start: { greeting: true } };
    assert.equal((await asha("POST", "", hello({ title: "Greets", ...greets }))).status, 201);
    const second = await asha("POST", "", hello({ title: "Greets too", ...greets }));
    assert.equal(second.body.error.fields.start, '"Greets" greets visitors already; switch that off first');
    const off = await asha("POST", "", hello({ title: "Greets too", ...greets, enabled: false }));
    assert.equal(off.status, 201);
    assert.equal((await asha("PATCH", `/${off.body.id}`, { version: 1, enabled: true })).status, 400);
    for (let n = 3; n < flowLimits.flows; n++) {
      assert.equal((await asha("POST", "", hello({ title: `Flow ${n}` }))).status, 201);
    }
    const more = await asha("POST", "", hello({ title: "One more" }));
    assert.deepEqual([more.status, more.body.error.code], [403, "quota_reached"]);
  });
});

Deno.test("a flow is tried without being saved", async () => {
  await withTeam(async ({ asha }) => {
    const asked = await asha("POST", "/try", { flow: hello(), input: { world } });
    assert.deepEqual(asked.body, {
      says: [{ text: "Your name?" }],
      effects: [],
      state: { step: "name", vars: {}, tries: 1 },
    });
    const { state } = asked.body;
    const said = await asha("POST", "/try", { flow: hello(), state, input: { text: "Ada", world } });
    assert.deepEqual(said.body, { says: [{ text: "Hi Ada" }], effects: [], done: "end" });
    const wrong = await asha("POST", "/try", {
      flow: hello({ steps: [{ id: "a", do: "say", text: "A", next: "b" }] }),
      input: { world },
    });
    assert.deepEqual(Object.keys(wrong.body.error.fields), ["steps.0.next"]);
    assert.deepEqual((await asha("GET", "")).body, { flows: [] });
  });
});

Deno.test("ready flows can be saved as they are, and changes stand in the audit log", async () => {
  await withTeam(async ({ parlor, owner, asha }) => {
    const { body: { flows } } = await asha("GET", "/starters?locale=ar");
    assert.equal(flows.length, 3);
    for (const flow of flows) assert.equal((await asha("POST", "", flow)).status, 201);
    const { body } = await asha("GET", "");
    await asha("PATCH", `/${body.flows[0].id}`, { version: 1, title: "Renamed" });
    await asha("DELETE", `/${body.flows[0].id}`);
    const response = await parlor.fetch("/messages/api/audit", { headers: inWorkspace(owner, "asha") });
    const log = await response.json();
    assert.deepEqual(
      log.entries.filter(({ act }: { act: string }) => act.startsWith("flow")).map((
        { act }: { act: string },
      ) => act),
      ["flow_deleted", "flow_changed", "flow_created", "flow_created", "flow_created"],
    );
    const [, changed] = log.entries.filter(({ act }: { act: string }) => act.startsWith("flow"));
    assert.deepEqual(changed.detail, { title: "Renamed", fields: ["title"] });
  });
});
