import assert from "node:assert/strict";
import { eventsOf } from "../../../sockets/instances/swept_rooms.ts";
import { Parlor, test } from "../../harness/parlor.ts";

test("a look at the store that began before a room was made does not close its sockets", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha"), { hub } = parlor.running.service;
  const visitor = await parlor.chat(asha, crypto.randomUUID());
  await visitor.next("welcome");
  const early = { asked: hub.listeners.followed(), found: [], began: performance.now() };
  await visitor.say("hello");
  for (const event of eventsOf(hub.listeners, early)) hub.tell(event);
  await visitor.ask({ command: "fetch_messages" }, "messages");

  const late = { ...early, began: performance.now() };
  for (const event of eventsOf(hub.listeners, late)) hub.tell(event);
  assert.equal(await visitor.closed(5_000), 4403);
});
