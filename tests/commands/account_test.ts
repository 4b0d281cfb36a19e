import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { Client } from "../harness/client.ts";
import { password, v1 } from "../harness/parlor.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { taskArguments } from "../harness/task.ts";

async function account(
  folder: string,
  args: string[],
  typed = "",
  url = `sqlite:${folder}/parlor.db`,
): Promise<{ code: number; output: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...await taskArguments("account"), ...args],
    env: { DATABASE_URL: url },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(typed)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

function pushesIn(folder: string): unknown {
  const db = new DatabaseSync(`${folder}/parlor.db`);
  try {
    return db.prepare("SELECT count(*) AS n FROM records WHERE collection = 'pushes'").get()!.n;
  } finally {
    db.close();
  }
}

async function post(
  address: string,
  path: string,
  body: unknown,
): Promise<{ status: number; token?: string }> {
  const response = await fetch(`${address}/accounts/api/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...await response.json() };
}

Deno.test("an operator gives an account a new password, while the service runs or not, which ends its sessions", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  try {
    await using service = await new ServiceProcess(folder).start();
    const { token } = await post(service.address, "signup", { username: "asha", password });
    await post(service.address, "signup", { username: "bela", password });
    const me = async () => {
      const response = await fetch(`${service.address}/accounts/api/me`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await response.body?.cancel();
      return response.status;
    };
    const login = async (username: string, password: string) =>
      (await post(service.address, "login", { username, password })).status;
    assert.equal(await me(), 200);
    assert.deepEqual(await account(folder, ["list"]), { code: 0, output: "asha\nbela\n" });

    const socket = await Client.open(`${service.address.replace("http", "ws")}/ws/room/asha`, {
      protocols: v1(token),
    });
    await socket.next("welcome");
    const subscribed = await fetch(`${service.address}/messages/api/push`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        endpoint: "https://fcm.googleapis.com/fcm/send/abc",
        keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) },
      }),
    });
    assert.equal(subscribed.status, 204);
    const first = await account(folder, ["reset", "Asha"]);
    assert.equal(await socket.closed(10_000), 4401, "an open socket goes, too");
    assert.equal(pushesIn(folder), 0, "and nobody's browser is woken any more");
    assert.equal(first.code, 0, first.output);
    const made = /everywhere: (\S+)/.exec(first.output)![1]!;
    assert.equal(await me(), 401);
    assert.deepEqual([await login("asha", password), await login("asha", made)], [401, 200]);
    assert.equal(await login("bela", password), 200, "nobody else is touched");

    assert.match((await account(folder, ["reset", "asha"], "password1\n")).output, /common/);
    assert.match((await account(folder, ["reset", "nobody"])).output, /no account "nobody"/);
    assert.equal((await account(folder, ["rest"])).code, 2);
    await service.end("SIGTERM");
    const second = await account(folder, ["reset", "asha"], "violet gramophone\n");
    assert.equal(second.code, 0, second.output);
    assert.doesNotMatch(second.output, /violet/);
    await service.start();
    assert.equal(await login("asha", "violet gramophone"), 200);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a slip in the database's name makes no empty one", async () => {
  const folder = await Deno.makeTempDir({ prefix: "parlor-" });
  for (const engine of ["sqlite", "kv"]) {
    const { code, output } = await account(folder, ["list"], "", `${engine}:${folder}/slip.db`);
    assert.equal(code, 1, output);
    assert.match(output, /there is no database/i);
  }
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});
