import assert from "node:assert/strict";
import { eventually } from "../harness/eventually.ts";
import { password } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";

const secret = (n: number) => `${n}`.repeat(40);

Deno.test("what runs in the started service cannot read the secrets that it was started with", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  {
    const env = {
      PARLOR_SECRET: secret(1),
      PARLOR_SECRET_PREVIOUS: secret(2),
      METRICS_TOKEN: secret(3),
      LLM_KEY: secret(4),
    };
    await using service = await new ServiceProcess(folder, env, "tests/server/reread.ts").start();
    await eventually(() => service.output.includes("that is all"));
    const told = service.output.split("\n");
    const lines = (when: string, way: string) =>
      told.filter((line) => line.startsWith(`${when} ${way} `)).map((line) => line.split(": ")[1]);
    for (const way of ["Deno", "Node"]) {
      assert.deepEqual(lines("before", way), Array(5).fill("read"), `by ${way} they could be read`);
      assert.deepEqual(lines("after", way), Array(5).fill("NotCapable"), `by ${way}`);
    }
    assert.deepEqual(lines("after", "system"), Array(5).fill("NotCapable"));
    // The service works without them.
    const signup = await fetch(`${service.address}/accounts/api/signup`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "asha", password }),
    });
    assert.equal(signup.status, 201, await signup.text());
    const metrics = await fetch(`${service.address}/metrics`, {
      headers: { authorization: `Bearer ${secret(3)}` },
    });
    assert.equal(metrics.status, 200, await metrics.text());
  }
  await Deno.remove(folder, { recursive: true });
});
