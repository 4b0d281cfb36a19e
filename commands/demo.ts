import { readConfig } from "../server/config.ts";
import { openPasswords } from "../chat/passwords/passwords.ts";
import { openStore } from "../db/open.ts";
import { demoAdmin, demoPassword, demoRooms, seedDemo } from "./demo/seed_demo.ts";
import { seedKnowledge } from "./demo/seed_knowledge.ts";
import { startService } from "../main.ts";
import { CannotListen } from "../server/serve.ts";

/** Starts the service with the demo's account and rooms, in a data folder that is created anew. */
async function demo() {
  const folder = "./demo-data", url = `sqlite:${folder}/parlor.db`;
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const store = await openStore(url);
  const passwords = await openPasswords();
  await seedDemo(store, passwords, Date.now());
  passwords.close();
  await store.close();
  const running = await startService(
    readConfig({
      DATABASE_URL: url,
      HOST: Deno.env.get("HOST"),
      PORT: Deno.env.get("PORT"),
      LOG_LEVEL: "warn",
    }),
  );
  const { address, stop } = running;
  await seedKnowledge(running.service.chat);
  console.log(
    `Parlor's demo, ${demoRooms} rooms: portal ${address}/messages (name ${demoAdmin}, password "${demoPassword}") · ` +
      `test page ${address}/chatbot/${demoAdmin}/1234`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => void stop().finally(() => Deno.exit(0)));
  }
}

if (import.meta.main) {
  try {
    await demo();
  } catch (error) {
    console.error(error instanceof CannotListen ? error.message : error);
    Deno.exit(1);
  }
}
