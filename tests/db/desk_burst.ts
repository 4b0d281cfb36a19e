import { openStore } from "../../db/open.ts";

// Lets visitors write, agents claim rooms, answer and snooze them, each change with a record, until the process
// is killed; prints each claim that the store has acknowledged.
const store = await openStore(Deno.args[0]!);
const round = Deno.args[1]!;
let n = 0;

async function agent(name: string): Promise<never> {
  while (true) {
    const key = { admin: "asha", consumer: `v${round}-${++n}` };
    await store.appendMessage({ ...key, side: "visitor", kind: "text", content: "hello", at: Date.now() });
    const room = await store.claimNext("asha", {
      ...{ agent: name, teams: [null], capacity: 1_000_000 },
      commit: ({ consumer }) =>
        Promise.resolve({ put: [{ collection: "burst", key: ["asha", consumer], value: name }] }),
    });
    if (!room) continue;
    Deno.stdout.writeSync(new TextEncoder().encode(`${room.consumer} ${name}\n`));
    if (n % 3 === 0) await store.changeDesk(room, { set: { snoozedUntil: Date.now(), labels: ["later"] } });
    const by = { id: name };
    if (n % 2) {
      await store.appendMessage({
        ...room,
        side: "admin",
        kind: "text",
        content: "hello",
        at: Date.now(),
        by,
      });
    }
    if (n % 5 === 0) {
      await store.appendMessage({
        ...room,
        side: "visitor",
        kind: "text",
        content: "thanks",
        at: Date.now(),
      });
    }
  }
}
await Promise.all(["ines", "omar", "mia", "noor"].map(agent));
