import { fileURLToPath } from "node:url";
import { launchOf } from "../../commands/launch.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Arguments of `deno task start`; `permissions` as in the PERMISSIONS variable. */
export const startArguments = (permissions: string[] = []): string[] => [
  "run",
  ...launchOf("start", { PERMISSIONS: permissions.join(" ") }).args,
];

/**
 * A process that has not exited by then is killed, so that its test fails instead of hanging. Milliseconds.
 */
const longestEndMs = 20_000;

/** The service as a separate process, with the permissions of `deno task start`. */
export class ServiceProcess implements AsyncDisposable {
  address = "";
  output = "";
  #child?: Deno.ChildProcess;
  #reading?: Promise<void>;

  /** `entry`: the module to run instead of the service's main module. */
  constructor(
    readonly folder: string,
    readonly env: Record<string, string> = {},
    readonly entry = "main.ts",
  ) {}

  get pid(): number {
    return this.#child!.pid;
  }

  /** Starts it and waits until it logs its address. @throws with its output if it exits first */
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

  /** Sends a signal and waits for the exit. Returns the exit code and the duration in milliseconds. */
  async end(signal: Deno.Signal): Promise<{ code: number; ms: number }> {
    const began = performance.now(), child = this.#child!;
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), longestEndMs);
    const code = await this.ended().finally(() => clearTimeout(timer));
    return { code, ms: performance.now() - began };
  }

  /** Waits until the process exits by itself. Returns the exit code. */
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
