import type { WebSocket } from "ws";
import { gatheredMs } from "../bot/turn/turns.ts";
import { type Headers, openSocket, pause, signUp } from "./client.ts";
import { mean, quantile } from "./figures.ts";
import { inFolder } from "./in_turns.ts";
import { Program } from "./program.ts";
import { judgeFigure, judgeRatio, type Verdict } from "./verdict.ts";

const conversations = 100;
const answers = 50;
/** Each visitor asks once in this time, all of them evenly spread. Milliseconds. */
const everyMs = 2_000;
/** Rounds of questions for warm-up, and measured ones. */
const warm = 2, measured = 4;
const rounds = 3;

interface Figures {
  /** From a visitor's text to its echo, and to the answer. Milliseconds. */
  echoes: number[];
  answers: number[];
  cpuUsPerMessage: number;
}

/**
 * How long the bot needs to answer, the time in which it gathers a visitor's texts aside, and what a conversation costs in
 * which it answers, compared with one in which an agent's program does, after the same time.
 */
export async function bot(): Promise<Verdict[]> {
  const on: Figures[] = [], off: Figures[] = [];
  for (let round = 0; round < rounds; round++) {
    on.push(await inFolder((folder) => converse(folder, true)));
    off.push(await inFolder((folder) => converse(folder, false)));
  }
  const middle = (times: "echoes" | "answers", share: number) =>
    quantile(on.map((figures) => quantile(figures[times], share)), 0.5);
  const delay = (share: number) => ({
    parlor: middle("answers", share) - middle("echoes", share) - gatheredMs,
    against: middle("echoes", share),
    unit: "ms",
  });
  const cost = (figures: Figures[]) => mean(figures.map(({ cpuUsPerMessage }) => cpuUsPerMessage));
  return [
    judgeFigure("the bot's answer above an echo: p50", delay(0.5), { atMost: 20 }),
    judgeFigure("the bot's answer above an echo: p99", delay(0.99), {}),
    judgeRatio(
      "CPU a message, answered by the bot and by an agent",
      { parlor: cost(on), against: cost(off), unit: "µs" },
      { atMost: 1.5 },
    ),
  ];
}

async function converse(folder: string, isOn: boolean): Promise<Figures> {
  await using program = await Program.start("parlor", folder);
  const admin = await signUp(program, "asha");
  await teach(program, admin, isOn);
  const pairs: Pair[] = [];
  for (let i = 0; i < conversations; i++) pairs.push(await Pair.open(program, admin, isOn));
  try {
    await askAll(pairs, warm);
    for (const pair of pairs) pair.forget();
    const before = program.cpuUs();
    await askAll(pairs, measured);
    const cpuUs = program.cpuUs() - before, times = pairs.flatMap(({ answers }) => answers);
    const share = times.length / (conversations * measured);
    if (share < 0.98) throw new Error(`only ${times.length} questions were answered`);
    return {
      cpuUsPerMessage: cpuUs / (2 * times.length),
      echoes: pairs.flatMap(({ echoes }) => echoes),
      answers: times,
    };
  } finally {
    for (const pair of pairs) pair.close();
  }
}

async function askAll(pairs: readonly Pair[], times: number): Promise<void> {
  let due = performance.now();
  for (let i = 0; i < times * pairs.length; i++) {
    due += everyMs / pairs.length;
    await pause(Math.max(0, due - performance.now()));
    pairs[i % pairs.length]!.ask();
  }
  await pause(everyMs);
}

const titleOf = (n: number) => `How do I change part ${"abcdefghij"[n % 10]}${Math.floor(n / 10)} of my lamp`;

async function teach(program: Program, headers: Headers, isOn: boolean): Promise<void> {
  for (let n = 0; n < answers; n++) {
    const phrases = [`part ${n} is broken`, `replace part ${n}`, `a new part number ${n}`];
    const body = `Part ${n} is changed by hand. ${"x".repeat(64)}`;
    await post(program, headers, {
      path: "/messages/api/answers",
      body: { title: titleOf(n), phrases, body },
    });
  }
  await post(program, headers, { path: "/chatbot/api", body: { bot: { mode: isOn ? "answer" : "off" } } });
}

async function post(
  { address }: Program,
  headers: Headers,
  { path, body }: { path: string; body: unknown },
): Promise<void> {
  const response = await fetch(address + path, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", origin: address },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  await response.body?.cancel();
}

/** A visitor and its agent, who answers where no bot does. */
class Pair {
  echoes: number[] = [];
  answers: number[] = [];
  #asked = 0;
  #count = 0;

  private constructor(readonly consumer: string, readonly visitor: WebSocket, readonly agent: WebSocket) {}

  static async open(program: Program, admin: Headers, isOn: boolean): Promise<Pair> {
    const consumer = crypto.randomUUID(), url = `${program.socketAddress}/ws/chat/asha/${consumer}`;
    const pair = new Pair(consumer, await openSocket(url), await openSocket(url, { headers: admin }));
    pair.visitor.on("message", (data: unknown) => pair.#note(String(data)));
    if (!isOn) pair.agent.on("message", (data: unknown) => pair.#reply(String(data)));
    return pair;
  }

  ask(): void {
    this.#asked = performance.now();
    this.#send(this.visitor, titleOf(this.#count++ % answers));
  }

  forget(): void {
    this.echoes = [];
    this.answers = [];
  }

  close(): void {
    this.visitor.terminate();
    this.agent.terminate();
  }

  #send(socket: WebSocket, content: string): void {
    socket.send(JSON.stringify({ command: "new_message", message: { author: this.consumer, content } }));
  }

  #note(data: string): void {
    const { command, message } = JSON.parse(data);
    if (command === "error") throw new Error(`the service answered ${data}`);
    if (command !== "new_message") return;
    const times = isQuestion(message.content) ? this.echoes : this.answers;
    times.push(performance.now() - this.#asked);
  }

  #reply(data: string): void {
    const { command, message } = JSON.parse(data);
    if (command !== "new_message" || !isQuestion(message.content)) return;
    setTimeout(() => this.#send(this.agent, `Part is changed by hand. ${"x".repeat(64)}`), gatheredMs);
  }
}

const isQuestion = (content: string) => content.startsWith("How do I change");
