import { deepStrictEqual as same, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { addressKey, addressPrefixes } from "../../../chat/limits/address_key.ts";
import { costOf, Meter, type Payer } from "../../../chat/limits/meter.ts";

/** A burst of one second's work, then a tenth of the event loop. */
const rates = {
  costPerAddress: { count: 1_000, seconds: 10 },
  costPerAccount: { count: 2_000, seconds: 10 },
};

/** Charges one cost repeatedly until it is rejected; returns the total accepted. */
function takeAll(payer: Payer, cost: number): number {
  let taken = 0;
  while (payer.take(cost) === 0) taken += cost;
  return taken;
}

Deno.test("an address gets its allowance at once, then has to wait as long as it is told", () => {
  const meter = new Meter(rates), vera = meter.address("198.51.100.7");
  equal(takeAll(vera, 10), 1_000);
  meter.elapse(100, 0); // 1,000 ms of work in 100 ms exceed its share
  meter.elapse(60_000, 0);
  for (let i = 0; i < 100; i++) meter.elapse(100, 0);
  equal(meter.shares().address, 1);
  equal(takeAll(vera, 10), 1_000);
  vera.charge(500);
  const wait = vera.take(1);
  ok(wait >= 5_000 && wait <= 5_010, `${wait}`);
});

Deno.test("whoever comes back owes what it owed, over however many sockets", () => {
  const meter = new Meter(rates);
  equal(takeAll(meter.address("198.51.100.7"), 10), 1_000);
  ok(meter.address("198.51.100.7").take(1) > 0);
  equal(meter.address("203.0.113.9").take(1), 0);
});

Deno.test("what is answered is paid for, and nobody waits longer than for one allowance", () => {
  const meter = new Meter(rates), vera = meter.address("198.51.100.7");
  for (let i = 0; i < 1_000; i++) vera.charge(costOf(256 * 1024));
  meter.elapse(100, 0);
  const wait = vera.take(1);
  ok(wait > 9_000 && wait <= 10_000, `${wait}`);
});

Deno.test("all addresses of a network share a larger allowance", () => {
  const meter = new Meter(rates);
  const of = (addresses: string[]) =>
    addresses.reduce((sum, address) => sum + takeAll(meter.address(addressKey(address)), 10), 0);
  const range = Array.from({ length: 40 }, (_, i) => i + 1);
  equal(of(range.map((i) => `198.51.100.${i}`)), 4_000, "a /24");
  equal(of(range.map((i) => `2001:db8:1:${(0x100 + i).toString(16)}::1`)), 2_000, "a /56");
  equal(of(range.map((i) => `2001:db8:2:${(i << 8).toString(16)}::1`)), 4_000, "a /48");
  equal(of(range.map((i) => `2001:db8:${100 + i}::1`)), 40_000, "networks of many");
  equal(of(range.map((i) => `127.0.0.${i}`)), 40_000, "this machine's");
});

Deno.test("an address and its networks", () => {
  same(addressPrefixes("198.51.100.7").map(({ key }) => key), ["198.51.100.7", "198.51.100.0/24"]);
  same(addressPrefixes(addressKey("2001:db8:1:2345::9")).map(({ key }) => key), [
    "2001:db8:1:2345::/64",
    "2001:db8:1:2300::/56",
    "2001:db8:1::/48",
  ]);
  for (const alone of ["127.0.0.1", "unknown", addressKey("not an address")]) {
    same(addressPrefixes(alone).map(({ key }) => key), [alone]);
  }
});

/**
 * Lets `heavy` payers use all they can and `light` ones a little, for `seconds`. Returns the work of all
 * heavy payers (ms per second), and how often a light one was rejected.
 */
function compete(meter: Meter, heavy: Payer[], light: Payer[], seconds: number) {
  let heavyGot = 0, lightRefused = 0;
  for (let tick = 0; tick < seconds * 10; tick++) {
    // The event loop does at most 100 ms of work in 100 ms.
    for (let i = 0, left = 100; i < heavy.length * 20 && left > 0; i++) {
      if (heavy[i % heavy.length]!.take(4) === 0) left -= 4, heavyGot += 4;
    }
    for (const one of light) if (one.take(0.2) > 0) lightRefused++;
    meter.elapse(100, 0);
  }
  return { heavyGot: heavyGot / seconds, lightRefused };
}

Deno.test("fifty who take all they can share a part of the loop, and who uses little is never refused", () => {
  const meter = new Meter(rates);
  const heavy = Array.from({ length: 50 }, (_, i) => meter.address(`198.51.${i}.7`));
  const light = Array.from({ length: 50 }, (_, i) => meter.address(`203.0.${i}.7`));
  compete(meter, heavy, light, 3); // uses up their burst
  const { heavyGot, lightRefused } = compete(meter, heavy, light, 20);
  equal(lightRefused, 0);
  ok(heavyGot > 50 && heavyGot < 350, `${heavyGot} ms of work a second`);
  const { address, account } = meter.shares();
  ok(address < 0.2, `${address}`);
  equal(account, 1, "visitors' work takes nothing from the admins'");
  for (let i = 0; i < 100; i++) meter.elapse(100, 0);
  equal(meter.shares().address, 1, "and when they have left all is as it was");
});

Deno.test("what was asked while there was plenty is not held against whoever asks little in a crowd", () => {
  const meter = new Meter(rates), asha = meter.account("asha");
  asha.charge(150); // a thirteenth of its allowance
  const crowd = Array.from({ length: 50 }, (_, i) => meter.account(`mallory${i}`));
  const { lightRefused } = compete(meter, crowd, [asha], 5);
  equal(lightRefused, 0);
  ok(meter.shares().account < 0.1, "the crowd shares");
});

Deno.test("while the event loop is late, who makes it so gets less, and nobody if it is not their work", () => {
  const meter = new Meter(rates), busy = meter.account("asha");
  for (let i = 0; i < 10; i++) {
    meter.elapse(100, 500);
    equal(meter.shares().account, 1);
  }
  busy.charge(40);
  meter.elapse(100, 500);
  ok(meter.shares().account < 1);
});

Deno.test("it remembers a bounded number of addresses, and what a busy one owes is not among what it forgets", () => {
  const meter = new Meter(rates), busy = meter.address("198.51.100.7");
  takeAll(busy, 10);
  for (let i = 0; i < 120_000; i++) {
    meter.address(`2001:${(i >> 16).toString(16)}:${(i & 0xffff).toString(16)}:1::/64`);
    if (i % 10_000 === 0) ok(busy.take(1) > 0, `${i}`);
  }
  ok(meter.size <= 100_001, `${meter.size}`);
  ok(meter.address("198.51.100.7").take(1) > 0);
});

Deno.test("a budget that is asked for late owes no more than it would have, and never less than nothing", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (takes) => {
    const meter = new Meter(rates), vera = meter.address("198.51.100.7");
    let taken = 0;
    for (const cost of takes) {
      if (vera.take(cost) === 0) taken += cost;
      meter.elapse(100, 0);
    }
    ok(taken <= 1_300 + takes.length * 10 + 300, `${taken}`);
  }));
});

Deno.test("without limits nothing is refused and nothing remembered", () => {
  const meter = new Meter({ costPerAddress: "off", costPerAccount: "off" });
  for (let i = 0; i < 1_000; i++) equal(meter.address(`198.51.100.${i % 250}`).take(1_000), 0);
  equal(meter.account("asha").take(1e9), 0);
  equal(meter.size, 0);
});

Deno.test("heavy work is done one piece at a time, and whoever owes least goes first", async () => {
  const meter = new Meter(rates),
    mallory = meter.address("198.51.100.7"),
    vera = meter.address("203.0.113.9");
  const done: string[] = [];
  const work = async (who: string, payer: Payer) => {
    payer.charge(5);
    await payer.turn();
    done.push(who);
  };
  const all = [1, 2, 3, 4].map((i) => work(`mallory ${i}`, mallory));
  await Promise.all([...all, work("vera 1", vera), work("vera 2", vera)]);
  same(done, ["mallory 1", "vera 1", "vera 2", "mallory 2", "mallory 3", "mallory 4"]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  equal(vera.turn(), undefined, "at once, when nobody else works");
  await new Promise((resolve) => setTimeout(resolve, 20));
});
