import assert from "node:assert/strict";
import { mib, ms, pause, quantile } from "../figures.ts";
import type { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";
import type { StressHarness } from "../harness.ts";

const readers = 100;
const text = "語".repeat(4_000);
const heap = 'parlor_memory_bytes{kind="heap"}';
/**
 * Each reader may have 4 MiB unsent; the service hands over more before it notices, and Deno's native sockets
 * copy some of it. Bytes.
 */
const mostPending = 7 * readers * 2 ** 20;

/** Latencies to a reader in the room, in milliseconds, while `count` messages are sent. */
async function waysOf(reader: Peer, writer: Peer, count: number, name: string): Promise<number[]> {
  const ways: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = `${name} ${i}`, began = performance.now();
    writer.say(text, id);
    await reader.until(() => reader.frames.some(({ message }) => message?.client_id === id));
    ways.push(performance.now() - began);
    reader.frames.length = writer.frames.length = 0;
  }
  return ways;
}

async function others(harness: StressHarness, consumer: string): Promise<{ reader: Peer; writer: Peer }> {
  const path = harness.pathOf(consumer);
  return { reader: await harness.peer(path), writer: await harness.peer(path, harness.token) };
}

export const slowReaders: Scenario = {
  name: "slow_readers",
  about: "100 readers that read nothing: dropped with what is pending, the room's others do not wait",
  async run(harness) {
    const consumer = crypto.randomUUID();
    const { reader, writer } = await others(harness, consumer);
    await waysOf(reader, writer, 400, "warm");
    const calm = await waysOf(reader, writer, 400, "calm");
    const memory = harness.memory(),
      heapBefore = await harness.figure(heap),
      sockets = await harness.sockets();
    for (let i = 0; i < readers; i++) (await harness.peer(harness.pathOf(consumer))).socket.pause();
    assert.equal(await harness.sockets(), sockets + readers);
    const began = performance.now();
    let most = 0;
    const watching = setInterval(() => most = Math.max(most, harness.memory()), 20);
    const ways: number[] = [];
    for (let i = 0; await harness.sockets() > sockets; i++) {
      assert.ok(performance.now() - began < 30_000, "they are dropped");
      ways.push(...await waysOf(reader, writer, 25, `stuck ${i}`));
    }
    const dropped = performance.now() - began;
    const after = await waysOf(reader, writer, 400, "after");
    await pause(3_000);
    clearInterval(watching);
    const left = harness.memory();
    const heapLeft = await harness.figure(heap);
    assert.ok(heapLeft < heapBefore + 48 * 2 ** 20, `heap ${mib(heapLeft)}, and ${mib(heapBefore)} before`);
    // The allocator keeps freed memory for reuse.
    assert.ok(left < memory + mostPending, `${mib(left)}, and ${mib(memory)} before`);
    const closed = await harness.figure('parlor_sockets_closed_total{code="4408"}');
    assert.equal(closed, readers, "each was dropped as too slow");
    await harness.leave();
    await pause(1_000);
    const gone = harness.memory();
    const [p99, was] = [quantile(ways, 0.99), quantile(calm, 0.99)];
    assert.ok(p99 < 3 * was + 60, `p99 ${ms(p99)}, ${ms(was)} before`);
    const p99s = [calm, ways, after].map((times) => ms(quantile(times, 0.99)));
    return `dropped within ${ms(dropped)} of the first of ${ways.length} messages; p99 of the others ${
      p99s[0]
    } before, ` +
      `${p99s[1]} meanwhile, ${p99s[2]} after; memory ${mib(memory)}, at most ${mib(most)}, ${
        mib(gone)
      } after; heap ` +
      `${mib(heapBefore)}, ${mib(heapLeft)} after`;
  },
};
