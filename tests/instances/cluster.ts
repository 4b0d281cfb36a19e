import assert from "node:assert/strict";
import type { Message } from "../../protocol/records.ts";
import { Client } from "../harness/client.ts";
import { Balancer } from "./balancer.ts";
import { Instance } from "./instance.ts";
import { RecordingClient } from "./recording_client.ts";

const password = "correct horse battery";

/** Several instances on one database, and asha, an admin who is signed in on each. */
export class Cluster implements AsyncDisposable {
  token = "";
  readonly #clients: Client[] = [];
  readonly #seen: RecordingClient[] = [];
  #balancer: Balancer | undefined;

  private constructor(readonly instances: Instance[]) {}

  static async start(count: number, databaseUrl: string, env: Record<string, string> = {}): Promise<Cluster> {
    const cluster = new Cluster(Array.from({ length: count }, () => new Instance(databaseUrl, env)));
    try {
      await Promise.all(cluster.instances.map((instance) => instance.start()));
      await cluster.#signUp();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** A cluster of running services at these addresses. */
  static async over(addresses: string[]): Promise<Cluster> {
    const cluster = new Cluster(addresses.map((address) => Object.assign(new Instance(""), { address })));
    await cluster.#signUp();
    return cluster;
  }

  /** asha's inbox on an instance, and all messages that it receives, by room. */
  async inbox(instance: number): Promise<Map<string, Message[]>> {
    const client = await Client.open(this.#url(instance, "room/asha"), { protocols: this.#bearer() });
    this.#clients.push(client);
    const rooms = new Map<string, Message[]>();
    client.socket.on("message", (data: unknown) => {
      const { command, consumer, message } = JSON.parse(String(data));
      if (command === "new_message") rooms.set(consumer, [...rooms.get(consumer) ?? [], message]);
    });
    client.send({ command: "subscribe" });
    await client.next("subscribed");
    return rooms;
  }

  /** A raw socket of asha or of a visitor. */
  async open(instance: number, path: string, who: "asha" | "visitor" = "asha"): Promise<Client> {
    const protocols = who === "asha" ? this.#bearer() : ["parlor.v1"];
    const client = await Client.open(this.#url(instance, path), { protocols });
    this.#clients.push(client);
    return client;
  }

  /** Once it is used, rooms are reached through one address in front of all instances. */
  get balancer(): Balancer {
    return this.#balancer ??= new Balancer(this.instances);
  }

  /** A visitor's room as seen by the visitor and by asha, each through one given instance, or through any. */
  room(
    consumer: string,
    { visitor, asha }: { visitor: number; asha: number },
  ): { visitor: RecordingClient; asha: RecordingClient } {
    const urlOf = (instance: number) => {
      const address = this.#balancer?.address ?? this.instances[instance]!.address;
      return `${address.replace("http", "ws")}/ws/chat/asha/${consumer}`;
    };
    const both = {
      visitor: new RecordingClient(urlOf(visitor)),
      asha: new RecordingClient(urlOf(asha), this.token),
    };
    this.#seen.push(both.visitor, both.asha);
    return both;
  }

  /** Sends an HTTP request to an instance as asha. */
  ask(instance: number, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      "content-type": "application/json",
      ...init.headers,
    };
    return fetch(this.instances[instance]!.address + path, { ...init, headers });
  }

  async [Symbol.asyncDispose]() {
    for (const seen of this.#seen) seen.stop();
    for (const client of this.#clients) client.terminate();
    await Promise.all(this.#clients.map((client) => client.gone()));
    await Promise.all(this.instances.map((instance) => instance.end("SIGKILL")));
    await this.#balancer?.close();
  }

  async #signUp(): Promise<void> {
    const body = JSON.stringify({ username: "asha", password });
    const response = await this.ask(0, "/accounts/api/signup", { method: "POST", body });
    assert.equal(response.status, 201, await response.clone().text());
    this.token = (await response.json()).token;
  }

  #url(instance: number, path: string): string {
    return `${this.instances[instance]!.address.replace("http", "ws")}/ws/${path}`;
  }

  #bearer(): string[] {
    return ["parlor.v1", `bearer.${this.token}`];
  }
}
