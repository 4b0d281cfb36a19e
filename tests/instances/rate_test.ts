import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { noPostgres, PostgresServer } from "../harness/postgres.ts";
import { unless } from "../harness/test_unless.ts";

const server = await PostgresServer.start();
const isFull = Deno.env.get("PARLOR_FULL_TESTS") === "1";
const writer = fileURLToPath(new URL("./writer.ts", import.meta.url));

/** Messages per second stored by a separate process. */
async function rate(url: string, admin: string): Promise<number> {
  const args = ["run", "--frozen", "-A", writer, url, admin, "5"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).output();
  return Number(new TextDecoder().decode(stdout));
}

Deno.test({
  ...unless(
    !server ? noPostgres : !isFull && "takes what PARLOR_FULL_TESTS=1 asks for",
    "postgres: two processes store 5,000 messages a second, each flushed to the disk, in 64 rooms each",
  ),
  async fn() {
    const [fsync] = await server!.do((sql) => sql`SHOW fsync`);
    assert.equal(fsync!.fsync, "on");
    const folder = await Deno.makeTempDir({ prefix: "parlor-rate-" });
    const one = await rate(server!.schema(), "asha");
    const url = server!.schema();
    const two = await Promise.all([rate(url, "asha"), rate(url, "bruno")]);
    const sqlite = await rate(`sqlite:${folder}/parlor.db`, "asha");
    await Deno.mkdir(`${folder}/kv`);
    const kv = await rate(`kv:${folder}/kv/parlor.kv`, "asha");
    await Deno.remove(folder, { recursive: true });
    console.log(
      `messages a second: PostgreSQL ${one} from one process, ${
        two.join(" + ")
      } from two; SQLite ${sqlite}; KV ${kv}`,
    );
    assert(two[0]! + two[1]! >= 5_000);
  },
});
