import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startArguments } from "../harness/service_process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

Deno.test("whatever runs in the service reads, writes and starts nothing that is not its business", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const args = startArguments().map((word) => word === "main.ts" ? "tests/server/reach.ts" : word);
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: [...args, folder], cwd: root }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assert.ok(lines.length >= 8, lines.join("\n"));
  for (const line of lines) assert.match(line, /: NotCapable$/);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

Deno.test("whoever starts the service closes more of the network with PERMISSIONS", async () => {
  const connect = (hostname: string) =>
    `await Deno.connect({ hostname: "${hostname}", port: 1 }).catch(({ name }) => console.log(name));`;
  const code = `data:text/javascript,${
    encodeURIComponent(["10.1.2.3", "169.254.169.254"].map(connect).join("\n"))
  }`;
  const args = startArguments(["--deny-net=10.0.0.0/8"]);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: args.map((word) => word === "main.ts" ? code : word),
    cwd: root,
  }).output();
  assert.equal(
    new TextDecoder().decode(stdout),
    "NotCapable\nNotCapable\n",
    "its own, and those of the task",
  );
});
