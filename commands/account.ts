import { readConfig } from "../server/config.ts";
import { normalUsername } from "../chat/accounts/existing_account.ts";
import { checkPassword, openPasswords } from "../chat/passwords/passwords.ts";
import { Changes } from "../db/changes.ts";
import type { RecordStore } from "../db/collection.ts";
import { accountVerbs } from "../db/collections/accounts.ts";
import { pushVerbs } from "../db/collections/push_addresses.ts";
import { sessionVerbs } from "../db/collections/sessions.ts";
import { CannotOpen, Unavailable } from "../db/errors.ts";
import { usernames } from "../db/copy/records.ts";
import { openStore } from "../db/open.ts";
import type { PushStore } from "../db/push_store.ts";
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

/** Where accounts are kept, whatever engine keeps them. */
type Accounts = ReturnType<typeof accountVerbs> & ReturnType<typeof sessionVerbs> & PushStore & RecordStore;

/** Beside the service, which holds the lock of a SQLite database: on a connection of its own. */
async function openAccounts(url: string): Promise<Accounts & { close(): unknown }> {
  const path = /^sqlite:(.+)$/s.exec(url)?.[1];
  if (path === undefined) return await openExisting(url);
  const { recordsBeside } = await import("../db/sqlite/beside.ts");
  const { records, close } = recordsBeside(path);
  const store = { records, changes: new Changes(records) };
  return { ...store, ...accountVerbs(store), ...sessionVerbs(store), ...pushVerbs(store), close };
}

async function reset(accounts: Accounts, username: string, phc: string): Promise<void> {
  await accounts.setPassword(username, phc);
  await accounts.endSessions(username, Date.now());
  for (const { endpoint } of await accounts.pushes(username)) await accounts.dropPush(username, endpoint);
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

async function resetTyped(accounts: Accounts, username: string): Promise<void> {
  if (!await accounts.account(username)) {
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
    await reset(accounts, username, await passwords.hash(password));
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
  const accounts = await openAccounts(databaseUrl);
  try {
    if (verb === "list") { for await (const name of usernames(accounts)) console.log(name); }
    else await resetTyped(accounts, username!);
  } finally {
    await accounts.close();
  }
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
