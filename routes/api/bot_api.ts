import { BotTry } from "../../protocol/bot_try.ts";
import { Unavailable } from "../../db/errors.ts";
import { demand } from "../../chat/permissions.ts";
import { bodyOf } from "../http/body.ts";
import type { PortalGroup } from "./portal_group.ts";

/** What the bot understands, for those who write its answers. */
export const botApi: PortalGroup = ({ chat }, { answer }) => {
  // deno-lint-ignore require-await -- so that what is refused is a rejection
  answer("get", "/bot", async (_, __, who) => {
    demand(who, "read");
    return { llm: chat.bot?.hasModel === true };
  });
  answer("post", "/bot/try", async (c, _, who) => {
    const workspace = demand(who, "read"), asked = await bodyOf(c.req.raw, BotTry);
    return { ...running(await chat.bot?.tryOut?.(workspace, asked)) };
  });
  answer("get", "/bot/report_card", async (_, __, who) => ({
    ...running(await chat.bot?.reportCard?.(demand(who, "read"))),
  }));
};

/** @throws {Unavailable} while the process ends */
function running<T>(given: T | undefined): T {
  if (given === undefined) throw new Unavailable("The bot is not running");
  return given;
}
