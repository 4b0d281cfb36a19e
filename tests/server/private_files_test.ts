import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { backUp } from "../../db/sqlite/backup.ts";
import { password } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";

/** Files below a folder that other users may read or write, as `name mode`. */
const open = (folder: string): string[] =>
  [...Deno.readDirSync(folder)].flatMap(({ name }) => {
    const mode = Deno.statSync(`${folder}/${name}`).mode! & 0o777;
    return mode & 0o077 ? [`${name} ${mode.toString(8)}`] : [];
  });

/** An existing folder that everybody may read, as `mkdir` creates it. */
async function sharedFolder(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await Deno.chmod(folder, 0o755);
  return folder;
}

const signUp = (address: string) =>
  fetch(`${address}/accounts/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "asha", password }),
  });

const search = async (address: string, token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  await (await fetch(`${address}/messages/api/search?q=lamp`, { headers })).body?.cancel();
};

Deno.test("in a folder that others may read, what the service keeps is its owner's alone", async () => {
  const folder = await sharedFolder(), before = Deno.umask(0o022);
  try {
    await using service = await new ServiceProcess(folder).start();
    const { token } = await (await signUp(service.address)).json();
    await search(service.address, token);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    for (const name of ["", "-wal", "-shm"]) assert.ok(names.includes(`parlor.db${name}`), names.join(" "));
    assert.ok(names.includes("parlor-search.db") && names.includes("secret"), names.join(" "));
    assert.deepEqual(open(folder), []);

    await service.end("SIGKILL");
    for (const { name } of Deno.readDirSync(folder)) Deno.chmodSync(`${folder}/${name}`, 0o644);
    await service.start();
    await search(service.address, token);
    assert.deepEqual(open(folder), [], "what an earlier version left open is closed");
    await service.end("SIGTERM");
    await backUp(`${folder}/parlor.db`, `${folder}/backup.db`);
    assert.deepEqual(open(folder), []);
  } finally {
    Deno.umask(before);
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("so is a file of Deno KV", async () => {
  const folder = await sharedFolder(), before = Deno.umask(0o022);
  try {
    for (let round = 0; round < 2; round++) {
      const store = await openStore(`kv:${folder}/parlor.kv`);
      await store.keep("touched", "yes");
      assert.ok([...Deno.readDirSync(folder)].length > 0);
      assert.deepEqual(open(folder), []);
      await store.close();
      for (const { name } of Deno.readDirSync(folder)) Deno.chmodSync(`${folder}/${name}`, 0o644);
    }
  } finally {
    Deno.umask(before);
    await Deno.remove(folder, { recursive: true });
  }
});
