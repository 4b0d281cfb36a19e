import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("./process.ts", import.meta.url));
const limits = ["MESSAGES_PER_ROOM", "MESSAGES_PER_ADDRESS", "ROOMS_PER_ADDRESS", "SOCKETS_PER_ADDRESS"]
  .concat("FRAMES_PER_SOCKET", "SIGNUPS", "LOGINS");
const unlimited = Object.fromEntries(limits.map((name) => [`LIMIT_${name}`, "off"]));

const ofDeno = Object.fromEntries(
  ["HOME", "PATH", "DENO_DIR"].flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []),
);

/** One of several processes that share a database. It keeps its port when restarted. */
export class Instance {
  address = "";
  #child: Deno.ChildProcess | undefined;
  #reading: Promise<void> | undefined;

  constructor(readonly databaseUrl: string, readonly env: Record<string, string> = {}) {}

  async start(): Promise<this> {
    const port = this.address ? new URL(this.address).port : "0";
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--frozen", "-A", "--no-prompt", entry],
      // The instance must not inherit the tests' environment variables.
      clearEnv: true,
      env: {
        ...ofDeno,
        DATABASE_URL: this.databaseUrl,
        PORT: port,
        LOG_LEVEL: "error",
        ...unlimited,
        ...this.env,
      },
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const lines = this.#child.stdout.pipeThrough(
      new TextDecoderStream() as TransformStream<Uint8Array<ArrayBuffer>, string>,
    );
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#reading = (async () => {
      for await (const text of lines) {
        const address = /http:\S+/.exec(text)?.[0];
        if (address) resolve(address);
        else console.error(text.trimEnd());
      }
      reject(new Error("The instance ended before it listened"));
    })();
    this.address = await promise;
    return this;
  }

  /** Ends the process immediately, or gracefully with SIGTERM; returns how long that took. Milliseconds. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number> {
    const child = this.#child, began = performance.now();
    if (!child) return 0;
    this.#child = undefined;
    child.kill(signal);
    await child.status;
    await this.#reading?.catch(() => {});
    return performance.now() - began;
  }
}
