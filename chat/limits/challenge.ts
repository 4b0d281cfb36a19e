import type { Proof } from "../../protocol/requests.ts";
import type { Chat } from "../chat.ts";
import { ChallengeRequired } from "../errors.ts";

/** Verifies the proof of work, when challenges are enabled. @throws {ChallengeRequired} with a new challenge */
export async function passChallenge({ challenges }: Chat, proof: Proof | undefined): Promise<void> {
  if (!challenges || (proof && await challenges.isSolved(proof))) return;
  throw new ChallengeRequired(await challenges.ask());
}
