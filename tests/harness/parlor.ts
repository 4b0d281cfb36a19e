import { readConfig } from "../../server/config.ts";
import { openLog } from "../../chat/monitoring/log.ts";
import { type Running, startService } from "../../main.ts";
import { Client } from "./client.ts";
import { isDeno2_5 } from "./deno_2_5.ts";
import { eventually } from "./eventually.ts";

export const wires = ["native", "ws"] as const;

/** Declares a test that runs on each socket implementation. */
export function test(
  name: string,
  run: () => Promise<void>,
  options: Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> = {},
): void {
  for (const wire of wires) {
    Deno.test(`${name} (${wire})`, options, () => {
      Parlor.wire = wire;
      return run().finally(() => Parlor.wire = "native");
    });
  }
}

/**
 * The close code that a client sees if a handshake is refused with `status`. On Deno 2.5 `node:http` does not
 * expose the status.
 */
export function refusedWith(status: number): number {
  return Parlor.wire === "ws" && isDeno2_5 ? 1006 : 10_000 + status;
}

/**
 * The error of a raw socket whose handshake is refused. On Deno 2.5 `node:http` can only answer with an
 * upgrade without a key.
 */
export function refusal(status: number): RegExp {
  return refusedWith(status) === 1006 ? /^Error: HTTP\/1.1 101 / : new RegExp(`^Error: HTTP/1.1 ${status} `);
}

export const password = "correct horse battery";

export interface Admin {
  username: string;
  token: string;
  cookie: string;
}

/** The service on a free port with its own data folder; stopped and removed at the end of the scope. */
export class Parlor implements AsyncDisposable {
  /** Socket implementation of services started from now on. */
  static wire: typeof wires[number] = "native";
  /** Log lines of the service. */
  readonly lines: string[] = [];
  #clients: Client[] = [];
  #stopped = false;
  readonly wire = Parlor.wire;
  running!: Running;

  private constructor(readonly folder: string, readonly env: Record<string, string>) {}

  static async start(env: Record<string, string> = {}): Promise<Parlor> {
    const parlor = new Parlor(await Deno.makeTempDir({ prefix: "parlor-" }), env);
    await parlor.#start();
    return parlor;
  }

  async #start() {
    const config = readConfig({
      PORT: "0",
      DATABASE_URL: `sqlite:${this.folder}/parlor.db`,
      LIMIT_SIGNUPS: "off",
      WIRE: this.wire,
      ...this.env,
    });
    this.running = await startService(config, openLog("debug", (line) => this.lines.push(line)));
  }

  get address(): string {
    return this.running.address;
  }

  /** Stops the service and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.running.stop();
    await this.#start();
  }

  /** A request whose response body is already read, so that a test may ignore it. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.address + path, { redirect: "manual", ...init });
    const body = await response.text();
    return new Response(body || null, response);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  async signUp(username: string): Promise<Admin> {
    const response = await this.post("/accounts/api/signup", { username, password });
    if (response.status !== 201) {
      throw new Error(`sign-up answered ${response.status}: ${await response.text()}`);
    }
    const cookie = response.headers.getSetCookie()[0]!.split(";")[0]!;
    const { token } = await response.json();
    return { username, token, cookie };
  }

  /** Creates a visitor's session with this admin. */
  async visit(admin: Admin, asked: Record<string, unknown> = {}) {
    const response = await this.post(`/chatbot/api/${admin.username}/session`, asked);
    if (response.status !== 200) {
      throw new Error(`session answered ${response.status}: ${await response.text()}`);
    }
    return await response.json() as {
      consumer: string;
      token: string;
      expires: string;
      online: boolean;
      merged_from?: string;
    };
  }

  open(
    path: string,
    options: { protocols?: string[]; headers?: Record<string, string> } = {},
  ): Promise<Client> {
    return Client.open(this.address.replace("http", "ws") + path, options).then((client) => {
      this.#clients.push(client);
      return client;
    });
  }

  /** A chat socket of protocol section 3, with a token or only with the consumer id. */
  chat(admin: { username: string }, consumer: string, token?: string): Promise<Client> {
    return this.open(`/ws/chat/${admin.username}/${consumer}`, { protocols: v1(token) });
  }

  /** The admin's room socket of protocol section 3, subscribed. */
  async inbox(admin: Admin): Promise<Client> {
    const client = await this.open(`/ws/room/${admin.username}`, { protocols: v1(admin.token) });
    client.send({ command: "subscribe" });
    await client.next("subscribed");
    return client;
  }

  /** The service hears of an ended connection later than the peer; the runtime's own closing of it ends with that. */
  #connectionsGone(): Promise<void> {
    const { sockets } = this.running.service;
    // A test may hold a connection until it has stopped the service.
    return eventually(() => sockets.connections.open + sockets.connections.closing === 0, { ms: 5_000 })
      .catch(() => {});
  }

  async [Symbol.asyncDispose]() {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const client of this.#clients) client.terminate();
    await Promise.all(this.#clients.map((client) => client.gone()));
    if (this.wire === "native") await this.#connectionsGone();
    await this.running.stop();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** The subprotocols that a client of protocol section 3 offers. */
export function v1(token?: string): string[] {
  return token === undefined ? ["parlor.v1"] : ["parlor.v1", `bearer.${token}`];
}
