import { openStore } from "../../../db/open.ts";
import { draft } from "../contract/fixtures.ts";

// Writes to five rooms until it is killed, and prints each message as soon as the store has acknowledged it.
const [url, round] = Deno.args;
const store = await openStore(url!);
const encoder = new TextEncoder();
let count = 0;

async function writer(): Promise<never> {
  while (true) {
    const n = ++count;
    const key = { admin: "asha", consumer: `c${n % 5}` };
    const { message } = await store.appendMessage(
      draft(key, `${round}.${n}`, { client_id: `${round}.${n}` }),
    );
    Deno.stdout.writeSync(encoder.encode(`${key.consumer} ${message.seq} ${message.content}\n`));
  }
}
await Promise.all(Array.from({ length: 20 }, writer));
