import { Collection, type RecordStore, stored } from "../../collection.ts";
import { numberPart } from "../staff_log.ts";

/** A part of an article's text. Rewritten with its article, in the same commit. */
export interface Passage {
  workspace: string;
  /** Id of the article, its title and its address. */
  article: string;
  title: string;
  url?: string;
  /** 1, 2, 3 … in its article. */
  n: number;
  text: string;
}

export const passages = new Collection<Passage>({
  name: "passages",
  schema: stored(),
  key: ({ workspace, article, n }) => [workspace, article, numberPart(n)],
});

/** The passages of a workspace's articles that are on. */
export async function allPassages(store: RecordStore, workspace: string): Promise<Passage[]> {
  return await Array.fromAsync(passages.all(store, workspace));
}
