import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** The arguments of a task in `deno.json`, so that tests run the same command as users. */
export async function taskArguments(name: string): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(config));
  const { command }: { command: string } = tasks[name];
  // Patterns are quoted against the task's shell.
  return command.replaceAll('"', "").split(" ").slice(1);
}
