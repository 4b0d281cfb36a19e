import assert from "node:assert/strict";
import { openTokens, type Tokens } from "../../chat/tokens.ts";
import { checkDatabase } from "../../db/sqlite/check.ts";
import { eventually } from "../eventually.ts";
import { ServiceProcess } from "../main/service_process.ts";
import { password, v1, type wires } from "../parlor.ts";
import type { Frame } from "../client.ts";
import { Peer } from "./peer.ts";
import { Seeded } from "./seeded.ts";
import { Talker } from "./talker.ts";

export interface StageOptions {
  /** Settings of the service beside no limits at all. */
  env?: Record<string, string>;
  /** What is run in place of the service's own main file. */
  entry?: string;
  /** Where its data lies; made and removed by the scenario. */
  folder?: () => string;
}

const secret = "a secret of Parlor's stress run, for signing what is about to end";
const noLimits = Object.fromEntries(
  [
    "MESSAGES_PER_ROOM",
    "MESSAGES_PER_ADDRESS",
    "ROOMS_PER_ADDRESS",
    "SOCKETS_PER_ADDRESS",
    "FRAMES_PER_SOCKET",
  ]
    .map((name) => [`LIMIT_${name}`, "off"]),
);

/** A real service as a process of its own, with an admin, and whoever talks to it. */
export class Stage implements AsyncDisposable {
  readonly service: ServiceProcess;
  readonly tokens: Promise<Tokens> = openTokens(secret);
  /** The admin's session. */
  token = "";
  #peers: { end(): void | Promise<void> }[] = [];

  private constructor(
    readonly wire: typeof wires[number],
    readonly random: Seeded,
    readonly folder: string,
    { env = {}, entry }: StageOptions,
  ) {
    // The same port after a restart, so that whoever was there finds it again.
    const port = freePort();
    const all = { PORT: `${port}`, WIRE: wire, PARLOR_SECRET: secret, ...noLimits, ...env };
    this.service = new ServiceProcess(folder, all, entry);
  }

  static async open(wire: typeof wires[number], seed: number, options: StageOptions = {}): Promise<Stage> {
    const folder = options.folder?.() ?? Deno.makeTempDirSync({ prefix: "parlor-stress-" });
    const stage = new Stage(wire, new Seeded(seed), folder, options);
    await stage.service.start();
    const body = JSON.stringify({ username: "asha", password });
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${stage.address}/accounts/api/signup`, { method: "POST", headers, body });
    stage.token = (await response.json()).token;
    return stage;
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
  talker(
    consumer: string,
    { token, via = () => this.socketAddress }: { token?: string; via?: () => string } = {},
  ): Talker {
    const talker = new Talker({
      room: `asha ${consumer}`,
      url: () => via() + this.pathOf(consumer),
      protocols: v1(token),
      random: this.random,
    });
    return this.keep(talker);
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
    peer.end();
    return messages;
  }

  /** A figure of the service's own, with its label as it is written. */
  async figure(name: string): Promise<number> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
    const line = text.split("\n").find((line) => line.startsWith(`${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length));
  }

  async sockets(): Promise<number> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
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

  /** Everybody leaves; then no socket may be left but the `stay` that are known to. */
  async leave({ stay = 0 } = {}): Promise<void> {
    await Promise.all(this.#peers.map((peer) => peer.end()));
    this.#peers = [];
    await eventually(async () => await this.sockets() <= stay, {
      ms: 5_000,
      state: () => "some socket was left",
    });
  }

  /** Ends the service in good order and looks at what it leaves. */
  async close(): Promise<void> {
    const { code } = await this.service.end("SIGTERM");
    assert.equal(code, 0, "the service ends in good order");
    assert.deepEqual(checkDatabase(`${this.folder}/parlor.db`).problems, [], "the data is whole");
  }

  async [Symbol.asyncDispose]() {
    for (const peer of this.#peers) await peer.end();
    await this.service[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true }).catch(() => {});
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
