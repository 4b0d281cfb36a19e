import { DatabaseSync } from "node:sqlite";
import { readConfig } from "../server/config.ts";
import { normalUsername } from "../chat/accounts/existing_account.ts";
import { checkPassword, openPasswords } from "../chat/passwords/passwords.ts";
import { openCensus } from "../db/store_reader.ts";
import { CannotOpen, Unavailable } from "../db/errors.ts";
import { openStore } from "../db/open.ts";
import type { Store } from "../db/store.ts";

const usage = `deno task account list         names the accounts
deno task account reset NAME   gives an account a new password and signs it out everywhere; the password is read
                               from standard input, or made and printed where nothing is typed
deno task account release NAME   lets the name of a deleted account be taken again
The database is the one of DATABASE_URL. The service may run meanwhile, but not for the last on SQLite.`;

/** An error that the operator can correct. */
class CannotReset extends Error {
  override name = "CannotReset";
}

/** The accounts of a database, whatever engine keeps them. */
interface Accounts extends AsyncDisposable {
  names(): Promise<string[]>;
  /** Returns whether the account exists. */
  reset(username: string, phc: string): Promise<boolean>;
}

/** Runs beside the service, which holds the lock: on a connection of its own, in one transaction. */
function openFile(path: string): Accounts {
  try {
    Deno.statSync(path);
  } catch {
    throw new CannotOpen(`DATABASE_URL: there is no database ${path}`);
  }
  const db = new DatabaseSync(path, { timeout: 10_000 });
  db.exec("PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL");
  return {
    names: () =>
      Promise.resolve(
        db.prepare("SELECT username FROM accounts ORDER BY username").all().map((row) => `${row.username}`),
      ),
    reset(username, phc) {
      db.exec("BEGIN IMMEDIATE");
      const { changes } = db.prepare("UPDATE accounts SET password = ? WHERE username = ?").run(
        phc,
        username,
      );
      db.prepare("UPDATE sessions SET ended = ? WHERE username = ? AND ended IS NULL").run(
        Date.now(),
        username,
      );
      db.prepare("DELETE FROM pushes WHERE username = ?").run(username);
      db.exec("COMMIT");
      return Promise.resolve(Number(changes) === 1);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(db.close()),
  };
}

async function openAccounts(url: string): Promise<Accounts> {
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path !== undefined) return openFile(path);
  const store = await openExisting(url);
  return {
    async names() {
      const census = await openCensus(url);
      const names: string[] = [];
      for await (const name of census.usernames()) names.push(name);
      await census.close();
      return names.sort();
    },
    async reset(username, phc) {
      if (!await store.account(username)) return false;
      await store.setPassword(username, phc);
      await store.endSessions(username, Date.now());
      for (const { endpoint } of await store.pushes(username)) await store.dropPush(username, endpoint);
      return true;
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

/** The line that was piped in or typed; empty for Enter alone. */
async function typedPassword(): Promise<string> {
  if (Deno.stdin.isTerminal()) return prompt("New password (Enter makes one):") ?? "";
  return (await new Response(Deno.stdin.readable).text()).replace(/\r?\n$/, "");
}

/** Opening would create a missing database, so a misspelt name must be refused first. @throws {CannotOpen} */
async function openExisting(url: string): Promise<Store> {
  const path = /^(?:sqlite|kv):(.+)$/s.exec(url)?.[1];
  const isFile = path !== undefined && !/^https?:/.test(path);
  if (isFile && !await Deno.stat(path).then(() => true, () => false)) {
    throw new CannotOpen(`There is no database ${path}`);
  }
  return await openStore(url);
}

/** A SQLite database belongs to one process: the service must be stopped for this. */
async function release(url: string, username: string): Promise<number> {
  const store = await openExisting(url);
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

const made = () => crypto.getRandomValues(new Uint8Array(15)).toBase64({ alphabet: "base64url" });

async function reset(accounts: Accounts, username: string): Promise<void> {
  if (!(await accounts.names()).includes(username)) {
    throw new CannotReset(
      `There is no account ${JSON.stringify(username)}. deno task account list names all`,
    );
  }
  const typed = await typedPassword();
  const password = typed || made();
  const problem = typed ? checkPassword(typed, username) : undefined;
  if (problem) throw new CannotReset(`The password ${problem}`);
  const passwords = await openPasswords();
  try {
    await accounts.reset(username, await passwords.hash(password));
  } finally {
    passwords.close();
  }
  console.log(`${username} has a new password and is signed out everywhere${typed ? "" : `: ${password}`}`);
}

async function main([verb, name, ...more]: string[]): Promise<number> {
  const username = normalUsername(name?.trim() ?? "");
  const isOfOne = (verb === "reset" || verb === "release") && username !== undefined && more.length === 0;
  const isKnown = (verb === "list" && name === undefined) || isOfOne;
  if (!isKnown) {
    console.error(usage);
    return 2;
  }
  // Other variables of the environment are for the service.
  const { databaseUrl } = readConfig({ DATABASE_URL: Deno.env.get("DATABASE_URL") });
  if (verb === "release") return await release(databaseUrl, username!);
  await using accounts = await openAccounts(databaseUrl);
  if (verb === "list") { for (const username of await accounts.names()) console.log(username); }
  else await reset(accounts, username!);
  return 0;
}

try {
  Deno.exitCode = await main(Deno.args);
} catch (error) {
  const canBeMended = [CannotReset, CannotOpen, Unavailable, Deno.errors.NotCapable];
  if (!canBeMended.some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  Deno.exitCode = 1;
}
