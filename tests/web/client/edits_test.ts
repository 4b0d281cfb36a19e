import assert from "node:assert/strict";
import type { Message } from "../../../protocol/records.ts";
import { Connect } from "../../../web/client/connect.ts";
import { edited, type Edits, noteEdits } from "../../../web/client/edits.ts";
import { memoryStorage } from "../../../web/client/key_value_storage.ts";
import { eventually } from "../../harness/eventually.ts";
import { Parlor } from "../../harness/parlor.ts";
import { Cutter, targetOf } from "../cutter.ts";

const message = (seq: number, content: string, rest: Partial<Message> = {}): Message => ({
  ...{ author: "vera", side: "visitor", room: "asha vera", created: "2026-11-27T10:00:00.000Z" },
  ...{ id: `r.${seq}`, seq, kind: "text", content, ...rest },
});
const edit = (seq: number, of: number, content: string): Message =>
  message(seq, content, { kind: "edit", edit: content ? { seq: of } : { seq: of, deleted: true } });

/** A text as shown after these edits arrived, in this order. */
function shown(text: Message, ...edits: Message[]): Message {
  const known: Edits = new Map();
  for (const one of edits) noteEdits(known, [one]);
  return edited(known, text);
}

Deno.test("of edits that arrive in any order the last one written is shown", () => {
  const [first, second] = [edit(2, 1, "one"), edit(3, 1, "two")];
  for (const edits of [[first, second], [second, first]]) {
    assert.deepEqual(shown(message(1, "zero"), ...edits), message(1, "two", { edited: 3 }));
  }
  const deleted = shown(message(1, "zero"), edit(4, 1, ""), second);
  assert.deepEqual([deleted.content, deleted.deleted, deleted.edited], ["", true, 4]);
});

Deno.test("a page that includes an edit already is not set back by an earlier one", () => {
  const text = message(1, "two", { edited: 3 });
  assert.equal(shown(text, edit(2, 1, "one")), text);
  assert.equal(shown(text, edit(3, 1, "two")), text);
  assert.equal(shown(message(5, "other"), edit(6, 1, "x")).content, "other");
});

Deno.test("an edit that a later one has emptied changes nothing", () => {
  const emptied = message(2, "", { kind: "edit", edit: { seq: 1 } });
  assert.equal(shown(message(1, "zero"), emptied).content, "zero");
});

Deno.test("both sides show an edit live, after a gap, on an older page, and what was deleted", async () => {
  await using parlor = await Parlor.start({
    LIMIT_MESSAGES_PER_ROOM: "off",
    LIMIT_MESSAGES_PER_ADDRESS: "off",
  });
  await using cutter = new Cutter(() => targetOf(parlor.address));
  const asha = await parlor.signUp("asha"), consumer = crypto.randomUUID();
  const visitor = await parlor.chat(asha, consumer);
  for (let n = 1; n <= 70; n++) await visitor.say(`line ${n}`);
  let messages: Message[] = [];
  const client = new Connect({
    url: `${cutter.address.replace("http", "ws")}/ws/chat/asha/${consumer}`,
    storage: memoryStorage(),
    onState() {},
  });
  client.follow({
    replace: (page) => messages = page,
    append: (more) => messages = [...messages, ...more],
    prepend: (older) => messages = [...older, ...messages],
    revise: (change) => messages = messages.map(change),
  });
  client.start();
  try {
    const contentOf = (seq: number) => messages.find((one) => one.seq === seq)?.content;
    await eventually(() => contentOf(70) === "line 70");
    visitor.send({ command: "edit_message", seq: 70, content: "last line" });
    await eventually(() => contentOf(70) === "last line");
    visitor.send({ command: "edit_message", seq: 2, content: "second line" });
    await eventually(() => contentOf(72) === "second line");
    client.fetchOlder();
    await eventually(() => contentOf(2) === "second line");
    cutter.cut();
    visitor.send({ command: "edit_message", seq: 1, content: "first line" });
    visitor.send({ command: "delete_message", seq: 69 });
    await eventually(() => contentOf(1) === "first line" && contentOf(69) === "", { ms: 15_000 });
    assert.equal(messages.find(({ seq }) => seq === 69)!.deleted, true);
    assert.deepEqual(messages.map(({ seq }) => seq), Array.from({ length: 74 }, (_, i) => i + 1));
  } finally {
    client.stop();
  }
});
