import type { Page } from "playwright-core";
import { openSocket, pause } from "./client.ts";
import type { Program } from "./program.ts";

/** Creates `size` visitors with a room and one message each. */
export async function crowd({ socketAddress }: Program, size: number) {
  const consumers: string[] = Array.from({ length: size }, () => crypto.randomUUID());
  const sockets = await Promise.all(
    consumers.map((consumer) => openSocket(`${socketAddress}/ws/chat/asha/${consumer}`)),
  );
  const sent: number[] = Array(size).fill(0);
  let arrived = 0, total = 0;
  for (const socket of sockets) {
    socket.on("message", (data: unknown) => {
      if (JSON.parse(String(data)).command !== "new_message") throw new Error(`the service answered ${data}`);
      arrived++;
    });
  }
  const say = (visitor: number) => {
    const message = { author: consumers[visitor], content: `${consumers[visitor]} ${++sent[visitor]!}` };
    total++;
    sockets[visitor]!.send(JSON.stringify({ command: "new_message", message }));
  };
  const allArrived = async () => {
    while (arrived < total) await pause(20);
  };
  for (let visitor = 0; visitor < size; visitor++) say(visitor);
  await allArrived();

  return {
    consumers,
    /** Visitors send `rate` messages per second, in turns, until the returned function is called. */
    write(rate: number): () => Promise<void> {
      let due = performance.now(), next = 0;
      const timer = setInterval(() => {
        for (; due <= performance.now(); due += 1_000 / rate) say(next++ % size);
      }, 5);
      return () => (clearInterval(timer), allArrived());
    },
    /** Errors in what a portal shows: its counts and each rendered row. */
    async wrongIn(page: Page, open: string): Promise<string[]> {
      const seen = await page.evaluate(() => ({
        counts: [...document.querySelectorAll<HTMLElement>("[role=tab]")].map((tab) =>
          `${tab.dataset.tab} ${tab.querySelector(".tab-count")!.textContent!.replace(/\D/g, "")}`
        ),
        rows: [...document.querySelectorAll<HTMLElement>("a.room")].map((row) => ({
          consumer: row.dataset.consumer!,
          unread: Number(row.querySelector(".count span")?.textContent ?? 0),
          last: row.querySelector(".room-last")!.textContent,
        })),
      }));
      const expected = [`open ${size}`, `unread ${size - 1}`, "resolved 0", `all ${size}`];
      const wrong = expected.filter((count) => !seen.counts.includes(count));
      for (const { consumer, unread, last } of seen.rows) {
        const count = sent[consumers.indexOf(consumer)];
        // A status change is a message as well, so the exact unread count of those rooms is unknown.
        const isResolvedOnce = consumers.indexOf(consumer) >= size - 100;
        const isRead = consumer === open ? unread === 0 : isResolvedOnce || unread === count;
        if (!isRead || last !== `${consumer} ${count}`) {
          wrong.push(`${consumer}: ${unread} unread, "${last}", but ${count} were written`);
        }
      }
      return seen.rows.length === 0 ? ["no row is drawn"] : wrong;
    },
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
