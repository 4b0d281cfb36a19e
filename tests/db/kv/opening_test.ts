import assert from "node:assert/strict";
import { CannotOpen } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import { KvFile } from "./file.ts";

/** The error message for an operator who starts the service with this DATABASE_URL. */
async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then((store) => store.close(), (error) => error);
  assert(error instanceof CannotOpen, `${url} was not refused, but ${error}`);
  assert.match(error.message, /^DATABASE_URL: /);
  return error.message;
}

Deno.test("kv: a place that cannot be opened is named, and why", async () => {
  using file = new KvFile();
  await Deno.writeTextFile(
    file.path,
    "This is no database, but long enough to be taken for one. ".repeat(20),
  );
  assert.match(await refusal(file.url), /cannot open the Deno KV database .*parlor\.kv: /);
  assert.match(
    await refusal(`kv:${file.folder}/nowhere/parlor.kv`),
    /cannot open the Deno KV database .*nowhere/,
  );
});

Deno.test("kv: a database of a newer Parlor is not touched", async () => {
  using file = new KvFile();
  await (await openStore(file.url)).close();
  const kv = await Deno.openKv(file.path);
  await kv.set(["meta"], { ...(await kv.get<object>(["meta"])).value, version: 1_000 });
  kv.close();
  assert.match(await refusal(file.url), /version 1000, of a newer Parlor/);
});

Deno.test("kv: a runtime without Deno KV is told what it needs", async () => {
  const program = `
    const { openEngine } = await import(${JSON.stringify(import.meta.resolve("../../../db/kv/open.ts"))});
    await openEngine("").catch((error) => console.log(error.name + ": " + error.message));`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", "--ext=js", program],
    stdout: "piped",
    stderr: "null",
  });
  const said = new TextDecoder().decode((await child.output()).stdout).trim();
  assert.match(
    said,
    /^CannotOpen: DATABASE_URL: kv: needs Deno KV: "unstable": \["kv"\] in deno\.json, or the flag/,
  );
});
