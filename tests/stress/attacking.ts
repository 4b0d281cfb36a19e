import { fileURLToPath } from "node:url";
import type { Orders } from "./attackers.ts";

const file = fileURLToPath(new URL("./attackers.ts", import.meta.url));

/** Attackers at work, in a process that gets what the service and its guests leave of the machine. */
export class Attacking implements AsyncDisposable {
  #child: Deno.ChildProcess;
  #said: ReadableStreamDefaultReader<string>;
  #orders: WritableStreamDefaultWriter<Uint8Array>;
  #text = "";

  private constructor() {
    const args = ["-n", "19", Deno.execPath(), "run", "--frozen", "--allow-all", file];
    this.#child = new Deno.Command("nice", { args, stdin: "piped", stdout: "piped", stderr: "inherit" })
      .spawn();
    const decoder = new TextDecoderStream() as TransformStream<Uint8Array, string>;
    this.#said = this.#child.stdout.pipeThrough(decoder).getReader();
    this.#orders = this.#child.stdin.getWriter();
  }

  /** Resolves when they are about to begin: what they need for it is there. */
  static async begin(orders: Orders): Promise<Attacking> {
    const attacking = new Attacking();
    await attacking.#tell(JSON.stringify(orders));
    await attacking.#line();
    return attacking;
  }

  /** Answers how often they were answered what. */
  async end(): Promise<Record<string, number>> {
    await this.#tell("end");
    return JSON.parse(await this.#line());
  }

  async #tell(line: string): Promise<void> {
    await this.#orders.write(new TextEncoder().encode(`${line}\n`));
  }

  async #line(): Promise<string> {
    while (!this.#text.includes("\n")) {
      const { value, done } = await this.#said.read();
      if (done) throw new Error("The attackers' program has ended");
      this.#text += value;
    }
    const end = this.#text.indexOf("\n"), line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    return line;
  }

  async [Symbol.asyncDispose]() {
    await this.#orders.close().catch(() => {});
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#said.cancel().catch(() => {});
    await this.#child.status;
  }
}
