import { CannotOpen, Unavailable } from "../db/errors.ts";
import { inventory } from "../db/copy/inventory.ts";
import { move } from "../db/copy/move.ts";
import { usernames } from "../db/copy/records.ts";
import type { Tally } from "../db/copy/tally.ts";
import { openStore } from "../db/open.ts";
import { secretBeside } from "../db/secret_file.ts";
import type { Store } from "../db/store.ts";

const usage = `Copies everything from one database to another:

  deno task copy FROM TO

FROM and TO are values of DATABASE_URL. Stop the service first: what is written meanwhile is not copied. TO must be empty,
or hold a part of the same copy: begun again, it goes on where it was. A copy that was finished is compared and left as it
is. Messages keep their numbers; the copy is another life of the data, so clients load it anew. Nothing is changed in FROM.`;

/** An error that the operator can correct. */
export class CannotCopy extends Error {
  override name = "CannotCopy";
}

interface Opened {
  url: string;
  store: Store;
}

const open = async (url: string): Promise<Opened> => ({ url, store: await openStore(url) });

/** Opening would create a missing file, so a misspelt name must be refused first. @throws {CannotCopy} */
async function mustExist(url: string): Promise<void> {
  const path = /^(?:sqlite|kv):(.+)$/s.exec(url)?.[1];
  if (path === undefined || /^https?:|^:memory:$/.test(path)) return;
  if (!await Deno.stat(path).then(() => true, () => false)) {
    throw new CannotCopy(`FROM: there is no file ${path}`);
  }
}

/** A verified copy may be in use by now: later changes in it must not be overwritten. */
const finishedMark = (from: Opened) => `${from.store.epoch}, whole`;

/** Returns whether the copy was finished before. @throws {CannotCopy} if the target holds data of another store */
async function mark(from: Opened, to: Opened): Promise<boolean> {
  if (from.store.epoch === to.store.epoch) throw new CannotCopy("FROM and TO are the same database");
  const mark = await to.store.kept("copy of");
  if (mark === finishedMark(from)) return true;
  for await (const _ of usernames(to.store)) {
    if (mark === from.store.epoch) break;
    throw new CannotCopy("TO is not empty, and what it holds is no part of a copy of FROM");
  }
  await to.store.replace("copy of", from.store.epoch);
  return false;
}

/** The signing secret is in a file beside SQLite, and in the store for the other engines. */
async function moveSecret(from: Opened, to: Opened): Promise<void> {
  const [fromPath, toPath] = [from, to].map(({ url }) => /^sqlite:(.*)$/s.exec(url)?.[1]);
  const secret = fromPath === undefined ? await from.store.kept("secret") : await secretBeside(fromPath);
  if (secret === undefined) return;
  if (toPath === undefined) return await to.store.replace("secret", secret);
  await writeSecret(toPath, secret);
}

async function writeSecret(path: string, secret: string): Promise<void> {
  const file = path.replace(/[^/]*$/, "secret");
  try {
    await Deno.writeTextFile(file, secret + "\n", { createNew: true, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}

async function verify(from: Opened, to: Opened): Promise<Tally> {
  const [original, copied] = await Promise.all([inventory(from.store), inventory(to.store)]);
  const differences = original.differences(copied);
  if (differences.length) throw new CannotCopy(`The copy differs from FROM in: ${differences.join(", ")}`);
  return copied;
}

/** Copies, verifies, and returns counts of what the copy holds. @throws {CannotCopy | CannotOpen} */
export async function copy(fromUrl: string, toUrl: string, say: (line: string) => void): Promise<Tally> {
  if (fromUrl === toUrl) throw new CannotCopy("FROM and TO are the same database");
  await mustExist(fromUrl);
  const from = await open(fromUrl);
  try {
    const to = await open(toUrl);
    try {
      if (!await mark(from, to)) {
        await move(from.store, to.store, (count) => say(`${count} messages`));
        await moveSecret(from, to);
      }
      say("verifying");
      const tally = await verify(from, to);
      await to.store.replace("copy of", finishedMark(from));
      return tally;
    } finally {
      await to.store.close();
    }
  } finally {
    await from.store.close();
  }
}

async function main() {
  const [from, to] = Deno.args;
  if (!from || !to || Deno.args.length !== 2 || from.startsWith("-")) return console.log(usage);
  try {
    const tally = await copy(from, to, console.error);
    console.log(["copied and verified:", ...tally.lines()].join("\n"));
  } catch (error) {
    const canBeMended = [CannotCopy, CannotOpen, Unavailable, Deno.errors.NotCapable];
    if (!canBeMended.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    Deno.exit(1);
  }
}

if (import.meta.main) await main();
