import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { ChatbotSettings } from "../../protocol/chatbot.ts";
import { eventually } from "../harness/eventually.ts";
import type { PostgresServer } from "../harness/postgres.ts";
import { Cluster } from "./cluster.ts";
import { sleep, talk } from "./conversations.ts";
import { crossesOver } from "./crosses_over.ts";
import { isToldOfLeaving } from "./leave_notices.ts";
import { faults, isFull, patienceMs, report, test } from "./on_postgres.ts";

const longFaults = isFull ? { rooms: 60, each: 40, pauseMs: 500 } : faults;

async function cutBackends(server: PostgresServer, like: string): Promise<number> {
  const [row] = await server.do((sql) =>
    sql`SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity
      WHERE application_name = 'parlor' AND query ILIKE ${like} AND pid <> pg_backend_pid()`
  );
  return row!.ended;
}

test("instances that are killed one after the other lose nothing and double nothing", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  void cluster.balancer;
  const outcome = await talk(cluster, {
    ...longFaults,
    patienceMs,
    async meanwhile() {
      for (const instance of [...cluster.instances, ...isFull ? cluster.instances : []]) {
        await sleep(1_000);
        await instance.end("SIGKILL");
        await sleep(300);
        await instance.start();
      }
    },
  });
  report("killed", outcome);
});

test("a server that crashes and comes back costs time, and no message", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  const ready = () =>
    cluster.ask(1, "/readyz").then(async (response) => (await response.body?.cancel(), response.status));
  const outcome = await talk(cluster, {
    ...longFaults,
    patienceMs,
    async meanwhile() {
      for (const signal of ["INT", "QUIT"] as const) {
        await sleep(1_000);
        await server.pause(signal);
        await sleep(1_500);
        assert.equal(await ready(), 503);
        await server.resume();
        const back = performance.now();
        while (await ready() !== 200) assert(performance.now() - back < 5_000, "not ready within 5 s");
      }
    },
  });
  report("server restarts", outcome);
});

test("a hundred cut listeners lose nothing, and cost less than a sweep", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  let cut = 0;
  const outcome = await talk(cluster, {
    ...longFaults,
    patienceMs,
    async meanwhile() {
      while (cut < (isFull ? 100 : 20)) {
        cut += await cutBackends(server, "listen %");
        await sleep(50);
      }
    },
  });
  report("cut listeners", outcome);
});

test("any connection cut in mid-write loses and doubles nothing", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  const outcome = await talk(cluster, {
    ...faults,
    patienceMs,
    async meanwhile() {
      for (let i = 0; i < (isFull ? 60 : 12); i++) {
        await cutBackends(server, "%");
        await sleep(250);
      }
    },
  });
  report("cut connections", outcome);
});

test("ten instances that start at once on an empty database make one schema", async (server) => {
  await using cluster = await Cluster.start(10, await server.database());
  const visitors = await Promise.all(
    cluster.instances.map((_, i) => cluster.open(i, `chat/asha/${crypto.randomUUID()}`, "visitor")),
  );
  const epochs = await Promise.all(visitors.map(async (visitor) => (await visitor.next("welcome")).epoch));
  assert.equal(new Set(epochs).size, 1);
});

test("typing, read marks, presence and new rooms cross over", async (server) => {
  await using cluster = await Cluster.start(2, server.schema());
  const inbox = await cluster.open(0, "room/asha");
  await inbox.ask({ command: "subscribe" }, "subscribed");
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
  assert.equal((await visitor.next("welcome")).online, true);
  await crossesOver({ inbox, visitor, consumer });
});

test("a session that ends on one instance ends its sockets on the others, and a chatbot changes on all", async (server) => {
  await using cluster = await Cluster.start(2, server.schema());
  const [inbox, visitor] = await Promise.all([
    cluster.open(1, "room/asha"),
    cluster.open(1, `chat/asha/${crypto.randomUUID()}`, "visitor"),
  ]);
  const changed = await cluster.ask(0, "/chatbot/api", {
    method: "POST",
    body: JSON.stringify({ title: "Tea" }),
  });
  assert.equal((await changed.json()).title, "Tea");
  assert.equal((await visitor.next("chatbot_updated", 2_000)).chatbot.title, "Tea");
  await (await cluster.ask(0, "/accounts/api/logout", { method: "POST", body: "{}" })).body?.cancel();
  assert.equal(await inbox.closed(5_000), 4401);
});

test("a sign-out on an instance that is killed at once, round after round, ends the session's sockets", async (server) => {
  await using cluster = await Cluster.start(2, server.schema());
  for (let round = 0; round < 3; round++) {
    const inbox = await cluster.open(1, "room/asha");
    await inbox.next("welcome");
    const response = await cluster.ask(0, "/accounts/api/logout", { method: "POST", body: "{}" });
    await cluster.instances[0]!.end("SIGKILL");
    assert.equal(response.status, 204);
    assert.equal(await inbox.closed(7_000), 4401);
    await cluster.instances[0]!.start();
    const body = JSON.stringify({ username: "asha", password: "correct horse battery" });
    cluster.token =
      (await (await cluster.ask(0, "/accounts/api/login", { method: "POST", body })).json()).token;
  }
});

test("what was changed while a listener was lost is looked up once it listens again", async (server) => {
  const url = server.schema();
  await using cluster = await Cluster.start(1, url);
  const visitor = await cluster.open(0, `chat/asha/${crypto.randomUUID()}`, "visitor");
  // These writes are not announced on a bus.
  const store = await openStore(url);
  await store.saveChatbot("asha", ChatbotSettings.parse({ title: "Tea" }), Date.now());
  assert.equal(await cutBackends(server, "listen %"), 1);
  assert.equal((await visitor.next("chatbot_updated", 10_000)).chatbot.title, "Tea");
  await store.forgetAccount("asha");
  await eventually(async () => await cutBackends(server, "listen %") === 1);
  assert.equal(await visitor.closed(10_000), 4404);
  await store.close();
});

test("who was on an instance that is gone without a word is taken for gone", async (server) => {
  await using cluster = await Cluster.start(2, server.schema());
  const inbox = await cluster.open(0, "room/asha");
  await inbox.ask({ command: "subscribe" }, "subscribed");
  const consumer = crypto.randomUUID();
  const visitor = await cluster.open(1, `chat/asha/${consumer}`, "visitor");
  await visitor.say("hello", { client_id: "one" });
  assert.equal((await inbox.next("new_room")).room.online, true);
  await cluster.instances[1]!.end("SIGKILL");
  await isToldOfLeaving(inbox, consumer, 30_000);
});
