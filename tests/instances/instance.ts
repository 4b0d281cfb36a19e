import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("./process.ts", import.meta.url));
const limits = ["MESSAGES_PER_ROOM", "MESSAGES_PER_ADDRESS", "ROOMS_PER_ADDRESS", "SOCKETS_PER_ADDRESS"]
  .concat("FRAMES_PER_SOCKET", "SIGNUPS", "LOGINS");
const unlimited = Object.fromEntries(limits.map((name) => [`LIMIT_${name}`, "off"]));

const ofDeno = Object.fromEntries(
  ["HOME", "PATH", "DENO_DIR"].flatMap((name) => Deno.env.has(name) ? [[name, Deno.env.get(name)!]] : []),
);

/** One of several processes that share a database. Started again, it has the port it had. */
export class Instance {
  address = "";
  #child: Deno.ChildProcess | undefined;
  #reading: Promise<void> | undefined;

  constructor(readonly databaseUrl: string, readonly env: Record<string, string> = {}) {}

  async start(): Promise<this> {
    const port = this.address ? new URL(this.address).port : "0";
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--frozen", "-A", "--no-prompt", entry],
      // What the tests are told in their environment is none of its business.
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

  /** Ends it at once, or in order with SIGTERM; answers how many milliseconds that took. */
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
