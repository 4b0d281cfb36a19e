import assert from "node:assert/strict";
import { Gathering } from "../../../db/bus/bundle.ts";
import { ephemeralEventsOf, presenceEvents } from "../../../sockets/presence/ephemeral_events.ts";

/** PostgreSQL limits notifications to less than 8,000 bytes; the bus drops longer ones. */
const maxBytes = 7_900;
const many = Array.from({ length: 1_000 }, (_, i) => i);

/** Events after serialization by the bus. */
function carried(events: Parameters<Gathering["publish"]>[0][]) {
  const gathering = new Gathering();
  for (const ephemeral of events) gathering.publish(ephemeral);
  const texts = gathering.take("an instance", maxBytes);
  for (const text of texts) assert(new TextEncoder().encode(text).length <= maxBytes);
  return texts.flatMap((text) => JSON.parse(text).whispers);
}

Deno.test("however many sessions end at once, the other instances are told of each", () => {
  const jtis = many.map(() => crypto.randomUUID());
  const events = carried(ephemeralEventsOf({ type: "sessions_ended", username: "asha", jtis }));
  assert.deepEqual(events.flatMap(({ jtis }) => jtis), jtis);
});

Deno.test("however many visitors are here, with the longest of names, the other instances are told of each", () => {
  const parties = many.map((i) => ({ admin: "a".repeat(32), consumer: `${i}`.padStart(64, "x") }));
  const events = carried(presenceEvents("here", parties));
  assert.deepEqual(events.flatMap(({ parties }) => parties), parties.map(({ consumer }) => consumer));
});
