import assert from "node:assert/strict";
import { RawSocket } from "../../sockets/wires/raw_socket.ts";
import { pause } from "../figures.ts";
import type { Scenario } from "../scenario.ts";

const each = 200;
const post = "POST /accounts/api/login HTTP/1.1\r\nHost: x\r\n";
const json = "Content-Type: application/json\r\n";

/** Kinds of slow requests: what is sent at first, and what is sent repeatedly. */
const ways = {
  "half a header": { first: post + "X-Slow: a", then: "" },
  "a header byte by byte": { first: post + "X-Slow: a", then: "a" },
  "no body": { first: `${post}${json}Content-Length: 100\r\n\r\n`, then: "" },
  "a body byte by byte": { first: `${post}${json}Content-Length: 100\r\n\r\n{`, then: " " },
};
/** Time limits after which the ws implementation closes such connections. Milliseconds. */
const longest = 36_000, longestHeader = 15_000;

export const slowRequests: Scenario = {
  name: "slow_requests",
  about: "800 requests that never come to their end: cut off on ws, and nobody waits for them on either wire",
  isQuiet: true,
  async run(harness) {
    const encoder = new TextEncoder();
    const began = performance.now(), ends: number[] = [], endsOfHeaders: number[] = [];
    const raws = await Promise.all(
      Object.values(ways).flatMap((way) => Array.from({ length: each }, () => slow(way))),
    );
    async function slow({ first, then }: { first: string; then: string }): Promise<RawSocket> {
      const raw = await RawSocket.connect(harness.address), began = performance.now();
      await raw.write(encoder.encode(first));
      let isOpen = true;
      void (async () => {
        const chunk = new Uint8Array(4_096);
        while (await raw.connection.read(chunk).catch(() => null) !== null);
        isOpen = false;
        const ended = performance.now() - began;
        ends.push(ended);
        if (!first.includes("\r\n\r\n")) endsOfHeaders.push(ended);
      })();
      void (async () => {
        while (then && isOpen) {
          await pause(harness.random.between(1_000, 2_000));
          await raw.write(encoder.encode(then)).catch(() => isOpen = false);
        }
      })();
      return raw;
    }
    const peer = await harness.peer(harness.pathOf(crypto.randomUUID()));
    let answered = 0;
    const until = harness.wire === "ws" ? longest : 10_000;
    while (performance.now() - began < until && ends.length < raws.length) {
      const id = crypto.randomUUID();
      peer.say("are you there", id);
      await peer.until(() => peer.frames.some(({ message }) => message?.client_id === id));
      peer.frames.length = 0;
      assert.equal(await harness.status("/healthz"), 200);
      answered++;
      await pause(50);
    }
    if (harness.wire === "ws") {
      assert.equal(ends.length, raws.length, "cut off within their time");
      const latest = Math.max(...endsOfHeaders);
      assert.equal(endsOfHeaders.length, 2 * each);
      assert.ok(latest < longestHeader, `half a header was held for ${latest} ms`);
    }
    const cutOff = ends.length;
    for (const raw of raws) raw.cut();
    const loop = await harness.mustHaveTurned();
    return `${cutOff} of ${raws.length} cut off within ${
      (Math.max(0, ...ends.slice(0, cutOff)) / 1_000).toFixed(0)
    } s; ${answered} messages and requests of others answered meanwhile, ${loop}`;
  },
};
