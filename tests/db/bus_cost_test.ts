import assert from "node:assert/strict";
import { noPostgres } from "../harness/postgres.ts";
import { headsOf as kvHeads } from "../../db/bus/kv_heads.ts";
import { headsOf as postgresHeads } from "../../db/bus/postgres_heads.ts";
import type { Followed } from "../../db/bus.ts";
import { openEngine } from "../../db/kv/open.ts";
import { openStore } from "../../db/open.ts";
import { readAddress } from "../../db/postgres/address.ts";
import { Link } from "../../db/postgres/link.ts";
import type { RoomKey, Store } from "../../db/store.ts";
import { KvFile } from "./kv/file.ts";
import { fill, medianMs } from "./page_cost.ts";
import { server } from "./postgres/server.ts";
import { morning, numbers } from "./contract/fixtures.ts";
import { unless } from "../harness/test_unless.ts";

const few = 100, many = Deno.env.get("PARLOR_FULL_TESTS") === "1" ? 20_000 : 2_000;
/** One hour after the last message of the seeded rooms. */
const later = morning + 3_600_000;
/** asha with an open inbox, and the rooms of fifty of her visitors. */
const followed: Followed = {
  admins: ["asha"],
  rooms: numbers(50).map((n) => ({ admin: "asha", consumer: `visitor-${n}` })),
};

type Look = (followed: Followed, since: number) => Promise<(RoomKey & { head: number })[]>;

/** The cost of a sweep depends on the followed rooms, not on the number of rooms. */
async function holdToCost(store: Store, look: Look): Promise<void> {
  await fill(store, 0, few);
  const small = await medianMs(() => look(followed, later));
  await fill(store, few, many);
  const large = await medianMs(() => look(followed, later));
  assert(large <= 2 * small + 2, `${small} ms among ${few} rooms, ${large} ms among ${many}`);
  const heads = await look(followed, later);
  assert.deepEqual(
    new Set(heads.map(({ consumer }) => consumer)),
    new Set(followed.rooms.map(({ consumer }) => consumer)),
  );
}

Deno.test(`kv: a look for lost channels costs among ${many} rooms what it costs among ${few}`, async () => {
  using file = new KvFile();
  const store = await openStore(file.url);
  const { engine } = await openEngine(file.path);
  await holdToCost(store, (followed, since) => kvHeads(engine, followed, since));
  engine.close();
  await store.close();
});

Deno.test({
  ...unless(
    !server && noPostgres,
    `postgres: a look for lost channels costs among ${many} rooms what it costs among ${few}`,
  ),
  async fn() {
    const url = server!.schema();
    const store = await openStore(url);
    const link = await Link.open(readAddress(url.slice("postgres:".length)));
    await holdToCost(store, (followed, since) => postgresHeads(link, followed, since));
    await link.close();
    await store.close();
  },
});
