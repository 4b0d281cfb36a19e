import assert from "node:assert/strict";
import { Parlor, test } from "../harness/parlor.ts";

test("who asks a second time for the end waits for the one that has begun", async () => {
  await using parlor = await Parlor.start();
  const stuck = await parlor.chat(await parlor.signUp("asha"), crypto.randomUUID());
  await stuck.next("welcome");
  stuck.socket.pause();
  let isOver = false;
  const first = parlor.running.stop().then(() => isOver = true);
  await parlor.running.stop();
  assert(isOver);
  await first;
});
