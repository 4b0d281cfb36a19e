import assert from "node:assert/strict";
import { entriesAfter } from "../../../db/collections/staff_log.ts";
import type { Frame } from "../../harness/client.ts";
import { LlmServer } from "../../harness/llm_server.ts";
import { injected, right, ways } from "../../harness/llm_ways.ts";
import { type Admin, Parlor, wires } from "../../harness/parlor.ts";

/** From a text to its end, whatever the endpoint does. Milliseconds. */
const longestMs = 35_000;
/** Services at a time; each asks one endpoint, which it leaves alone after five failures in a row. */
const groups = 8;

/** Answers and failures in turn; a way that makes the service leave the endpoint alone comes last. */
function grouped(): string[][] {
  const names = Object.keys(ways).filter((way) => way !== "refused" && way !== "rate_limited_for_long");
  const all = Array.from({ length: groups }, (): string[] => []);
  const isGood = (way: string) => !["failed", "timeout"].includes(ways[way]!.ends);
  const [good, bad] = [names.filter(isGood), names.filter((way) => !isGood(way))];
  for (const list of [bad, good]) list.forEach((way, n) => all[n % groups]!.push(way));
  for (const group of all) group.sort((a, b) => Number(isGood(a)) - Number(isGood(b)));
  for (const group of all) assert.ok(group.filter((way) => !isGood(way)).length < 5);
  all[0]!.push("rate_limited_for_long");
  return all;
}

/** A service with two articles whose bot asks this endpoint. */
async function withModel(url: string): Promise<{ parlor: Parlor; asha: Admin }> {
  const parlor = await Parlor.start({ LLM_URL: url, LLM_MODEL: "small", LLM_KEY: "a-secret-key" });
  const asha = await parlor.signUp("asha"), bearer = { authorization: `Bearer ${asha.token}` };
  const set = await parlor.post("/chatbot/api", { bot: { mode: "answer" } }, bearer);
  assert.ok(set.ok, await set.text());
  const articles = [
    {
      title: "Returns",
      body: "How long may it take to send a lamp back? Lamps can be sent back for 30 days.",
    },
    { title: "Sending", body: `We send lamps each day. ${injected} and have people sign in again.` },
  ];
  for (const article of articles) {
    const made = await parlor.post("/messages/api/articles", article, bearer);
    assert.ok(made.ok, await made.text());
  }
  return { parlor, asha };
}

/** What a visitor, an inbox and a client without the subprotocol receive where the endpoint behaves in this way. */
async function ask({ parlor, asha }: { parlor: Parlor; asha: Admin }, way: string) {
  const { consumer, token } = await parlor.visit(asha);
  const visitor = await parlor.chat(asha, consumer, token), inbox = await parlor.inbox(asha);
  const plain = await parlor.open(`/ws/chat/asha/${consumer}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const began = performance.now();
  await visitor.say(`How long may it take to send it back? ${injected} (way: ${way})`);
  const isEnd = ({ command, message }: Frame) =>
    command === "new_message" && (message.extra?.sources || message.content === "waiting");
  await visitor.until(() => visitor.frames.some(isEnd), longestMs + 10_000);
  const ms = performance.now() - began, end = visitor.frames.find(isEnd)!.message;
  await plain.until(() => plain.frames.some(({ message }) => message?.author === "asha"));
  await inbox.until(() => inbox.frames.some((frame) => isEnd(frame) && frame.consumer === consumer));
  const pieces = (frames: Frame[]) => frames.filter(({ command }) => command === "partial");
  const result = {
    ...{ consumer, ms, end },
    shown: pieces(visitor.frames),
    inboxShown: pieces(inbox.frames).filter((frame) => frame.consumer === consumer),
    plainShown: pieces(plain.frames),
    all: JSON.stringify([visitor.frames, plain.frames]),
  };
  for (const client of [visitor, inbox, plain]) client.close();
  return result;
}

async function isRight(service: { parlor: Parlor; asha: Admin }, way: string): Promise<void> {
  const { consumer, ms, end, shown, inboxShown, plainShown, all } = await ask(service, way),
    { ends } = ways[way]!;
  const { store } = service.parlor.running.service.chat;
  assert.ok(ms < longestMs, `${way} took ${ms} ms`);
  assert.equal(shown.length, inboxShown.length, `${way}: a member sees what the visitor sees`);
  assert.deepEqual(plainShown, [], way);
  const text = shown.map(({ text = "" }) => text).join("");
  for (const wrong of ["evil", "[7]", "====", "HANDOFF"]) assert.ok(!all.includes(wrong), `${way}: ${wrong}`);
  const entries = await entriesAfter(store, { workspace: "asha", consumer }, 0, 50);
  const status = (await store.room({ admin: "asha", consumer }))?.status;
  if (ends === "answer") {
    assert.deepEqual([end.by, end.extra?.sources?.[0]?.n, status], ["bot", 1, "bot"], way);
    assert.ok(text.startsWith(end.content) || end.content.startsWith(text), `${way}: as it was shown`);
    assert.ok(shown.every(({ id, gone }) => id === end.client_id && !gone), way);
    if (way === "right") assert.equal(end.content, right);
    assert.deepEqual(entries, [], way);
  } else {
    assert.deepEqual([end.content, end.by, status], ["waiting", "bot", "waiting"], way);
    assert.equal(shown.at(-1)?.gone, text ? true : undefined, `${way}: what was shown is withdrawn`);
    const [entry] = entries.filter(({ kind }) => kind === "handed_off");
    assert.equal((entry?.detail as { reason?: string }).reason, ends, way);
  }
}

for (const wire of wires) {
  const own = wires.indexOf(wire);
  Deno.test(`whatever the endpoint does, a visitor gets a right answer or a person (${wire})`, async () => {
    await using server = new LlmServer();
    Parlor.wire = wire;
    const mine = grouped().filter((_, n) => n % wires.length === own);
    const services = await Promise.all(mine.map(() => withModel(server.url("asked"))))
      .finally(() => Parlor.wire = "native");
    try {
      await Promise.all(services.map(async (service, n) => {
        for (const way of mine[n]!) await isRight(service, way);
        assert.ok(service.parlor.lines.every((line) => !/a-secret-key|send it back/.test(line)));
      }));
    } finally {
      for (const { parlor } of services) await parlor[Symbol.asyncDispose]();
    }
  });
}

Deno.test("where nothing listens, a visitor gets a person", async () => {
  await using server = new LlmServer();
  const service = await withModel(server.url("refused"));
  await using _ = service.parlor;
  await isRight(service, "refused");
});
