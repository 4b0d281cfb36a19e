import { Chat } from "./chat.ts";
import { Host } from "./host.ts";

const asked = new URLSearchParams(location.search);
let chat: Chat | undefined;

const host = new Host(asked.get("origin") ?? "", (message) => {
  if (message.type === "init") chat ??= new Chat(host, asked.get("admin") ?? "", message);
  else chat?.heard(message);
});
host.post({ type: "hello" });
