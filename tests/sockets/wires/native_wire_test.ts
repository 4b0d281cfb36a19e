import assert from "node:assert/strict";
import { closeCodes } from "../../../protocol/limits.ts";
import { upgradeWithin } from "../../../sockets/wires/native_wire.ts";
import { eventually } from "../../harness/eventually.ts";
import { closing, encode, joined, opcodes, RawSocket } from "./raw_socket.ts";

const handshake = [
  "GET / HTTP/1.1",
  "Host: localhost",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  "\r\n",
].join("\r\n");

/**
 * A server that upgrades every request once `mayAnswer` has resolved; `told` records the wires' callbacks.
 */
function serve(openMs: number, mayAnswer: () => Promise<void>) {
  const told: (string | number)[] = [];
  const end = new AbortController();
  const where = { hostname: "127.0.0.1", port: 0, signal: end.signal, onListen() {} };
  const server = Deno.serve(where, async (request) => {
    told.push("asked");
    await mayAnswer();
    return upgradeWithin(openMs, request, undefined, () => ({
      opened: () => told.push("opened"),
      received: (data) => told.push(String(data)),
      closed: (code) => told.push(code),
    }));
  });
  return { told, end: () => end.abort(), address: `http://127.0.0.1:${server.addr.port}` };
}

// The runtime keeps an operation for an upgrade that never completes.
const options = { sanitizeOps: false };

Deno.test(
  "a peer that leaves while it is looked up, of which Deno tells nothing, is given up",
  options,
  async () => {
    const answering = Promise.withResolvers<void>();
    const { told, end, address } = serve(100, () => answering.promise);
    const raw = await RawSocket.connect(address);
    await raw.write(new TextEncoder().encode(handshake));
    await eventually(() => told.includes("asked"));
    raw.cut();
    // Time for the runtime to detect the disconnect before the response.
    await new Promise((resolve) => setTimeout(resolve, 200));
    answering.resolve();
    await eventually(() => told.includes(1006), { state: () => told });
    assert(!told.includes("opened"));
    end();
  },
);

Deno.test("a socket that has opened in time stays", async () => {
  const { told, end, address } = serve(100, () => Promise.resolve());
  const raw = await RawSocket.open(address, "/");
  await eventually(() => told.includes("opened"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(told, ["asked", "opened"]);
  raw.cut();
  await eventually(() => told.length > 2);
  end();
});

Deno.test("a peer is told why it is closed although more of its frames have come already", async () => {
  const received: unknown[] = [], closed: number[] = [];
  const end = new AbortController();
  const where = { hostname: "127.0.0.1", port: 0, signal: end.signal, onListen() {} };
  const { addr, finished } = Deno.serve(
    where,
    (request) =>
      upgradeWithin(1_000, request, undefined, (wire) => ({
        opened() {},
        received(data) {
          received.push(data);
          wire.close(closeCodes.tooMany, "Too much asked");
          assert.equal(wire.isOpen, false);
        },
        closed: (code) => closed.push(code),
      })),
  );
  const raw = await RawSocket.open(`http://127.0.0.1:${addr.port}`, "/");
  const frame = encode({ opcode: opcodes.text, payload: "Hello" });
  await raw.write(joined(...Array.from({ length: 20 }, () => frame)));
  const heard = await raw.next();
  assert.deepEqual(heard?.payload, closing(closeCodes.tooMany, "Too much asked"));
  raw.cut();
  await eventually(() => closed.length === 1);
  assert.deepEqual(received, ["Hello"], "what comes after is not heard");
  end.abort();
  await finished;
});
