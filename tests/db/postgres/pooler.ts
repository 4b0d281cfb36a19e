import { join } from "node:path";
import type { PostgresServer } from "../../harness/postgres.ts";

const binary = "/usr/sbin/pgbouncer";
const isFull = Deno.env.get("PARLOR_FULL_TESTS") === "1";
const isThere = await Deno.stat(binary).then(() => true, () => false);
if (!isThere && isFull) throw new Error("PARLOR_FULL_TESTS=1 needs pgbouncer");

/** Reason why no pooler can be started here; undefined if one can. */
export const noPooler = isThere ? undefined : `there is no ${binary}`;

export type PoolMode = "transaction" | "statement" | "session";

/** A real PgBouncer in front of a server, on a free port. */
export class Pooler implements AsyncDisposable {
  #child: Deno.ChildProcess | undefined;

  private constructor(readonly server: PostgresServer, readonly folder: string, readonly port: number) {}

  /**
   * `ignored`: startup parameters that it drops, as the documentation of many hosting providers recommends.
   */
  static async start(
    server: PostgresServer,
    mode: PoolMode,
    { ignored = [] as string[] } = {},
  ): Promise<Pooler> {
    const folder = await Deno.makeTempDir({ prefix: "parlor-pooler-" });
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const pooler = new Pooler(server, folder, listener.addr.port);
    listener.close();
    await pooler.configure(mode, ignored);
    await pooler.run();
    return pooler;
  }

  /** The same URL through the pooler. */
  url(url: string): string {
    const over = new URL(url);
    over.port = String(this.port);
    return over.href;
  }

  async configure(mode: PoolMode, ignored: string[] = []): Promise<void> {
    const { username, password } = new URL(this.server.url());
    await this.#write("users.txt", `"${username}" "${decodeURIComponent(password)}"\n`);
    await this.#write(
      "pgbouncer.ini",
      `[databases]
* = host=127.0.0.1 port=${this.server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${this.port}
unix_socket_dir =
auth_type = plain
auth_file = ${join(this.folder, "users.txt")}
pool_mode = ${mode}
default_pool_size = 30
ignore_startup_parameters = ${ignored.join(",") || "extra_float_digits"}
`,
    );
  }

  async run(): Promise<void> {
    await Deno.chmod(this.folder, 0o755);
    this.#child = new Deno.Command(binary, {
      args: ["-q", ...(Deno.uid() === 0 ? ["-u", "postgres"] : []), join(this.folder, "pgbouncer.ini")],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    for (let tries = 0;; tries++) {
      try {
        return (await Deno.connect({ hostname: "127.0.0.1", port: this.port })).close();
      } catch (error) {
        if (tries === 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }

  /** Ends the process and with it all connections. */
  async end(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#child?.status;
    this.#child = undefined;
  }

  /** Makes it reload its settings; connections stay open. */
  reload(): void {
    this.#child!.kill("SIGHUP");
  }

  async [Symbol.asyncDispose]() {
    await this.end();
    await Deno.remove(this.folder, { recursive: true });
  }

  async #write(name: string, text: string): Promise<void> {
    await Deno.writeTextFile(join(this.folder, name), text, { mode: 0o644 });
  }
}
