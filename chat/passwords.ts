import { openArgon2id } from "./argon2id.ts";
import { TooManyAttempts } from "./errors.ts";
import { type Argon2idParameters, fromPhc, toPhc } from "./phc.ts";
export { checkPassword } from "./password_rules.ts";

/** Password hashing. Both verbs wait their turn in one queue, so that logins never stall the event loop. */
export interface Passwords {
  /** A PHC string, argon2id: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. @throws {TooManyAttempts} */
  hash(password: string): Promise<string>;
  /** With `undefined` for an unknown account it costs the same and answers false. @throws {TooManyAttempts} */
  verify(password: string, phc: string | undefined): Promise<boolean>;
}

/** OWASP's figures for Argon2id: 19 MiB, two passes, one lane. */
const newParameters = (): Argon2idParameters => ({
  memory: 19_456,
  passes: 2,
  lanes: 1,
  salt: crypto.getRandomValues(new Uint8Array(16)),
  length: 32,
});

/** About what one hash takes, for telling who finds the queue full how long to wait. */
const hashMs = 60;

/** One hash at a time: each takes a core and 19 MiB. `maxWaiting`: who comes when so many wait is sent away. */
export async function openPasswords(
  { maxWaiting = 64 } = {},
): Promise<Passwords & { close(): void }> {
  const argon2id = await openArgon2id();
  let waiting = 0, last: Promise<unknown> = Promise.resolve();

  function inTurn(password: string, parameters: Argon2idParameters): Promise<Uint8Array> {
    if (waiting > maxWaiting) return Promise.reject(new TooManyAttempts(waiting * hashMs));
    waiting++;
    const hash = last.then(() => argon2id.hash(password, parameters)).finally(() => waiting--);
    // Whoever asked hears of a failure; the next only waits for it.
    last = hash.catch(() => {});
    return hash;
  }

  return {
    async hash(password) {
      const parameters = newParameters();
      return toPhc(await inTurn(password, parameters), parameters);
    },
    async verify(password, phc) {
      const known = phc === undefined ? undefined : fromPhc(phc);
      const hash = await inTurn(password, known?.parameters ?? newParameters());
      return known !== undefined && isSame(hash, known.hash);
    },
    close: () => argon2id.close(),
  };
}

/** Takes as long wherever the first difference is. (That of `node:crypto` costs 27 ms of start-up.) */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [i, byte] of a.entries()) difference |= byte ^ b[i]!;
  return difference === 0;
}
