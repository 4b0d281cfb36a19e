import type { Proof } from "../../protocol/requests.ts";
import type { Chat } from "../chat.ts";
import { ChallengeRequired } from "../errors.ts";

/** Lets pass who has done what strangers are asked to do, where they are. @throws {ChallengeRequired} with a new task */
export async function passChallenge({ challenges }: Chat, proof: Proof | undefined): Promise<void> {
  if (!challenges || (proof && await challenges.isSolved(proof))) return;
  throw new ChallengeRequired(await challenges.ask());
}
