import assert from "node:assert/strict";
import { openTokens, type Tokens } from "../../chat/tokens.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { silenceMs } from "../../protocol/limits.ts";
import { eventually } from "../harness/eventually.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { password, v1, type wires } from "../harness/parlor.ts";
import type { Frame } from "../harness/client.ts";
import { pause } from "./figures.ts";
import { Peer } from "./peer.ts";
import { Seeded } from "./seeded.ts";
import { ContractClient } from "./contract_client.ts";

export interface HarnessOptions {
  /** Settings of the service beside no limits at all. */
  env?: Record<string, string>;
  /** What is run around the service's own main file. */
  entry?: string;
  /** Where its data lies, if not in any folder. */
  folder?: () => string;
  /** What must be done before that folder can be removed. */
  free?: (folder: string) => void;
  /** Bytes that the service may have more of at the end than at its start, if not `usuallyKept`. */
  mostKept?: number;
}

const metricsToken = "a-token-for-the-figures-of-a-stress-run";
const secret = "a secret of Parlor's stress run, for signing what is about to end";
const noLimits = Object.fromEntries(
  [
    "MESSAGES_PER_ROOM",
    "MESSAGES_PER_ADDRESS",
    "ROOMS_PER_ADDRESS",
    "SOCKETS_PER_ADDRESS",
    "FRAMES_PER_SOCKET",
    "NEW_IDS",
  ]
    .map((name) => [`LIMIT_${name}`, "off"]),
);

/** What is alive in the service. */
interface Alive {
  timers: number;
  /** Of objects, once the garbage is collected. */
  bytes: number;
}

/** What a service may have more of at the end than at its start: code that was compiled, and what it remembers of rooms. */
const usuallyKept = 8 * 2 ** 20;

/** Timers that a service has from its first answer and its first socket on: its loop's watch, its sweep of sockets. */
const standingTimers = 2;

/** Deno's own sockets keep what belongs to a peer that was cut off until they would have given it up. Milliseconds. */
const longestKept = silenceMs + 5_000;

/** A real service as a process of its own, with an admin, and whoever talks to it. */
export class StressHarness implements AsyncDisposable {
  readonly service: ServiceProcess;
  readonly tokens: Promise<Tokens> = openTokens(secret);
  /** The admin's session. */
  token = "";

  /** Whose tokens this harness signs by itself. */
  get owner(): { username: string; id: string } {
    const claims = JSON.parse(atob(this.token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/")));
    return { username: "asha", id: claims.account };
  }
  /** Sockets that are known to stay when their peers have gone. */
  staying = 0;
  #start?: Alive;
  #free?: (folder: string) => void;
  #mostKept: number;
  #peers: { end(): void | Promise<void> }[] = [];

  private constructor(
    readonly wire: typeof wires[number],
    readonly random: Seeded,
    readonly folder: string,
    { env = {}, free, entry = "tests/stress/counted_service.ts", mostKept = usuallyKept }: HarnessOptions,
  ) {
    this.#free = free;
    this.#mostKept = mostKept;
    // The same port after a restart, so that whoever was there finds it again.
    const port = freePort();
    const all = {
      PORT: `${port}`,
      WIRE: wire,
      PARLOR_SECRET: secret,
      METRICS_TOKEN: metricsToken,
      ...noLimits,
      ...env,
    };
    this.service = new ServiceProcess(folder, all, entry);
  }

  static async open(
    wire: typeof wires[number],
    seed: number,
    options: HarnessOptions = {},
  ): Promise<StressHarness> {
    const folder = options.folder?.() ?? Deno.makeTempDirSync({ prefix: "parlor-stress-" });
    const harness = new StressHarness(wire, new Seeded(seed), folder, options);
    await harness.service.start();
    // Before anything is written: what looks after the disk sets timers too.
    const { timers } = await harness.alive();
    const body = JSON.stringify({ username: "asha", password });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${harness.address}/accounts/api/signup`, { method: "POST", headers, body });
    harness.token = (await response.json()).token;
    harness.#start = { timers: timers + standingTimers, bytes: (await harness.alive()).bytes };
    return harness;
  }

  get address(): string {
    return this.service.address;
  }

  get socketAddress(): string {
    return this.address.replace("http", "ws");
  }

  pathOf(consumer: string): string {
    return `/ws/chat/asha/${consumer}`;
  }

  /** A socket that comes once and goes. */
  async peer(path: string, token?: string): Promise<Peer> {
    return this.keep(await Peer.open(this.socketAddress + path, v1(token)));
  }

  /** A client as ours are: it comes back, and sends again what was not answered. `via`: the way to the service. */
  contractClient(
    consumer: string,
    { token, via = () => this.socketAddress }: { token?: string; via?: () => string } = {},
  ): ContractClient {
    const contractClient = new ContractClient({
      room: `asha ${consumer}`,
      url: () => via() + this.pathOf(consumer),
      protocols: v1(token),
      random: this.random,
    });
    return this.keep(contractClient);
  }

  keep<T extends { end(): void | Promise<void> }>(peer: T): T {
    this.#peers.push(peer);
    return peer;
  }

  /** A room's messages as they are stored, asked page by page. */
  async stored(consumer: string): Promise<Frame[]> {
    const peer = await Peer.open(this.socketAddress + this.pathOf(consumer), v1(this.token));
    const messages: Frame[] = [];
    for (let more = true; more;) {
      const after = messages.at(-1)?.seq ?? 0;
      const page = await peer.ask({ command: "fetch_messages", after, limit: 200 }, "messages");
      messages.push(...page.messages);
      more = page.has_more;
    }
    await peer.end();
    return messages;
  }

  /** A figure of the service's own, with its label as it is written. */
  async figure(name: string): Promise<number> {
    return (await this.#figures())(name);
  }

  /** What the service says of its event loop: nobody else's clock is asked, which may stand still itself. */
  async mustHaveTurned(): Promise<string> {
    const figure = await this.#figures();
    const all = figure("parlor_event_loop_lag_seconds_count");
    const late = all - figure('parlor_event_loop_lag_seconds_bucket{le="0.1"}');
    // On a machine with much else to do every process has to wait for the processor now and then. A loop that stands
    // still, as one that waits for a lock 0.2 s at a time, is late with nineteen in twenty.
    assert.ok(late <= all / 4, `${late} of ${all} timers over 100 ms late`);
    return `${late} of ${all} timers over 100 ms late`;
  }

  /** How late the service's loop has been since now, in its own words, when that is asked. */
  async loop(): Promise<() => Promise<string>> {
    const name = "parlor_event_loop_lag_seconds", before = await this.#figures();
    return async () => {
      const after = await this.#figures(), grown = (figure: string) => after(figure) - before(figure);
      const all = grown(`${name}_count`), sum = grown(`${name}_sum`);
      const above = (seconds: string) => all - grown(`${name}_bucket{le="${seconds}"}`);
      return `${Math.round(1_000 * sum / all)} ms late on average, ${above("0.025")} of ${all} timers ` +
        `over 25 ms, ${above("0.1")} over 100 ms`;
    };
  }

  async #figures(): Promise<(name: string) => number> {
    const lines = (await this.#metrics()).split("\n");
    return (name) => {
      const line = lines.find((line) => line.startsWith(`${name} `));
      return line === undefined ? 0 : Number(line.slice(name.length));
    };
  }

  async #metrics(): Promise<string> {
    const headers = { authorization: `Bearer ${metricsToken}` };
    return await (await fetch(`${this.address}/metrics`, { headers })).text();
  }

  async sockets(): Promise<number> {
    const text = await this.#metrics();
    return [...text.matchAll(/^parlor_sockets\{.*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }

  /** Memory of the service, in bytes, as the system counts it. */
  memory(): number {
    const status = Deno.readTextFileSync(`/proc/${this.service.pid}/status`);
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) * 1024;
  }

  /** The status of a path; 0 if nobody answers. */
  async status(path: string): Promise<number> {
    try {
      const response = await fetch(this.address + path);
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** What is alive in the service now. */
  async alive(): Promise<Alive> {
    const { output } = this.service;
    Deno.kill(this.service.pid, "SIGUSR2");
    const said = () => /counted (\{.*\})\n/.exec(this.service.output.slice(output.length))?.[1];
    await eventually(() => said() !== undefined);
    return JSON.parse(said()!);
  }

  /** Everybody who is known here leaves, and no socket may be left. */
  async leave(): Promise<void> {
    await Promise.all(this.#peers.map((peer) => peer.end()));
    this.#peers = [];
    await eventually(async () => await this.sockets() <= this.staying, {
      state: () => "some socket is left",
    });
    // A connection counts until it is gone, which a peer may put off for two seconds.
    await eventually(async () => await this.figure("parlor_addresses") <= this.staying, {
      state: () => "some address is left",
    });
  }

  /** Everybody leaves, and all is as it was: no socket, no timer, the memory. Then it ends in good order. */
  async end(): Promise<void> {
    await this.leave();
    const { timers, bytes } = this.#start!;
    const deadline = performance.now() + longestKept;
    for (let end = await this.alive(); end.timers > timers || end.bytes > bytes * 1.1 + this.#mostKept;) {
      const state = `${JSON.stringify(end)} is left, ${JSON.stringify(this.#start)} was there at the start`;
      assert.ok(performance.now() < deadline, state);
      await pause(500);
      end = await this.alive();
    }
    const { code } = await this.service.end("SIGTERM");
    assert.equal(code, 0, "the service ends in good order");
    assert.deepEqual(checkDatabase(`${this.folder}/parlor.db`).problems, [], "the data is whole");
  }

  async [Symbol.asyncDispose]() {
    await Promise.all(this.#peers.map((peer) => peer.end()));
    await this.service[Symbol.asyncDispose]();
    this.#free?.(this.folder);
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
