import { fileURLToPath } from "node:url";
import { launchOf } from "../commands/launch.ts";
import { variableNames } from "../server/config.ts";
import { cpuUsOf } from "./bystanders.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The measured programs: Parlor on both socket implementations, and two programs for comparison. */
export const entries = {
  parlor: "main.ts",
  parlorOnWs: "main.ts",
  floor: "bench/floor.ts",
  bare: "bench/bare.ts",
};
export type ProgramName = keyof typeof entries;

/**
 * A program as a separate process, with the permissions of `deno task start`. Its output goes to a file, as a
 * service's does: reading a pipe would use CPU time that is being measured.
 */
export class Program implements AsyncDisposable {
  address = "";
  /** Time from process start to the first answer. Milliseconds. */
  startMs = 0;

  private constructor(readonly child: Deno.ChildProcess, readonly output: string) {}

  /**
   * Starts it on the database in `folder`, or on another one, and waits for its first answer.
   * @throws with its output if it exits
   */
  static async start(
    name: ProgramName,
    folder: string,
    databaseUrl = `sqlite:${folder}/${name}.db`,
  ): Promise<Program> {
    const output = `${folder}/${name}.log`;
    await Deno.writeTextFile(output, ""); // an earlier start's address would be read otherwise
    const launch = launchOf("start", { PERMISSIONS: `--allow-read=${folder} --allow-write=${folder}` });
    const args = ["run", ...launch.args.with(-1, entries[name])];
    const began = performance.now();
    const child = new Deno.Command("sh", {
      args: ["-c", 'exec "$0" "$@" > "$OUTPUT" 2>&1', Deno.execPath(), ...args],
      env: {
        ...{ ...launch.env, ...limitsOff, PORT: "0", DATABASE_URL: databaseUrl, OUTPUT: output },
        WIRE: name === "parlorOnWs" ? "ws" : "native",
      },
      cwd: root,
    }).spawn();
    const program = new Program(child, output);
    program.address = await program.#listening();
    if (name !== "floor") await (await fetch(`${program.address}/healthz`)).body?.cancel();
    program.startMs = performance.now() - began;
    return program;
  }

  get socketAddress(): string {
    return this.address.replace("http", "ws");
  }

  cpuUs(): number {
    return cpuUsOf(this.child.pid);
  }

  /** Resident memory. KiB. */
  memoryKib(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${this.child.pid}/status`))![1]);
  }

  async #listening(): Promise<string> {
    let ended = false;
    void this.child.status.then(() => ended = true);
    while (true) {
      const said = await Deno.readTextFile(this.output).catch(() => "");
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) return address;
      if (ended) throw new Error(`${this.output}: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async [Symbol.asyncDispose]() {
    this.child.kill("SIGTERM");
    await this.child.status;
  }
}

/** Switches off every limit. */
const limitsOff = Object.fromEntries(
  variableNames.filter((name) => name.startsWith("LIMIT_")).map((name) => [name, "off"]),
);
