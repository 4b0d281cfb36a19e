import { normalUsername } from "./chat/existing_account.ts";
import { readConfig } from "./config.ts";
import { backUp, restore } from "./db/sqlite/backup.ts";
import { checkDatabase, type Checked } from "./db/sqlite/check.ts";
import { CannotOpen } from "./db/errors.ts";
import { openStore } from "./db/open.ts";
import type { Store } from "./db/store.ts";

const usage = `deno task backup FILE    copies the database, in use or not, to a new file
deno task restore FILE   puts a backup in the place of a database that is not there
deno task check [FILE]   reads the whole database, or a backup, and says what is wrong with it
deno task account release NAME   lets the name of a deleted account be taken again
The database is the one of DATABASE_URL.`;

/** @throws {CannotOpen} for a database that has tools of its own */
function databasePath(): string {
  const url = readConfig({ DATABASE_URL: Deno.env.get("DATABASE_URL") }).databaseUrl;
  if (url.startsWith("sqlite:")) return url.slice("sqlite:".length);
  throw new CannotOpen("These are for SQLite. For PostgreSQL take pg_dump: docs/self_hosting.md says how");
}

const told = ({ rooms, messages, version }: Checked) =>
  rooms === 0 && messages === 0 ? `schema version ${version}` : `${rooms} rooms, ${messages} messages`;

async function run([verb, file, ...more]: string[]): Promise<number> {
  if (verb === "account") return await account([file, ...more]);
  if (more.length > 0) return refuse();
  if (verb === "check") return check(file ?? databasePath());
  if (file === undefined) return refuse();
  if (verb === "backup") console.log(`${file}: ${told(await backUp(databasePath(), file))}, whole`);
  else if (verb === "restore") {
    console.log(`${databasePath()}: ${told(await restore(file, databasePath()))}. Everybody signs in again`);
  } else return refuse();
  return 0;
}

/** What an operator does with accounts, on any engine; a SQLite database is one process's: the service is stopped. */
async function account([action, name, ...more]: (string | undefined)[]): Promise<number> {
  const username = normalUsername(name ?? "");
  if (action !== "release" || username === undefined || more.length > 0) return refuse();
  const store = await openExisting(readConfig({ DATABASE_URL: Deno.env.get("DATABASE_URL") }).databaseUrl);
  try {
    if (await store.releaseName(username)) {
      console.log(
        `${username}: anybody may sign up under this name now, also whoever sees it on websites that embed it`,
      );
      return 0;
    }
    console.error(`${username}: is not the name of a deleted account`);
    return 1;
  } finally {
    await store.close();
  }
}

/** Opening makes a database that is not there: a slip in its name would be answered by an empty one. @throws {CannotOpen} */
async function openExisting(url: string): Promise<Store> {
  const path = /^(?:sqlite|kv):(.+)$/s.exec(url)?.[1];
  const isFile = path !== undefined && !/^https?:/.test(path);
  if (isFile && !await Deno.stat(path).then(() => true, () => false)) {
    throw new CannotOpen(`There is no database ${path}`);
  }
  return await openStore(url);
}

function check(path: string): number {
  const checked = checkDatabase(path);
  for (const problem of checked.problems) console.log(problem);
  console.log(`${path}: ${told(checked)}, ${checked.problems.length} problems`);
  return checked.problems.length === 0 ? 0 : 1;
}

function refuse(): number {
  console.error(usage);
  return 2;
}

try {
  Deno.exit(await run(Deno.args));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
