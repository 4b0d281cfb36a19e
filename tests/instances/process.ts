// One instance, as a process of its own. DEAF=1: it hears no bell and only looks.
import { readConfig } from "../../config.ts";
import { startService } from "../../main.ts";

const { DEAF, ...env } = Deno.env.toObject();
const running = await startService(readConfig(env), undefined, { isDeaf: DEAF === "1" });
console.log(running.address);
Deno.addSignalListener("SIGTERM", () => void running.stop().finally(() => Deno.exit(0)));
