import { Block, ContactPatch, MergeRooms, Search } from "../../protocol/portal.ts";
import { blockedVisitors, blockVisitor, unblockVisitor } from "../../chat/visitors/blocks.ts";
import { changeContact } from "../../chat/visitors/contact.ts";
import { InvalidInput } from "../../chat/errors.ts";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { search } from "../../chat/rooms/search.ts";
import { forgetVisitor, roomAndVisitor } from "../../chat/visitors/visitors.ts";
import { wireRoom } from "../../chat/rooms/wire_room.ts";
import { mergeByHand } from "../../chat/staff/merging.ts";
import { bodyOf } from "../http/body.ts";
import { consumerIn, nothing, type PortalGroup } from "./portal_group.ts";

/** Search, and a workspace's visitors. */
export const visitorsApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/search", async (c, _, who) => {
    const asked = Search.safeParse(c.req.query());
    if (!asked.success) throw new InvalidInput(fieldsOf(asked.error));
    return { ...await search(chat, who, asked.data) };
  });

  answer(
    "get",
    "/rooms/:consumer",
    async (c, _, who) => ({ ...await roomAndVisitor(chat, who, consumerIn(c)) }),
  );
  answer(
    "patch",
    "/rooms/:consumer/visitor",
    async (c, _, who) => ({
      ...await changeContact(chat, who, consumerIn(c), await bodyOf(c.req.raw, ContactPatch)),
    }),
  );
  answer("post", "/rooms/:consumer/merge", async (c, _, who) => {
    const { from } = await bodyOf(c.req.raw, MergeRooms);
    return { room: wireRoom(chat.audience, await mergeByHand(chat, who, consumerIn(c), from)) };
  });
  answer("delete", "/rooms/:consumer", async (c, _, who) => {
    await forgetVisitor(chat, who, consumerIn(c));
    return nothing();
  });

  answer("get", "/blocked", async (_, __, who) => ({ ...await blockedVisitors(chat, who) }));
  answer("post", "/blocked", async (c, _, who) => {
    const { consumer } = await bodyOf(c.req.raw, Block);
    return { room: await blockVisitor(chat, who, consumer) };
  });
  answer(
    "delete",
    "/blocked/:consumer",
    async (c, _, who) => ({ room: await unblockVisitor(chat, who, consumerIn(c)) }),
  );
};
