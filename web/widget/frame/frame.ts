import type { ToFrame } from "../bridge.ts";
import { Chat } from "./chat.ts";
import { Host } from "./host.ts";
import { Preview } from "./preview.ts";
import { wordsIn } from "./words.ts";

const asked = new URLSearchParams(location.search);
const origin = asked.get("origin") ?? "";
let chat: Chat | Preview | undefined;
/** The handling of the page's messages, one after the other: the first one waits for the strings. */
let handled = Promise.resolve();

const host = new Host(origin, (message) => handled = handled.then(() => handle(message)));
host.post({ type: "hello" });

async function handle(message: ToFrame): Promise<void> {
  if (message.type === "init") {
    if (chat) return;
    const spoken = await wordsIn([message.settings.locale, ...navigator.languages]);
    chat = new Chat(host, asked.get("admin") ?? "", { ...message, spoken });
    // A preview contains no visitor's data, and its embedder wrote all of its text.
  } else if (message.type === "preview") await (chat ??= new Preview()).heard(message);
  else await chat?.heard(message);
}
