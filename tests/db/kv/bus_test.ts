import assert from "node:assert/strict";
import { openKvBus } from "../../../db/bus/kv.ts";
import { eventually } from "../../harness/eventually.ts";
import { listener } from "../bus_listener.ts";
import { KvFile } from "./file.ts";

Deno.test("kv bus: what no watch tells of is heard a sweep later, such as a ephemeral of another process", async () => {
  using file = new KvFile();
  const bus = await openKvBus(file.path, { instance: "here" });
  const { subscriber, events } = listener();
  await bus.listen(subscriber);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--no-check", "--unstable-kv"],
      ...[new URL("publish_once.ts", import.meta.url).pathname, file.path],
    ],
    stderr: "inherit",
  }).output();
  assert(success);
  await eventually(() => events.length > 0);
  assert.deepEqual(events, [{ type: "sessions_ended", admin: "asha", jtis: ["one"] }]);
  await bus.close();
});

Deno.test("kv bus: after half a minute without a look, events may have been missed, and it says so", async () => {
  using file = new KvFile();
  let now = 1_000_000;
  const bus = await openKvBus(file.path, { instance: "here" }, () => now);
  const { subscriber, told } = listener();
  await bus.listen(subscriber);
  assert.equal(told.missed, 0);
  now += 31_000;
  await eventually(() => told.missed > 0);
  await bus.close();
});
