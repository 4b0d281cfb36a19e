// Writes to 64 rooms of an admin for some seconds, each room as fast as its writes are acknowledged; prints
// messages per second.
import { openStore } from "../../db/open.ts";
import { uuidV7 } from "../../web/client/uuid_v7.ts";

const [url = "", admin = "", seconds = "3"] = Deno.args;
const content = "Where is my order? It was to come on Tuesday, and I have heard nothing since.";
const store = await openStore(url);
let count = 0;
const end = performance.now() + Number(seconds) * 1_000;
await Promise.all(Array.from({ length: 64 }, async (_, n) => {
  while (performance.now() < end) {
    const draft = { admin, consumer: `visitor-${n}`, side: "visitor", kind: "text", content } as const;
    await store.appendMessage({ ...draft, client_id: uuidV7(), at: Date.now() });
    count++;
  }
}));
console.log(Math.round(count / Number(seconds)));
await store.close();
