// Runs one instance as a process. DEAF=1: it ignores notifications and only polls.
import { readConfig } from "../../server/config.ts";
import { openLog } from "../../chat/monitoring/log.ts";
import { startService } from "../../main.ts";
import { guardProcess } from "../../server/process_guard.ts";

const { DEAF, ...env } = Deno.env.toObject();
const config = readConfig(env);
guardProcess(openLog(config.logLevel));
const running = await startService(config, undefined, { pollsOnly: DEAF === "1" });
console.log(running.address);
Deno.addSignalListener("SIGTERM", () => void running.stop().finally(() => Deno.exit(0)));
