import assert from "node:assert/strict";
import { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { password, v1 } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";

interface Span {
  name: string;
  attributes: { key: string; value: { stringValue?: string; boolValue?: boolean } }[];
  status?: { code?: number };
}

/** Receives the runtime's OTLP spans. */
function collector(spans: Span[]) {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const told = await request.json();
    for (const { scopeSpans } of told.resourceSpans ?? []) {
      for (const { spans: some } of scopeSpans) spans.push(...some);
    }
    return Response.json({});
  });
}

Deno.test("with OTEL_DENO each frame that is handled is a span, in which nothing of what people wrote stands", async () => {
  const spans: Span[] = [];
  await using server = collector(spans);
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  {
    await using service = await new ServiceProcess(folder, {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.addr.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "100",
    }).start();
    const body = JSON.stringify({ username: "asha", password });
    const headers = { "content-type": "application/json" };
    await (await fetch(`${service.address}/accounts/api/signup`, { method: "POST", headers, body })).body
      ?.cancel();
    const consumer = crypto.randomUUID();
    const path = `${service.address.replace("http", "ws")}/ws/chat/asha/${consumer}`;
    const client = await Client.open(path, { protocols: v1() });
    await client.say("a secret");
    await client.ask({ command: "fetch_messages" }, "messages");
    await client.ask({ command: "fetch_rooms" }, "error");
    client.close();
    await client.gone();
    const named = (name: string) => spans.filter((span) => span.name === name);
    await eventually(() => named("frame fetch_rooms").length === 1, { ms: 10_000 });
    await service.end("SIGTERM");
    assert.equal(named("frame new_message").length, 1);
    assert.equal(named("frame fetch_messages").length, 1);
    const [sent] = named("frame new_message"), [refused] = named("frame fetch_rooms");
    assert.deepEqual(
      Object.fromEntries(sent!.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      {
        "parlor.party": "visitor",
        "parlor.v1": true,
      },
    );
    assert.deepEqual([sent!.status?.code ?? 0, refused!.status?.code], [0, 2]);
    const frames = JSON.stringify(spans.filter(({ name }) => name.startsWith("frame ")));
    for (const secret of ["a secret", consumer, password]) assert.ok(!frames.includes(secret), secret);
  }
  await Deno.remove(folder, { recursive: true });
});
