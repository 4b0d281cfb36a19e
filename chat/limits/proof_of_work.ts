import type { Proof } from "../../protocol/requests.ts";
import type { Tokens } from "../tokens.ts";

/** A challenge before strangers may create something persistent. */
export interface Challenges {
  /** A new challenge. `token` identifies it, `bits` is its difficulty. */
  ask(): Promise<Challenge>;
  /** Whether this solves a challenge of ours that was not used before. */
  isSolved(proof: Proof): Promise<boolean>;
}

export interface Challenge {
  token: string;
  /** SHA-256 of `token.nonce` has to begin with `bits` zero bits: some 2^bits attempts, and one to verify. */
  bits: number;
}

const lifeMs = 300_000;
/** Solutions remembered so that each counts once; beyond it the older half is dropped. */
const maxSpent = 20_000;

/**
 * A proof of work: no third party, no tracking, no state until it is solved. `spendForAll` marks a solution as used
 * until a time, for every process and across restarts.
 */
export function openProofOfWork(
  bits: number,
  tokens: Tokens,
  now = Date.now,
  spendForAll: (jti: string, until: number) => Promise<boolean> = () => Promise.resolve(true),
): Challenges {
  let young = new Set<string>(), old = new Set<string>();

  function spend(jti: string): boolean {
    if (young.has(jti) || old.has(jti)) return false;
    if (young.size >= maxSpent) [young, old] = [new Set(), young];
    young.add(jti);
    return true;
  }

  return {
    async ask() {
      return { token: await tokens.signChallenge(bits, now() + lifeMs), bits };
    },
    async isSolved({ token, nonce }) {
      const challenge = await tokens.challengeOf(token);
      if (!challenge || challenge.bits < bits) return false;
      return await leadingZeroBits(`${token}.${nonce}`) >= bits && spend(challenge.jti) &&
        await spendForAll(challenge.jti, challenge.expires);
    },
  };
}

async function leadingZeroBits(text: string): Promise<number> {
  const hash = new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const first = Math.clz32(hash.getUint32(0));
  return first < 32 ? first : 32 + Math.clz32(hash.getUint32(4));
}
