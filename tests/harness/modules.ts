import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A file as Deno sees it, with what it imports: `code` as it runs, `type` for its types alone. */
export interface Module {
  specifier: string;
  dependencies?: {
    specifier: string;
    code?: { specifier?: string };
    type?: { specifier?: string };
    isDynamic?: boolean;
  }[];
}

/** All that can be reached from a file of the house. */
export async function modulesFrom(entry: string): Promise<Module[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: root })
    .output();
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}
