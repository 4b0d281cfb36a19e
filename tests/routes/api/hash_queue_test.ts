import assert from "node:assert/strict";
import { solve } from "../../../web/client/proof_of_work.ts";
import { Parlor, password, test } from "../../harness/parlor.ts";
import { sanitized } from "../../harness/sanitized.ts";

/**
 * The owner's sign-ins from a known device, while clients at these addresses continuously try other names.
 */
async function ownerAmong(addresses: string[]) {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on" });
  const response = await parlor.post("/accounts/api/signup", { username: "asha", password });
  const cookie = response.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  let isOver = false;
  const seen = new Map<number, number>();
  const hammer = async (address: string) => {
    for (let i = 0; !isOver; i++) {
      const headers = { "x-forwarded-for": address };
      const { status } = await parlor.post(
        "/accounts/api/login",
        { username: `name${i}`, password },
        headers,
      );
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
  };
  const hammering = addresses.map(hammer);
  while (!seen.get(429)) await new Promise((resolve) => setTimeout(resolve, 50));
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) {
    const headers = { cookie, "x-forwarded-for": "203.0.113.9" };
    statuses.push((await parlor.post("/accounts/api/login", { username: "asha", password }, headers)).status);
  }
  isOver = true;
  await Promise.all(hammering);
  return { statuses, seen };
}

test("the owner on a known device gets in while 90 addresses try names", async () => {
  const { statuses } = await ownerAmong(Array.from({ length: 90 }, (_, i) => `198.51.${i}.7`));
  assert.deepEqual(statuses, [200, 200, 200, 200]);
});

test(
  "the owner gets in while 256 networks of one /56 try names, which get no more tries than their /56 has",
  async () => {
    const of = (i: number) => `2001:db8:1:1${i.toString(16).padStart(2, "0")}::1`;
    const { statuses, seen } = await ownerAmong(Array.from({ length: 256 }, (_, i) => of(i)));
    assert.deepEqual(statuses, [200, 200, 200, 200]);
    assert.ok(seen.get(401)! <= 21, `${seen.get(401)} tries`);
  },
  sanitized,
);

test("on a new device the owner gets in by a proof of work while strangers fill the queue", async () => {
  await using parlor = await Parlor.start({ TRUST_PROXY: "on" });
  await parlor.post("/accounts/api/signup", { username: "asha", password });
  let isOver = false;
  const hammering = Array.from({ length: 90 }, async (_, i) => {
    const headers = { "x-forwarded-for": `198.51.${i}.7` };
    const guess = { username: `name${i}`, password };
    while (!isOver) {
      await parlor.post("/accounts/api/login", guess, headers).then((one) => one.body?.cancel());
    }
  });
  const signIn = (proof?: unknown) =>
    parlor.post("/accounts/api/login", { username: "asha", password, proof }, {
      "x-forwarded-for": "203.0.113.9",
    });
  let refused = await signIn();
  while (refused.status === 200) refused = await signIn();
  const { error } = await refused.json();
  assert.equal(refused.status, 429);
  assert.equal(error.code, "too_many_attempts");
  const proof = await solve(error.challenge);
  assert.equal((await signIn(proof)).status, 200);
  isOver = true;
  await Promise.all(hammering);
});
