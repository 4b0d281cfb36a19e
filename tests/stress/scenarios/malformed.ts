import assert from "node:assert/strict";
import { encode, opcodes, RawSocket } from "../../sockets/wires/raw_socket.ts";
import { ms, pause, quantile } from "../figures.ts";
import type { Scenario } from "../scenario.ts";
import type { Seeded } from "../seeded.ts";

const frames = 10_000;
const words = [
  '{"command":',
  '"new_message"',
  '"message":',
  '{"content":',
  "null",
  "[",
  "]",
  "{",
  "}",
  '"',
  "\\u0000",
  "1e999",
  '"__proto__":',
  '"constructor":',
  "true",
  ",",
  '"x"',
  "\\ud800",
  " ",
  '"consumer":',
  '"client_id":',
  "-0",
];

/** Random invalid input: bytes, half a frame, text that is not JSON, JSON that is not a command. */
function garbage(random: Seeded): Uint8Array {
  const text = () => Array.from({ length: random.between(1, 12) }, () => random.pick(words)).join("");
  const opcode = random.pick([0, 1, 1, 1, 1, 2, 3, 8, 9, 10, 11, 15]);
  switch (random.below(8)) {
    case 0:
      return random.bytes(random.between(1, 200));
    case 1:
      return encode({
        opcode,
        payload: random.bytes(random.below(300)),
        rsv: random.below(8),
        fin: random.below(2) === 0,
      });
    case 2:
      return encode({ opcode: opcodes.text, payload: "[".repeat(random.between(1, 60_000)) });
    case 3:
      return encode({ opcode: opcodes.text, payload: text(), length: BigInt(random.below(2 ** 31)) });
    default:
      return encode({ opcode: opcodes.text, payload: text() });
  }
}

export const malformed: Scenario = {
  name: "malformed",
  about:
    "10,000 malformed frames: the service answers, closes and lives, and a healthy peer does not wait longer",
  async run(harness) {
    const { random } = harness;
    const healthy = await harness.peer(harness.pathOf(crypto.randomUUID()));
    await healthy.next("welcome");
    const talk = async (until: () => boolean) => {
      const times: number[] = [];
      while (!until()) {
        const began = performance.now(), id = crypto.randomUUID();
        healthy.say("are you there", id);
        await healthy.until(() => healthy.frames.some(({ message }) => message?.client_id === id));
        healthy.frames.length = 0;
        times.push(performance.now() - began);
        await pause(3);
      }
      return times;
    };
    const calmEnd = performance.now() + 2_000;
    const calm = await talk(() => performance.now() > calmEnd);
    let sent = 0, sockets = 0;
    const path = harness.pathOf(crypto.randomUUID());
    const attack = Promise.all(Array.from({ length: 8 }, async () => {
      while (sent < frames) {
        const raw = await RawSocket.open(harness.address, path);
        sockets++;
        let isOpen = true;
        void (async () => {
          while (await raw.next() !== undefined);
          isOpen = false;
        })().catch(() => isOpen = false);
        for (let i = 0; i < 40 && isOpen && sent < frames; i++) {
          sent++;
          await raw.write(garbage(random)).catch(() => isOpen = false);
          if (i % 2 === 0) await pause(5);
        }
        raw.cut();
      }
    }));
    let over = false;
    const under = talk(() => over);
    await attack;
    over = true;
    const during = await under;
    assert.equal(await harness.status("/readyz"), 200);
    assert.doesNotMatch(harness.service.output, /unhandled|frame_failed|socket_failed/);
    // The longest latencies include the machine's own delays; whether the service was blocked is read from
    // its metrics.
    const [half, was] = [quantile(during, 0.5), quantile(calm, 0.5)];
    assert.ok(half < 3 * was + 20, `half of a healthy peer's answers within ${ms(half)}, ${ms(was)} before`);
    const loop = await harness.mustHaveTurned();
    return `${sent} frames over ${sockets} sockets; a healthy peer's median ${ms(half)}, ${
      ms(was)
    } before, p99 ${ms(quantile(during, 0.99))}; ${loop}`;
  },
};
