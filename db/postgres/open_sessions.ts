import type postgres from "postgres";
import { CannotOpen } from "../errors.ts";
import type { Address } from "./address.ts";
import { connect, sessionSettings, type Sql } from "./connect.ts";
import { codeOf } from "./engine_errors.ts";
import { NoAnswer, within } from "./within.ts";

const pooled = new WeakSet<Sql>();

/**
 * Whether these connections use a pooler. There, a connection that the driver reopens itself is neither
 * configured nor checked.
 */
export const isPooled = (sql: Sql): boolean => pooled.has(sql);

type Session = postgres.ReservedSql<{ int8: number }>;

/**
 * Time limit for receiving the test notification, and for test statements that must not wait for another
 * session. Milliseconds.
 */
const proofMs = 2_000;
/** How often the backend of a session is checked, each time while another session is in a transaction. */
const looks = 5;

/**
 * Opens connections and verifies what Parlor relies on: the settings are applied, and a session stays on one
 * backend. If the backend's pid equals the one in the startup reply, there is no pooler and nothing more to
 * verify. Otherwise all sessions are opened now, configured by statements, and checked against each other.
 * @throws {CannotOpen} for a pooler without session pooling, and for connection errors
 */
export async function openSessions(address: Address, more: Record<string, unknown> = {}): Promise<Sql> {
  if (!address.isPooled) {
    const sql = await connect(address, more);
    try {
      if (await isServer(sql, address)) return sql;
    } catch (error) {
      if (!isUnknownSetting(error)) throw await ended(sql, error);
    }
    await sql.end({ timeout: 0 });
  }
  return await openPooled({ ...address, isPooled: true }, more);
}

/** PgBouncer rejects settings in the startup packet unless `ignore_startup_parameters` lists them. */
const isUnknownSetting = (error: unknown) =>
  error instanceof Error && (error as { code?: string }).code === "08P01" &&
  /startup parameter/i.test(error.message);

async function isServer(sql: Sql, address: Address): Promise<boolean> {
  const rows = await sql.unsafe(`SELECT pg_backend_pid() AS pid, ${shownSettings(address)}`).simple();
  return rows[0]!.pid === rows.state.pid && hasSettings(rows[0]!, address);
}

const shownSettings = (address: Address) =>
  Object.keys(sessionSettings(address)).map((name) => `current_setting('${name}') AS ${name}`).join(", ");

function hasSettings(row: Record<string, unknown>, address: Address): boolean {
  return Object.entries(sessionSettings(address)).every(([name, value]) => row[name] === value);
}

async function openPooled(address: Address, more: Record<string, unknown>): Promise<Sql> {
  await prove(address);
  const sql = await connect(address, more);
  try {
    const sessions = await reserve(sql, address.connections);
    await Promise.all(sessions.map((session) => setUp(session, address)));
    for (const session of sessions) session.release();
    pooled.add(sql);
    return sql;
  } catch (error) {
    throw await ended(sql, error);
  }
}

/** Opens connections first: `reserve` does not wait for a connection that is still opening. */
async function reserve(sql: Sql, count: number): Promise<Session[]> {
  await Promise.all(Array.from({ length: count }, () => sql.unsafe("SELECT 1").simple()));
  return await Promise.all(Array.from({ length: count }, () => sql.reserve()));
}

async function setUp(session: Session, address: Address): Promise<void> {
  const all = Object.entries(sessionSettings(address)).map(([name, value]) => `SET ${name} = '${value}'`);
  await session.unsafe(all.join("; ")).simple();
}

/** @throws {CannotOpen} if sessions through this pooler do not keep their backend */
async function prove(address: Address): Promise<void> {
  const heard = Promise.withResolvers<void>();
  const channel = `parlor proof ${crypto.randomUUID()}`;
  const sql = await connect({ ...address, connections: 2 }, {
    onnotify: (name: string) => name === channel && heard.resolve(),
  });
  try {
    const [one, other] = await reserve(sql, 2) as [Session, Session];
    await within(proofMs + looks * proofMs, proveSession(one, other, address));
    await one.unsafe(`LISTEN "${channel}"`).simple();
    await other.unsafe(`NOTIFY "${channel}"`).simple();
    await within(proofMs, heard.promise).catch(() => {
      throw new NoSession("a session does not hear what it listens to");
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const isDenied = error instanceof NoSession || error instanceof NoAnswer ||
      /^(26000|42P05)$/.test(codeOf(error) ?? "");
    if (!isDenied) throw error;
    throw new CannotOpen(
      `DATABASE_URL: ${address.shown} is a pooler that does not keep sessions (${said}); Parlor needs a direct ` +
        "connection, or a pooler in session mode",
      { cause: error },
    );
  } finally {
    await sql.end({ timeout: 0 });
  }
}

class NoSession extends Error {}

/**
 * Detects transaction pooling: the pooler gives the idle backend of `one` to `other`, whose transaction keeps
 * it, so that the next statement of `one` runs on a different backend.
 */
async function proveSession(one: Session, other: Session, address: Address): Promise<void> {
  await setUp(one, address);
  const lock = crypto.getRandomValues(new Int32Array(1))[0]!;
  const [first] = await one.unsafe(`SELECT pg_backend_pid() AS pid, pg_advisory_lock(72629104, ${lock})`)
    .simple();
  // A prepared statement exists only in its backend.
  await one.unsafe("PREPARE parlor_proof AS SELECT pg_backend_pid() AS pid").simple();
  for (let look = 0; look < looks; look++) {
    await other.unsafe("BEGIN").simple().catch((error) => {
      // In statement pooling PgBouncer rejects BEGIN and disconnects; the driver reports only this error.
      throw new NoSession(`it refuses a transaction: ${error.message}`);
    });
    const [there] = await other.unsafe(
      `SELECT pg_backend_pid() AS pid, pg_try_advisory_xact_lock(72629104, ${lock}) AS locked`,
    ).simple();
    if (there!.pid === first!.pid || there!.locked) throw new NoSession("two sessions share a backend");
    const [now] = await one.unsafe(`SELECT pg_backend_pid() AS pid, ${shownSettings(address)}`).simple();
    if (now!.pid !== first!.pid) throw new NoSession("two statements of a session met two backends");
    if (!hasSettings(now!, address)) throw new NoSession("a session lost its settings");
    await other.unsafe("COMMIT").simple();
  }
  const [prepared] = await one.unsafe("EXECUTE parlor_proof").simple();
  if (prepared!.pid !== first!.pid) throw new NoSession("a prepared statement went to another backend");
  const [end] = await one.unsafe(`SELECT pg_advisory_unlock(72629104, ${lock}) AS held`).simple();
  if (!end!.held) throw new NoSession("a session lost its lock");
  await one.unsafe("DEALLOCATE parlor_proof").simple();
}

async function ended(sql: Sql, error: unknown): Promise<unknown> {
  await sql.end({ timeout: 0 });
  return error;
}
