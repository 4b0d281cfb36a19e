import assert from "node:assert/strict";
import fc from "fast-check";
import type { Box, BoxAsked, BoxSort } from "../../../../db/desk_store.ts";
import type { RoomRecord, Store } from "../../../../db/store.ts";
import type { RoomCounts } from "../../../../db/visitor_store.ts";
import type { ContractTest } from "../../store_contract.ts";
import { draft, morning, numbers } from "../fixtures.ts";
import { change } from "./fields.ts";

const isOpen = ({ status, snoozedUntil }: RoomRecord) =>
  (status === "open" || status === "waiting") && snoozedUntil === undefined;
const waits = (room: RoomRecord) => isOpen(room) && room.waitingSince !== undefined;

/** Which rooms a box contains. */
const holds: Record<Box, (room: RoomRecord, id?: string) => boolean> = {
  mine: (room, id) => isOpen(room) && room.assignee === id,
  unassigned: (room) => isOpen(room) && room.assignee === undefined,
  team: (room, id) => isOpen(room) && room.team === id,
  waiting: waits,
  bot: ({ status, snoozedUntil }) => status === "bot" && snoozedUntil === undefined,
  snoozed: ({ status, snoozedUntil }) => status !== "resolved" && snoozedUntil !== undefined,
  label: ({ labels }, id) => labels?.includes(id!) ?? false,
};

const newest = (a: RoomRecord, b: RoomRecord) => b.active - a.active;
const longest = (a: RoomRecord, b: RoomRecord) =>
  (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || newest(a, b);
const labelledAt = ({ labels, labelledAt }: RoomRecord, label: string) =>
  labelledAt![labels!.indexOf(label)]!;

function orderOf({ kind, id }: BoxAsked, sort: BoxSort): (a: RoomRecord, b: RoomRecord) => number {
  if (kind === "label") return (a, b) => labelledAt(b, id!) - labelledAt(a, id!);
  if (kind === "snoozed") return (a, b) => a.snoozedUntil! - b.snoozedUntil!;
  if (kind === "bot") return newest;
  if (kind === "waiting" && sort === "newest") return (a, b) => b.waitingSince! - a.waitingSince!;
  return sort === "newest" ? newest : longest;
}

/** Consumers of all pages of a box. */
async function listed(store: Store, box: BoxAsked, { sort, limit = 50, cursor }: {
  sort?: BoxSort;
  limit?: number;
  cursor?: string;
}): Promise<string[]> {
  const consumers: string[] = [];
  while (true) {
    const page = await store.rooms("asha", { limit, filter: "all", box, sort, messages: 0, cursor });
    assert(page.rooms.length <= limit);
    consumers.push(...page.rooms.map(({ room }) => room.consumer));
    if (page.cursor === undefined) return consumers;
    cursor = page.cursor;
  }
}

async function everyRoom(store: Store): Promise<RoomRecord[]> {
  const { rooms } = await store.rooms("asha", { limit: 1_000, filter: "all", messages: 0 });
  return rooms.map(({ room }) => room);
}

const agents = ["ines", "omar"], teams = ["sales", "support"], labels = ["vip", "bug", "idea"];
const boxes: BoxAsked[] = [
  ...agents.map((id): BoxAsked => ({ kind: "mine", id })),
  ...teams.map((id): BoxAsked => ({ kind: "team", id })),
  ...labels.map((id): BoxAsked => ({ kind: "label", id })),
  ...(["unassigned", "waiting", "bot", "snoozed"] as const).map((kind) => ({ kind })),
];

/** Checks every box in every order, the filters, the counts and the loads against all rooms. */
async function check(store: Store, limit: number): Promise<void> {
  const rooms = await everyRoom(store);
  for (const box of boxes) {
    for (const sort of ["newest", "longest_waiting"] as const) {
      const expected = rooms.filter((room) => holds[box.kind](room, box.id)).sort(orderOf(box, sort));
      const found = await listed(store, box, { sort, limit });
      assert.deepEqual(found, expected.map(({ consumer }) => consumer), `${box.kind} ${box.id} ${sort}`);
    }
  }
  const open = await store.rooms("asha", { limit: 1_000, filter: "open", messages: 0 });
  assert.deepEqual(open.rooms.map(({ room }) => room), rooms.filter(isOpen));
  for (const agent of [...agents, "nobody"]) {
    assert.deepEqual(await store.roomCounts("asha", agent), counted(rooms, agent));
    assert.equal(await store.load("asha", agent), counted(rooms, agent).mine);
  }
}

function counted(rooms: RoomRecord[], agent: string): RoomCounts {
  const having = (test: (room: RoomRecord) => boolean) => rooms.filter(test).length;
  return {
    open: having(isOpen),
    resolved: having(({ status }) => status === "resolved"),
    unread: having(({ head, read }) => head > read.admin),
    waiting: having(waits),
    bot: having((room) => holds.bot(room)),
    snoozed: having((room) => holds.snoozed(room)),
    unassigned: having((room) => holds.unassigned(room)),
    mine: having((room) => holds.mine(room, agent)),
  };
}

type Step = [consumer: string, what: string, which: number];

/** What happens to a room; `at` is later than everything before. */
async function act(store: Store, [consumer, what, which]: Step, at: number): Promise<unknown> {
  const key = { admin: "asha", consumer };
  const pick = <T>(list: T[]): T | null => list[which % (list.length + 1)] ?? null;
  switch (what) {
    case "assign":
      return await store.changeDesk(key, { set: { assignee: pick(agents) } });
    case "team":
      return await store.changeDesk(key, { set: { team: pick(teams) } });
    case "label":
      return await store.changeDesk(key, { set: { labels: labels.filter((_, i) => which >> i & 1) }, at });
    case "snooze":
      return await store.changeDesk(key, { set: { snoozedUntil: which % 2 ? at : null } });
    case "due":
      return await store.changeDesk(key, { set: { dueAt: which % 2 ? at : null } });
    case "read":
      return await store.markRead(key, "admin", 1_000);
    case "forget":
      return await store.forgetVisitor(key);
    case "claim":
      return await store.claimNext("asha", { agent: agents[which % 2]!, teams: [pick(teams)], capacity: 3 });
    case "visitor":
      return await store.appendMessage(draft(key, "hello", { at }));
    case "admin":
    case "bot":
      return await store.appendMessage(
        draft(key, "hello", { at, side: "admin", by: what === "bot" ? "bot" : { id: "ines" } }),
      );
    default:
      return await store.appendMessage(draft(key, what.slice(2), { at, side: "admin", kind: "status" }));
  }
}

const doings = [
  ...[
    "assign",
    "team",
    "label",
    "snooze",
    "due",
    "read",
    "forget",
    "claim",
    "visitor",
    "visitor",
    "admin",
    "bot",
  ],
  ...["> open", "> resolved", "> bot", "> waiting"],
];

export function boxLists(contractTest: ContractTest): void {
  contractTest(
    "whatever happens, boxes, their orders, counts and loads are what looking at every room finds",
    async (store) => {
      const step = fc.tuple(
        fc.constantFrom(...numbers(7).map((n) => `v${n}`)),
        fc.constantFrom(...doings),
        fc.nat(7),
      );
      const groups = fc.array(fc.array(step, { minLength: 4, maxLength: 16 }), {
        minLength: 1,
        maxLength: 4,
      });
      let at = morning;
      await fc.assert(
        fc.asyncProperty(groups, fc.integer({ min: 1, max: 4 }), async (groups, limit) => {
          for (const group of groups) await Promise.all(group.map((step) => act(store, step, ++at)));
          await check(store, limit);
        }),
        { numRuns: 12 },
      );
    },
  );

  contractTest("a box without rooms is an empty last page, and nobody sees another's", async (store) => {
    const key = { admin: "bruno", consumer: "vera" };
    await store.appendMessage(draft(key, "hello"));
    await change(store, key, { set: { assignee: "ines", team: "sales", labels: ["vip"] } });
    for (const box of boxes) assert.deepEqual(await listed(store, box, {}), [], box.kind);
    assert.deepEqual(await store.roomCounts("asha", "ines"), counted([], "ines"));
    assert.equal(await store.load("bruno", "ines"), 1);
    await store.forgetVisitor(key);
    assert.equal(await store.load("bruno", "ines"), 0);
  });

  contractTest(
    "rooms that stay in a box are each listed once, while others come, go and move",
    async (store) => {
      const at = (n: number) => ({ admin: "asha", consumer: `v${n}` });
      for (const n of numbers(20)) await store.appendMessage(draft(at(n), "hello", { at: morning + n }));
      for (const n of numbers(20)) {
        await change(store, at(n), { set: { assignee: "ines", labels: ["vip"] }, at: morning + n });
      }
      for (const n of [17, 18, 19, 20]) {
        await store.appendMessage(draft(at(n), "an answer", { side: "admin", at: morning + 100 + n }));
      }
      const asked: [BoxAsked, BoxSort][] = [
        [{ kind: "mine", id: "ines" }, "newest"],
        [{ kind: "mine", id: "ines" }, "longest_waiting"],
        [{ kind: "waiting" }, "longest_waiting"],
        [{ kind: "waiting" }, "newest"],
        [{ kind: "label", id: "vip" }, "newest"],
      ];
      const firsts = await Promise.all(
        asked.map(([box, sort]) => store.rooms("asha", { limit: 5, filter: "all", box, sort, messages: 0 })),
      );
      await store.appendMessage(draft(at(3), "hello?", { at: morning + 200 }));
      await store.appendMessage(draft(at(9), "an answer", { side: "admin", at: morning + 201 }));
      await change(store, at(12), { set: { assignee: "omar", labels: [] } });
      await store.appendMessage(draft(at(21), "new", { at: morning + 202 }));
      await change(store, at(21), { set: { assignee: "ines", labels: ["vip"] }, at: morning + 202 });
      await change(store, at(6), { set: { snoozedUntil: morning + 500 } });
      const moved = new Set([3, 9, 12, 21, 6].map((n) => `v${n}`));
      for (const [i, [box, sort]] of asked.entries()) {
        const first = firsts[i]!, rest = await listed(store, box, { sort, limit: 5, cursor: first.cursor });
        const seen = [...first.rooms.map(({ room }) => room.consumer), ...rest].filter((name) =>
          !moved.has(name)
        );
        const now = (await listed(store, box, { sort })).filter((name) => !moved.has(name));
        assert.deepEqual(seen, now, `${box.kind} ${sort}`);
      }
    },
  );

  contractTest(
    "a cursor that is none, or of another list, is like none or goes on somewhere",
    async (store) => {
      for (const n of numbers(3)) {
        await store.appendMessage(draft({ admin: "asha", consumer: `v${n}` }, "hi", { at: morning + n }));
      }
      const box = { kind: "unassigned" } as const;
      for (
        const cursor of [
          "",
          "x",
          "active",
          "active.1",
          "1.2",
          "wakes.1.2",
          "active.x.y",
          "9".repeat(200),
          "' --",
        ]
      ) {
        assert.deepEqual(
          await listed(store, box, { cursor, sort: "longest_waiting" }),
          ["v1", "v2", "v3"],
          cursor,
        );
      }
      const { cursor } = await store.rooms("asha", {
        limit: 1,
        filter: "all",
        box: { kind: "waiting" },
        messages: 0,
      });
      await listed(store, box, { cursor });
    },
  );

  contractTest("a box is searched by name, page by page", async (store) => {
    for (const n of numbers(30)) {
      const key = { admin: "asha", consumer: `v${n}` };
      await store.appendMessage(draft(key, "hello", { at: morning + n }));
      if (n % 2) await change(store, key, { set: { assignee: "ines" } });
    }
    await store.saveVisitor({ admin: "asha", consumer: "v7" }, { name: "Thirteen" }, morning);
    const box = { kind: "mine", id: "ines" } as const;
    const find = async (q: string) => {
      const { rooms } = await store.rooms("asha", { limit: 50, filter: "all", box, q, messages: 0 });
      return rooms.map(({ room }) => room.consumer);
    };
    assert.deepEqual(await find("thirt"), ["v7"]);
    assert.deepEqual(await find("v2"), ["v29", "v27", "v25", "v23", "v21"]);
  });
}
