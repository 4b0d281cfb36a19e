import assert from "node:assert/strict";
import { eventually } from "../../harness/eventually.ts";
import { Parlor, test, v1 } from "../../harness/parlor.ts";
import { type Case, groups, type Outcome } from "./framing_cases.ts";
import { bytesOf, type Heard, opcodes, RawSocket } from "./raw_socket.ts";

/** Converts a received frame to an outcome. */
function outcomeOf(heard: Heard | undefined): Outcome {
  if (!heard) return { closes: [mute] };
  const { opcode, payload } = heard;
  if (opcode === opcodes.pong) return { pong: payload };
  if (opcode === opcodes.close) return { closes: [payload.length ? payload[0]! << 8 | payload[1]! : 1005] };
  const frame = JSON.parse(new TextDecoder().decode(payload));
  return frame.error?.code ?? frame.command;
}

/**
 * Code for a connection that ended without a close frame; Deno's native sockets send none after a protocol
 * error.
 */
const mute = 0;
const ofBrokenRules = [1002, 1007, 1009];

function isAsExpected(outcome: Outcome, expected: Outcome, wire: string): boolean {
  if (typeof outcome === "string" || typeof expected === "string") return outcome === expected;
  if ("pong" in outcome) return "pong" in expected && `${outcome.pong}` === `${bytesOf(expected.pong)}`;
  if (!("closes" in expected)) return false;
  const [code] = outcome.closes as [number];
  const isMute = wire === "native" && code === mute;
  return expected.closes.some((one) => one === code || (isMute && ofBrokenRules.includes(one)));
}

async function hold(parlor: Parlor, path: string, { name, bytes, then, native, dripped }: Case) {
  const raw = await RawSocket.open(parlor.address, path);
  const expected = parlor.wire === "native" && native ? native : then;
  await (dripped ? raw.drip(bytes) : raw.write(bytes)).catch(() => {});
  for (const one of expected) {
    const outcome = outcomeOf(await raw.next());
    assert.ok(
      isAsExpected(outcome, one, parlor.wire),
      `${name}: ${JSON.stringify(outcome)}, not ${JSON.stringify(one)}`,
    );
  }
  raw.cut();
}

for (const [group, cases] of Object.entries(groups)) {
  test(`RFC 6455, ${group}: ${cases.length} cases over raw TCP, and nobody else notices`, async () => {
    await using parlor = await Parlor.start();
    await parlor.signUp("asha");
    const path = `/ws/chat/asha/${crypto.randomUUID()}`;
    const other = await parlor.open(path, { protocols: v1() });
    for (const one of cases) await hold(parlor, path, one);
    assert.equal((await other.say("still here")).content, "still here");
    await eventually(() => parlor.running.service.hub.size === 1);
  });
}
