import { botTurns } from "../../db/collections/bot_turns.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { InvalidInput } from "../errors.ts";

/** Verifies that the bot answers in this workspace, and forgets that it handed the room over. @throws {InvalidInput | Unavailable} */
export async function prepareForBot(chat: Pick<Chat, "store">, { admin, consumer }: RoomKey): Promise<void> {
  const { bot } = await chatbotOf(chat, admin);
  if (bot.mode !== "answer") throw new InvalidInput({ status: "the bot does not answer here" });
  await botTurns.update(chat.store, [admin, consumer], (turn) => {
    if (!turn?.handing) return undefined;
    const { handing: _, ...rest } = turn;
    return { ...rest, misses: 0, turns: 0 };
  });
}
