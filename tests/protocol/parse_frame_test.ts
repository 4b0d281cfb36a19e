import assert from "node:assert/strict";
import fc from "fast-check";
import { parseFrame } from "../../protocol/parse_frame.ts";

Deno.test("any text at all is a frame or a problem with a code, never a throw", () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), fc.boolean(), (text, v1) => {
    const parsed = parseFrame(text, v1);
    if (parsed.ok) return typeof parsed.frame.command === "string";
    return parsed.bad.code.length > 0 && parsed.bad.message.isWellFormed();
  }));
});

Deno.test("a good new_message comes through as it was sent", () => {
  const clientId = fc.string({ minLength: 1, maxLength: 64 }).filter((id) => !id.includes("\0"));
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), clientId, (content, client_id) => {
    const sent = { command: "new_message", client_id, message: { author: "anybody", content } };
    const parsed = parseFrame(JSON.stringify(sent), true);
    assert.deepEqual(parsed, { ok: true, frame: sent });
  }));
});

Deno.test("the commands of section 3 do not exist for a client without the subprotocol", () => {
  for (const command of ["subscribe", "typing", "read", "update_room"]) {
    const text = JSON.stringify({ command, typing: true, seq: 1, consumer: "vera", status: "open" });
    assert.equal(parseFrame(text, true).ok, true, command);
    const seed = parseFrame(text, false);
    assert.deepEqual(seed.ok || [seed.bad.code, seed.bad.re], ["unknown_command", command]);
  }
});

Deno.test("a problem names where it is, the command, and the message's client_id", () => {
  const text = '{"command":"new_message","client_id":"c1","message":{"content":7}}';
  const parsed = parseFrame(text, true);
  assert.ok(!parsed.ok);
  assert.deepEqual([parsed.bad.code, parsed.bad.re, parsed.bad.client_id], [
    "invalid_input",
    "new_message",
    "c1",
  ]);
  assert.match(parsed.bad.message, /^message\.content: /);
});
