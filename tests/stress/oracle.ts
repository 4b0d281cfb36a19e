import assert from "node:assert/strict";
import type { Frame } from "../harness/client.ts";
import type { StressHarness } from "./harness.ts";
import type { ContractClient } from "./contract_client.ts";

/**
 * Asserts the invariants of a room: every acknowledged message is stored exactly once, seqs have no gaps, and
 * all clients have the same list. Returns the list.
 */
export async function holdsFor(
  harness: StressHarness,
  consumer: string,
  contractClients: readonly ContractClient[],
): Promise<Frame[]> {
  const stored = await harness.stored(consumer);
  assert.deepEqual(stored.map(({ seq }) => seq), stored.map((_, i) => i + 1), "numbered 1, 2, 3 …");
  const ids = stored.flatMap(({ client_id }) => client_id ?? []);
  assert.equal(new Set(ids).size, ids.length, "each message once");
  for (const { room } of stored) assert.equal(room, `asha ${consumer}`);
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  for (const contractClient of contractClients) {
    assert.deepEqual(contractClient.faults, []);
    for (const [id, { seq, content }] of contractClient.acked) {
      assert.deepEqual(
        [bySeq.get(seq)?.client_id, bySeq.get(seq)?.content],
        [id, content],
        "acknowledged, so stored",
      );
    }
    await contractClient.caughtUp(stored.length);
    assert.deepEqual(
      contractClient.seen.map(({ id }) => id),
      stored.map(({ id }) => id),
      "the same list for everybody",
    );
  }
  return stored;
}
