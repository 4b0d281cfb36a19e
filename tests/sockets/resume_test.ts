import assert from "node:assert/strict";
import fc from "fast-check";
import type { Client, Frame } from "../harness/client.ts";
import { type Admin, Parlor, test } from "../harness/parlor.ts";

/** A client that keeps received messages and applies the gap rule, over several sockets in turn. */
class Reader {
  readonly shown: Frame[] = [];
  #socket?: Client;

  constructor(readonly parlor: Parlor, readonly admin: Admin, readonly consumer: string) {}

  get last(): number {
    return this.shown.at(-1)?.seq ?? 0;
  }

  async connect(): Promise<void> {
    this.#socket = await this.parlor.chat(this.admin, this.consumer);
    await this.resume();
  }

  cut(): void {
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  /** Reads the socket's frames; requests the missing messages when there is a gap. */
  async resume(): Promise<void> {
    for (let more = true; more;) {
      const page = await this.#socket!.ask(
        { command: "fetch_messages", after: this.last, limit: 7 },
        "messages",
      );
      this.shown.push(...page.messages);
      more = page.has_more;
    }
    for (const { command, message } of this.#socket!.frames.splice(0)) {
      if (command !== "new_message" || message.seq <= this.last) continue;
      assert.equal(message.seq, this.last + 1, "a socket hears its room in order");
      this.shown.push(message);
    }
  }
}

type Step = "send" | "cut" | "send five";

test("a client cut at any point and resumed shows every message once, in order", async () => {
  await using parlor = await Parlor.start({ LIMIT_SOCKETS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  const steps = fc.array(fc.constantFrom<Step>("send", "cut", "send five"), { minLength: 1, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const consumer = crypto.randomUUID();
      const writer = await parlor.chat(asha, consumer, asha.token);
      const reader = new Reader(parlor, asha, consumer);
      await reader.connect();
      const sent: string[] = [];
      for (const step of plan) {
        if (step === "cut") {
          reader.cut();
          await reader.connect();
          continue;
        }
        const texts = Array.from({ length: step === "send" ? 1 : 5 }, (_, i) => `${sent.length + i}`);
        sent.push(...texts);
        for (const content of texts) writer.send({ command: "new_message", message: { content } });
      }
      await writer.until(() =>
        writer.frames.filter((frame) => frame.command === "new_message").length === sent.length
      );
      await reader.resume();
      assert.deepEqual(reader.shown.map((message) => message.content), sent);
      assert.deepEqual(reader.shown.map((message) => message.seq), sent.map((_, i) => i + 1));
      reader.cut();
      writer.terminate();
      await writer.gone();
    }),
    { numRuns: 25 },
  );
});

test("20 sockets that send the same client_id at once store one message and get the same answer", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const sockets = await Promise.all(
    Array.from({ length: 20 }, () => parlor.chat(asha, consumer, asha.token)),
  );
  const frame = { command: "new_message", client_id: "same", message: { content: "once" } };
  for (let i = 0; i < 10; i++) for (const socket of sockets) socket.send(frame);
  const heard = (socket: Client) => socket.frames.filter((one) => one.command === "new_message");
  await Promise.all(sockets.map((socket) => socket.until(() => heard(socket).length >= 10)));
  const answers = new Set(
    sockets.flatMap((socket) => heard(socket).map((one) => JSON.stringify(one.message))),
  );
  assert.equal(answers.size, 1);
  assert.equal((await sockets[0]!.ask({ command: "fetch_messages" }, "messages")).messages.length, 1);
});
