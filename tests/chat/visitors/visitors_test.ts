import { deepStrictEqual as deepEqual, rejects } from "node:assert/strict";
import { UnknownRoom } from "../../../chat/errors.ts";
import { sendMessage } from "../../../chat/rooms/messages.ts";
import { forgetVisitor } from "../../../chat/visitors/visitors.ts";
import type { Who } from "../../../chat/who.ts";
import { Unavailable } from "../../../db/errors.ts";
import { inHouse } from "../house.ts";

const asha: Who = { kind: "admin", admin: "asha" };
const key = { admin: "asha", consumer: "vera" };

Deno.test("whoever is forgotten leaves the room also when the answer was lost, and when it is asked again", async () => {
  await inHouse(async (house) => {
    await sendMessage(house, asha, { consumer: "vera", content: "hello" });
    const forgets = house.store.forgetVisitor;
    house.store.forgetVisitor = async (key) => {
      await forgets(key);
      throw new Unavailable("no answer");
    };
    const told = () => house.audience.heard.splice(0).filter(({ type }) => type === "visitor_forgotten");
    await rejects(forgetVisitor(house, asha, "vera"), Unavailable);
    deepEqual(told(), [{ type: "visitor_forgotten", key }]);
    house.store.forgetVisitor = forgets;
    await rejects(forgetVisitor(house, asha, "vera"), UnknownRoom);
    deepEqual(told(), [{ type: "visitor_forgotten", key }]);
  });
});

Deno.test("whoever could not be forgotten stays where it is", async () => {
  await inHouse(async (house) => {
    await sendMessage(house, asha, { consumer: "vera", content: "hello" });
    house.store.forgetVisitor = () => Promise.reject(new Unavailable("a full disk"));
    await rejects(forgetVisitor(house, asha, "vera"), Unavailable);
    deepEqual(house.audience.heard.filter(({ type }) => type === "visitor_forgotten"), []);
  });
});
