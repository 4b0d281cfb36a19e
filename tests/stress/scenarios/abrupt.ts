import { eventually } from "../../harness/eventually.ts";
import { RawSocket } from "../../sockets/wires/raw_socket.ts";
import { ms, pause } from "../figures.ts";
import type { Scenario } from "../scenario.ts";

const peers = 200;

export const abrupt: Scenario = {
  name: "abrupt",
  about: "peers that end by RST, by FIN, in the middle of a frame or of a handshake are gone within a second",
  // The memory of peers that were cut off is released late.
  isQuiet: true,
  async run(harness) {
    const path = () => harness.pathOf(crypto.randomUUID());
    const times: number[] = [];
    for (const way of ["FIN", "RST", "half a frame", "half a message"]) {
      const raws = await Promise.all(
        Array.from({ length: peers }, () => RawSocket.open(harness.address, path())),
      );
      // An unread pong makes the kernel close the connection with RST.
      if (way === "RST") await Promise.all(raws.map((raw) => raw.send({ opcode: 9, payload: "ping" })));
      const half = new Uint8Array([0x81, 0xfe, 0x10]);
      if (way === "half a frame") await Promise.all(raws.map((raw) => raw.write(half)));
      if (way === "half a message") {
        await Promise.all(raws.map((raw) => raw.send({ opcode: 1, payload: "{", fin: false })));
      }
      await pause(50);
      const began = performance.now();
      for (const raw of raws) raw.cut();
      await eventually(async () => await harness.sockets() === 0, { ms: 1_000, state: () => `after ${way}` });
      times.push(performance.now() - began);
    }
    for (let i = 0; i < peers; i++) {
      const raw = await RawSocket.connect(harness.address);
      await raw.write(
        new TextEncoder().encode(`GET ${path()} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n`),
      );
      raw.cut();
    }
    await eventually(async () =>
      await harness.sockets() === 0 && await harness.figure("parlor_addresses") === 0
    );
    return `${peers} each by FIN, RST, in a frame, in a message, in a handshake; gone within ${
      ms(Math.max(...times))
    }`;
  },
};
