import { fileURLToPath } from "node:url";
import type { Orders } from "./attackers.ts";

const file = fileURLToPath(new URL("./attackers.ts", import.meta.url));

/** Starts and stops the attackers' process, which runs at low priority. */
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

  /** Resolves when their preparation is done and the attack starts. */
  static async begin(orders: Orders): Promise<Attacking> {
    const attacking = new Attacking();
    await attacking.#tell(JSON.stringify(orders));
    await attacking.#line();
    return attacking;
  }

  /** Stops the attack. Returns the number of responses by kind. */
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
      // It has exited.
    }
    await this.#said.cancel().catch(() => {});
    await this.#child.status;
  }
}
