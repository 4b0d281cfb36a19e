import type { DatabaseSync } from "node:sqlite";
import { spentBefore, spentName, spentPrefix } from "../spent_name.ts";
import type { Store } from "../store.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

type Claims = Pick<Store, "claimConsumer" | "keep" | "replace" | "unkeep" | "kept" | "spend">;

/** What belongs to whoever came first: a consumer id to its owner, a name to its value. */
export function claims(db: DatabaseSync, queue: WriteQueue): Claims {
  const claim = db.prepare("INSERT INTO claims VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const owner = db.prepare("SELECT owner FROM claims WHERE admin = ? AND consumer = ?");
  const keep = db.prepare("INSERT INTO kept VALUES (?, ?) ON CONFLICT DO NOTHING");
  const replace = db.prepare(
    "INSERT INTO kept VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  );
  const unkeep = db.prepare("DELETE FROM kept WHERE name = ?");
  const forget = db.prepare("DELETE FROM kept WHERE name >= ? AND name < ?");
  const kept = db.prepare("SELECT value FROM kept WHERE name = ?");

  return {
    claimConsumer: ({ admin, consumer }, asking, at) =>
      queue.write(() => {
        claim.run(admin, consumer, asking, at);
        return owner.get(admin, consumer)!.owner === asking;
      }),
    keep: (name, value) =>
      queue.write(() => {
        keep.run(name, value);
        return kept.get(name)!.value as string;
      }),
    async replace(name, value) {
      await queue.write(() => replace.run(name, value));
    },
    async unkeep(name) {
      await queue.write(() => unkeep.run(name));
    },
    spend: (id, until, at) =>
      queue.write(() => {
        forget.run(spentPrefix, spentBefore(at));
        return Number(keep.run(spentName(id, until), "").changes) === 1;
      }),
    kept: (name) => reading(() => kept.get(name)?.value as string | undefined),
  };
}
