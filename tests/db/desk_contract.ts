import { sanitized } from "../harness/sanitized.ts";
import { boxLists } from "./contract/desk/boxes.ts";
import { claiming } from "./contract/desk/claiming.ts";
import { deskFields } from "./contract/desk/fields.ts";
import type { ContractTest, Opened } from "./store_contract.ts";

/** The guarantees of `db/desk_store.ts`, tested on one driver with its real engine. */
export function testDeskStore(name: string, open: () => Promise<Opened>): void {
  const contractTest: ContractTest = (guarantee, test) =>
    Deno.test(`${name}: ${guarantee}`, sanitized, async () => {
      const opened = await open();
      try {
        await test(opened.store, opened);
      } finally {
        await opened.dispose();
      }
    });
  for (const declare of [deskFields, boxLists, claiming]) declare(contractTest);
}
