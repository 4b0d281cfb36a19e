// Writes until the disk is full, says how many messages were stored, and waits to be killed.
import { openStore } from "../../../db/open.ts";
import { draft, veraAtAsha } from "../contract/cast.ts";

const store = await openStore(Deno.args[0]!);
for (let stored = 0;; stored++) {
  try {
    await store.appendMessage(draft(veraAtAsha, "x".repeat(3_500)));
    await new Promise((resolve) => setTimeout(resolve, 2));
  } catch {
    console.log(`${stored} full`);
    break;
  }
}
await new Promise((resolve) => setTimeout(resolve, 60_000));
