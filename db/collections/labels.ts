import { Collection, stored } from "../collection.ts";

export interface Label {
  workspace: string;
  id: string;
  name: string;
  /** As `#rrggbb`. */
  colour: string;
  created: number;
}

export const labels = new Collection<Label>({
  name: "labels",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
  isWatched: true,
});
