import { openStore } from "../../db/open.ts";
import { updateRecord } from "../../db/records.ts";

// Writes a record and increments a counter in each commit until the process is killed; prints each commit
// that the store has acknowledged.
const { records } = await openStore(Deno.args[0]!);
let n = 0;

async function writer(name: string): Promise<never> {
  while (true) {
    const put = [{ collection: "burst", key: ["asha", `${++n}`], value: n }];
    await records.commit({ put, add: [{ collection: "burst", key: ["asha"], by: 1 }] });
    await updateRecord(records, { collection: "burst", key: ["last", name] }, () => put[0]!.value);
    Deno.stdout.writeSync(new TextEncoder().encode(`${put[0]!.value}\n`));
  }
}
await Promise.all(["a", "b", "c", "d"].map(writer));
