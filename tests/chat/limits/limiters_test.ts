import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { addressKey, Bucket, openLimiter, openLimiters, type Rate } from "../../../chat/limits/limiters.ts";

/** A clock that moves only when told to. */
function stoppedClock() {
  let ms = 1_700_000_000_000;
  return { now: () => ms, move: (by: number) => void (ms += by) };
}

Deno.test("a visitor gets the whole count at once, then has to wait", () => {
  const clock = stoppedClock();
  const limiter = openLimiter({ count: 3, seconds: 30 }, clock.now);
  for (let i = 0; i < 3; i++) equal(limiter.take("vera"), 0);
  equal(limiter.take("vera"), 10_000);
});

Deno.test("a refused take costs nothing: the wait does not grow by asking", () => {
  const clock = stoppedClock();
  const limiter = openLimiter({ count: 1, seconds: 10 }, clock.now);
  limiter.take("mallory");
  for (let i = 0; i < 100; i++) equal(limiter.take("mallory"), 10_000);
});

Deno.test("who waits as long as told gets one, and who waits a millisecond less does not", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 3_600 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 30 }),
      (count, seconds, pauses) => {
        const clock = stoppedClock();
        const bucket = new Bucket({ count, seconds }, clock.now);
        const takeAll = () => {
          let wait = 0;
          while (!(wait = bucket.take()));
          return wait;
        };
        for (const pause of [...pauses, 0]) {
          clock.move(pause);
          const wait = takeAll();
          clock.move(wait - 1);
          ok(bucket.take() > 0);
          clock.move(1);
          equal(bucket.take(), 0);
        }
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("over a long time a key gets its rate and no more", () => {
  const clock = stoppedClock();
  const bucket = new Bucket({ count: 20, seconds: 10 }, clock.now);
  let taken = 0;
  for (let ms = 0; ms < 100_000; ms += 50, clock.move(50)) if (bucket.take() === 0) taken++;
  ok(taken >= 218 && taken <= 221, `${taken} taken`);
});

Deno.test("one visitor's limit is not another's", () => {
  const limiter = openLimiter({ count: 1, seconds: 60 }, stoppedClock().now);
  equal(limiter.take("vera"), 0);
  ok(limiter.take("vera") > 0);
  equal(limiter.take("victor"), 0);
});

Deno.test("what is given back can be taken again", () => {
  const limiter = openLimiter({ count: 1, seconds: 60 }, stoppedClock().now);
  limiter.take("asha");
  limiter.giveBack("asha");
  equal(limiter.take("asha"), 0);
  ok(limiter.take("asha") > 0);
});

Deno.test("giving back never makes a bucket hold more than its count", () => {
  const limiter = openLimiter({ count: 2, seconds: 60 }, stoppedClock().now);
  for (let i = 0; i < 10; i++) limiter.giveBack("mallory");
  limiter.take("mallory");
  for (let i = 0; i < 10; i++) limiter.giveBack("mallory");
  equal(limiter.take("mallory"), 0);
  equal(limiter.take("mallory"), 0);
  ok(limiter.take("mallory") > 0);
});

Deno.test("a limit that is off never says wait", () => {
  const limiter = openLimiter("off");
  const bucket = new Bucket("off");
  for (let i = 0; i < 10_000; i++) equal(limiter.take("mallory") + bucket.take(), 0);
});

Deno.test("however many addresses mallory has, no more than the latest 100,000 take memory", () => {
  const limiter = openLimiter({ count: 1, seconds: 900 }, stoppedClock().now);
  limiter.take("vera");
  for (let i = 0; i < 49_000; i++) limiter.take(`mallory ${i}`);
  ok(limiter.take("vera") > 0);
  for (let i = 0; i < 100_000; i++) limiter.take(`mallory again ${i}`);
  equal(limiter.take("vera"), 0);
});

Deno.test("who keeps knocking is not forgotten when others are", () => {
  const clock = stoppedClock();
  const limiter = openLimiter({ count: 1, seconds: 60 }, clock.now);
  equal(limiter.take("mallory"), 0);
  for (let second = 0; second < 59; second++, clock.move(1_000)) {
    limiter.take(`visitor ${second}`);
    ok(limiter.take("mallory") > 0, `after ${second} s`);
  }
  clock.move(1_000);
  equal(limiter.take("mallory"), 0);
  clock.move(59_000);
  ok(limiter.take("mallory") > 0);
});

Deno.test("every limiter has its own rate and its own keys", () => {
  const off: Rate = "off";
  const { loginDelays: _, ...limiters } = openLimiters({
    messagesPerRoom: { count: 1, seconds: 10 },
    messagesPerAddress: off,
    roomsPerAddress: { count: 1, seconds: 20 },
    logins: { count: 1, seconds: 30 },
    signups: { count: 1, seconds: 40 },
    guesses: { count: 1, seconds: 50 },
    newIds: { count: 1, seconds: 60 },
  }, stoppedClock().now);
  const waits = Object.values(limiters).map((limiter) => (limiter.take("vera"), limiter.take("vera")));
  equal(waits.join(), "10000,0,20000,30000,40000,50000,60000");
});

const keys: [address: string, key: string][] = [
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:CB00:7107", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["no address", "no address"],
  ["::]/@203.0.113.7[", "::]/@203.0.113.7["],
];
for (const [address, key] of keys) {
  Deno.test(`the address ${address} counts as ${key}`, () => equal(addressKey(address), key));
}

Deno.test("whatever stands for an address, its key is a short text", () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.ipV6(), fc.ipV4()), (address) => {
    ok(addressKey(address).length <= 64);
  }));
});
