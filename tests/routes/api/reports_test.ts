import assert from "node:assert/strict";
import type { Report } from "../../../protocol/reports.ts";
import { Report as ReportSchema } from "../../../protocol/reports.ts";
import { ServiceProcess } from "../../harness/service_process.ts";
import { Client } from "../../harness/client.ts";
import { type Admin, Parlor, password, test, v1 } from "../../harness/parlor.ts";

const today = new Date().toISOString().slice(0, 10);
const day = { from: today, to: today };
const query = (asked: Record<string, string>) => `?${new URLSearchParams(asked)}`;

async function reportOf(parlor: Pick<Parlor, "fetch">, { cookie }: { cookie: string }, asked = {}) {
  const response = await parlor.fetch(`/messages/api/reports${query({ ...day, ...asked })}`, {
    headers: { cookie },
  });
  assert.equal(response.status, 200);
  return ReportSchema.parse(await response.json()) as Report;
}

async function talk(parlor: Parlor, asha: Admin) {
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), inbox = await parlor.inbox(asha);
  await visitor.say("My lamp flickers");
  await inbox.say("Try another bulb", { consumer });
  return { consumer, visitor, inbox };
}

test("a report counts what was said until now, for its own workspace alone", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const { consumer, visitor, inbox } = await talk(parlor, asha);
  await talk(parlor, asha);
  inbox.send({ command: "update_room", consumer, status: "resolved" });
  await visitor.until(() => visitor.frames.some(({ message }) => message?.content === "resolved"));
  const { extra } = visitor.frames.find(({ message }) => message?.content === "resolved")!.message;
  await visitor.ask({ command: "rate", episode: extra.episode, score: 4 }, "rated");

  const { total, groups, days, complete } = await reportOf(parlor, asha);
  assert.deepEqual([total.new, total.answered, total.resolved, total.rating], [2, 2, 1, {
    ...{ asked: 1, count: 1, sum: 4 },
  }]);
  assert.deepEqual([days.length, days[0]!.new, complete], [1, 2, true]);
  const { you } = await (await parlor.fetch("/messages/api/members", { headers: { cookie: asha.cookie } }))
    .json();
  assert.deepEqual(groups.map(({ id, answered }) => [id, answered]), [[you, 2]]);
  assert.equal((await reportOf(parlor, bruno)).total.new, 0);
  const exported = await parlor.fetch("/messages/api/export", { headers: { cookie: asha.cookie } });
  const lines = (await exported.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
  const { at, ...rating } = lines.find(({ type }) => type === "rating");
  assert.deepEqual(rating, { type: "rating", consumer, episode: extra.episode, score: 4 });
  assert.match(at, /^\d{4}-.*Z$/);
});

test("a wrong span is refused by name, a download has its columns", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), headers = { cookie: asha.cookie };
  for (
    const [asked, field] of [
      [{ from: "2026-02-30", to: "2026-03-01" }, "from"],
      [{ from: "2026-03-02", to: "2026-03-01" }, "to"],
      [{ from: "2025-01-01", to: "2026-01-02" }, "to"],
      [{ from: "2026-01-01" }, "to"],
      [{ ...day, by: "moon" }, "by"],
    ] as [Record<string, string>, string][]
  ) {
    const response = await parlor.fetch(`/messages/api/reports${query(asked)}`, { headers });
    assert.equal(response.status, 400);
    assert.deepEqual(Object.keys((await response.json()).error.fields), [field]);
  }
  await talk(parlor, asha);
  const response = await parlor.fetch(`/messages/api/reports/episodes.csv${query(day)}`, { headers });
  assert.equal(response.headers.get("content-type"), "text/csv; charset=utf-8");
  const lines = (await response.text()).trimEnd().split("\r\n");
  assert.match(lines[0]!, /^\ufeff?opened,visitor,episode,assignee,team,labels/);
  assert.equal(lines.length, 2);
  const outside = await parlor.fetch(`/messages/api/reports/episodes.csv${query(day)}`);
  assert.equal(outside.status, 401);
});

Deno.test("conversations of a service that is killed at once are counted, each once", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  try {
    await using service = await new ServiceProcess(folder, { LIMIT_SIGNUPS: "off" }).start();
    const signUp = await fetch(`${service.address}/accounts/api/signup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "asha", password }),
    });
    const { token } = await signUp.json();
    for (const rounds of [1, 2, 3]) {
      const open = (path: string, protocols: string[]) =>
        Client.open(service.address.replace("http", "ws") + path, { protocols });
      const consumer = crypto.randomUUID();
      const visitor = await open(`/ws/chat/asha/${consumer}`, v1()),
        inbox = await open("/ws/room/asha", v1(token));
      await inbox.ask({ command: "subscribe" }, "subscribed");
      await visitor.say("My lamp flickers");
      await inbox.say("Try another bulb", { consumer });
      inbox.send({ command: "update_room", consumer, status: "resolved" });
      await visitor.until(() => visitor.frames.some(({ message }) => message?.content === "resolved"));
      await service.end("SIGKILL");
      await Promise.all([visitor.gone(), inbox.gone()]);
      await service.start();
      const response = await fetch(`${service.address}/messages/api/reports${query(day)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const { total, days, complete } = ReportSchema.parse(await response.json());
      assert.deepEqual([total.new, total.answered, total.resolved, total.rating.asked, complete], [
        ...Array(4).fill(rounds),
        true,
      ]);
      assert.equal(days[0]!.first_reply.count, rounds);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
