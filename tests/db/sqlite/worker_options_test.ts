import assert from "node:assert/strict";
import { workerOn } from "../../../db/sqlite/worker_options.ts";
import { DatabaseFile } from "./database_file.ts";

const module = `onmessage = async ({ data }) => {
  const tries = {
    secret: () => Deno.readTextFileSync(data + "/secret"),
    write: () => Deno.writeTextFileSync(data + "/other", ""),
    net: () => Deno.connect({ hostname: "127.0.0.1", port: 1 }),
    env: () => Deno.env.get("HOME"),
    run: () => new Deno.Command("true").outputSync(),
    database: () => Deno.statSync(data + "/parlor.db"),
  };
  const told = {};
  for (const [what, attempt] of Object.entries(tries)) {
    try {
      await attempt();
      told[what] = "done";
    } catch (error) {
      told[what] = error.name;
    }
  }
  postMessage(told);
}`;

Deno.test("a Worker on a database may touch that one's files, and nothing else", async () => {
  using file = new DatabaseFile();
  const folder = `${file.folder}/data`;
  Deno.mkdirSync(folder);
  for (const name of ["parlor.db", "secret"]) Deno.writeTextFileSync(`${folder}/${name}`, "");
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const worker = new Worker(address, workerOn(file.path));
  const told = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(folder);
  });
  worker.terminate();
  URL.revokeObjectURL(address);
  const no = "NotCapable";
  assert.deepEqual(told, { secret: no, write: no, net: no, env: no, run: no, database: "done" });
});
