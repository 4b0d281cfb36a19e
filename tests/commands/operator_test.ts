import assert from "node:assert/strict";
import { openStore } from "../../db/open.ts";
import { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { password, v1 } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { taskArguments } from "../harness/task.ts";

/** Runs a task of deno.json with the permissions defined there. */
async function task(name: string, database: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...await taskArguments(name), ...args],
    cwd: new URL("../..", import.meta.url),
    env: { DATABASE_URL: `sqlite:${database}` },
  }).output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return { code, said };
}

Deno.test("backup while serving, restore elsewhere, check: a client with a cursor of the other life loads anew", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const off = { LIMIT_MESSAGES_PER_ROOM: "off", LIMIT_MESSAGES_PER_ADDRESS: "off" };
  const consumer = crypto.randomUUID();
  const socketOf = (service: ServiceProcess) =>
    Client.open(`${service.address.replace("http", "ws")}/ws/chat/asha/${consumer}`, { protocols: v1() });
  let epoch: string;
  {
    await using service = await new ServiceProcess(folder, off).start();
    const body = JSON.stringify({ username: "asha", password });
    const headers = { "content-type": "application/json" };
    await (await fetch(`${service.address}/accounts/api/signup`, { method: "POST", headers, body })).body
      ?.cancel();
    const client = await socketOf(service);
    epoch = (await client.next("welcome")).epoch;
    for (let i = 1; i <= 20; i++) await client.say(`line ${i}`);
    const copy = await task("backup", `${folder}/parlor.db`, `${folder}/copy.db`);
    assert.equal(copy.code, 0, copy.said);
    assert.match(copy.said, /copy\.db: 1 rooms, 20 messages, whole/);
    await client.say("after the backup");
    const checked = await task("check", `${folder}/parlor.db`);
    assert.equal(checked.code, 0, checked.said);
    assert.match(checked.said, /1 rooms, 21 messages, 0 problems/);
    const refused = await task("restore", `${folder}/parlor.db`, `${folder}/copy.db`);
    assert.deepEqual([refused.code, /is there already/.test(refused.said)], [1, true]);
    client.close();
    await client.gone();
  }
  await Deno.mkdir(`${folder}/new`);
  const restored = await task("restore", `${folder}/new/parlor.db`, `${folder}/copy.db`);
  assert.equal(restored.code, 0, restored.said);
  {
    await using service = await new ServiceProcess(`${folder}/new`, off).start();
    const client = await socketOf(service);
    assert.notEqual((await client.next("welcome")).epoch, epoch);
    const page = await client.ask({ command: "fetch_messages", after: 21, epoch, limit: 200 }, "messages");
    assert.equal(page.recovered, false);
    assert.equal(page.messages.length, 20);
    assert.equal((await client.say("in the new life")).seq, 21);
    client.close();
    await client.gone();
  }
  await eventually(async () => (await task("check", `${folder}/new/parlor.db`)).code === 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a deleted account's name is released by an operator, and no other", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  const path = `${folder}/parlor.db`;
  const store = await openStore(`sqlite:${path}`);
  for (const username of ["asha", "bruno"]) {
    await store.createAccount({ username, password: "phc", created: 1 });
  }
  await store.forgetAccount("asha");
  await store.close();
  for (
    const [name, code, says] of [
      ["bruno", 1, /not the name of a deleted account/],
      ["ASHA", 0, /anybody may sign up under this name/],
      ["asha", 1, /not the name of a deleted account/],
      ["no name", 2, /deno task account release NAME/],
    ] as const
  ) {
    const answer = await task("account", path, "release", name);
    assert.deepEqual([answer.code, says.test(answer.said)], [code, true], answer.said);
  }
  assert.equal((await task("account", path, "rename", "asha")).code, 2);
  assert.match((await task("account", `${path}.not`, "release", "asha")).said, /There is no database/);
  const again = await openStore(`sqlite:${path}`);
  assert.equal(await again.nameReservedSince("asha"), undefined);
  assert.notEqual(await again.account("bruno"), undefined);
  await again.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what is wrong is said with exit code 1, a wrong call with 2", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  await Deno.writeTextFile(`${folder}/diary.db`, "Dear diary, ".repeat(500));
  const check = await task("check", `${folder}/diary.db`);
  assert.deepEqual([check.code, check.said.trim()], [1, "file is not a database"]);
  assert.equal((await task("backup", `${folder}/nothing.db`, `${folder}/copy.db`)).code, 1);
  for (const name of ["backup", "restore"]) {
    assert.equal((await task(name, `${folder}/diary.db`)).code, 2, name);
  }
  assert.equal((await task("check", `${folder}/diary.db`, "one", "two")).code, 2);
  await Deno.remove(folder, { recursive: true });
});
