import { readConfig } from "../server/config.ts";
import { backUp, restore } from "../db/sqlite/backup.ts";
import { checkDatabase, type Checked } from "../db/sqlite/check.ts";
import { CannotOpen } from "../db/errors.ts";

const usage = `deno task backup FILE    copies the database, in use or not, to a new file
deno task restore FILE   puts a backup in the place of a database that is not there
deno task check [FILE]   reads the whole database, or a backup, and says what is wrong with it
The database is the one of DATABASE_URL.`;

/** @throws {CannotOpen} for an engine that has backup tools of its own */
function databasePath(): string {
  const url = readConfig({ DATABASE_URL: Deno.env.get("DATABASE_URL") }).databaseUrl;
  if (url.startsWith("sqlite:")) return url.slice("sqlite:".length);
  throw new CannotOpen("These are for SQLite. For PostgreSQL take pg_dump: docs/self_hosting.md says how");
}

const told = ({ rooms, messages, version }: Checked) =>
  rooms === 0 && messages === 0 ? `schema version ${version}` : `${rooms} rooms, ${messages} messages`;

async function run([verb, file, ...more]: string[]): Promise<number> {
  if (more.length > 0) return refuse();
  if (verb === "check") return check(file ?? databasePath());
  if (file === undefined) return refuse();
  if (verb === "backup") console.log(`${file}: ${told(await backUp(databasePath(), file))}, whole`);
  else if (verb === "restore") {
    console.log(`${databasePath()}: ${told(await restore(file, databasePath()))}. Everybody signs in again`);
  } else return refuse();
  return 0;
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
