import type { Collection, RecordStore } from "../../db/collection.ts";
import type { RecordKey } from "../../db/records.ts";

/** Read at once: an answer takes up to 56 KB, and parsing a page holds the event loop. */
const pageSize = 10;

/** All values of a workspace. @throws {Unavailable} */
export async function* recordsOf<T>(
  collection: Pick<Collection<T>, "list" | "nameOf">,
  store: RecordStore,
  workspace: string,
): AsyncIterable<T> {
  let after: RecordKey | undefined;
  do {
    const page = await collection.list(store, [workspace], { after, limit: pageSize });
    yield* page;
    after = page.length === pageSize ? collection.nameOf(page.at(-1)!).key : undefined;
  } while (after);
}
