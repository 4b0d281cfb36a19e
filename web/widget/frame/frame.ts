import { Chat } from "./chat.ts";
import { Host } from "./host.ts";
import { Preview } from "./preview.ts";

const asked = new URLSearchParams(location.search);
const origin = asked.get("origin") ?? "";
let chat: Chat | Preview | undefined;

const host = new Host(origin, (message) => {
  if (message.type === "init") chat ??= new Chat(host, asked.get("admin") ?? "", message);
  // A preview holds nothing of a visitor's, and whoever shows it wrote all that it says.
  else if (message.type === "preview") (chat ??= new Preview()).heard(message);
  else chat?.heard(message);
});
host.post({ type: "hello" });
