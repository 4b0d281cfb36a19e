import assert from "node:assert/strict";

Deno.test("a test that waits for ever fails by its name, and those after it run", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await Deno.writeTextFile(
    `${folder}/hanging_test.ts`,
    `Deno.test("waits for ever", () => new Promise(() => setInterval(() => {}, 1_000)));
     Deno.test({ name: "is left out", ignore: true, fn() {} });
     Deno.test("comes after it", () => {});`,
  );
  const preload = new URL("./time_limit.ts", import.meta.url).pathname;
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--no-config", "--no-check", `--preload=${preload}`, folder],
    env: { PARLOR_TEST_SECONDS: "1", NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert(!success);
  assert.match(said, /"waits for ever" has not ended within 1 s/);
  assert.match(said, /comes after it \.\.\. ok/);
  assert.match(said, /1 passed \| 1 failed \| 1 ignored/);
  await Deno.remove(folder, { recursive: true });
});
