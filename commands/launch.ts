/**
 * `deno run … commands/launch.ts PROGRAM …`, as in `deno.json`, starts a program of Parlor in a process of its own, with
 * the permissions that it needs and no others. This process only waits: it passes signals on, and exits as the program does.
 */
import { dirname, relative, resolve } from "node:path";
import { variableNames } from "../server/config.ts";
import { builtOf, digestOfSources } from "../web/build/sources.ts";

/** How a program is started. */
export interface Launch {
  /** Arguments for `deno run`, the program's file last. */
  args: string[];
  env: Record<string, string>;
}
type Environment = Record<string, string | undefined>;

/** Addresses where clouds hand out a machine's credentials. */
const metadataAddresses = [
  "169.254.0.0/16",
  "100.100.100.200",
  "168.63.129.16",
  "[fd00:ec2::254]",
  "metadata.google.internal",
];
const network = ["--allow-net", `--deny-net=${metadataAddresses}`];
/** Read by `npm:ws` as it loads. */
const wsVariables = ["WS_NO_BUFFER_UTIL", "WS_NO_UTF_8_VALIDATE"];
/** Code that is imported on demand, Workers, and served files. */
const code = ["bot", "chat", "db", "jobs", "protocol", "routes", "server", "sockets", "dist", "node_modules"]
  .map((folder) => `./${folder}`);
const strict = ["--frozen", "--no-prompt"];
/** Read by the drivers of PostgreSQL and Deno KV. */
const databaseVariables = ["PG*", "DENO_KV_ACCESS_TOKEN"];
/** For files that the operator names. */
const anyFile = ["--allow-read", "--allow-write"];
/** Without it a handshake allocates as much garbage as the socket itself. */
const smallYoungSpace = "--v8-flags=--max-semi-space-size=2";
/** For glibc: without it the memory of the first twenty password hashes is never returned, some 370 MiB. */
const mallocSettings = { MALLOC_MMAP_THRESHOLD_: "1048576" };

const launches = {
  start: (env: Environment) => service(env, smallYoungSpace),
  dev: (env: Environment) => service(env, "--watch=dist/manifest.json"),
  demo: (): Launch => ({
    args: [
      smallYoungSpace,
      ...strict,
      ...network,
      `--allow-env=${["HOST", "PORT", ...wsVariables]}`,
      `--allow-read=${[...code, "./commands", "./main.ts", "./demo-data"]}`,
      "--allow-write=./demo-data",
      "commands/demo.ts",
    ],
    env: mallocSettings,
  }),
  build: () => build("web/build.ts"),
  built: () => build("web/built.ts"),
  copy: (env: Environment): Launch => ({
    args: [
      ...strict,
      ...mergeLists([
        "--allow-net",
        `--allow-env=${databaseVariables}`,
        "--allow-read=.",
        "--allow-write=.",
        ...flagsIn(env.PERMISSIONS),
      ]),
      "commands/copy.ts",
    ],
    env: {},
  }),
  account: (): Launch => ({
    args: [
      ...[...strict, "--allow-net", `--allow-env=${["DATABASE_URL", ...databaseVariables]}`],
      ...[...anyFile, "commands/account.ts"],
    ],
    env: {},
  }),
  backup: () => operator("backup"),
  restore: () => operator("restore"),
  check: () => operator("check"),
};
export type ProgramName = keyof typeof launches;

/** How `deno task NAME` starts its program in this environment: `DATABASE_URL` and `PERMISSIONS` are read. */
export const launchOf = (name: ProgramName, env: Environment = {}): Launch => launches[name](env);

function service(env: Environment, runtimeFlag: string): Launch {
  const data = dataFolder(env.DATABASE_URL);
  const flags = [
    ...network,
    `--allow-env=${[...variableNames, "PG*", ...wsVariables]}`,
    `--allow-read=${[...code, data]}`,
    `--allow-write=${data}`,
    ...flagsIn(env.PERMISSIONS),
  ];
  return { args: [runtimeFlag, ...strict, ...mergeLists(flags), "main.ts"], env: mallocSettings };
}

const flagsIn = (text = "") => text.split(/\s+/).filter(Boolean);

function operator(command: string): Launch {
  return {
    args: [...strict, "--allow-env=DATABASE_URL", ...anyFile, "commands/operator.ts", command],
    env: {},
  };
}

/** The folder of a database outside of Parlor's own folder; else `./data`: code is never writable. */
function dataFolder(databaseUrl = ""): string {
  const path = /^(?:sqlite|kv):(.+)$/s.exec(databaseUrl)?.[1];
  if (path === undefined || /^(:memory:$|https?:)|,/.test(path)) return "./data";
  const folder = resolve(dirname(path)), own = Deno.cwd();
  const isApart = !isBelow(own, folder) && !isBelow(folder, own);
  return isApart ? folder : "./data";
}

const isBelow = (folder: string, path: string) => !/^\.\.($|[\\/])/.test(relative(folder, path));

/** Merges repeated list flags, which Deno 2.5 refuses. A flag without a list allows everything. */
function mergeLists(flags: string[]): string[] {
  const lists = new Map<string, string[]>();
  for (const flag of flags) {
    const [name, list] = flag.split(/=(.*)/s) as [string, string?];
    const known = lists.get(name);
    if (list === undefined || known?.length === 0) lists.set(name, []);
    else lists.set(name, [...known ?? [], list]);
  }
  return Array.from(lists, ([name, values]) => values.length > 0 ? `${name}=${values}` : name);
}

/** The build may run the compiler, and gets none of the service's environment. */
function build(entry: string): Launch {
  const { imports } = JSON.parse(Deno.readTextFileSync("deno.json"));
  const version = imports.esbuild.split("@").at(-1);
  const { os, arch } = Deno.build;
  const platform = `${os === "windows" ? "win32" : os}-${arch === "aarch64" ? "arm64" : "x64"}`;
  const program = os === "windows" ? "esbuild.exe" : "bin/esbuild";
  const variables = ["BINARY_PATH", "WORKER_THREADS", "MAX_BUFFER"].map((name) => `ESBUILD_${name}`);
  return {
    args: [
      ...strict,
      "--allow-read=.",
      "--allow-write=./dist",
      `--allow-env=${[...variables, "NODE_V8_COVERAGE"]}`,
      `--allow-run=./node_modules/.deno/@esbuild+${platform}@${version}/node_modules/@esbuild/${platform}/${program}`,
      entry,
    ],
    env: Object.fromEntries(
      ["PARLOR_SECRET", "PARLOR_SECRET_PREVIOUS", "METRICS_TOKEN", "LLM_KEY", "DATABASE_URL", "PGPASSWORD"]
        .map((name) => [name, ""]),
    ),
  };
}

function spawn({ args, env }: Launch, more: string[] = []): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), { args: ["run", ...args, ...more], env }).spawn();
}

/** Runs a program until it ends, after a build where it serves built files. Returns its exit code. */
async function run(name: ProgramName, args: string[]): Promise<number> {
  if (["start", "dev", "demo"].includes(name) && builtOf() !== digestOfSources()) {
    const { code } = await spawn(launchOf("built")).status;
    // In development the next change may correct it.
    if (code !== 0 && name !== "dev") return code;
  }
  const children = [spawn(launchOf(name, Deno.env.toObject()), args)];
  if (name === "dev") children.push(spawn(launchOf("build"), ["--watch"]));
  const end = (signal: Deno.Signal) => children.forEach((child) => kill(child, signal));
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => end(signal));
  const { code } = await children[0]!.status;
  end("SIGTERM");
  return code;
}

function kill(child: Deno.ChildProcess, signal: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch {
    // It has ended.
  }
}

if (import.meta.main) {
  const [name = "", ...args] = Deno.args;
  if (!Object.hasOwn(launches, name)) throw new Error(`${name}: takes ${Object.keys(launches).join(", ")}`);
  Deno.exit(await run(name as ProgramName, args));
}
