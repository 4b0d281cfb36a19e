import type { WebSocket } from "ws";
import { type Headers, openSocket, pause } from "./client.ts";
import { quantile } from "./figures.ts";
import type { Program } from "./program.ts";

export interface Load {
  rooms: number;
  /** Messages per second. Undefined: closed loop, each visitor sends when its last message has arrived. */
  rate?: number;
  /** Seconds of warm-up, and of measurement. */
  warm: number;
  seconds: number;
}

export interface LoadFigures {
  messagesPerSecond: number;
  cpuUsPerMessage: number;
  /** From sending to each of the two arrivals. Milliseconds. */
  p50: number;
  p99: number;
  longest: number;
}

/** A room with the sockets of its visitor and its admin. */
interface Pair {
  consumer: string;
  visitor: WebSocket;
  admin: WebSocket;
}

const padding = "x".repeat(64);

/** Active rooms: visitors send, and each message arrives on both sockets of its room. */
export class Conversations {
  #pairs: Pair[] = [];
  #latencies: number[] = [];
  #arrived = 0;
  #isClosedLoop = false;

  /** `adminAt`: the program that the admin connects to, if different. */
  constructor(readonly program: Program, readonly admin: Headers, readonly adminAt = program) {}

  async open(rooms: number): Promise<void> {
    for (let i = 0; i < rooms; i++) {
      const consumer = crypto.randomUUID();
      const path = `/ws/chat/asha/${consumer}`;
      const pair = {
        consumer,
        visitor: await openSocket(this.program.socketAddress + path),
        admin: await openSocket(this.adminAt.socketAddress + path, { headers: this.admin }),
      };
      this.#pairs.push(pair);
      pair.visitor.on("message", (data: unknown) => {
        this.#note(data);
        if (this.#isClosedLoop) this.#send(pair);
      });
      pair.admin.on("message", (data: unknown) => this.#note(data));
    }
  }

  /** Sends messages and measures. */
  async run({ rate, warm, seconds }: Load): Promise<LoadFigures> {
    const stop = rate ? this.#sendAtRate(rate) : this.#sendInClosedLoop();
    await pause(warm * 1_000);
    this.#latencies = [];
    this.#arrived = 0;
    const cpuBefore = this.program.cpuUs(), began = performance.now();
    await pause(seconds * 1_000);
    const messages = this.#arrived / 2, latencies = this.#latencies;
    const cpuUs = this.program.cpuUs() - cpuBefore, tookMs = performance.now() - began;
    stop();
    return {
      messagesPerSecond: messages / tookMs * 1_000,
      cpuUsPerMessage: cpuUs / messages,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      longest: quantile(latencies, 1),
    };
  }

  close(): void {
    this.#isClosedLoop = false;
    for (const { visitor, admin } of this.#pairs) {
      visitor.terminate();
      admin.terminate();
    }
    this.#pairs = [];
  }

  #sendInClosedLoop(): () => void {
    this.#isClosedLoop = true;
    for (const pair of this.#pairs) this.#send(pair);
    return () => this.#isClosedLoop = false;
  }

  #sendAtRate(rate: number): () => void {
    let due = performance.now(), next = 0;
    const timer = setInterval(() => {
      for (; due <= performance.now(); due += 1_000 / rate) {
        this.#send(this.#pairs[next++ % this.#pairs.length]!);
      }
    }, 1);
    return () => clearInterval(timer);
  }

  #send({ visitor, consumer }: Pair): void {
    const content = `${performance.now()} ${padding}`;
    visitor.send(JSON.stringify({ command: "new_message", message: { author: consumer, content } }));
  }

  #note(data: unknown): void {
    const { command, message } = JSON.parse(String(data));
    if (command !== "new_message") throw new Error(`the service answered ${String(data)}`);
    this.#arrived++;
    this.#latencies.push(performance.now() - Number.parseFloat(message.content));
  }
}

/** Runs one load on new rooms. */
export async function underLoad(program: Program, admin: Headers, load: Load): Promise<LoadFigures> {
  const conversations = new Conversations(program, admin);
  await conversations.open(load.rooms);
  try {
    return await conversations.run(load);
  } finally {
    conversations.close();
  }
}
