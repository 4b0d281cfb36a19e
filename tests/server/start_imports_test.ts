import { ok } from "node:assert/strict";
import { modulesFrom } from "../harness/modules.ts";

/** All modules loaded with `entry` through its static imports. */
async function loadedWith(entry: string): Promise<string[]> {
  const modules = await modulesFrom(entry);
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const loaded = new Set(
    modules.map(({ specifier }) => specifier).filter((specifier) => specifier.endsWith(`/${entry}`)),
  );
  for (const specifier of loaded) {
    for (const { code, isDynamic } of known.get(specifier)?.dependencies ?? []) {
      if (code?.specifier && !isDynamic) loaded.add(code.specifier);
    }
  }
  return [...loaded];
}

const isZod = (specifier: string) => /^npm:\/?zod@/.test(specifier);
const isHashingOrZipping = (specifier: string) => /^node:(crypto|zlib)$/.test(specifier);

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
  ok((await loadedWith("routes/api/accounts.ts")).some(isZod));
});

Deno.test("a start does not wait for Node's hashing and compression, which take 30 ms to load", async () => {
  ok(!(await loadedWith("main.ts")).some(isHashingOrZipping));
  ok((await loadedWith("routes/pages/replaced_asset.ts")).some(isHashingOrZipping));
});
