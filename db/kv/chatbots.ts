import type { Policy, Store, StoredChatbot } from "../store.ts";
import type { Engine } from "./engine.ts";
import { type AccountEntry, isAccount } from "./accounts.ts";
import { keys } from "./keys.ts";
import { update } from "./update.ts";

export function chatbots(engine: Engine): Pick<Store, "chatbot" | "saveChatbot" | "policies"> {
  return {
    async policies(asked) {
      const found = await engine.getMany<unknown>(asked.flatMap(({ username, secretName }) => [
        keys.account(username),
        keys.chatbot(username),
        keys.kept(secretName),
      ]));
      return asked.map((_, i) => {
        const [account, chatbot, secret] = found.slice(3 * i, 3 * i + 3).map(({ value }) => value);
        const policy: Policy = {};
        const entry = account as AccountEntry | null, stored = chatbot as StoredChatbot | null;
        if (isAccount(entry)) policy.account = entry.id ?? "";
        if (stored) policy.updated = stored.updated;
        if (secret !== null) policy.secret = secret as string;
        return policy;
      });
    },
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
