import assert from "node:assert/strict";
import { MemoryWatch } from "../../../sockets/memory_watch.ts";
import { Client } from "../../harness/client.ts";
import { eventually } from "../../harness/eventually.ts";
import { ServiceProcess } from "../../harness/service_process.ts";
import { Parlor, password, refusedWith, test, v1 } from "../../harness/parlor.ts";
import { encode, opcodes, RawSocket } from "../wires/raw_socket.ts";

/** A watch that measures these figures one after another, then repeats the last. */
class Watched implements Disposable {
  /** Whether memory was short after each measurement. */
  readonly short: boolean[] = [];
  readonly exhausted: number[] = [];
  readonly watch: MemoryWatch;

  constructor(limit: number, public bytes: number[]) {
    let looks = 0;
    this.watch = new MemoryWatch({
      limit,
      everyMs: 1,
      onExhausted: (bytes) => this.exhausted.push(bytes),
      residentBytes: () => {
        if (looks > 0) this.short.push(this.watch.isShort);
        return this.bytes[Math.min(looks++, this.bytes.length - 1)]!;
      },
    });
  }

  /** Waits until each figure was measured. */
  async seen(): Promise<void> {
    await eventually(() => this.short.length >= this.bytes.length || this.exhausted.length > 0);
  }

  [Symbol.dispose]() {
    this.watch.close();
  }
}

Deno.test("from four fifths of the limit on memory is short, until it is under seven tenths", async () => {
  using watched = new Watched(1_000, [800, 801, 701, 700, 799, 801]);
  await watched.seen();
  assert.deepEqual(watched.short.slice(0, 6), [false, true, true, false, false, true]);
  assert.deepEqual(watched.exhausted, []);
});

Deno.test("a process that stays over its limit is given up, once; a peak of a moment is not", async () => {
  const peaks = Array(20).fill([5_000, 5_000, 5_000, 1_000]).flat();
  using calm = new Watched(1_000, peaks);
  await calm.seen();
  assert.deepEqual(calm.exhausted, []);
  using full = new Watched(1_000, [...peaks, 1_001]);
  await full.seen();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual(full.exhausted, [1_001]);
});

test("a service that is short of memory takes no new sockets, says so, and goes on with those it has", async () => {
  await using parlor = await Parlor.start();
  using watched = new Watched(1_000, [500]);
  parlor.running.service.memory = watched.watch;
  const asha = await parlor.signUp("asha");
  const there = await parlor.chat(asha, crypto.randomUUID());
  const ready = async () => (await parlor.fetch("/readyz")).status;
  assert.equal(await ready(), 200);
  watched.bytes = [900];
  await eventually(() => watched.watch.isShort);
  assert.equal((await parlor.chat(asha, crypto.randomUUID())).code, refusedWith(503));
  assert.equal(await ready(), 503);
  assert.equal((await parlor.fetch("/healthz")).status, 200);
  assert.equal((await there.say("still here")).seq, 1);
  watched.bytes = [600];
  await eventually(() => !watched.watch.isShort);
  assert.equal(await ready(), 200);
  await (await parlor.chat(asha, crypto.randomUUID())).next("welcome");
});

Deno.test("a message without end on Deno's own sockets: over MEMORY_LIMIT_MB the service drains and exits with 75", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await using service = await new ServiceProcess(folder, { WIRE: "native", MEMORY_LIMIT_MB: "300" }).start();
  await (await fetch(`${service.address}/accounts/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "asha", password }),
  })).body?.cancel();
  const path = `/ws/chat/asha/${crypto.randomUUID()}`;
  const there = await Client.open(service.address.replace("http", "ws") + path, { protocols: v1() });
  assert.equal((await there.say("before")).seq, 1);
  const monster = await RawSocket.open(service.address, path);
  const payload = new Uint8Array(1 << 20).fill(32);
  await monster.send({ opcode: opcodes.text, payload, fin: false });
  const more = encode({ opcode: opcodes.continuation, payload, fin: false });
  for (let i = 0; i < 400; i++) await monster.write(more).catch(() => {});
  assert.equal(await there.closed(15_000), 1012);
  assert.equal(await service.ended(), 75);
  monster.cut();
  await there.gone();
  await Deno.remove(folder, { recursive: true });
});
