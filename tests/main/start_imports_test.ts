import { ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Module {
  specifier: string;
  dependencies?: { code?: { specifier: string }; isDynamic?: boolean }[];
}

/** Everything that is loaded with `entry`, as it stands in its imports. */
async function loadedWith(entry: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: root })
    .output();
  const { modules, roots }: { modules: Module[]; roots: string[] } = JSON.parse(
    new TextDecoder().decode(stdout),
  );
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Set(roots);
  for (const specifier of loaded) {
    for (const { code, isDynamic } of known.get(specifier)?.dependencies ?? []) {
      if (code && !isDynamic) loaded.add(code.specifier);
    }
  }
  return [...loaded];
}

const isZod = (specifier: string) => /^npm:\/?zod@/.test(specifier);

for (
  const entry of [
    "main.ts",
    "db/sqlite.ts",
    "db/kv.ts",
    "db/postgres.ts",
    "db/bus/kv.ts",
    "db/bus/postgres.ts",
  ]
) {
  Deno.test(`a start does not wait for zod, which is a third of it: ${entry} loads none`, async () => {
    const loaded = await loadedWith(entry);
    ok(loaded.length > 3, "the imports were read");
    ok(!loaded.some(isZod));
  });
}

Deno.test("the check of a start's imports sees zod where it is loaded", async () => {
  ok((await loadedWith("routes/accounts.ts")).some(isZod));
});
