import assert from "node:assert/strict";
import { actIn } from "../../../chat/team/acting.ts";
import { removeMember } from "../../../chat/team/member_changes.ts";
import { memberOf } from "../../../chat/team/members.ts";
import { auditBefore } from "../../../db/collections/audit.ts";
import { allCanned } from "../../../db/collections/canned.ts";
import { teams } from "../../../db/collections/teams.ts";
import { maxOwnCanned } from "../../../protocol/limits.ts";
import { inWorkspace, signUpMember } from "../../harness/member.ts";
import { type Admin, Parlor } from "../../harness/parlor.ts";

interface Cast {
  parlor: Parlor;
  /** Owner of the workspace; an agent of the team orders; an agent of none; an observer; somebody else. */
  asha: Caller;
  ines: Caller;
  jonas: Caller;
  olga: Caller;
  bruno: Caller;
}

/** Calls `/messages/api/canned…` in asha's workspace; bruno in his own. */
type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;
interface Answer {
  status: number;
  // deno-lint-ignore no-explicit-any -- JSON of a response
  body: any;
  text: string;
}

const orders = "orders000000";

async function withTeam(test: (cast: Cast) => Promise<void>): Promise<void> {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const { store } = parlor.running.service.chat;
  await teams.put(store, { workspace: "asha", id: orders, name: "Orders", assignment: "manual", created: 1 });
  const ines = await signUpMember(parlor, "asha", { username: "ines", role: "agent", teams: [orders] });
  const jonas = await signUpMember(parlor, "asha", { username: "jonas", role: "agent" });
  const olga = await signUpMember(parlor, "asha", { username: "olga", role: "observer" });
  const caller = (admin: Admin, workspace = "asha"): Caller => (method, path, body) =>
    call(parlor, { method, path, body, headers: inWorkspace(admin, workspace) });
  await test({
    parlor,
    ...{ asha: caller(asha), ines: caller(ines), jonas: caller(jonas), olga: caller(olga) },
    bruno: caller(bruno, "bruno"),
  });
}

async function call(
  parlor: Parlor,
  { method, path, body, headers }: {
    method: string;
    path: string;
    body: unknown;
    headers: Record<string, string>;
  },
): Promise<Answer> {
  const isFile = typeof body === "string";
  const response = await parlor.fetch(`/messages/api/canned${path}`, {
    method,
    headers: {
      ...headers,
      ...(body !== undefined && { "content-type": isFile ? "text/csv" : "application/json" }),
    },
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
}

async function codesOf(caller: Caller): Promise<string[]> {
  const { body } = await caller("GET", "");
  return body.canned.map(({ code }: { code: string }) => code);
}

const reply = (code: string, scope: string, more: Record<string, unknown> = {}) => ({
  ...{ code, title: `About ${code}`, text: `Hello {{visitor.name|there}}, ${code}`, scope },
  ...more,
});

Deno.test("everybody gets the replies of all, of its teams, and its own", async () => {
  await withTeam(async ({ asha, ines, jonas, bruno }) => {
    const created = await asha("POST", "", reply("hours", "all"));
    assert.equal(created.status, 201);
    assert.deepEqual(
      { ...created.body, id: "", updated: "" },
      { ...reply("hours", "all"), id: "", used: 0, updated: "" },
    );
    assert.equal((await asha("POST", "", reply("refund", "team", { team: orders }))).status, 201);
    assert.equal((await ines("POST", "", reply("mine", "own"))).status, 201);
    assert.equal((await jonas("POST", "", reply("mine", "own"))).status, 201, "each has its own");
    assert.deepEqual(await codesOf(ines), ["hours", "mine", "refund"]);
    assert.deepEqual(await codesOf(jonas), ["hours", "mine"]);
    assert.deepEqual(await codesOf(asha), ["hours", "refund"]);
    assert.deepEqual(await codesOf(bruno), []);
  });
});

Deno.test("an agent writes its own replies, and who manages content the shared ones", async () => {
  await withTeam(async ({ asha, ines, jonas, olga, bruno }) => {
    const refused = await ines("POST", "", reply("hours", "all"));
    assert.equal(refused.status, 400);
    assert.deepEqual(Object.keys(refused.body.error.fields), ["scope"]);
    const { body: shared } = await asha("POST", "", reply("hours", "all"));
    const { body: own } = await ines("POST", "", reply("mine", "own"));
    for (const [method, body] of [["PATCH", { text: "Changed" }], ["DELETE", undefined]] as const) {
      assert.equal((await ines(method, `/${shared.id}`, body)).status, 403, method);
      assert.equal((await jonas(method, `/${own.id}`, body)).status, 404, method);
      assert.equal((await asha(method, `/${own.id}`, body)).status, 404, `${method}: the owner neither`);
      assert.equal((await bruno(method, `/${shared.id}`, body)).status, 404, method);
      assert.equal((await olga(method, `/${shared.id}`, body)).body.error.code, "not_allowed", method);
    }
    assert.equal((await ines("PATCH", `/${own.id}`, { scope: "all" })).status, 400);
    assert.equal((await olga("GET", "")).status, 403);
    const { body: changed } = await asha("PATCH", `/${shared.id}`, { text: "Until {{ask:Hour|six}}" });
    assert.equal(changed.text, "Until {{ask:Hour|six}}");
    assert.equal(changed.title, "About hours", "what is not given stays");
    assert.equal((await asha("DELETE", `/${shared.id}`)).status, 204);
    assert.deepEqual(await codesOf(ines), ["mine"]);
  });
});

Deno.test("an unknown variable, a bad code, a team that is none and a taken code are told by field", async () => {
  await withTeam(async ({ asha, ines }) => {
    const wrong = async (body: unknown, field: string, caller = asha) => {
      const answer = await caller("POST", "", body);
      assert.equal(answer.status, 400);
      assert.deepEqual(Object.keys(answer.body.error.fields), [field]);
    };
    await wrong({ ...reply("a", "all"), text: "Hi {{visitor.nme}}" }, "text");
    await wrong({ ...reply("a", "all"), text: " " }, "text");
    await wrong({ ...reply("a", "all"), text: "x".repeat(4_001) }, "text");
    await wrong(reply("two words", "all"), "code");
    await wrong(reply("a", "team", { team: "nobody000000" }), "team");
    await wrong(reply("a", "team"), "team");
    assert.equal((await asha("POST", "", reply("Hours", "all"))).status, 201);
    await wrong(reply("/HOURS", "all"), "code");
    await wrong(reply("hours", "own"), "code", ines);
    assert.equal((await ines("POST", "", reply("mine", "own"))).status, 201);
    await wrong(reply("mine", "all"), "code");
  });
});

Deno.test("of many who take a code at once, one gets it", async () => {
  await withTeam(async ({ asha }) => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => asha("POST", "", reply("hours", "all"))),
    );
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.deepEqual(await codesOf(asha), ["hours"]);
  });
});

Deno.test("a use is counted, by whoever may use it", async () => {
  await withTeam(async ({ asha, ines, jonas }) => {
    const { body } = await asha("POST", "", reply("refund", "team", { team: orders }));
    const used = await Promise.all(Array.from({ length: 5 }, () => ines("POST", `/${body.id}/used`)));
    assert.deepEqual(new Set(used.map(({ status }) => status)), new Set([204]));
    assert.equal((await jonas("POST", `/${body.id}/used`)).status, 404);
    assert.equal((await jonas("POST", "/nothing00000/used")).status, 404);
    await asha("PATCH", `/${body.id}`, { title: "Refunds" });
    const { body: page } = await asha("GET", "");
    assert.equal(page.canned[0].used, 5);
  });
});

Deno.test("one agent's own replies end at 100", async () => {
  await withTeam(async ({ ines, jonas }) => {
    const lines = Array.from({ length: maxOwnCanned }, (_, i) => `c${i},text ${i}`);
    const { body } = await ines("POST", "/import", ["code,text", ...lines].join("\n"));
    assert.equal(body.imported, true);
    const over = await ines("POST", "", reply("more", "own"));
    assert.equal(over.body.error.code, "quota_reached");
    assert.equal((await jonas("POST", "", reply("more", "own"))).status, 201);
  });
});

Deno.test("500 long replies come in pages of at most 256 KiB, each once", async () => {
  await withTeam(async ({ asha }) => {
    const text = "é".repeat(1_000);
    for (const part of [0, 1, 2, 3]) {
      const lines = Array.from({ length: 125 }, (_, i) => `c${part}-${i},${text},all`);
      const { body } = await asha("POST", "/import", ["code,text,scope", ...lines].join("\n"));
      assert.equal(body.imported, true);
    }
    assert.equal((await asha("POST", "", reply("more", "all"))).body.error.code, "quota_reached");
    const codes = new Set<string>();
    let cursor = "", pages = 0;
    do {
      const { body, text } = await asha("GET", `?cursor=${encodeURIComponent(cursor)}`);
      assert.ok(new TextEncoder().encode(text).length <= 256 * 1024);
      for (const { code } of body.canned) codes.add(code);
      cursor = body.cursor ?? "";
      pages++;
    } while (cursor);
    assert.equal(codes.size, 500);
    assert.ok(pages > 1);
  });
});

const file = [
  "code,title,text,scope,team,used",
  'hours,Opening hours,"We open at 9, and close at 5",all,,3',
  'refund,,"It says ""refunded""\nwithin a day",team,orders,',
  "sum,Formula,'=1+1,own,,",
].join("\r\n");

Deno.test("a file is imported after a dry run, comes out as it went in, and is then the same", async () => {
  await withTeam(async ({ asha, ines }) => {
    const outcomes = ({ body }: Answer) => body.rows.map(({ outcome }: { outcome: string }) => outcome);
    const dry = await asha("POST", "/import?dry_run=1", file);
    assert.deepEqual([dry.body.imported, outcomes(dry)], [false, ["new", "new", "new"]]);
    assert.deepEqual(await codesOf(asha), []);
    const done = await asha("POST", "/import", file);
    assert.deepEqual([done.body.imported, outcomes(done)], [true, ["new", "new", "new"]]);
    const { body } = await asha("GET", "");
    assert.deepEqual(
      body.canned.map(({ code, text, scope }: Record<string, string>) => [code, text, scope]),
      [
        ["hours", "We open at 9, and close at 5", "all"],
        ["refund", 'It says "refunded"\nwithin a day', "team"],
        ["sum", "=1+1", "own"],
      ],
    );
    const { text } = await asha("GET", ".csv");
    assert.ok(text.includes("'=1+1"), "a spreadsheet does not run it");
    assert.deepEqual(outcomes(await asha("POST", "/import", text)), ["same", "same", "same"]);
    const again = await asha("POST", "/import", file.replace("at 9", "at 8"));
    assert.deepEqual(outcomes(again), ["changed", "same", "same"]);
    assert.deepEqual(await codesOf(ines), ["hours", "refund"], "asha's own stays hers");
    assert.ok(!(await ines("GET", ".csv")).text.includes("sum"));
  });
});

Deno.test("the audit log tells of an import that changed something, once", async () => {
  await withTeam(async ({ parlor, asha }) => {
    await asha("POST", "/import?dry_run=1", file);
    for (const _ of ["new", "same"]) await asha("POST", "/import", file);
    const { store } = parlor.running.service.chat;
    const acts = (await auditBefore(store, "asha", undefined, 50)).filter(({ act }) =>
      act === "canned_imported"
    );
    assert.deepEqual(acts.map(({ detail }) => detail), [{ added: 3, changed: 0 }]);
  });
});

Deno.test("a file with wrong lines changes nothing, and each is told with its line", async () => {
  await withTeam(async ({ asha, ines }) => {
    const { body } = await asha(
      "POST",
      "/import",
      "code,text,scope,team\ngood,Hello,all\nbad code,Hello,all\nempty,,all\nvar,{{nothing}},all\ngood,Twice,all\nt,Hi,team,Nowhere",
    );
    assert.equal(body.imported, false);
    assert.deepEqual(
      body.rows.map((
        { line, outcome, fields }: { line: number; outcome: string; fields?: object },
      ) => [line, outcome, Object.keys(fields ?? {}).join()]),
      [
        [2, "new", ""],
        [3, "wrong", "code"],
        [4, "wrong", "text"],
        [5, "wrong", "text"],
        [6, "wrong", "code"],
        [7, "wrong", "team"],
      ],
    );
    assert.deepEqual(await codesOf(asha), []);
    await asha("POST", "", reply("hours", "all"));
    const refused = await ines("POST", "/import", "code,text\nhours,Mine\nnew,Mine");
    assert.deepEqual(refused.body.rows[0].outcome, "wrong");
    assert.deepEqual(await codesOf(ines), ["hours"]);
  });
});

Deno.test("what is no such file is told as a whole", async () => {
  await withTeam(async ({ asha }) => {
    for (const text of ["", "title,text\na,b", 'code,text\na,"b', `code,text\n${"a,b\n".repeat(501)}`]) {
      const answer = await asha("POST", "/import", text);
      assert.equal(answer.status, 400, text.slice(0, 20));
      assert.deepEqual(Object.keys(answer.body.error.fields), ["file"]);
    }
    assert.equal((await asha("POST", "/import", { code: "a" })).status, 400, "JSON");
    assert.equal((await asha("POST", "/import", "x".repeat(512 * 1024 + 1))).status, 413);
  });
});

Deno.test("the own replies of a member who is removed are deleted, and not the shared ones", async () => {
  await withTeam(async ({ parlor, asha, ines }) => {
    await asha("POST", "", reply("hours", "all"));
    await ines("POST", "", reply("mine", "own"));
    const { chat } = parlor.running.service;
    const owner = await actIn(chat, { username: "asha", account: (await chat.store.account("asha"))!.id });
    await removeMember(chat, owner, (await memberOf(chat, "asha", "ines"))!.id);
    assert.deepEqual((await allCanned(chat.store, "asha")).map(({ code }) => code), ["hours"]);
  });
});
