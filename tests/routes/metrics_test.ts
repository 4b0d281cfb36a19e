import assert from "node:assert/strict";
import { openApp } from "../../routes/app.ts";
import { eventually } from "../harness/eventually.ts";
import { Parlor, refusedWith, test } from "../harness/parlor.ts";

/** Parses Prometheus text format; each line must be well formed. */
function samplesOf(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const typed = new Set<string>();
  for (const line of text.trimEnd().split("\n")) {
    const type = /^# TYPE (\w+) (counter|gauge|histogram)$/.exec(line);
    if (type) typed.add(type[1]!);
    if (line.startsWith("#")) {
      assert.match(line, /^# (HELP \w+ .+|TYPE \w+ \w+)$/);
      continue;
    }
    const [, name, figure] = /^(\w+(?:\{\w+="[\w+.]*"\})?) (-?[\d.e+-]+)$/.exec(line) ?? assert.fail(line);
    assert.ok(!samples.has(name!), `${name} stands once`);
    assert.ok(
      typed.has(name!.replace(/\{.*/, "").replace(/_(bucket|sum|count)$/, "")) || typed.has(name!),
      name,
    );
    samples.set(name!, Number(figure));
  }
  return samples;
}

async function read(parlor: Parlor): Promise<Map<string, number>> {
  const response = await parlor.fetch("/metrics");
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type")!, /^text\/plain; version=0\.0\.4/);
  return samplesOf(await response.text());
}

test("the metrics count what happens: sockets, messages, commits, refusals, and what the process is", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "3" });
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer), admin = await parlor.chat(asha, consumer, asha.token);
  const stranger = await parlor.open("/ws/room/asha");
  assert.equal((await parlor.chat(asha, consumer)).code, refusedWith(429));
  for (let i = 0; i < 5; i++) await visitor.say(`line ${i}`);
  await admin.say("answer");
  visitor.send("{");
  visitor.send({ command: "drop_tables" });
  visitor.send({ command: "drop_tables" });
  await eventually(() => visitor.frames.filter(({ command }) => command === "error").length === 3);
  await parlor.fetch("/nowhere");
  stranger.close();
  await stranger.closed();
  await eventually(() => parlor.running.service.hub.size === 2);

  const now = await read(parlor);
  const figure = (name: string) => now.get(name);
  assert.equal(figure('parlor_sockets{kind="visitor"}'), 1);
  assert.equal(figure('parlor_sockets{kind="admin"}'), 1);
  assert.equal(figure('parlor_sockets{kind="stranger"}'), 0);
  assert.equal(figure("parlor_addresses"), 1);
  assert.equal(figure('parlor_messages_total{side="visitor"}'), 5);
  assert.equal(figure('parlor_messages_total{side="admin"}'), 1);
  assert.equal(figure('parlor_refused_total{reason="bad_json"}'), 1);
  assert.equal(figure('parlor_refused_total{reason="unknown_command"}'), 2);
  assert.equal(figure('parlor_refused_total{reason="rate_limited"}'), 1);
  assert.equal(figure('parlor_refused_total{reason="not_found"}'), 1);
  assert.equal(figure('parlor_requests_total{status="101"}'), 3);
  assert.equal(figure('parlor_requests_total{status="404"}'), 1);
  assert.equal(
    figure('parlor_sockets_closed_total{code="1005"}') ?? figure('parlor_sockets_closed_total{code="1000"}'),
    1,
  );
  assert.ok(figure("parlor_commit_seconds_count")! >= 6);
  assert.equal(figure("parlor_commit_seconds_count"), figure('parlor_commit_writes_bucket{le="+Inf"}'));
  assert.ok(figure("parlor_commit_writes_sum")! >= 6);
  assert.equal(figure("parlor_fan_out_seconds_count"), 6);
  assert.ok(figure('parlor_memory_bytes{kind="resident"}')! > 1e7);
  assert.ok(figure("parlor_database_bytes")! > 10_000);
  assert.ok(Math.abs(figure("parlor_start_time_seconds")! - Date.now() / 1_000) < 60);
  await eventually(async () => (await read(parlor)).get("parlor_event_loop_lag_seconds_count")! >= 3);
});

test("what a peer chooses is no label: a close code of its own is other, and no name stands in the metrics", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("a secret");
  visitor.socket.close(4999, "a reason");
  await eventually(() => parlor.running.service.hub.size === 0);
  const text = await (await parlor.fetch("/metrics")).text();
  assert.match(text, /parlor_sockets_closed_total\{code="other"\} 1/);
  for (const word of ["asha", consumer, "secret", 'code="4999"', "a reason"]) {
    assert.ok(!text.includes(word), word);
  }
});

test("without METRICS_TOKEN this machine alone may read them: no proxy, no page in a browser, no other address", async () => {
  await using parlor = await Parlor.start();
  const status = async (headers: Record<string, string>) =>
    (await parlor.fetch("/metrics", { headers })).status;
  assert.equal(await status({}), 200);
  for (
    const headers of [
      { "x-forwarded-for": "203.0.113.7" },
      { forwarded: "for=203.0.113.7" },
      { via: "1.1 proxy" },
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
    ] as Record<string, string>[]
  ) assert.equal(await status(headers), 404, JSON.stringify(headers));
  const { app } = openApp(parlor.running.service);
  const from = async (remoteAddress?: string) =>
    (await app.request("http://localhost/metrics", {}, { remoteAddress })).status;
  assert.deepEqual([await from("127.0.0.1"), await from("::1"), await from("::ffff:127.0.0.1")], [
    200,
    200,
    200,
  ]);
  for (const address of ["203.0.113.7", "10.0.0.1", "::2", "1270.0.0.1", undefined]) {
    assert.equal(await from(address), 404, address);
  }
});

test("with METRICS_TOKEN whoever shows it may read them, and nobody else, from here neither", async () => {
  const token = "a-token-of-some-length";
  await using parlor = await Parlor.start({ METRICS_TOKEN: token });
  const asha = await parlor.signUp("asha");
  const status = async (bearer?: string) =>
    (await parlor.fetch(
      "/metrics",
      bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
    ))
      .status;
  assert.equal(await status(token), 200);
  for (const wrong of [undefined, "", `${token}x`, token.slice(1), asha.token]) {
    assert.equal(await status(wrong), 404, wrong);
  }
  assert.equal((await parlor.fetch(`/metrics?token=${token}`)).status, 404);
});

Deno.test("the dashboard asks for nothing that the metrics do not have", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const visitor = await parlor.chat(asha, crypto.randomUUID());
  await visitor.say("Hello");
  visitor.send("{");
  await visitor.next("error");
  visitor.close();
  await eventually(() => parlor.running.service.hub.size === 0);
  const text = await (await parlor.fetch("/metrics")).text();
  const dashboard = await Deno.readTextFile(new URL("../../docs/grafana.json", import.meta.url));
  const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets?: { expr: string }[] }[] };
  const asked = panels.flatMap(({ targets }) => targets ?? []).flatMap(({ expr }) =>
    expr.match(/parlor_\w+/g) ?? []
  );
  assert.ok(asked.length >= 12);
  for (const name of asked) assert.match(text, new RegExp(`^${name}(\\{| )`, "m"), name);
});
