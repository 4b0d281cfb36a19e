import { main } from "../../main.ts";

// The real service; then tries what something else that gets to run in it would like to know.
await main();
for (const name of ["PARLOR_SECRET", "PARLOR_SECRET_PREVIOUS", "METRICS_TOKEN", "DATABASE_URL"]) {
  try {
    console.log(`${name}: ${Deno.env.get(name)}`);
  } catch (error) {
    console.log(`${name}: ${(error as Error).name}`);
  }
}
console.log("tried");
