import type { Proof } from "../../protocol/requests.ts";
import { addressPrefixes, type Prefix } from "../limits/address_key.ts";
import type { Chat } from "../chat.ts";
import { BadCredentials, QueueIsFull, TooManyAttempts } from "../errors.ts";
import { withKeyedLock } from "../keyed_lock.ts";
import type { Limiter } from "../limits/limiters.ts";
import type { Lane } from "../passwords/passwords.ts";

/** Who tries a password. */
export interface Attempt {
  /** The username as it was typed, in any case. */
  username: string;
  address: string;
  /** This browser has signed in to this account before: strangers' attempts do not delay it. */
  isKnownDevice: boolean;
  /** The solved challenge that strangers need for a place in the queue. */
  proof?: Proof;
}

/**
 * Runs `check`, a try of an account's password, unless there were too many. Strangers are counted by address and
 * the networks around it, and by account wherever they are; whoever signed in before from this browser has a count of its own, so that nobody can keep
 * an owner out. Tries that are counted as one go one by one: many at once are not more than one after the other.
 * @throws {TooManyAttempts} and what `check` throws
 */
export async function attemptLogin<T>(
  chat: Chat,
  attempt: Attempt,
  check: (lane: Lane) => Promise<T>,
): Promise<T> {
  const { logins, loginDelays } = chat.limiters;
  const { address, isKnownDevice } = attempt;
  const username = attempt.username.toLowerCase();
  const buckets: Prefix[] = isKnownDevice ? [{ key: `owner ${username}`, weight: 1 }] : [
    ...addressPrefixes(address).map(({ key, weight }) => ({ key: `address ${key}`, weight })),
    { key: `account ${username} ${address}`, weight: 1 },
  ];
  const delayKeys = isKnownDevice ? [`owner ${username}`] : [`account ${username}`, `address ${address}`];

  refuse(takeOfEach(logins, buckets));
  const giveBack = () => buckets.forEach(({ key }) => logins.giveBack(key));
  return await withKeyedLock(chat.limiters, delayKeys[0]!, async () => {
    try {
      refuse(Math.max(...delayKeys.map((key) => loginDelays.wait(key))));
      const result: T = await check(await laneOf(chat, attempt));
      // The address has to wait on: a guesser could sign in to an account of their own in between.
      loginDelays.passed(delayKeys[0]!);
      giveBack();
      return result;
    } catch (error) {
      if (error instanceof BadCredentials) { for (const key of delayKeys) loginDelays.failed(key); }
      else giveBack();
      if (error instanceof QueueIsFull && !isKnownDevice) error.challenge = await chat.loginChallenges?.ask();
      throw error;
    }
  });
}

async function laneOf({ loginChallenges }: Chat, { isKnownDevice, proof }: Attempt): Promise<Lane> {
  if (isKnownDevice) return "known";
  if (!proof || !loginChallenges) return "stranger";
  const isSolved: boolean = await loginChallenges.isSolved(proof);
  return isSolved ? "proved" : "stranger";
}

function refuse(waitMs: number): void {
  if (waitMs > 0) throw new TooManyAttempts(waitMs);
}

/** Takes one token for each key, or none at all. Returns 0, or the milliseconds to wait. */
function takeOfEach(limiter: Limiter, buckets: Prefix[]): number {
  for (const [i, { key, weight }] of buckets.entries()) {
    const wait = limiter.take(key, weight);
    if (wait === 0) continue;
    for (const taken of buckets.slice(0, i)) limiter.giveBack(taken.key);
    return wait;
  }
  return 0;
}
