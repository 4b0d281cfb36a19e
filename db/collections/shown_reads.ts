import { Collection, stored } from "../collection.ts";

/**
 * How far a room's visitor has been told that the admin's side has read. Only of rooms that were marked as unread
 * afterwards: the visitor is not to notice.
 */
export interface ShownRead {
  workspace: string;
  consumer: string;
  seq: number;
}

export const shownReads = new Collection<ShownRead>({
  name: "shown_reads",
  schema: stored(),
  key: ({ workspace, consumer }) => [workspace, consumer],
});
