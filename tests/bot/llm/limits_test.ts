import assert from "node:assert/strict";
import { Slots } from "../../../bot/llm/slots.ts";
import { countAnswer, tokensUsed, visitorUses } from "../../../db/collections/llm_use.ts";
import { eventually } from "../../harness/eventually.ts";
import { asked, Asking } from "./asking.ts";

const today = () => new Date().toISOString().slice(0, 10);
const endsIn = async (generated: Promise<{ kind: string; reason?: string }>) => {
  const { kind, reason } = await generated;
  return reason ?? kind;
};

Deno.test("a workspace's tokens are taken before and corrected to what the endpoint counted", async () => {
  await using asking = await Asking.open();
  const question = asked({}, { tokens_per_day: 1_500 });
  assert.equal((await asking.ask("usage_last", question)).generated.kind, "answer");
  await eventually(async () => await tokensUsed(asking.store, "asha", today()) === 344);
  assert.equal(await asking.figure('parlor_llm_tokens_total{kind="prompt"}'), 321);
  assert.equal(await asking.figure('parlor_llm_tokens_total{kind="completion"}'), 23);
  // What a request that was refused took is given back.
  assert.equal((await asking.ask("error_401", question)).generated.kind, "handoff");
  await eventually(async () => await tokensUsed(asking.store, "asha", today()) === 344);
  assert.equal(await asking.figure('parlor_llm_questions_total{outcome="answer"}'), 1);
  assert.equal(await asking.figure('parlor_llm_questions_total{outcome="failed"}'), 1);
  assert.equal(await asking.figure('parlor_llm_faults_total{fault="status_401"}'), 1);
  assert.equal(await asking.figure("parlor_llm_first_text_seconds_count"), 1);
});

Deno.test("without the endpoint's count tokens are estimated, of an answer that took too long too", async () => {
  await using asking = await Asking.open();
  const counted = async () =>
    await asking.figure('parlor_llm_tokens_total{kind="prompt"}') +
    await asking.figure('parlor_llm_tokens_total{kind="completion"}');
  await asking.ask("right");
  const one = await counted();
  assert.ok(one > 300 && one < 1_000, `${one} tokens`);
  await asking.ask("silence_midway");
  const both = await counted();
  assert.ok(both > 1.9 * one && both < 2 * one, `${both} tokens`);
  await eventually(async () => await tokensUsed(asking.store, "asha", today()) === both);
});

Deno.test("however many ask at once, a day's tokens are not exceeded, and nothing is sent beyond them", async () => {
  await using asking = await Asking.open();
  const one = 1_200, model = asking.model("usage_last");
  const all = await Promise.all(
    Array.from({ length: 12 }, () => endsIn(model.generate(asked({}, { tokens_per_day: 3 * one })))),
  );
  assert.deepEqual(new Set(all), new Set(["answer", "budget"]));
  assert.equal(asking.server.heard.length, all.filter((end) => end === "answer").length);
  await eventually(async () => {
    return await tokensUsed(asking.store, "asha", today()) === 344 * asking.server.heard.length;
  });
  assert.equal(await endsIn(model.generate(asked({ workspace: "bruno" }))), "answer");
  assert.equal(await endsIn(model.generate(asked({ workspace: "cleo" }, { tokens_per_day: 0 }))), "budget");
});

Deno.test("a visitor's answers of a day are limited, and again the next day", async () => {
  await using asking = await Asking.open();
  let ahead = 0;
  const model = asking.model("right", { now: () => Date.now() + ahead });
  const vera = asked({ consumer: "vera" }, { answers_per_visitor: 2 });
  assert.equal(await endsIn(model.generate(vera)), "answer");
  assert.equal(await endsIn(model.generate(vera)), "answer");
  assert.equal(await endsIn(model.generate(vera)), "budget");
  assert.equal(await endsIn(model.generate({ ...vera, consumer: "nils" })), "answer");
  ahead = 86_400_000;
  assert.equal(await endsIn(model.generate(vera)), "answer");
  assert.equal((await visitorUses.get(asking.store, ["asha", "vera"]))!.answers, 1);
});

Deno.test("what is counted of a visitor and of a workspace is deleted with them; old days are deleted by themselves", async () => {
  await using asking = await Asking.open();
  let ahead = -40 * 86_400_000;
  const now = () => Date.now() + ahead;
  const day = () => new Date(now()).toISOString().slice(0, 10), first = day();
  const model = asking.model("usage_last", { now });
  const used = async (day: string) => await tokensUsed(asking.store, "asha", day);
  await model.generate(asked());
  await eventually(async () => await used(first) === 344);
  ahead = 0;
  await asking.model("usage_last", { now }).generate(asked());
  await eventually(async () => await used(day()) === 344 && await used(first) === 0);

  await countAnswer(asking.store, { workspace: "asha", consumer: "vera", day: day() }, 2);
  await asking.store.forgetVisitor({ admin: "asha", consumer: "vera" });
  assert.equal(await visitorUses.get(asking.store, ["asha", "vera"]), undefined);
  await asking.store.forgetAccount("asha");
  assert.equal(await used(day()), 0);
});

Deno.test("after five failures in a row the endpoint is left alone for a minute", async () => {
  await using asking = await Asking.open();
  let ahead = 0;
  const model = asking.model("error_401", { now: () => Date.now() + ahead });
  for (let n = 1; n <= 7; n++) assert.equal(await endsIn(model.generate(asked())), "failed");
  assert.equal(asking.server.heard.length, 5);
  ahead = 59_000;
  await model.generate(asked());
  assert.equal(asking.server.heard.length, 5);
  ahead = 61_000;
  for (let n = 1; n <= 3; n++) await model.generate(asked());
  assert.equal(asking.server.heard.length, 6, "one failure more, and it is left alone again");
});

Deno.test("hand-offs that the model itself decides are no failures", async () => {
  await using asking = await Asking.open();
  const model = asking.model("hand_off");
  for (let n = 1; n <= 7; n++) assert.equal(await endsIn(model.generate(asked())), "declined");
  assert.equal(asking.server.heard.length, 7);
});

Deno.test("an endpoint that asks for a long pause gets it, of every workspace", async () => {
  await using asking = await Asking.open();
  let ahead = 0;
  const model = asking.model("rate_limited_for_long", { now: () => Date.now() + ahead });
  for (const workspace of ["asha", "bruno"]) {
    assert.equal(await endsIn(model.generate(asked({ workspace }))), "failed");
  }
  assert.equal(asking.server.heard.length, 1);
  ahead = 601_000;
  await model.generate(asked());
  assert.equal(asking.server.heard.length, 2, "ten minutes at most");
});

Deno.test("four questions of a workspace and sixteen of a process are asked at a time, in turn", async () => {
  const slots = new Slots(), { signal } = new AbortController();
  const started: string[] = [], frees: (() => void)[] = [];
  const take = (workspace: string) =>
    slots.take(workspace, signal).then((free) => {
      started.push(workspace);
      frees.push(free);
    });
  for (const workspace of ["a", "b", "c", "d", "e"]) for (let n = 0; n < 6; n++) void take(workspace);
  await eventually(() => started.length === 16);
  for (const workspace of ["a", "b", "c", "d"]) {
    assert.equal(started.filter((one) => one === workspace).length, 4, workspace);
  }
  frees[0]!();
  await eventually(() => started.length === 17);
  assert.equal(started.at(-1), "a", "the first that waits and may");
  for (const free of frees.splice(1)) free();
  await eventually(() => {
    for (const free of frees.splice(0)) free();
    return started.length === 30;
  });
});

Deno.test("who gives up waiting holds no place", async () => {
  const slots = new Slots(), patient = new AbortController(), impatient = new AbortController();
  const frees = await Promise.all([1, 2, 3, 4].map(() => slots.take("a", patient.signal)));
  const gone = slots.take("a", impatient.signal), next = slots.take("a", patient.signal);
  impatient.abort(new Error("gone"));
  await assert.rejects(gone, /gone/);
  frees[0]!();
  (await next)();
  for (const free of frees.slice(1)) free();
  await assert.rejects(slots.take("a", impatient.signal), /gone/);
});

Deno.test("a burst is answered four at a time, and who waits too long is handed over", async () => {
  await using asking = await Asking.open();
  const model = asking.model("too_late_first_token");
  const all = await Promise.all(Array.from({ length: 6 }, () => endsIn(model.generate(asked()))));
  assert.deepEqual(all, Array(6).fill("timeout"));
  assert.ok(asking.server.heard.length >= 4);
});

Deno.test("a turn that is over ends the request at once, and shows nothing more", async () => {
  await using asking = await Asking.open();
  for (const way of ["silence", "silence_midway", "endless_sentence", "rate_limited_shortly"]) {
    const over = new AbortController(), shown: string[] = [];
    const question = asked({ signal: over.signal, onText: (text) => void shown.push(text) });
    const ended = asking.ask(way, question);
    await eventually(() => asking.server.heard.some((one) => one.way === way));
    over.abort();
    const before = shown.length;
    const { generated, ms } = await ended;
    assert.equal(generated.kind === "handoff" && generated.reason, "off", way);
    assert.ok(ms < 1_500, `${way} took ${ms} ms`);
    assert.equal(shown.length, before);
  }
  const over = AbortSignal.abort(new DOMException("", "TimeoutError"));
  assert.equal(await endsIn(asking.model("right").generate(asked({ signal: over }))), "timeout");
});

Deno.test("nothing is shown unchecked where that is set, and nothing is asked without sources", async () => {
  await using asking = await Asking.open();
  const { generated, shown } = await asking.ask("right", asked({}, { check_first: true }));
  assert.deepEqual([generated.kind, shown], ["answer", ""]);
  for (const question of [asked({ passages: [] }), asked({}, { use: false })]) {
    assert.equal(await endsIn(asking.model("right").generate(question)), "unknown");
  }
  assert.equal(asking.server.heard.length, 1);
});

Deno.test("the request is what an OpenAI-compatible endpoint expects, with the key as a bearer", async () => {
  await using asking = await Asking.open();
  await asking.ask("right");
  const [{ headers, body }] = asking.server.heard as [typeof asking.server.heard[0]];
  assert.equal(headers.get("authorization"), "Bearer a-secret-key");
  assert.equal(headers.get("content-type"), "application/json");
  const { messages, ...rest } = body;
  assert.deepEqual(rest, {
    model: "small",
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 400,
    temperature: 0.2,
  });
  assert.deepEqual(messages.map(({ role }: { role: string }) => role), ["system", "user"]);
  await asking.model("right", { endpoint: { url: asking.server.url("right"), model: "small" } }).generate(
    asked(),
  );
  assert.equal(asking.server.heard[1]!.headers.get("authorization"), null);
});

Deno.test("a store that fails ends in a hand-off", async () => {
  await using asking = await Asking.open();
  const { records } = asking.store;
  const store = { ...asking.store, records: { ...records, commit: () => Promise.reject(new Error("no")) } };
  const model = asking.model("right", { store });
  for (let n = 0; n < 6; n++) assert.equal(await endsIn(model.generate(asked())), "failed");
  assert.equal(asking.server.heard.length, 0);
});
