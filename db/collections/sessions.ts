import { Collection, type RecordStore, stored } from "../collection.ts";
import { type RecordName, timePart } from "../records.ts";
import type { Session, Store } from "../store.ts";

/** Keyed by session id, which every request carries; indexed by account in order of expiry. */
export const sessions = new Collection<Session, "byAccount">({
  name: "sessions",
  schema: stored(),
  key: ({ jti }) => [jti],
  indexes: { byAccount: { key: ({ username, expires }) => [username, timePart(expires)] } },
  owner: "byAccount",
});

/** Maximum number of expired sessions deleted per sign-in of their account; bounds the list's growth. */
const mostRemoved = 20;

type Sessions = Pick<Store, "openSession" | "session" | "sessions" | "endSessions" | "endedSessions">;

export function sessionVerbs(store: RecordStore): Sessions {
  return {
    async openSession(session) {
      const own = sessions.nameOf(session);
      // A session with this id can only be the same one: ids are unique.
      await store.records.commit({
        check: [{ ...own, version: undefined }],
        put: sessions.recordsOf(session),
        delete: await expiredOf(store, session),
      });
    },
    session: (jti) => sessions.get(store, [jti]),
    async sessions(username) {
      const live = (await Array.fromAsync(sessions.all(store, username))).filter(isLive);
      return live.sort((a, b) => b.created - a.created || (a.jti < b.jti ? 1 : -1));
    },
    async endSessions(username, at, { only, except } = {}) {
      const asked = only === undefined
        ? await Array.fromAsync(sessions.all(store, username))
        : [await sessions.get(store, [only])];
      const jtis = asked.flatMap((one) =>
        one && isLive(one) && one.username === username && one.jti !== except ? [one.jti] : []
      );
      const ended = await sessions.updateMany(
        store,
        jtis.map((jti) => [jti]),
        (session) => isLive(session) ? { ...session, ended: at } : undefined,
      );
      return ended.map(({ jti }) => jti);
    },
    async endedSessions(jtis) {
      const found = await sessions.getMany(store, jtis.map((jti) => [jti]));
      return jtis.filter((_, i) => !found[i] || !isLive(found[i]));
    },
  };
}

const isLive = ({ ended }: Session) => ended === undefined;

/** Sessions of an account that had expired when this one began, with their index entries. */
async function expiredOf({ records }: RecordStore, { username, created }: Session): Promise<RecordName[]> {
  const collection = sessions.indexName("byAccount");
  const first = await records.list(collection, [username], { limit: mostRemoved });
  const expired = first.filter(({ key }) => key[1]! < timePart(created));
  return expired.flatMap(({ key }) => [{ collection, key }, { collection: sessions.name, key: [key[2]!] }]);
}
