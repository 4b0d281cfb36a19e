import { Moved } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";

// Merges rooms into one while others write to both, and repeats until the process is killed. Prints the client id
// of each stored message as soon as the store has acknowledged it.
const store = await openStore(Deno.args[0]!);
const vera = { admin: "asha", consumer: "vera" };

async function write(consumer: string, id: string): Promise<void> {
  const key = { ...vera, consumer };
  const text = {
    ...key,
    side: "visitor",
    kind: "text",
    content: `text ${id}`,
    client_id: id,
    at: Date.now(),
  } as const;
  await store.appendMessage(text).catch((error) => {
    if (!(error instanceof Moved)) throw error;
    return store.appendMessage({ ...text, consumer: error.into });
  });
  Deno.stdout.writeSync(new TextEncoder().encode(`${id}\n`));
}

for (let n = 1;; n++) {
  const anna = { ...vera, consumer: `anna${n}` };
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(anna.consumer, `${n}-a${i}`)));
  await Promise.all([
    store.mergeRooms(anna, vera.consumer, Date.now()),
    ...Array.from({ length: 10 }, (_, i) => write(vera.consumer, `${n}-v${i}`)),
    ...Array.from({ length: 10 }, (_, i) => write(anna.consumer, `${n}-b${i}`)),
  ]);
}
