import { openKvBus } from "../../../db/bus/kv.ts";

// Publishes the end of asha's session "one" on the bus of the given KV file.
const bus = await openKvBus(Deno.args[0]!, { instance: "there" });
bus.publish({ type: "sessions_ended", admin: "asha", jtis: ["one"] });
await bus.close();
