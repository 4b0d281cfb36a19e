import { botRooms } from "./contract/desk/bot.ts";
import { boxLists } from "./contract/desk/boxes.ts";
import { claiming } from "./contract/desk/claiming.ts";
import { deskFields } from "./contract/desk/fields.ts";
import { contractTestOf, type Opened } from "./store_contract.ts";

/** The guarantees of `db/desk_store.ts`, tested on one driver with its real engine. */
export function testDeskStore(name: string, open: () => Promise<Opened>): void {
  const contractTest = contractTestOf(name, open);
  for (const declare of [deskFields, boxLists, claiming, botRooms]) declare(contractTest);
}
