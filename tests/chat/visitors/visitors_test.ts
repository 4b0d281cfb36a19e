import { deepStrictEqual as deepEqual, rejects } from "node:assert/strict";
import { UnknownRoom } from "../../../chat/errors.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { forgetVisitor } from "../../../chat/visitors/visitors.ts";
import { acting } from "../../harness/acting.ts";
import { Unavailable } from "../../../db/errors.ts";
import { withChat } from "../chat_fixture.ts";

const asha = acting("asha");
const key = { admin: "asha", consumer: "vera" };

Deno.test("whoever is forgotten leaves the room also when the answer was lost, and when it is asked again", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, asha, { consumer: "vera", content: "hello" });
    const forgets = chat.store.forgetVisitor;
    chat.store.forgetVisitor = async (key) => {
      await forgets(key);
      throw new Unavailable("no answer");
    };
    const told = () => chat.audience.heard.splice(0).filter(({ type }) => type === "visitor_forgotten");
    await rejects(forgetVisitor(chat, asha, "vera"), Unavailable);
    deepEqual(told(), [{ type: "visitor_forgotten", key }]);
    chat.store.forgetVisitor = forgets;
    await rejects(forgetVisitor(chat, asha, "vera"), UnknownRoom);
    deepEqual(told(), [{ type: "visitor_forgotten", key }]);
  });
});

Deno.test("whoever could not be forgotten stays where it is", async () => {
  await withChat(async (chat) => {
    await sendMessage(chat, asha, { consumer: "vera", content: "hello" });
    chat.store.forgetVisitor = () => Promise.reject(new Unavailable("a full disk"));
    await rejects(forgetVisitor(chat, asha, "vera"), Unavailable);
    deepEqual(chat.audience.heard.filter(({ type }) => type === "visitor_forgotten"), []);
  });
});
