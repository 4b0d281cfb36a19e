import { Chat } from "./chat.ts";
import { Host } from "./host.ts";
import { Preview } from "./preview.ts";

const asked = new URLSearchParams(location.search);
const origin = asked.get("origin") ?? "";
let chat: Chat | Preview | undefined;

const host = new Host(origin, (message) => {
  if (message.type === "init") chat ??= new Chat(host, asked.get("admin") ?? "", message);
  // A preview contains no visitor's data, and its embedder wrote all of its text.
  else if (message.type === "preview") (chat ??= new Preview()).heard(message);
  else chat?.heard(message);
});
host.post({ type: "hello" });
