import type { Store, StoredChatbot } from "../store.ts";
import type { Engine } from "./engine.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

export function chatbots(engine: Engine): Pick<Store, "chatbot" | "saveChatbot"> {
  return {
    async chatbot(username) {
      return (await engine.get<StoredChatbot>(keys.chatbot(username))).value ?? undefined;
    },
    async saveChatbot(username, settings, at) {
      const before = await update<StoredChatbot>(
        engine,
        keys.chatbot(username),
        () => ({ settings, updated: at }),
      );
      return { created: before === null };
    },
  };
}
