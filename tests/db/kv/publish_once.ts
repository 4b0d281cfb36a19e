import { openKvBus } from "../../../db/bus/kv.ts";

// Whispers of the end of asha's session "one" over the KV file it is given.
const bus = await openKvBus(Deno.args[0]!, { instance: "there" });
bus.publish({ type: "sessions_ended", admin: "asha", jtis: ["one"] });
await bus.close();
