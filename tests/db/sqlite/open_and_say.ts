import { openStore } from "../../../db/open.ts";

// Opens the given store and prints the result.
try {
  const store = await openStore(Deno.args[0]!);
  console.log("opened");
  await store.close();
} catch (error) {
  console.log((error as Error).message);
  Deno.exit(1);
}
