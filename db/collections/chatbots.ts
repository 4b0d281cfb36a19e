import { Collection, type RecordStore, stored } from "../collection.ts";
import type { Policy, Store, StoredChatbot } from "../store.ts";
import { type AccountEntry, accounts, isAccount } from "./accounts.ts";
import { keptValues } from "./kept_values.ts";

export const chatbots = new Collection<StoredChatbot & { username: string }>({
  name: "chatbots",
  schema: stored(),
  key: ({ username }) => [username],
});

export function chatbotVerbs(store: RecordStore): Pick<Store, "chatbot" | "saveChatbot" | "policies"> {
  return {
    async chatbot(username) {
      const found = await chatbots.get(store, [username]);
      return found && { settings: found.settings, updated: found.updated };
    },
    async saveChatbot(username, settings, updated) {
      const before = await chatbots.update(store, [username], () => ({ username, settings, updated }));
      return { created: before === undefined };
    },
    async policies(asked) {
      const found = await store.records.getMany(asked.flatMap(({ username, secretName }) => [
        { collection: accounts.name, key: [username] },
        { collection: chatbots.name, key: [username] },
        { collection: keptValues.name, key: [secretName] },
      ]));
      return asked.map((_, i) => policyOf(found.slice(3 * i, 3 * i + 3).map((record) => record?.value)));
    },
  };
}

function policyOf([account, chatbot, secret]: unknown[]): Policy {
  const policy: Policy = {};
  if (isAccount(account as AccountEntry | undefined)) policy.account = (account as { id: string }).id;
  if (chatbot) policy.updated = (chatbot as StoredChatbot).updated;
  if (secret) policy.secret = (secret as { value: string }).value;
  return policy;
}
