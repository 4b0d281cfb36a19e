import { CannotOpen, Unavailable } from "../errors.ts";
import { keepPrivate } from "../private_file.ts";
import { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { pauseAfter } from "./pause_after.ts";
import type { WriteLock } from "./write_lock.ts";

/** Version of the key layout. An older Parlor refuses to open a newer one. */
const version = 3;
/** Attempts of the first write: about two seconds. */
const openAttempts = 20;

interface Meta {
  epoch: string;
  version: number;
}

/**
 * Opens the database; returns its epoch as well. An empty path is the default database: on Deno Deploy, the
 * one assigned to the app.
 * @throws {CannotOpen}
 */
export async function openEngine(path: string): Promise<{ engine: Engine; epoch: string }> {
  const engine = new Engine(await openDatabase(path), await lockOf(path));
  try {
    return { engine, epoch: await epochOf(engine, path) };
  } catch (error) {
    engine.close();
    throw error instanceof CannotOpen ? error : refusal(path, error);
  }
}

async function openDatabase(path: string): Promise<Deno.Kv> {
  if (!("openKv" in Deno)) {
    throw new CannotOpen(
      'DATABASE_URL: kv: needs Deno KV: "unstable": ["kv"] in deno.json, or the flag --unstable-kv',
    );
  }
  if (isFile(path)) keepPrivate(path);
  try {
    return await Deno.openKv(path || undefined);
  } catch (error) {
    throw refusal(path, error);
  }
}

const isFile = (path: string) => path !== "" && !/^https?:|^:memory:$/.test(path);

/** Imported only for a database file, which does not exist on Deno Deploy. */
async function lockOf(path: string): Promise<WriteLock | undefined> {
  if (!isFile(path)) return undefined;
  const file = await import(import.meta.resolve("./write_lock.ts")) as typeof import("./write_lock.ts");
  return new file.WriteLock(path);
}

async function epochOf(engine: Engine, path: string): Promise<string> {
  const epoch = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  const { meta } = await patiently(async () => {
    await engine.change({
      checks: [{ key: keys.meta, versionstamp: null }],
      sets: [{ key: keys.meta, value: { epoch, version } satisfies Meta }],
    });
    return { meta: await thisVersion(engine, await engine.get<Meta>(keys.meta) as Deno.KvEntry<Meta>) };
  });
  if (meta.version > version) {
    throw new CannotOpen(
      `DATABASE_URL: ${shown(path)} is version ${meta.version}, of a newer Parlor; this one knows ${version}`,
    );
  }
  return meta.epoch;
}

/**
 * Raises the layout version, so that earlier versions refuse to open the database: they would not find moved
 * entries.
 */
async function thisVersion(engine: Engine, entry: Deno.KvEntry<Meta>): Promise<Meta> {
  if (entry.value.version >= version) return entry.value;
  const meta = { ...entry.value, version };
  // If the check fails, another process has written the same version.
  await engine.change({ checks: [entry], sets: [{ key: keys.meta, value: meta }] });
  return meta;
}

/** Retries while other processes open the same database. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0;; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === openAttempts || !(error instanceof Unavailable)) throw error;
      await pauseAfter(attempt);
    }
  }
}

function refusal(path: string, error: unknown): unknown {
  if (error instanceof Deno.errors.NotCapable) return error;
  return new CannotOpen(`DATABASE_URL: cannot open ${shown(path)}: ${(error as Error).message}`, {
    cause: error,
  });
}

/** The path for logs; of a URL, only the host. */
function shown(path: string): string {
  if (path === "") return "the default Deno KV database";
  return `the Deno KV database ${/^https?:/.test(path) ? URL.parse(path)?.host ?? "" : path}`;
}
