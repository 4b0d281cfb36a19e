import type { Session, Store } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

/** Sessions of an account that are looked at, at most. */
const maxSessions = 5_000;

type Sessions = Pick<Store, "openSession" | "session" | "sessions" | "endSessions" | "endedSessions">;

/** Each session is under its jti, and its jti under its account's name with the time it expires. */
export function sessions(engine: Engine): Sessions {
  return {
    async endedSessions(jtis) {
      const found = await engine.getMany<Session>(jtis.map(keys.session));
      return jtis.filter((_, i) => found[i]!.value === null || found[i]!.value.ended !== undefined);
    },
    async openSession(session) {
      await forgetExpired(engine, session.username, session.created);
      const listed = { key: keys.sessionOf(session.username, session.jti), value: session.expires };
      await engine.change({ sets: [{ key: keys.session(session.jti), value: session }, listed] });
    },
    async session(jti) {
      return (await engine.get<Session>(keys.session(jti))).value ?? undefined;
    },
    async sessions(username) {
      const live = (await sessionsOf(engine, username)).filter(({ ended }) => ended === undefined);
      return live.sort((a, b) => b.created - a.created || (a.jti < b.jti ? 1 : -1));
    },
    async endSessions(username, at, { only, except } = {}) {
      const wanted = (await sessionsOf(engine, username)).filter(({ jti }) =>
        (only === undefined || jti === only) && jti !== except
      );
      const ended = await Promise.all(wanted.map(({ jti }) => endSession(engine, jti, at)));
      return wanted.filter((_, i) => ended[i]).map(({ jti }) => jti);
    },
  };
}

function listed(engine: Engine, username: string): Promise<Deno.KvEntry<number>[]> {
  return engine.list<number>({ prefix: keys.sessionsOf(username) }, { limit: maxSessions });
}

async function sessionsOf(engine: Engine, username: string): Promise<Session[]> {
  const jtis = (await listed(engine, username)).map(({ key }) => keys.session(key.at(-1) as string));
  return (await engine.getMany<Session>(jtis)).flatMap(({ value }) => value ?? []);
}

/** Answers whether it ended by this call. */
async function endSession(engine: Engine, jti: string, at: number): Promise<boolean> {
  let isOurs = false;
  const before = await update<Session>(engine, keys.session(jti), (now, isAgain) => {
    isOurs = isAgain && now?.ended === at;
    return now && now.ended === undefined ? { ...now, ended: at } : undefined;
  });
  return isOurs || (before !== null && before.ended === undefined);
}

/** An account's expired sessions go when it signs in: no account's list grows for ever. */
async function forgetExpired(engine: Engine, username: string, before: number): Promise<void> {
  const expired = (await listed(engine, username)).filter(({ value }) => value < before).slice(0, 400);
  if (!expired.length) return;
  await engine.change({ deletes: expired.flatMap(({ key }) => [key, keys.session(key.at(-1) as string)]) });
}
