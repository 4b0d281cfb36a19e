import assert from "node:assert/strict";
import { password, v1 } from "../../parlor.ts";
import type { Orders } from "../attacker.ts";
import { defaultLimits, from } from "../default_limits.ts";
import { ms, pause, quantile } from "../figures.ts";
import { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";

/** How long it is looked at without an attack, and with one. Milliseconds. */
const quietMs = 4_000, attackMs = 8_000;
/** What the collector and a timer may add to any wait. Milliseconds. */
const noiseMs = 50;
const longText = "語".repeat(4_000);

async function signUp(stage: Stage, username: string): Promise<string> {
  const headers = { "content-type": "application/json", ...from("203.0.113.50") };
  const body = JSON.stringify({ username, password });
  const response = await fetch(`${stage.address}/accounts/api/signup`, { method: "POST", headers, body });
  return (await response.json()).token;
}

/** Another tenant: a message to a room of its own, told back once it is stored; and a call of its portal. */
class Tenant {
  private constructor(readonly stage: Stage, readonly peer: Peer, readonly token: string) {}

  static async open(stage: Stage): Promise<Tenant> {
    const token = await signUp(stage, "bruno");
    const url = `${stage.socketAddress}/ws/chat/bruno/${crypto.randomUUID()}`;
    const peer = stage.keep(await Peer.open(url, v1(token), from("203.0.113.77")));
    return new Tenant(stage, peer, token);
  }

  /**
   * The 99th of a hundred waits, while it works for so long; and of the lateness of a timer here, which shows what the
   * machine has left for anybody. Milliseconds.
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
      if (i % 4 === 0) await this.#call();
      else await this.#say();
      ways.push(performance.now() - began);
      this.peer.frames.length = 0;
      await pause(15);
    }
    clearInterval(timer);
    return { p99: quantile(ways, 0.99), late: quantile(lateness, 0.99) };
  }

  async #say(): Promise<void> {
    const id = crypto.randomUUID();
    this.peer.say("a line", id);
    await this.peer.until(() => this.peer.frames.some(({ message }) => message?.client_id === id), 30_000);
  }

  async #call(): Promise<void> {
    const headers = { authorization: `Bearer ${this.token}`, ...from("203.0.113.77") };
    const response = await fetch(`${this.stage.address}/messages/api/blocked`, { headers });
    assert.equal(response.status, 200, await response.text());
  }
}

/** The attacked admin, who works on: its inbox and its portal answer. */
async function adminWorks(stage: Stage, inbox: Peer): Promise<void> {
  const rooms = await inbox.ask({ command: "fetch_rooms", limit: 10 }, "room");
  assert.ok(rooms.rooms.length > 0);
  const headers = { authorization: `Bearer ${stage.token}`, ...from("203.0.113.1") };
  const response = await fetch(`${stage.address}/messages/api/search?q=line`, { headers });
  await response.body?.cancel();
  assert.equal(response.status, 200);
  inbox.frames.length = 0;
}

async function history(stage: Stage): Promise<string> {
  const consumer = crypto.randomUUID();
  const admin = await stage.peer(stage.pathOf(consumer), stage.token);
  for (let i = 0; i < 150; i++) {
    admin.say(longText, `${i}`);
    await admin.until(() => admin.frames.some(({ message }) => message?.client_id === `${i}`));
    admin.frames.length = 0;
  }
  return consumer;
}

function attack(kind: Orders["attack"], about: string, addresses: string[]): Scenario {
  return {
    name: `${kind}_${addresses.length}`,
    about: `${about}, from ${addresses.length} address${
      addresses.length > 1 ? "es" : ""
    }: others wait no longer`,
    stage: { env: { ...defaultLimits, LIMIT_SIGNUPS: "off" } },
    async run(stage) {
      const consumer = await history(stage), tenant = await Tenant.open(stage);
      const tokens: string[] = [];
      if (kind === "account") {
        for (const i of addresses.keys()) tokens.push(await signUp(stage, `mallory${i}`));
      }
      const inbox = await stage.peer("/ws/room/asha", stage.token);
      await inbox.ask({ command: "subscribe" }, "subscribed");
      await tenant.p99(1_000); // warm
      const { p99: quiet } = await tenant.p99(quietMs);
      const worker = new Worker(new URL("../attacker.ts", import.meta.url), { type: "module" });
      const orders: Orders = { attack: kind, address: stage.address, addresses, consumer, tokens };
      worker.postMessage(orders);
      const working = (async () => {
        for (let i = 0; i < 4; i++) {
          await pause(attackMs / 5);
          await adminWorks(stage, inbox);
        }
      })();
      const [{ p99: attacked, late }] = await Promise.all([tenant.p99(attackMs), working]);
      const ended = new Promise<MessageEvent>((resolve) => worker.onmessage = resolve);
      worker.postMessage("end");
      const counts = (await ended).data;
      worker.terminate();
      const figures = `p99 ${ms(quiet)} before, ${ms(attacked)} meanwhile (timers here ${
        ms(late)
      } late); attackers got ${JSON.stringify(counts)}`;
      assert.ok(attacked <= Math.max(2 * quiet, quiet + noiseMs) + 2 * late, figures);
      return figures;
    },
  };
}

const one = ["198.51.100.7"], fifty = Array.from({ length: 50 }, (_, i) => `198.51.${i}.7`);
const kinds: [Orders["attack"], string][] = [
  ["history", "pages of a long history"],
  ["sessions", "session calls with thousands of attributes and new names"],
  ["logins", "sign-ins with names that nobody has"],
  ["upgrades", "sockets opened and cut"],
  ["account", "an account that makes rooms, long messages and pages"],
];

export const attackScenarios: Scenario[] = kinds.flatMap(([kind, about]) =>
  [one, fifty].map((addresses) => attack(kind, about, addresses))
);
