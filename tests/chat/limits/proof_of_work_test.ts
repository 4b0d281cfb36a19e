import assert from "node:assert/strict";
import { openProofOfWork } from "../../../chat/limits/proof_of_work.ts";
import { openTokens } from "../../../chat/tokens.ts";
import { solve } from "../../../web/client/proof_of_work.ts";

const secret = "a secret of Parlor's tests, long enough";

Deno.test("a challenge is solved by work, once, within five minutes, and by nothing else", async () => {
  let now = Date.now();
  const clock = () => now;
  const tokens = await openTokens(secret, undefined, clock);
  const challenges = openProofOfWork(10, tokens, clock);
  const challenge = await challenges.ask();
  assert.equal(challenge.bits, 10);
  const proof = await solve(challenge);
  assert.equal(await challenges.isSolved({ ...proof, nonce: `${proof.nonce}x` }), false);
  assert.equal(await challenges.isSolved(proof), true);
  assert.equal(await challenges.isSolved(proof), false, "each answer counts once");

  const late = await solve(await challenges.ask());
  now += 300_000;
  assert.equal(await challenges.isSolved(late), false);

  const easy = await solve(await openProofOfWork(8, tokens, clock).ask());
  assert.equal(await challenges.isSolved(easy), false, "an easier task of ours");
  const foreign = await openTokens("another secret, just as long as that one");
  const forged = await solve(await openProofOfWork(10, foreign).ask());
  assert.equal(await challenges.isSolved(forged), false);
  const session = await tokens.signAdmin({ username: "asha", id: "a5".repeat(16) }, "jti", now + 60_000);
  assert.equal(await challenges.isSolved(await solve({ token: session, bits: 10 })), false);
  assert.equal(await tokens.verify(challenge.token), undefined, "a challenge is nobody's session");
});

Deno.test("a nonce passes by its bits alone: of a thousand, about one in 256 passes for eight", async () => {
  const tokens = await openTokens(secret);
  let passed = 0;
  const { token } = await openProofOfWork(8, tokens).ask();
  for (let i = 0; i < 1_000; i++) {
    if (await openProofOfWork(8, tokens).isSolved({ token, nonce: `${i}` })) passed++;
  }
  assert.ok(passed > 0 && passed < 16, `${passed}`);
});

Deno.test("an answer that was used counts neither after a restart nor on another process; one that was not does", async () => {
  const spent = new Map<string, number>();
  const spend = (jti: string, until: number) => Promise.resolve(!spent.has(jti) && !!spent.set(jti, until));
  const process = async () => openProofOfWork(8, await openTokens(secret), Date.now, spend);
  const first = await process(), second = await process();
  const [used, unused] = [await solve(await first.ask()), await solve(await first.ask())];
  assert.equal(await first.isSolved(used), true);
  assert.equal(await second.isSolved(used), false);
  assert.equal(await second.isSolved(unused), true, "made by one, solved at another");
  for (const until of spent.values()) assert.ok(until > Date.now() && until <= Date.now() + 300_000);
});
