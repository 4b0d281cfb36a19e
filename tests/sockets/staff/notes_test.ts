import assert from "node:assert/strict";
import type { Client, Frame } from "../../harness/client.ts";
import { Parlor, test, v1 } from "../../harness/parlor.ts";

const textsOf = ({ entries }: Frame) => entries.map(({ text }: Frame) => text);

/** A workspace with a room in which the visitor has written "hello". */
async function withRoom() {
  const parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  await visitor.say("hello");
  return { parlor, asha, consumer, visitor, own: await ownSocket(parlor, asha, consumer) };
}

/** A member's socket of one room. */
const ownSocket = (parlor: Parlor, { token }: { token: string }, consumer: string): Promise<Client> =>
  parlor.open(`/ws/chat/asha/${consumer}`, { protocols: v1(token) });

test("a note is stored once under its client_id, and says after which message it was written", async () => {
  const { parlor, consumer, visitor, own } = await withRoom();
  await using _ = parlor;
  const note = { command: "note", client_id: "one", text: " A good customer " };
  const first = await own.ask(note, "staff");
  assert.equal(first.consumer, consumer);
  const { created, by, ...entry } = first.entry;
  assert.deepEqual(entry, { n: 1, after: 1, kind: "note", client_id: "one", text: " A good customer " });
  assert(Math.abs(Date.parse(created) - Date.now()) < 60_000);
  await visitor.say("anybody?");
  assert.deepEqual(await own.ask({ ...note, text: "another" }, "staff"), first);
  const second = await own.ask({ ...note, client_id: "two" }, "staff");
  assert.deepEqual([second.entry.n, second.entry.after, second.entry.by], [2, 2, by]);
});

test("a staff log is read in pages from either end, which end at a size too", async () => {
  const { parlor, own } = await withRoom();
  await using _ = parlor;
  for (let n = 1; n <= 5; n++) await own.ask({ command: "note", client_id: `${n}`, text: `${n}` }, "staff");
  const page = (asked: Frame) => own.ask({ command: "fetch_staff", ...asked }, "staff_entries");
  const newest = await page({ limit: 2 });
  assert.deepEqual([textsOf(newest), newest.has_more], [["4", "5"], true]);
  const before = await page({ before: 4, limit: 5 });
  assert.deepEqual([textsOf(before), before.has_more], [["1", "2", "3"], false]);
  const after = await page({ after: 1, limit: 3 });
  assert.deepEqual([textsOf(after), after.has_more], [["2", "3", "4"], true]);
  const last = await page({ after: 5 });
  assert.deepEqual([textsOf(last), last.has_more], [[], false]);

  const long = "\u{1f33b}".repeat(4_000);
  for (let n = 6; n <= 25; n++) await own.ask({ command: "note", client_id: `${n}`, text: long }, "staff");
  const numbers = ({ entries }: Frame) => entries.map(({ n }: Frame) => n);
  for (const asked of [{}, { before: 26 }, { after: 5 }]) {
    const page = await own.ask({ command: "fetch_staff", ...asked }, "staff_entries");
    assert(new TextEncoder().encode(JSON.stringify(page)).length <= 256 * 1024);
    assert.deepEqual([numbers(page).length, page.has_more], [16, true]);
    assert.equal(numbers(page)["after" in asked ? 0 : 15], "after" in asked ? 6 : 25);
  }
});

test("a note that cannot be stored is refused with its client_id", async () => {
  const { parlor, asha, own } = await withRoom();
  await using _ = parlor;
  const refusal = async (socket: Client, more: Frame) => {
    const { error, re, client_id } = await socket.ask({ command: "note", client_id: "x", ...more }, "error");
    return [error.code, re, client_id];
  };
  assert.deepEqual(await refusal(own, { text: "  " }), ["invalid_input", "note", "x"]);
  assert.deepEqual(await refusal(own, { text: "x".repeat(4_001) }), ["too_long", "note", "x"]);
  assert.deepEqual(await refusal(own, { text: "a\0" }), ["invalid_input", "note", "x"]);
  const nowhere = await ownSocket(parlor, asha, crypto.randomUUID());
  assert.deepEqual(await refusal(nowhere, { text: "hello" }), ["invalid_input", "note", "x"]);
  const inbox = await parlor.inbox(asha);
  assert.deepEqual(await refusal(inbox, { text: "hello" }), ["invalid_input", "note", "x"]);
});

test("a visitor, an outsider and a client without the subprotocol neither write nor read a staff log", async () => {
  const { parlor, asha, consumer, visitor, own } = await withRoom();
  await using _ = parlor;
  await own.ask({ command: "note", client_id: "one", text: "between us" }, "staff");
  await parlor.signUp("mallory");
  const seed = await parlor.open(`/ws/chat/asha/${consumer}`, { headers: { cookie: asha.cookie } });
  for (const [socket, code] of [[visitor, "forbidden"], [seed, "unknown_command"]] as const) {
    for (const asked of [{ command: "fetch_staff" }, { command: "note", client_id: "m", text: "hello" }]) {
      assert.equal((await socket.ask(asked, "error")).error.code, code);
    }
  }
  const lobby = await parlor.open("/ws/room/asha", { protocols: v1() });
  assert.equal((await lobby.ask({ command: "fetch_staff", consumer }, "error")).error.code, "forbidden");
  assert.deepEqual(textsOf(await own.ask({ command: "fetch_staff" }, "staff_entries")), ["between us"]);
});
