import assert from "node:assert/strict";
import type { Message } from "../../protocol/records.ts";
import { Client } from "../harness/client.ts";
import { sanitized } from "../harness/sanitized.ts";
import { Cluster } from "./cluster.ts";
import { isFull, test } from "./on_postgres.ts";

/** How often a process is killed between a visitor's text and the bot's answer. */
const kills = isFull ? 50 : 6;
/** Time from a text to the kill, at most: longer than the bot waits for more texts and answers. Milliseconds. */
const longestMs = 1_000;
/** Time until a lost turn is found, with the time that a slow machine takes. Milliseconds. */
const patienceMs = 60_000;
/** Time in which a turn that was not ended is looked after again. Milliseconds. */
const laterMs = 12_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(cluster: Cluster, path: string, body: unknown): Promise<void> {
  const response = await cluster.ask(0, path, { method: "POST", body: JSON.stringify(body) });
  assert(response.ok, await response.text());
}

const chat = (cluster: Cluster, instance: number, consumer: string) =>
  Client.open(`${cluster.instances[instance]!.address.replace("http", "ws")}/ws/chat/asha/${consumer}`, {
    protocols: ["parlor.v1"],
  });

/** What the bot has said in a room. */
async function said(cluster: Cluster, instance: number, consumer: string): Promise<Message[]> {
  const socket = await chat(cluster, instance, consumer);
  const { messages } = await socket.ask({ command: "fetch_messages" }, "messages");
  socket.terminate();
  await socket.gone();
  return messages.filter(({ by }: Message) => by === "bot");
}

/** A process is killed after each visitor's text; each is answered exactly once. */
async function answersOnce(cluster: Cluster): Promise<void> {
  await ask(cluster, "/chatbot/api", { bot: { mode: "answer" } });
  await ask(cluster, "/messages/api/answers", { title: "Where is my order?", body: "On its way." });
  const consumers: string[] = [];
  for (let n = 0; n < kills; n++) {
    const instance = n % cluster.instances.length, consumer = crypto.randomUUID();
    const socket = await chat(cluster, instance, consumer);
    await socket.say("Where is my order?");
    await pause(Math.random() * longestMs);
    await cluster.instances[instance]!.end("SIGKILL");
    await socket.gone();
    consumers.push(consumer);
    await cluster.instances[instance]!.start();
  }
  for (const [n, consumer] of consumers.entries()) {
    const deadline = performance.now() + patienceMs;
    while ((await said(cluster, n % cluster.instances.length, consumer)).length === 0) {
      assert(performance.now() < deadline, `text ${n} is not answered`);
      await pause(200);
    }
  }
  await pause(laterMs);
  for (const consumer of consumers) {
    const texts = (await said(cluster, 0, consumer)).map(({ content, client_id }) => [content, client_id]);
    assert.deepEqual(texts, [["On its way.", "bot:1:0"]]);
  }
}

Deno.test(
  "sqlite: a text is answered exactly once though the process is killed before or after",
  sanitized,
  async () => {
    const folder = await Deno.makeTempDir({ prefix: "parlor-" });
    try {
      await using cluster = await Cluster.start(1, `sqlite:${folder}/parlor.db`);
      await answersOnce(cluster);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

test("a text is answered exactly once though one of three processes is killed before or after", async (server) => {
  await using cluster = await Cluster.start(3, server.schema());
  await answersOnce(cluster);
});
