// Runs the service with code that looks for its secrets, before it starts and while it runs.
import process from "node:process";
import { main } from "../../main.ts";

const secrets = ["PARLOR_SECRET", "PARLOR_SECRET_PREVIOUS", "METRICS_TOKEN", "LLM_KEY", "DATABASE_URL"];
const ways: Record<string, (name: string) => unknown> = {
  Deno: (name) => Deno.env.get(name),
  Node: (name) => process.env[name],
  system: (name) => Deno.readTextFileSync("/proc/self/environ").includes(`${name}=`),
};

function look(when: string): void {
  for (const [way, read] of Object.entries(ways)) {
    for (const name of secrets) {
      try {
        console.log(`${when} ${way} ${name}: ${read(name) ? "read" : "nothing"}`);
      } catch (error) {
        console.log(`${when} ${way} ${name}: ${(error as Error).name}`);
      }
    }
  }
}

look("before");
await main();
look("after");
console.log("that is all");
