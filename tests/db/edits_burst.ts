import { NotEditable } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";

// Writes texts in two rooms, edits and deletes them concurrently, and repeats until the process is killed.
// Prints each stored edit as `<consumer> <seq of the text> <seq of the edit>` as soon as the store has
// acknowledged it.
const store = await openStore(Deno.args[0]!);

async function write(consumer: string): Promise<never> {
  const key = { admin: "asha", consumer };
  while (true) {
    const text = { ...key, side: "visitor", kind: "text", content: "draft", at: Date.now() } as const;
    const { message: { seq } } = await store.appendMessage(text);
    await Promise.all(["one", "two", "", "three"].map(async (content) => {
      const target = content ? { seq } : { seq, deleted: true as const };
      const edit = { ...text, kind: "edit", content, edit: target } as const;
      try {
        const { message } = await store.appendMessage(edit);
        Deno.stdout.writeSync(new TextEncoder().encode(`${consumer} ${seq} ${message.seq}\n`));
      } catch (error) {
        if (!(error instanceof NotEditable)) throw error;
      }
    }));
  }
}
await Promise.all(["vera", "victor"].map(write));
