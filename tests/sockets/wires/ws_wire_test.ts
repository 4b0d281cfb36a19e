import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket } from "ws";
import { type Wire } from "../../../sockets/wires/wire.ts";
import { WsWires } from "../../../sockets/wires/ws_wire.ts";
import { eventually } from "../../harness/eventually.ts";
import { closing, encode, joined, opcodes, RawSocket } from "./raw_socket.ts";

/** A server with only the wires; `told` records their callbacks. */
class Bare implements AsyncDisposable {
  readonly told: (number | string)[] = [];
  readonly opened: Wire[] = [];
  readonly #server = createServer();
  readonly #wires: WsWires;
  address = "";

  constructor(heart: ConstructorParameters<typeof WsWires>[0]) {
    this.#wires = new WsWires(heart);
    this.#server.on("upgrade", (request, connection, head) => {
      this.#wires.upgrade({ request, connection, head }, undefined, (wire) => ({
        opened: () => this.opened.push(wire),
        received: (data) => this.told.push(String(data)),
        closed: (code) => this.told.push(code),
      }));
    });
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async [Symbol.asyncDispose]() {
    this.#wires.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const fast = { heartbeatMs: 100, silenceMs: 1_500, frameMs: 700, sweepMs: 20 };

Deno.test("a peer that answers pings stays, one that says nothing is closed with 4408 and then cut off", async () => {
  await using bare = await new Bare(fast).listen();
  const alive = new WebSocket(bare.address.replace("http", "ws"));
  const pings: number[] = [];
  alive.on("ping", () => pings.push(performance.now()));
  const silent = await RawSocket.open(bare.address, "/");
  const began = performance.now();
  const heard = [];
  for (let frame; (frame = await silent.next()) !== undefined;) heard.push(frame);
  const ms = performance.now() - began;
  assert.deepEqual([...new Set(heard.slice(0, -1).map(({ opcode }) => opcode))], [opcodes.ping]);
  const { opcode, payload } = heard.at(-1)!;
  assert.equal(opcode, opcodes.close);
  assert.deepEqual(payload.subarray(0, 2), closing(4408));
  assert.ok(ms > 3_400 && ms < 5_000, `closed after 1.5 s and cut 2 s later: ${Math.round(ms)} ms`);
  assert.equal(alive.readyState, WebSocket.OPEN);
  assert.ok(pings.length >= 10, `${pings.length} pings`);
  silent.cut();
  alive.terminate();
  await eventually(() => bare.told.filter((one) => typeof one === "number").length >= 2);
});

Deno.test("of a peer that sends a message without end nothing more is read once it was closed", async () => {
  await using bare = await new Bare(fast).listen();
  const monster = await RawSocket.open(bare.address, "/");
  const chunk = encode({ opcode: opcodes.continuation, payload: new Uint8Array(60_000), fin: false });
  await monster.write(joined(encode({ opcode: opcodes.text, payload: "{", fin: false }), chunk));
  await monster.write(chunk);
  const heard = await monster.next();
  assert.deepEqual(heard?.payload.subarray(0, 2), closing(1009));
  assert.deepEqual(bare.told.slice(0, 1), [1009]);
  let sent = 0;
  const flood = (async () => {
    for (; sent < 500; sent++) await monster.write(joined(...Array(16).fill(chunk)));
  })().catch(() => {});
  await flood;
  assert.ok(sent < 30, `${sent} MiB fitted into the network's own buffers`);
  monster.cut();
});

Deno.test("a peer that sent too much hears why, and its connection ends, without a wait", async () => {
  await using bare = await new Bare(fast).listen();
  const peer = new WebSocket(bare.address.replace("http", "ws"));
  await new Promise((resolve) => peer.once("open", resolve));
  const began = performance.now();
  const closed = new Promise<number>((resolve) => peer.once("close", resolve));
  bare.opened[0]!.close(4400, "Too many bad frames");
  assert.equal(await closed, 4400);
  const ms = performance.now() - began;
  assert.ok(ms < 1_000, `${Math.round(ms)} ms: its answer is not waited for`);
});

Deno.test("a peer that never reads is cut off with what is unsent, two seconds after the close", async () => {
  await using bare = await new Bare(fast).listen();
  const stuck = await RawSocket.open(bare.address, "/");
  await eventually(() => bare.opened.length === 1);
  const [wire] = bare.opened as [Wire];
  for (let i = 0; i < 200; i++) wire.send("x".repeat(100_000));
  assert.ok(wire.unsentBytes > 1_000_000);
  wire.close(4408, "Reading too slowly");
  assert.equal(wire.isOpen, false);
  await eventually(() => bare.told.length > 0, { ms: 2_500 });
  await eventually(() => wire.unsentBytes === 0, { ms: 500 });
  stuck.cut();
});

Deno.test("a message that goes on for too long is closed with 4408, however often a byte of it comes", async () => {
  await using bare = await new Bare({ ...fast, silenceMs: 60_000 }).listen();
  const slow = await RawSocket.open(bare.address, "/");
  const began = performance.now();
  const frame = encode({ opcode: opcodes.text, payload: "x".repeat(60_000) });
  let sent = 0;
  const sending = (async () => {
    for (; sent < 1_000; sent++) {
      await slow.write(frame.subarray(sent, sent + 1));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })().catch(() => {});
  const heard = [];
  for (let one; (one = await slow.next()) !== undefined;) heard.push(one);
  const ms = performance.now() - began;
  assert.deepEqual(heard.at(-1)?.payload.subarray(0, 2), closing(4408));
  assert.ok(ms > 650 && ms < 3_000, `${Math.round(ms)} ms`);
  slow.cut();
  await sending;
});

Deno.test("a frame that comes in single bytes is given up before each of them is a buffer", async () => {
  await using bare = await new Bare({ ...fast, silenceMs: 60_000, frameMs: 60_000 }).listen();
  const raw = await RawSocket.open(bare.address, "/");
  raw.connection.setNoDelay(true);
  const frame = encode({ opcode: opcodes.text, payload: "x".repeat(60_000) });
  for (let sent = 0; bare.told.length === 0; sent++) {
    assert.ok(sent < 20_000, "it goes on");
    await raw.write(frame.subarray(sent, sent + 1)).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve));
  }
  // Reported once more when the connection is gone.
  assert.deepEqual([...new Set(bare.told)], [1006]);
  raw.cut();
});
