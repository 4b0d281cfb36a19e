import assert from "node:assert/strict";
import { BadCredentials, TooManyAttempts } from "../../../chat/errors.ts";
import { openLimiters } from "../../../chat/limits/limiters.ts";
import { type Attempt, attemptLogin } from "../../../chat/accounts/login_attempts.ts";
import { LoginDelays } from "../../../chat/accounts/login_delays.ts";

Deno.test("after the fifth failure each try waits twice as long as the one before, up to 15 minutes", () => {
  let now = 1_000_000;
  const delays = new LoginDelays(() => now);
  const waits = Array.from({ length: 18 }, () => {
    const wait = delays.wait("asha");
    now += wait;
    delays.failed("asha");
    return wait / 1_000;
  });
  assert.deepEqual(waits.slice(0, 5), [0, 0, 0, 0, 0]);
  assert.deepEqual(waits.slice(5), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  assert.equal(delays.wait("bruno"), 0, "under another key nothing happened");
  now += 900_000;
  assert.equal(delays.wait("asha"), 0, "nothing is locked");
  now += 3_600_000;
  delays.failed("asha");
  assert.equal(delays.wait("asha"), 0, "an hour later it begins anew");
});

Deno.test("a hundred thousand names cost bounded memory, and do not free the name under attack", () => {
  let now = 0;
  const delays = new LoginDelays(() => now);
  const guess = () => delays.failed("account asha");
  for (let i = 0; i < 200_000; i++) {
    delays.failed(`account x${i}`);
    if (i % 10_000 === 0) guess();
    now++;
  }
  assert.ok(delays.wait("account asha") > 0);
});

/** Sign-in attempts on asha's account; only the right password is accepted. */
function tries() {
  let now = 0, hashes = 0;
  const limiters = openLimiters({
    messagesPerRoom: "off",
    messagesPerAddress: "off",
    roomsPerAddress: "off",
    logins: { count: 10, seconds: 900 },
    signups: "off",
    guesses: "off",
    newIds: "off",
  }, () => now);
  const chat = { limiters } as Parameters<typeof attemptLogin>[0];
  const attempt = async (isRight: boolean, of: Partial<Attempt> = {}): Promise<string> => {
    try {
      return await attemptLogin(
        chat,
        { username: "asha", address: "1", isKnownDevice: false, ...of },
        async () => {
          hashes++;
          await Promise.resolve();
          if (!isRight) throw new BadCredentials();
          return "in";
        },
      );
    } catch (error) {
      if (error instanceof TooManyAttempts) return `wait ${error.retryAfterMs}`;
      return (error as Error).name;
    }
  };
  return { attempt, wait: (ms: number) => now += ms, hashes: () => hashes };
}

Deno.test("guesses from many addresses share the account's delay; the owner on a known device comes in at once", async () => {
  const { attempt, wait, hashes } = tries();
  for (let i = 0; i < 5; i++) assert.equal(await attempt(false, { address: `${i}` }), "Error");
  assert.equal(await attempt(false, { address: "6" }), "wait 1000");
  assert.equal(await attempt(true, { address: "7" }), "wait 1000", "a right guess is not told either");
  assert.equal(hashes(), 5, "and nothing was hashed");
  const owner = { address: "0", isKnownDevice: true };
  assert.equal(await attempt(true, owner), "in");
  assert.equal(await attempt(true, { address: "8" }), "wait 1000", "which frees nobody else");
  wait(1_000);
  assert.equal(await attempt(true, { address: "9" }), "in");
  assert.equal(
    await attempt(false, { address: "10" }),
    "Error",
    "the password is known: the count began anew",
  );
});

Deno.test("guesses at many accounts from one address are delayed, and a login of one's own does not reset that", async () => {
  const { attempt, wait } = tries();
  const guess = (n: number) => attempt(false, { username: `name${n}` });
  for (let i = 0; i < 5; i++) {
    assert.equal(await attempt(true, { username: "mallory" }), "in");
    assert.equal(await guess(i), "Error");
  }
  assert.equal(await guess(6), "wait 1000");
  assert.equal(await attempt(true, { username: "mallory" }), "wait 1000");
  assert.equal(await attempt(true, { username: "mallory", isKnownDevice: true }), "in");
  wait(1_000);
  assert.equal(await guess(7), "Error");
  assert.equal(await guess(8), "wait 2000");
});

Deno.test("a known device that guesses waits as well", async () => {
  const { attempt } = tries();
  const device = { isKnownDevice: true };
  for (let i = 0; i < 5; i++) assert.equal(await attempt(false, device), "Error");
  assert.equal(await attempt(true, device), "wait 1000");
});

Deno.test("of a hundred guesses at once from as many addresses, five are looked at", async () => {
  const { attempt, hashes } = tries();
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => attempt(false, { address: `${i}` })),
  );
  assert.equal(answers.filter((answer) => answer === "Error").length, 5);
  assert.equal(answers.filter((answer) => answer === "wait 1000").length, 95);
  assert.equal(hashes(), 5);
});

Deno.test("attempts from all addresses of a network are counted together, with a larger allowance", async () => {
  const triesFrom = async (addresses: string[]) => {
    const { attempt, hashes } = tries();
    for (const [i, address] of addresses.entries()) await attempt(false, { address, username: `name${i}` });
    return hashes();
  };
  const range = Array.from({ length: 60 }, (_, i) => i);
  assert.equal(await triesFrom(range.map((i) => `2001:db8:1:${(0x100 + i).toString(16)}::/64`)), 20, "a /56");
  assert.equal(await triesFrom(range.map((i) => `2001:db8:1:${(i << 8).toString(16)}::/64`)), 40, "a /48");
  assert.equal(await triesFrom(range.map((i) => `198.51.100.${i}`)), 40, "a /24");
  assert.equal(await triesFrom(range.map((i) => `198.51.${i}.7`)), 60, "networks of many");
});
