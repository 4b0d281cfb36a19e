import { Overtaken } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";

// Asks a question in a room, lets four agents answer it concurrently, and repeats until the process is
// killed. Prints each stored answer as `<consumer> <client_id> <seq>` as soon as the store has acknowledged
// it.
const store = await openStore(Deno.args[0]!);

async function converse(consumer: string): Promise<never> {
  const key = { admin: "asha", consumer };
  while (true) {
    const question = { ...key, side: "visitor", kind: "text", content: "?", at: Date.now() } as const;
    const { message: { seq } } = await store.appendMessage(question);
    await Promise.all(["ana", "ben", "cleo", "dan"].map(async (id) => {
      const answer = { ...question, side: "admin", by: { id }, client_id: `${id} ${seq}` } as const;
      try {
        const { message } = await store.appendMessage({ ...answer, onlyIf: { noOtherAfter: seq } });
        Deno.stdout.writeSync(new TextEncoder().encode(`${consumer} ${message.client_id} ${message.seq}\n`));
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }));
  }
}
await Promise.all(["vera", "victor", "wanda"].map(converse));
