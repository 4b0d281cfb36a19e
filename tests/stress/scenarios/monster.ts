import assert from "node:assert/strict";
import { encode, opcodes, RawSocket } from "../../sockets/wires/raw_socket.ts";
import { mib, ms, pause, quantile } from "../figures.ts";
import type { Scenario } from "../scenario.ts";
import type { StressHarness } from "../harness.ts";

const mebibytes = 600;

export const monster: Scenario = {
  name: "monster",
  about: "a message of 600 MiB in fragments: bounded on ws; on Deno's own sockets the process lives",
  async run(harness) {
    const other = await harness.peer(harness.pathOf(crypto.randomUUID()));
    const say = async (times: number[]) => {
      const id = crypto.randomUUID(), began = performance.now();
      other.say("are you there", id);
      await other.until(() => other.frames.some(({ message }) => message?.client_id === id), 30_000);
      other.frames.length = 0;
      times.push(performance.now() - began);
    };
    const calm: number[] = [];
    for (let i = 0; i < 4_000; i++) await say(calm);
    // Warm-up: memory grows with the first thousands of messages, and with the first rejected frames.
    for (let i = 0; i < 3; i++) {
      const small = await RawSocket.open(harness.address, harness.pathOf(crypto.randomUUID()));
      await small.send({ opcode: opcodes.text, payload: "x".repeat(70_000) });
      await small.next();
      small.cut();
    }
    const before = await restingMemory(harness);
    // The first one on an idle service, so that all memory growth is caused by it.
    let most = before;
    const watching = setInterval(() => most = Math.max(most, harness.memory()), 10);
    const sent = await sendMonster(harness);
    clearInterval(watching);
    const grew = most - before, left = harness.memory();
    if (harness.wire === "ws") assert.ok(grew < 2 * 2 ** 20, `memory grew by ${mib(grew)}`);
    // The second one during a conversation.
    const ways: number[] = [];
    let over = false;
    const talk = (async () => {
      while (!over) {
        await say(ways);
        await pause(5);
      }
    })();
    await sendMonster(harness);
    over = true;
    await talk;
    assert.equal(await harness.status("/readyz"), 200);
    // Deno's native sockets do not detect that these peers have disconnected.
    harness.staying = harness.wire === "native" ? 2 : 0;
    return `${sent} MiB went out; memory ${mib(before)}, +${mib(grew)} at most, ${mib(left)} after; ` +
      `the others' messages: half within ${ms(quantile(ways, 0.5))}, longest ${ms(Math.max(...ways))} (${
        ms(quantile(calm, 0.5))
      } before)`;
  },
};

/** Sends until the service stops reading. Returns the number of MiB sent. */
async function sendMonster(harness: StressHarness): Promise<number> {
  const raw = await RawSocket.open(harness.address, harness.pathOf(crypto.randomUUID()));
  const payload = new Uint8Array(1 << 20).fill(120);
  const first = encode({ opcode: opcodes.text, payload, fin: false });
  const more = encode({ opcode: opcodes.continuation, payload, fin: false });
  const end = raw.next();
  let sent = 0;
  for (; sent < mebibytes; sent++) {
    if (!await raw.write(sent === 0 ? first : more).then(() => true, () => false)) break;
  }
  await raw.send({ opcode: opcodes.continuation, payload: "x" }).catch(() => {});
  await pause(1_500);
  if (harness.wire === "ws") {
    assert.deepEqual((await end)?.payload.subarray(0, 2), new Uint8Array([1009 >> 8, 1009 & 255]));
    assert.ok(sent < 30, "nothing more of it is read");
  }
  raw.cut();
  await pause(2_000);
  return sent;
}

/** Waits until resident memory is stable: indexing and checkpoints run some time after the writes. Bytes. */
async function restingMemory(harness: StressHarness): Promise<number> {
  let memory = harness.memory();
  for (let still = 0, looks = 0; still < 5 && looks < 40; looks++) {
    await pause(500);
    const now = harness.memory();
    still = Math.abs(now - memory) < 2 ** 17 ? still + 1 : 0;
    memory = now;
  }
  return memory;
}
