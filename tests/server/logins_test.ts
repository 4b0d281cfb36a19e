import assert from "node:assert/strict";
import { password, wires } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { signUp } from "./sign_up.ts";

/** A process's memory in MiB: `VmRSS` (current) or `VmHWM` (peak since the last reset). */
function memoryOf(pid: number, name: string): number {
  const line = Deno.readTextFileSync(`/proc/${pid}/status`).split("\n").find((line) =>
    line.startsWith(name)
  )!;
  return Number(/\d+/.exec(line)![0]) / 1_024;
}

for (const wire of wires) {
  Deno.test({
    name: `20 logins at once take less than 150 MiB of memory at most (${wire})`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const folder = Deno.makeTempDirSync({ prefix: "parlor-" });
      await using service = await new ServiceProcess(folder, {
        WIRE: wire,
        LIMIT_LOGINS: "off",
      }).start();
      await signUp(service.address, "asha");
      const login = async () => {
        const response = await fetch(`${service.address}/accounts/api/login`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ username: "asha", password }),
        });
        await response.body?.cancel();
        return response.status;
      };
      Deno.writeTextFileSync(`/proc/${service.pid}/clear_refs`, "5"); // resets the peak
      const before = memoryOf(service.pid, "VmRSS");
      const statuses = await Promise.all(Array.from({ length: 20 }, login));
      assert.deepEqual(statuses, Array(20).fill(200));
      const grew = memoryOf(service.pid, "VmHWM") - before;
      assert.ok(grew < 150, `${grew.toFixed(0)} MiB`);
      assert.equal((await service.end("SIGTERM")).code, 0);
      Deno.removeSync(folder, { recursive: true });
    },
  });
}
