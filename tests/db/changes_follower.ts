import { openBus } from "../../db/open_bus.ts";
import { openStore } from "../../db/open.ts";

// Follows asha's labels as an instance does, and prints a line when they change, until it is killed. With
// "deaf" it only polls.
const [url = "", pollsOnly] = Deno.args;
const store = await openStore(url, { instance: "follower" });
const bus = (await openBus(url, { instance: "follower", pollsOnly: pollsOnly === "deaf" }))!;
const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
await store.changes.follow({ owner: "asha", collection: "labels" }, () => say("changed"));
await bus.listen({
  followed: () => ({ rooms: [], admins: [] }),
  followedAdmins: () => store.changes.owners(),
  heard() {},
  swept: () => store.changes.sweep(),
  onEphemeral(ephemeral) {
    if (ephemeral.type !== "collection_changed") return;
    store.changes.heard({ owner: ephemeral.admin, collection: ephemeral.collection });
  },
  missed() {},
});
// The timers of the bus are unref'd and do not keep the process running.
setInterval(() => {}, 1_000);
say("following");
