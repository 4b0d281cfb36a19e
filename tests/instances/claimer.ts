// Claims rooms for some agents until none is left: each for whoever of all agents has least to do. Prints each
// claim.
import { openStore } from "../../db/open.ts";

const [url = "", own = "", all = ""] = Deno.args;
const agents = own.split(","), everybody = all.split(",");
const store = await openStore(url);

/** At most one more than whoever has least. */
async function claimOne(agent: string): Promise<boolean> {
  const loads = await Promise.all(everybody.map((one) => store.load("asha", one)));
  const room = await store.claimNext("asha", { agent, teams: [null], capacity: Math.min(...loads) + 1 });
  if (room) console.log(`${room.consumer} ${agent}`);
  return room !== undefined;
}

const isLeft = async () => (await store.roomCounts("asha", agents[0]!)).unassigned! > 0;

await Promise.all(agents.map(async (agent) => {
  while (await claimOne(agent) || await isLeft());
}));
await store.close();
