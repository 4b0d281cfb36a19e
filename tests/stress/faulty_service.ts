import "./counted.ts";
import { openLog } from "../../chat/monitoring/log.ts";
import { readConfig } from "../../server/config.ts";
import { startService } from "../../main.ts";
import { guardProcess } from "../../server/process_guard.ts";

// Runs the service with a store and a hub that throw for names starting with "boom": synchronously, or later.
const names = ["PORT", "DATABASE_URL", "WIRE", "PARLOR_SECRET"];
const env = Object.fromEntries(names.map((name) => [name, Deno.env.get(name)]));
const log = openLog("warn");
guardProcess(log);
const running = await startService(readConfig(env), log);
const { chat, hub } = running.service;

function isBoom(args: unknown[]): string | undefined {
  return /boom_(sync|async|type)/.exec(
    JSON.stringify(args, (_, value) => typeof value === "function" ? undefined : value),
  )?.[1];
}

function fail(kind: string): Promise<never> {
  if (kind === "sync") throw new Error("thrown at once");
  if (kind === "type") return Promise.reject("not even an error");
  return new Promise((_, reject) => setTimeout(() => reject(new TypeError("thrown later")), 2));
}

function breakVerbs(thing: object, verbs: readonly string[]): void {
  const target = thing as Record<string, (...args: unknown[]) => unknown>;
  for (const verb of verbs) {
    const right = target[verb]!.bind(thing);
    target[verb] = (...args) => {
      const kind = isBoom(args.filter((arg) => !(arg && typeof arg === "object" && "sendText" in arg)));
      return kind ? fail(kind) : right(...args);
    };
  }
}

breakVerbs(chat.store, ["appendMessage", "messagesAfter", "messagesBefore", "markRead", "openRoom", "rooms"]);
const leave = hub.leaveRoom.bind(hub);
hub.leaveRoom = (connection, key) => {
  leave(connection, key);
  if (key.consumer.startsWith("boom")) throw new Error("thrown at the end");
};
// The room is also read before the upgrade, where a failure would prevent every connection.
const look = chat.store.room.bind(chat.store);
chat.store.room = (key) => key.consumer.startsWith("boom_room") ? fail("sync") : look(key);

console.log(`portal ${running.address}/messages`);
Deno.addSignalListener("SIGTERM", () => void running.stop().finally(() => Deno.exit(0)));
