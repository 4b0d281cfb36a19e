import type { Assignment } from "../../protocol/desk.ts";
import { Collection, stored } from "../collection.ts";

/** A named set of members. Who belongs to it is part of each member. */
export interface Team {
  workspace: string;
  id: string;
  name: string;
  assignment: Assignment;
  created: number;
}

export const teams = new Collection<Team>({
  name: "teams",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
  isWatched: true,
});
