// Writes until the disk is full, prints the number of stored messages, and kills itself.
import { openStore } from "../../../db/open.ts";
import { reservePath } from "../../../db/sqlite/reserve.ts";
import { eventually } from "../../harness/eventually.ts";
import { draft, veraAtAsha } from "../contract/fixtures.ts";

const [url] = Deno.args as [string];
const path = url.slice("sqlite:".length);
const store = await openStore(url);
for (let stored = 0;; stored++) {
  try {
    await store.appendMessage(draft(veraAtAsha, "x".repeat(3_500)));
    await new Promise((resolve) => setTimeout(resolve, 2));
  } catch {
    // Not while a checkpoint uses the reserved space: other programs may take that space before the next
    // start.
    await eventually(() => isReserved());
    Deno.stdout.writeSync(new TextEncoder().encode(`${stored} full\n`));
    Deno.kill(Deno.pid, "SIGKILL");
  }
}

function isReserved(): boolean {
  try {
    return Deno.statSync(reservePath(path)).size >= 2 ** 19;
  } catch {
    return false;
  }
}
