import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startArguments } from "./service_process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

Deno.test("whatever runs in the service reads, writes and starts nothing that is not its business", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const args = (await startArguments()).map((word) => word === "main.ts" ? "tests/main/reach.ts" : word);
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: [...args, folder], cwd: root }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  assert.ok(lines.length >= 8, lines.join("\n"));
  for (const line of lines) assert.match(line, /: NotCapable$/);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});
