import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** The arguments that a task gives to deno: tests run what a user runs. */
export async function taskArguments(name: string): Promise<string[]> {
  const { tasks } = JSON.parse(await Deno.readTextFile(config));
  const { command }: { command: string } = tasks[name];
  // What the task's shell would read as a pattern stands in quotes.
  return command.replaceAll('"', "").split(" ").slice(1);
}
