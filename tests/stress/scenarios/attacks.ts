import assert from "node:assert/strict";
import { maxAnswerBytes } from "../../../protocol/limits.ts";
import type { Frame } from "../../harness/client.ts";
import { password, v1 } from "../../harness/parlor.ts";
import type { Orders } from "../attackers.ts";
import { Attacking } from "../attacking.ts";
import { defaultLimits, from } from "../default_limits.ts";
import { mib, ms, pause, quantile } from "../figures.ts";
import { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";
import type { StressHarness } from "../harness.ts";

/** Duration of a measurement without an attack, and with one. Milliseconds. */
const quietMs = 4_000, attackMs = 8_000;
/**
 * What garbage collection and timers may add to any latency: the baseline is a few milliseconds, and twice
 * that is noise. Milliseconds.
 */
const noiseMs = 30;
/**
 * Time limit for the attacked admin's pages, including the delays that the service requests. Milliseconds.
 */
const adminMs = 3_000;
/** Resident memory that may remain after the attack: the allocator keeps freed memory. Bytes. */
const mostKept = 96 * 2 ** 20;
const longText = "語".repeat(4_000);

async function signUp(harness: StressHarness, username: string): Promise<string> {
  const headers = { "content-type": "application/json", ...from("203.0.113.50") };
  const body = JSON.stringify({ username, password });
  const response = await fetch(`${harness.address}/accounts/api/signup`, { method: "POST", headers, body });
  return (await response.json()).token;
}

/** Visitors of the other tenant, one address and one room each. */
const visitors = 40;

/** Another tenant under normal use: visitors' messages arrive in its inbox, and its portal calls the API. */
class Tenant {
  private constructor(
    readonly harness: StressHarness,
    readonly inbox: Peer,
    readonly visitors: Peer[],
    readonly token: string,
  ) {}

  static async open(harness: StressHarness): Promise<Tenant> {
    const token = await signUp(harness, "bruno"), at = (path: string) => harness.socketAddress + path;
    const inbox = harness.keep(await Peer.open(at("/ws/room/bruno"), v1(token), from("203.0.113.77")));
    await inbox.ask({ command: "subscribe" }, "subscribed");
    const all: Peer[] = [];
    for (let i = 0; i < visitors; i++) {
      const url = at(`/ws/chat/bruno/${crypto.randomUUID()}`);
      all.push(harness.keep(await Peer.open(url, v1(), from(`203.0.${i}.9`))));
    }
    return new Tenant(harness, inbox, all, token);
  }

  /**
   * 99th percentile of the message latency during `forMs`, and of the timer lateness in this process, which
   * shows how loaded the machine is. Milliseconds.
   */
  async p99(forMs: number): Promise<{ p99: number; late: number }> {
    const ways: number[] = [], until = performance.now() + forMs;
    const lateness: number[] = [];
    let due = performance.now() + 10;
    const timer = setInterval(() => {
      lateness.push(Math.max(0, performance.now() - due));
      due = performance.now() + 10;
    }, 10);
    for (let i = 0; performance.now() < until; i++) {
      const began = performance.now();
      if (i % 8 === 0) await this.#call();
      else await this.#say(this.visitors[i % visitors]!);
      ways.push(performance.now() - began);
      await pause(15);
    }
    clearInterval(timer);
    return { p99: quantile(ways, 0.99), late: quantile(lateness, 0.99) };
  }

  async #say(visitor: Peer): Promise<void> {
    const id = crypto.randomUUID();
    visitor.say("a line", id);
    const isTold = () => this.inbox.frames.some(({ message }) => message?.client_id === id);
    await this.inbox.until(() => isTold() || visitor.frames.some(({ error }) => error), 30_000);
    const { error } = visitor.frames.find(({ error }) => error) ?? {};
    assert.equal(error, undefined, `a visitor of another tenant is refused: ${JSON.stringify(error)}`);
    this.inbox.frames.length = visitor.frames.length = 0;
  }

  async #call(): Promise<void> {
    const headers = { authorization: `Bearer ${this.token}`, ...from("203.0.113.77") };
    const response = await fetch(`${this.harness.address}/messages/api/blocked`, { headers });
    assert.equal(response.status, 200, await response.text());
  }
}

/**
 * Loads all pages of the attacked admin's inbox and calls its portal. Returns the duration in milliseconds.
 */
async function adminWorks(harness: StressHarness, inbox: Peer): Promise<number> {
  const began = performance.now();
  let cursor: string | undefined, pages = 0;
  do {
    const { cursor: next, rooms, ...page } = await pageOf(inbox, cursor);
    assert.ok(rooms.length > 0);
    assert.ok(JSON.stringify({ ...page, rooms }).length <= maxAnswerBytes);
    cursor = next;
  } while (cursor && ++pages < 4);
  const headers = { authorization: `Bearer ${harness.token}`, ...from("203.0.113.1") };
  const response = await fetch(`${harness.address}/messages/api/search?q=line`, { headers });
  await response.body?.cancel();
  assert.equal(response.status, 200);
  assert.equal(inbox.code, undefined, "the admin's socket stays");
  inbox.frames.length = 0;
  return performance.now() - began;
}

async function pageOf(inbox: Peer, cursor?: string): Promise<Frame> {
  inbox.send({ command: "fetch_rooms", cursor });
  const answer = () => inbox.frames.find(({ command }) => command === "room" || command === "error");
  await inbox.until(() => answer() !== undefined);
  const page = answer()!;
  assert.equal(page.error, undefined, `the attacked admin is refused: ${JSON.stringify(page)}`);
  inbox.frames.length = 0;
  return page;
}

async function history(harness: StressHarness): Promise<string> {
  const consumer = crypto.randomUUID();
  const admin = await harness.peer(harness.pathOf(consumer), harness.token);
  for (let i = 0; i < 150; i++) {
    admin.say(longText, `${i}`);
    await admin.until(() => admin.frames.some(({ message }) => message?.client_id === `${i}`));
    admin.frames.length = 0;
  }
  return consumer;
}

interface Attack {
  kind: Orders["attack"];
  about: string;
  /** Actions per second from one address, and from fifty. */
  perSecond: [number, number];
  only?: StressHarness["wire"];
}

function attack({ kind, about, perSecond, only }: Attack, addresses: string[]): Scenario {
  const isOne = addresses.length === 1;
  return {
    name: `${kind}_${addresses.length}`,
    about: `${about}, from ${addresses.length} address${isOne ? "" : "es"}: others wait no longer`,
    harness: { env: { ...defaultLimits, LIMIT_SIGNUPS: "off" } },
    hindrance: (wire) => only && only !== wire ? `of --wire ${only} alone` : undefined,
    async run(harness) {
      const consumer = await history(harness), tenant = await Tenant.open(harness);
      const inbox = await harness.peer("/ws/room/asha", harness.token);
      await inbox.ask({ command: "subscribe" }, "subscribed");
      await tenant.p99(2_000); // warm-up
      const { p99: quiet } = await tenant.p99(quietMs);
      const calm = await adminWorks(harness, inbox), memory = harness.memory(), turned = await harness.loop();
      await using attacking = await Attacking.begin({
        attack: kind,
        address: harness.address,
        addresses,
        consumer,
        perSecond: perSecond[isOne ? 0 : 1],
        seed: harness.random.seed,
      });
      const works: number[] = [];
      const working = (async () => {
        for (let i = 0; i < 4; i++) {
          await pause(attackMs / 5);
          works.push(await adminWorks(harness, inbox));
        }
      })();
      const [{ p99: attacked, late }] = await Promise.all([tenant.p99(attackMs), working]);
      const counts = await attacking.end(), most = harness.memory();
      const figures = `p99 ${ms(quiet)} before, ${ms(attacked)} meanwhile (timers here ${ms(late)} late; ` +
        `the service's loop: ${await turned()}); the admin's pages ${ms(calm)} before, ` +
        `at most ${ms(Math.max(...works))}; memory ${mib(memory)}, ${mib(most)}; ` +
        `attackers got ${JSON.stringify(counts)}`;
      // Late timers in this process mean that the machine delayed the service and the network as well.
      assert.ok(attacked <= Math.max(2 * quiet, quiet + noiseMs) + 2 * late, figures);
      assert.ok(Math.max(...works) <= adminMs, figures);
      await memoryReturns(harness, memory + mostKept, figures);
      return figures;
    },
  };
}

async function memoryReturns(harness: StressHarness, bound: number, figures: string): Promise<void> {
  for (let looks = 0; harness.memory() > bound; looks++) {
    assert.ok(looks < 20, `${mib(harness.memory())} are left: ${figures}`);
    await pause(500);
    await harness.alive(); // collects garbage
  }
}

const one = ["198.51.100.7"], fifty = Array.from({ length: 50 }, (_, i) => `198.51.${i}.7`);
const attacks: Attack[] = [
  { kind: "rooms", about: "rooms of long messages, written to the admin", perSecond: [20, 100] },
  { kind: "history", about: "pages of a long history", perSecond: [100, 500] },
  {
    kind: "searches",
    about: "searches of many and of long phrases, and exports that nobody takes",
    perSecond: [50, 250],
  },
  {
    kind: "sessions",
    about: "session calls with thousands of attributes and new names",
    perSecond: [200, 500],
  },
  { kind: "bytes", about: "frames that come byte by byte", perSecond: [2_000, 4_000], only: "ws" },
  { kind: "logins", about: "sign-ins with names that nobody has", perSecond: [200, 500] },
  { kind: "upgrades", about: "sockets opened and cut", perSecond: [500, 500] },
  {
    kind: "account",
    about: "an account that makes rooms, long messages and pages",
    perSecond: [100, 500],
  },
];

export const attackScenarios: Scenario[] = attacks.flatMap((about) =>
  [one, fifty].map((addresses) => attack(about, addresses))
);
