import assert from "node:assert/strict";
import { noPostgres } from "../../harness/postgres.ts";
import { postgresMigrations } from "../../../db/migrations/postgres.ts";
import { openStore } from "../../../db/open.ts";
import { readAddress } from "../../../db/postgres/address.ts";
import { connect } from "../../../db/postgres/connect.ts";
import { migrate } from "../../../db/postgres/migrate.ts";
import { draft } from "../contract/fixtures.ts";
import { server } from "./server.ts";
import { unless } from "../../harness/test_unless.ts";

Deno.test({
  ...unless(
    !server && noPostgres,
    "postgres: client ids of a former version stay known to their side, and 100,000 of them take seconds",
  ),
  async fn() {
    const url = server!.schema(), address = readAddress(url.slice("postgres:".length));
    const sql = await connect({ ...address, connections: 1 });
    const at = postgresMigrations.findIndex(({ name }) => name === "ids by side");
    await migrate(sql, address, postgresMigrations.slice(0, at));
    await sql.unsafe(`
      INSERT INTO rooms (id, admin, consumer, status, created, active, head, read_admin, read_visitor)
        VALUES ('busyroom0001', 'asha', 'busy', 'open', 1, 200000, 100000, 0, 0);
      INSERT INTO messages (room, seq, admin, side, kind, created, content, client_id)
        SELECT 1, i, 'asha', CASE i % 2 WHEN 1 THEN 'admin' ELSE 'visitor' END, 'text', i, 'line', 'busy' || i
        FROM generate_series(1, 100000) AS i`);
    await sql.end();
    const began = performance.now();
    const store = await openStore(url);
    const ms = performance.now() - began;
    assert(ms < 20_000, `${ms} ms`);
    const send = (side: "admin" | "visitor") =>
      store.appendMessage(draft({ admin: "asha", consumer: "busy" }, "again", { client_id: "busy7", side }));
    const [own, other] = [await send("admin"), await send("visitor")];
    assert.deepEqual([own.fresh, own.message.seq], [false, 7]);
    assert.deepEqual([other.fresh, other.message.seq], [true, 100_001]);
    await store.close();
  },
});
