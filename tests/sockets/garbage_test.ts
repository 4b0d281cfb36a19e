import assert from "node:assert/strict";
import fc from "fast-check";
import type { Client } from "../harness/client.ts";
import { Parlor, test } from "../harness/parlor.ts";

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const wide = (keys: number) =>
  `{${Array.from({ length: keys }, (_, i) => `"${i.toString(36)}":0`).join(",")}}`;

/** Invalid frames, each with the response that section 4 requires. */
const garbage: (string | Uint8Array)[] = [
  "",
  "{",
  "\0",
  "undefined",
  "NaN",
  '{"command":',
  "[]",
  "0",
  '"fetch_messages"',
  '{"command":null}',
  '{"command":{"toString":1}}',
  '{"command":["new_message"]}',
  '{"command":"constructor"}',
  '{"command":"new_message","message":null}',
  '{"command":"new_message","message":[]}',
  '{"command":"new_message","message":{"content":{}}}',
  '{"command":"new_message","message":{"content":"\\ud800"}}x',
  '{"__proto__":{"command":"fetch_messages"}}',
  `{"command":${deep(10_000)}}`,
  deep(10_000),
  `{"command":"new_message","message":${deep(10_000)}}`,
  wide(7_000),
  new Uint8Array([0, 255, 254]),
  new Uint8Array(1_000).fill(123),
];

/**
 * Sends frames, over a new socket whenever one is closed; returns the number of responses and of closed
 * sockets.
 */
async function pour(parlor: Parlor, frames: readonly (string | Uint8Array)[]) {
  let client: Client | undefined, answered = 0;
  const codes: number[] = [];
  for (const frame of frames) {
    client ??= await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`);
    const { frames: heard } = client, before = heard.length, at: Client = client;
    at.send(frame);
    await at.until(() => heard.length > before || at.code !== undefined);
    if (heard.length > before) answered++;
    if (at.code === undefined) continue;
    codes.push(at.code);
    client = undefined;
  }
  return { answered, codes };
}

test("10,000 frames of garbage: each answered, the twentieth in a row ends its socket, others do not notice", async () => {
  await using parlor = await Parlor.start({
    LIMIT_FRAMES_PER_SOCKET: "off",
    LIMIT_NEW_IDS: "off",
    LIMIT_SOCKETS_PER_ADDRESS: "off",
  });
  const asha = await parlor.signUp("asha");
  const healthy = await parlor.chat(asha, crypto.randomUUID(), asha.token);
  const frames = Array.from({ length: 10_000 }, (_, i) => garbage[i % garbage.length]!);
  const quarter = frames.length / 4;
  const poured = await Promise.all(
    [0, 1, 2, 3].map((i) => pour(parlor, frames.slice(i * quarter, (i + 1) * quarter))),
  );
  const codes = poured.flatMap((one) => one.codes),
    answered = poured.reduce((sum, one) => sum + one.answered, 0);
  assert.deepEqual([...new Set(codes)], [4400]);
  assert.equal(codes.length, 4 * Math.floor(quarter / 20));
  assert.equal(answered + codes.length, frames.length);
  assert.equal((await healthy.say("still here")).seq, 1);
  assert.ok(!parlor.lines.some((line) => line.includes('"level":"error"')), "none of it was a fault of ours");
  assert.equal(({} as Record<string, unknown>).command, undefined, "no prototype was touched");
});

test("100,000 keys are over a frame's size and close with 1009", async () => {
  await using parlor = await Parlor.start();
  await parlor.signUp("asha");
  const client = await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`);
  client.send(wide(100_000));
  assert.equal(await client.closed(), 1009);
});

const anyCommand = fc.constantFrom(
  "fetch_messages",
  "new_message",
  "fetch_rooms",
  "new_room",
  "subscribe",
  "typing",
  "read",
  "update_room",
  "nonsense",
);
const anyFrame = fc.record({
  command: anyCommand,
  consumer: fc.oneof(fc.string(), fc.uuid(), fc.integer(), fc.constant(undefined)),
  client_id: fc.anything({ maxDepth: 1 }),
  message: fc.oneof(fc.anything({ maxDepth: 2 }), fc.record({ content: fc.string({ unit: "binary" }) })),
  after: fc.oneof(fc.integer(), fc.double(), fc.string()),
  seq: fc.oneof(fc.maxSafeInteger(), fc.double()),
  typing: fc.anything({ maxDepth: 1 }),
  status: fc.oneof(fc.constantFrom("open", "resolved", "all"), fc.string()),
  cursor: fc.string(),
  q: fc.string({ unit: "binary" }),
  limit: fc.integer({ min: -5, max: 500 }),
}, { requiredKeys: ["command"] });

test("whatever frame an admin or a visitor sends, the service answers or says why not, and lives", async () => {
  await using parlor = await Parlor.start({ LIMIT_FRAMES_PER_SOCKET: "off", LIMIT_ROOMS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha");
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFrame, { minLength: 1, maxLength: 15 }),
      fc.boolean(),
      async (frames, isAdmin) => {
        const consumer = crypto.randomUUID();
        const client = isAdmin ? await parlor.inbox(asha) : await parlor.chat(asha, consumer);
        for (const frame of frames) client.send(JSON.stringify(frame));
        // Frames are handled in order: a response to this one shows that all earlier ones were handled.
        client.send({ command: "fetch_messages", consumer: isAdmin ? "the_end" : undefined, limit: 200 });
        await client.until(() =>
          client.frames.some((frame) => frame.command === "messages") || client.code === 4400
        );
        client.close();
        await client.closed();
      },
    ),
    { numRuns: 60 },
  );
  assert.deepEqual(parlor.lines.filter((line) => line.includes('"level":"error"')), []);
});
