import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A module with its imports, from `deno info`: `code` at run time, `type` for types only. */
export interface Module {
  specifier: string;
  dependencies?: {
    specifier: string;
    code?: { specifier?: string };
    type?: { specifier?: string };
    isDynamic?: boolean;
  }[];
}

/** All modules reachable from a file of this repository. */
export async function modulesFrom(entry: string): Promise<Module[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: root })
    .output();
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}
