import assert from "node:assert/strict";
import { uuidV7 } from "../../../web/client/uuid_v7.ts";

Deno.test("client ids are UUIDs of version 7 that sort as they were made", () => {
  const ids = Array.from({ length: 20_000 }, () => uuidV7());
  assert.match(ids[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
});

Deno.test("a clock put back does not put ids back", () => {
  const later = uuidV7(Date.now() + 3_600_000);
  assert.ok(uuidV7() > later);
});
