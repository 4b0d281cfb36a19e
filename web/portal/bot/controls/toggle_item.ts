import type { Live } from "../../service/live.ts";
import { call } from "../../service/calls.ts";
import type { ItemList } from "../state/item_list.ts";
import type { Row } from "./item_rows.tsx";
import { toastFailure } from "./undo.ts";

/** Switches an answer or an article on or off at once; a refusal switches it back and is said. */
export async function toggleItem<R extends Row>(live: Live, list: ItemList<R>, row: R): Promise<void> {
  list.put({ ...row, enabled: !row.enabled });
  try {
    const body = { enabled: !row.enabled, version: row.version };
    const { version, updated, enabled } = await call<R>(
      "PATCH",
      `/messages/api/${list.name}/${row.id}`,
      body,
    );
    list.put({ ...row, version, updated, enabled });
  } catch (error) {
    list.put(row);
    toastFailure(live, error);
    void list.load();
  }
}
