import { CannotOpen } from "./errors.ts";
import { folderOf } from "./folder_of.ts";
import { closeToOthers } from "./private_file.ts";

const secretBytes = 32;
const secretLength = Math.ceil(secretBytes * 4 / 3);
/** How long to wait for another process that is writing the secret. Milliseconds. */
const writingMs = 300;

/**
 * The secret in the folder of the file `path`: 32 random bytes as base64url, generated on first use and
 * readable by its owner only. Concurrent processes get the same secret.
 * @throws {CannotOpen} if the file exists but is too short
 */
export async function secretBeside(path: string): Promise<string> {
  const file = `${folderOf(path)}secret`;
  await Deno.mkdir(folderOf(path), { recursive: true, mode: 0o700 });
  return await make(file) ?? await read(file);
}

/** Creates the secret; undefined if the file exists already. */
async function make(file: string): Promise<string | undefined> {
  const secret = crypto.getRandomValues(new Uint8Array(secretBytes)).toBase64({
    alphabet: "base64url",
    omitPadding: true,
  });
  try {
    using opened = await Deno.open(file, { createNew: true, write: true, mode: 0o600 });
    opened.writeSync(new TextEncoder().encode(secret + "\n"));
    opened.syncSync();
    return secret;
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}

async function read(file: string): Promise<string> {
  // A copy or a restore may have widened its permissions.
  closeToOthers(file);
  const deadline = performance.now() + writingMs;
  while (true) {
    const secret = (await Deno.readTextFile(file)).trim();
    if (secret.length >= secretLength) return secret;
    if (performance.now() > deadline) throw tooShort(file, secret.length);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function tooShort(file: string, length: number): CannotOpen {
  return new CannotOpen(
    `Cannot use the secret in ${file}: it has ${length} characters, at least ${secretLength} are needed. ` +
      `Put the former one back, or remove the file for a new one; that signs everybody out`,
  );
}
