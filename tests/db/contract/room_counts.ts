import assert from "node:assert/strict";
import fc from "fast-check";
import type { Store } from "../../../db/store.ts";
import type { RoomCounts } from "../../../db/visitor_store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

/** The counts, computed from every room. */
async function counted(store: Store, admin: string): Promise<RoomCounts> {
  const { rooms } = await store.rooms(admin, { limit: 1_000, filter: "all", messages: 0 });
  const having = (test: (room: typeof rooms[number]["room"]) => boolean) =>
    rooms.filter(({ room }) => test(room)).length;
  return {
    open: having(({ status }) => status === "open"),
    resolved: having(({ status }) => status === "resolved"),
    unread: having(({ head, read }) => head > read.admin),
  };
}

const resolve = { side: "admin", kind: "status" } as const;

export function roomCounts(contractTest: ContractTest): void {
  contractTest("an admin without rooms has none of any kind", async (store) => {
    await send(store, veraAtBruno, "hello");
    assert.deepEqual(await store.roomCounts("asha"), { open: 0, resolved: 0, unread: 0 });
  });

  contractTest("counts follow messages, answers, read marks and statuses", async (store) => {
    await store.openRoom(veraAtAsha, morning);
    assert.deepEqual(await store.roomCounts("asha"), { open: 1, resolved: 0, unread: 0 });
    await send(store, veraAtAsha, "one", "two");
    await send(store, victorAtAsha, "three");
    assert.deepEqual(await store.roomCounts("asha"), { open: 2, resolved: 0, unread: 2 });
    await store.markRead(veraAtAsha, "admin", 1);
    assert.deepEqual(await store.roomCounts("asha"), { open: 2, resolved: 0, unread: 2 });
    await store.markRead(veraAtAsha, "admin", 2);
    await store.appendMessage(draft(victorAtAsha, "an answer", { side: "admin" }));
    assert.deepEqual(await store.roomCounts("asha"), { open: 2, resolved: 0, unread: 0 });
    await store.appendMessage(draft(veraAtAsha, "resolved", resolve));
    assert.deepEqual(await store.roomCounts("asha"), { open: 1, resolved: 1, unread: 0 });
    await send(store, veraAtAsha, "one more thing");
    assert.deepEqual(await store.roomCounts("asha"), { open: 2, resolved: 0, unread: 1 });
  });

  contractTest("counts stay over a restart, and each admin has its own", async (store, opened) => {
    await send(store, veraAtAsha, "one");
    await send(store, veraAtBruno, "two");
    await store.appendMessage(draft(veraAtBruno, "resolved", resolve));
    const again = await opened.reopen();
    assert.deepEqual(await again.roomCounts("asha"), { open: 1, resolved: 0, unread: 1 });
    assert.deepEqual(await again.roomCounts("bruno"), { open: 0, resolved: 1, unread: 0 });
  });

  contractTest(
    "whatever is written, in groups at once, counts are what looking at every room finds",
    async (store) => {
      const consumer = fc.constantFrom("vera", "victor", "viola", "vito");
      const write = fc.tuple(
        consumer,
        fc.constantFrom("visitor", "admin", "resolved", "open", "read", "forget"),
      );
      const groups = fc.array(fc.array(write, { maxLength: 12 }), { maxLength: 4 });
      let at = morning;
      await fc.assert(
        fc.asyncProperty(groups, async (groups) => {
          for (const group of groups) {
            await Promise.all(group.map(([consumer, what]) => {
              const key = { admin: "asha", consumer };
              if (what === "read") return store.markRead(key, "admin", 1_000);
              if (what === "forget") return store.forgetVisitor(key);
              const side = what === "visitor" ? "visitor" : "admin";
              const kind = what === side ? "text" : "status";
              return store.appendMessage(draft(key, what, { side, kind, at: ++at }));
            }));
          }
          assert.deepEqual(await store.roomCounts("asha"), await counted(store, "asha"));
        }),
        { numRuns: 25 },
      );
    },
  );

  contractTest("asking for counts takes no longer with 2,000 rooms than with 20", async (store) => {
    const medianMs = async () => {
      const times: number[] = [];
      for (const _ of numbers(50)) {
        const began = performance.now();
        await store.roomCounts("asha");
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[25]!;
    };
    const write = (from: number, to: number) =>
      Promise.all(
        numbers(to).slice(from).map((n) =>
          store.appendMessage(draft({ admin: "asha", consumer: `v${n}` }, "hi"))
        ),
      );
    await write(0, 20);
    const few = await medianMs();
    await write(20, 2_000);
    assert.deepEqual(await store.roomCounts("asha"), { open: 2_000, resolved: 0, unread: 2_000 });
    const many = await medianMs();
    assert.ok(many < few * 3 + 1, `${few} ms, then ${many} ms`);
  });
}
