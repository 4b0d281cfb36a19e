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
  /** Settings of the service; limits are off by default. */
  env?: Record<string, string>;
  /** Main module that wraps the service's. */
  entry?: string;
  /** Creates the data folder; a temporary folder by default. */
  folder?: () => string;
  /** Called before the folder is removed. */
  free?: (folder: string) => void;
  /** Allowed growth of live memory between start and end, `usuallyKept` by default. Bytes. */
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

/** Live resources of the service. */
interface Alive {
  timers: number;
  /** Live heap after a garbage collection. Bytes. */
  bytes: number;
}

/** Allowed growth of live memory: compiled code and the cache of rooms. Bytes. */
const usuallyKept = 8 * 2 ** 20;

/**
 * Timers that always run after the first response and the first socket: the event-loop monitor and the sweep of sockets;
 * and those of the desk, which is loaded a second after the start: what is due, targets, lost notices.
 */
const standingTimers = 5;

/** Deno's native sockets hold the memory of a peer that was cut off until its idle timeout. Milliseconds. */
const longestKept = silenceMs + 5_000;

/** The service as a separate process with an admin account, and the clients of the test. */
export class StressHarness implements AsyncDisposable {
  readonly service: ServiceProcess;
  readonly tokens: Promise<Tokens> = openTokens(secret);
  /** Session token of the admin. */
  token = "";

  /** The account for which this harness signs tokens. */
  get owner(): { username: string; id: string } {
    const claims = JSON.parse(atob(this.token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/")));
    return { username: "asha", id: claims.account };
  }
  /** Sockets known to stay open after their peers have disconnected. */
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
    // Keeps the port across restarts, so that clients can reconnect.
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
    // Measured before the first write, which starts the timers of checkpoints.
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

  /** Opens a socket that does not reconnect. */
  async peer(path: string, token?: string): Promise<Peer> {
    return this.keep(await Peer.open(this.socketAddress + path, v1(token)));
  }

  /** A client that reconnects and resends unacknowledged messages. `via`: the URL to connect to. */
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

  /** A room's stored messages, fetched page by page. */
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

  /** A metric of the service; the name includes its labels. */
  async figure(name: string): Promise<number> {
    return (await this.#figures())(name);
  }

  /**
   * Asserts that the service's event loop was not blocked. Uses the service's own metrics, because this
   * process may be delayed as well.
   */
  async mustHaveTurned(): Promise<string> {
    const figure = await this.#figures();
    const all = figure("parlor_event_loop_lag_seconds_count");
    const late = all - figure('parlor_event_loop_lag_seconds_bucket{le="0.1"}');
    // On a loaded machine some timers are late. If the loop were blocked repeatedly, for example by waiting
    // 0.2 s for a lock, 19 of 20 would be.
    assert.ok(late <= all / 4, `${late} of ${all} timers over 100 ms late`);
    return `${late} of ${all} timers over 100 ms late`;
  }

  /** Starts a measurement; the returned function reports the service's event-loop lag since then. */
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

  /** Resident memory of the service. Bytes. */
  memory(): number {
    const status = Deno.readTextFileSync(`/proc/${this.service.pid}/status`);
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) * 1024;
  }

  /** Response status of a path; 0 without a response. */
  async status(path: string): Promise<number> {
    try {
      const response = await fetch(this.address + path);
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }

  /** Asks the service for its live resources. */
  async alive(): Promise<Alive> {
    const { output } = this.service;
    Deno.kill(this.service.pid, "SIGUSR2");
    const said = () => /counted (\{.*\})\n/.exec(this.service.output.slice(output.length))?.[1];
    await eventually(() => said() !== undefined);
    return JSON.parse(said()!);
  }

  /** Disconnects all clients; asserts that no socket stays open. */
  async leave(): Promise<void> {
    await Promise.all(this.#peers.map((peer) => peer.end()));
    this.#peers = [];
    await eventually(async () => await this.sockets() <= this.staying, {
      state: () => "some socket is left",
    });
    // A connection is counted until it is closed, which a peer can delay by two seconds.
    await eventually(async () => await this.figure("parlor_addresses") <= this.staying, {
      state: () => "some address is left",
    });
  }

  /**
   * Disconnects all clients; asserts that sockets, timers and memory are back at their initial values, and
   * that the service exits cleanly.
   */
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
