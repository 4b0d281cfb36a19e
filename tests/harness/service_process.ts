import { fileURLToPath } from "node:url";
import { launchOf } from "../../commands/launch.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What `deno task start` gives to deno, with `permissions` as in the variable of that name. */
export const startArguments = (permissions: string[] = []): string[] => [
  "run",
  ...launchOf("start", { PERMISSIONS: permissions.join(" ") }).args,
];

/** Whoever does not end by then is killed, so that a test of it fails instead of waiting for ever. Milliseconds. */
const longestEndMs = 20_000;

/** The real service as a process of its own, with the permissions of `deno task start`. */
export class ServiceProcess implements AsyncDisposable {
  address = "";
  output = "";
  #child?: Deno.ChildProcess;
  #reading?: Promise<void>;

  /** `entry`: what is run in place of the service's own main file. */
  constructor(
    readonly folder: string,
    readonly env: Record<string, string> = {},
    readonly entry = "main.ts",
  ) {}

  get pid(): number {
    return this.#child!.pid;
  }

  /** Starts it and waits until it says where it listens. @throws with what it said, if it ends before */
  async start(): Promise<this> {
    const flags = [`--allow-read=${this.folder}`, `--allow-write=${this.folder}`];
    this.output = "";
    this.#child = new Deno.Command(Deno.execPath(), {
      args: startArguments(flags).map((word) => word === "main.ts" ? this.entry : word),
      cwd: root,
      env: {
        ...launchOf("start").env,
        PORT: "0",
        DATABASE_URL: `sqlite:${this.folder}/parlor.db`,
        LOG_LEVEL: "warn",
        ...this.env,
      },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const { promise, resolve } = Promise.withResolvers<void>();
    let isUp = false;
    const listen = async (stream: ReadableStream<Uint8Array>) => {
      for await (
        const text of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      ) {
        this.output += text;
        const address = /portal (http:\S+)\/messages/.exec(this.output)?.[1];
        if (!address) continue;
        this.address = address;
        isUp = true;
        resolve();
      }
    };
    this.#reading = Promise.all([listen(this.#child.stdout), listen(this.#child.stderr)]).then(() => {});
    const ended = this.#child.status.then(async ({ code }) => {
      await this.#reading;
      if (isUp) return;
      this.#child = undefined;
      throw new Error(`ended with ${code}: ${this.output}`);
    });
    await Promise.race([promise, ended]);
    ended.catch(() => {});
    return this;
  }

  /** Sends a signal and waits for the end. Answers the exit code and how long it took, in milliseconds. */
  async end(signal: Deno.Signal): Promise<{ code: number; ms: number }> {
    const began = performance.now(), child = this.#child!;
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), longestEndMs);
    const code = await this.ended().finally(() => clearTimeout(timer));
    return { code, ms: performance.now() - began };
  }

  /** Waits until it ends by itself. Answers the exit code. */
  async ended(): Promise<number> {
    const { code } = await this.#child!.status;
    await this.#reading;
    this.#child = undefined;
    return code;
  }

  async [Symbol.asyncDispose]() {
    if (this.#child) await this.end("SIGKILL");
  }
}
