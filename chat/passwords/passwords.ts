import { openArgon2id } from "./argon2id.ts";
import { QueueIsFull } from "../errors.ts";
import { type Argon2idParameters, fromPhc, toPhc } from "./phc.ts";
export { checkPassword } from "./password_rules.ts";

/**
 * Whose password is checked: of a known device (signed in now or before), of somebody who solved a proof of work, or
 * a stranger's.
 */
export type Lane = "known" | "proved" | "stranger";

/**
 * Password hashing, one at a time, off the event loop. Each lane has a queue of its own and they alternate, every second
 * turn for known devices: however many strangers wait, an owner waits for one of them.
 */
export interface Passwords {
  /** A PHC string, argon2id: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. @throws {QueueIsFull} */
  hash(password: string, lane?: Lane): Promise<string>;
  /** For an unknown account (`undefined`) it takes the same time and returns false. @throws {QueueIsFull} */
  verify(password: string, phc: string | undefined, lane?: Lane): Promise<boolean>;
}

/** OWASP's parameters for Argon2id: 19 MiB, two passes, one lane. */
const newParameters = (): Argon2idParameters => ({
  memory: 19_456,
  passes: 2,
  lanes: 1,
  salt: crypto.getRandomValues(new Uint8Array(16)),
  length: 32,
});

/** About the duration of one hash, for the retry delay when the queue is full. */
const hashMs = 60;

/** One hash at a time: each takes a core and 19 MiB. `maxWaiting`: longest queue of a lane; beyond it callers are refused. */
export async function openPasswords(
  { maxWaiting = 64 } = {},
): Promise<Passwords & { close(): void }> {
  const argon2id = await openArgon2id();
  const waiting: Record<Lane, (() => Promise<unknown>)[]> = { known: [], proved: [], stranger: [] };
  let isBusy = false, last: Lane = "stranger", other: Lane = "proved";

  async function runAll() {
    isBusy = true;
    while (true) {
      const lane = lanesAfter(last, other).find((lane) => waiting[lane].length > 0);
      if (!lane) break;
      last = lane;
      if (lane !== "known") other = lane;
      await waiting[lane].shift()!();
    }
    isBusy = false;
  }

  function inTurn(password: string, parameters: Argon2idParameters, lane: Lane): Promise<Uint8Array> {
    const ahead = waiting[lane];
    if (ahead.length >= maxWaiting) {
      const all = Object.values(waiting).reduce((sum, { length }) => sum + length, 0);
      return Promise.reject(new QueueIsFull(all * hashMs));
    }
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    // A failure rejects its caller; the next one only waits for the end.
    ahead.push(() => argon2id.hash(password, parameters).then(resolve, reject));
    if (!isBusy) void runAll();
    return promise;
  }

  return {
    async hash(password, lane = "stranger") {
      const parameters = newParameters();
      return toPhc(await inTurn(password, parameters, lane), parameters);
    },
    async verify(password, phc, lane = "stranger") {
      const known = phc === undefined ? undefined : fromPhc(phc);
      const hash = await inTurn(password, known?.parameters ?? newParameters(), lane);
      return known !== undefined && isSame(hash, known.hash);
    },
    close: () => argon2id.close(),
  };
}

/** The lane after `last`; `other`: the last one that was not for known devices. */
function lanesAfter(last: Lane, other: Lane): Lane[] {
  const others: Lane[] = other === "stranger" ? ["proved", "stranger"] : ["stranger", "proved"];
  return last === "known" ? [...others, "known"] : ["known", ...others];
}

/** Constant-time comparison. (That of `node:crypto` costs 27 ms of start-up.) */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (const [i, byte] of a.entries()) difference |= byte ^ b[i]!;
  return difference === 0;
}
