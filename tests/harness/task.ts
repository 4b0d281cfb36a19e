import { fileURLToPath } from "node:url";

const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** A task that runs Deno, as deno.json has it: tests and benchmarks run what a user runs. */
export interface Task {
  /** What it sets in the environment. */
  env: Record<string, string>;
  /** What it gives to deno. */
  args: string[];
}

export async function taskOf(name: string): Promise<Task> {
  const { tasks } = JSON.parse(await Deno.readTextFile(config));
  const command: string = tasks[name].command ?? tasks[name];
  const begin = command.indexOf("deno run");
  const settings = command.slice(0, begin).matchAll(/(\w+)=(\S+)/g);
  return {
    env: Object.fromEntries([...settings].map(([, name, value]) => [name, value])),
    // What the task's shell would read as a pattern stands in quotes.
    args: command.slice(begin).replaceAll('"', "").split(" ").slice(1),
  };
}
