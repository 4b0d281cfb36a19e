import { spentName } from "../spent_name.ts";
import type { Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

interface Claim {
  owner: string;
  claimed: number;
}

type Claims = Pick<Store, "claimConsumer" | "keep" | "replace" | "unkeep" | "kept" | "spend">;

/** What belongs to whoever came first: a consumer id to its owner, a name to its value. */
export function claims(engine: Engine): Claims {
  return {
    async claimConsumer({ admin, consumer }, owner, at) {
      const claim = { owner, claimed: at };
      const before = await update<Claim>(
        engine,
        keys.claim(admin, consumer),
        (there) => there ? undefined : claim,
      );
      return (before ?? claim).owner === owner;
    },
    async keep(name, value) {
      const before = await update<string>(
        engine,
        keys.kept(name),
        (there) => there === null ? value : undefined,
      );
      return before ?? value;
    },
    async replace(name, value) {
      await update<string>(engine, keys.kept(name), () => value);
    },
    async unkeep(name) {
      await engine.remove([keys.kept(name)]);
    },
    spend(id, until, at) {
      const key = keys.kept(spentName(id, until));
      return engine.change({
        checks: [{ key, versionstamp: null }],
        sets: [{ key, value: "", expireIn: Math.max(1, until - at) }],
      });
    },
    async kept(name) {
      return (await engine.get<string>(keys.kept(name))).value ?? undefined;
    },
  };
}
