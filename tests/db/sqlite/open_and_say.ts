import { openStore } from "../../../db/open.ts";

// Opens the store it is given and says how that went.
try {
  const store = await openStore(Deno.args[0]!);
  console.log("opened");
  await store.close();
} catch (error) {
  console.log((error as Error).message);
  Deno.exit(1);
}
