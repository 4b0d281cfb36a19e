import type { DatabaseSync } from "node:sqlite";
import type { Session, Store } from "../store.ts";
import { withoutNulls } from "./nulls.ts";
import { reading } from "./trouble.ts";
import type { WriteQueue } from "./write_queue.ts";

const columns = "jti, username, created, expires, agent, address, ended";

export function sessions(
  db: DatabaseSync,
  queue: WriteQueue,
): Pick<Store, "openSession" | "session" | "sessions" | "endSessions" | "endedSessions"> {
  const forget = db.prepare("DELETE FROM sessions WHERE username = ? AND expires < ?");
  const insert = db.prepare(`INSERT INTO sessions (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const find = db.prepare(`SELECT ${columns} FROM sessions WHERE jti = ?`);
  const live = db.prepare(
    `SELECT ${columns} FROM sessions WHERE username = ? AND ended IS NULL ORDER BY created DESC, jti DESC`,
  );
  const end = db.prepare(`UPDATE sessions SET ended = :at
    WHERE username = :username AND ended IS NULL AND jti = coalesce(:only, jti) AND jti IS NOT :except
    RETURNING jti`);

  const ended = db.prepare(`SELECT asked.value AS jti FROM json_each(?) AS asked
    LEFT JOIN sessions ON sessions.jti = asked.value WHERE sessions.jti IS NULL OR sessions.ended IS NOT NULL`);

  return {
    endedSessions: (jtis) => reading(() => ended.all(JSON.stringify(jtis)).map(({ jti }) => jti as string)),
    async openSession({ jti, username, created, expires, agent, address, ended }) {
      await queue.write(() => {
        // An account's expired ones go when it signs in: no account's list grows for ever.
        forget.run(username, created);
        insert.run(jti, username, created, expires, agent ?? null, address ?? null, ended ?? null);
      });
    },
    session: (jti) => reading(() => withoutNulls<Session>(find.get(jti))),
    sessions: (username) => reading(() => live.all(username).map((row) => withoutNulls<Session>(row))),
    async endSessions(username, at, { only = null, except = null } = {}) {
      const ended = await queue.write(() => end.all({ username, at, only, except }));
      return ended.map((row) => row.jti as string);
    },
  };
}
