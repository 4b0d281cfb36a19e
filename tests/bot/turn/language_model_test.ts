import assert from "node:assert/strict";
import { LanguageModel } from "../../../bot/llm/language_model.ts";
import type { Generate } from "../../../bot/llm/generate.ts";
import { answers } from "../../../db/collections/knowledge/answers.ts";
import { entriesAfter } from "../../../db/collections/staff_log.ts";
import type { Store } from "../../../db/store.ts";
import type { Frame } from "../../harness/client.ts";
import { LlmServer } from "../../harness/llm_server.ts";
import { ways } from "../../harness/llm_ways.ts";
import { BotParlor } from "./bot_parlor.ts";

/** Short enough for a test, long enough for a loaded machine. Milliseconds. */
const times = { first: 4_000, next: 2_000, last: 400, whole: 10_000 };
const longestMs = 35_000;

/** Asks the endpoint that behaves in the way that the question names. */
function byQuestion(server: LlmServer, store: () => Store): Generate {
  const models = new Map<string, LanguageModel>();
  return (asked) => {
    const way = asked.question.split(" ")[0]!, endpoint = { url: server.url(way), model: "small" };
    const model = models.get(way) ??
      new LanguageModel({ endpoint, times, store: store(), log: { warn() {} } });
    models.set(way, model);
    return model.generate(asked);
  };
}

/** What a visitor has before it of the text that is written. */
function shownAtEnd(frames: Frame[]): string {
  let shown = "";
  for (const frame of frames) {
    if (frame.command === "partial") shown = frame.gone ? "" : shown + frame.text;
    if (frame.message?.by === "bot") shown = "";
  }
  return shown;
}

async function asks(bot: BotParlor, way: string): Promise<void> {
  const { socket, consumer, key } = await bot.visit();
  await socket.say(`${way} returns?`);
  const isEnd = ({ message }: Frame) =>
    message?.content === "waiting" || message?.by === "bot" && message.extra?.sources?.length > 0;
  await socket.until(() => socket.frames.some(isEnd), longestMs);
  const { message } = socket.frames.find(isEnd)!;
  const status = (await bot.chat.store.room(key))?.status;
  assert.equal(shownAtEnd(socket.frames), "", `${way}: nothing is left half written`);
  if (message.kind === "text") {
    assert.deepEqual([ways[way]!.ends, status], ["answer", "bot"], way);
    assert(way === "endless" || message.content.startsWith("You can send it back"), way);
    assert.deepEqual(
      [message.extra.helpful, message.extra.sources],
      [true, [{ n: 1, title: "Returns" }]],
      way,
    );
  } else {
    assert.equal(status, "waiting", way);
    const [entry] = await entriesAfter(bot.chat.store, { workspace: "asha", consumer }, 0, 5);
    assert.equal(entry?.detail?.reason, ways[way]!.ends, way);
    const texts = socket.frames.filter(({ message }) => message?.by === "bot" && message.kind === "text");
    assert(!/evil|HANDOFF|\[7\]/.test(JSON.stringify(texts)), way);
  }
  socket.close();
}

Deno.test("whatever a language model does, a turn ends in a right answer or with people, never in silence", async () => {
  await using server = new LlmServer();
  const own: { bot?: BotParlor } = {};
  const generate = byQuestion(server, () => own.bot!.chat.store);
  await using bot = own.bot = await BotParlor.start({ generate });
  for await (const { id } of answers.all(bot.chat.store, "asha")) {
    await answers.remove(bot.chat.store, ["asha", id]);
  }
  await bot.write({ title: "Returns", body: "Lamps can be sent back for 30 days." });
  const left = Object.keys(ways);
  const asking = async () => {
    for (let way; (way = left.pop());) await asks(bot, way);
  };
  await Promise.all(Array.from({ length: 6 }, asking));
  assert.deepEqual(bot.faults, []);
});
