import type { ArticleSeen } from "../../../protocol/knowledge.ts";
import { Collection, stored } from "../../collection.ts";
import { titlePart } from "./title_part.ts";

/** A longer text of a workspace. */
export interface Article extends Omit<ArticleSeen, "updated"> {
  workspace: string;
  /** Milliseconds since 1970. */
  updated: number;
  /** Passages that its text is cut into; stored while it is enabled. */
  passages: number;
}

/** `byTitle`: of a workspace; `byUrl`: those that are on a page. */
export const articles = new Collection<Article, "byTitle" | "byUrl">({
  name: "articles",
  schema: stored(),
  key: ({ workspace, id }) => [workspace, id],
  indexes: {
    byTitle: { key: ({ workspace, title }) => [workspace, titlePart(title)] },
    byUrl: { key: ({ workspace, url }) => url === undefined ? undefined : [workspace, urlPart(url)] },
  },
});

/** An address as a key part, cut off, since keys are short. */
export const urlPart = (url: string): string => url.slice(0, 200).toWellFormed();
