import type { Proof } from "../../protocol/requests.ts";
import type { Tokens } from "../tokens.ts";

/** What strangers are asked to do before they may make something that stays. */
export interface Challenges {
  /** A new task. `token` names it, `bits` says how hard it is. */
  ask(): Promise<Challenge>;
  /** Whether this is the answer to a task of ours that was not answered before. */
  isSolved(proof: Proof): Promise<boolean>;
}

export interface Challenge {
  token: string;
  /** Zero bits with which SHA-256 of `token.nonce` has to begin: some 2^bits tries, and one to check. */
  bits: number;
}

const lifeMs = 300_000;
/** Answers remembered so that each counts once; past it the older half is forgotten. */
const maxSpent = 20_000;

/**
 * A proof of work: no outside service, nobody to track anybody, nothing kept until it is answered. `spendForAll` marks an
 * answer as used until a time, for every process and across restarts.
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
