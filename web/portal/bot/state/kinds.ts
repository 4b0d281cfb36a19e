import type {
  AnswerButton,
  AnswerSeen,
  AnswerVariant,
  ArticleSeen,
  ButtonAct,
} from "../../../../protocol/knowledge.ts";
import type { Kind } from "./item_draft.ts";

/** A button as it is edited: a new one has no id yet. */
export type ButtonDraft = Omit<AnswerButton, "id"> & { id?: string };

/** What is edited of an answer. */
export interface AnswerFields {
  title: string;
  phrases: string[];
  body: string;
  locales: Record<string, AnswerVariant>;
  buttons: ButtonDraft[];
}

export const answerKind: Kind<AnswerFields> = {
  path: "/messages/api/answers",
  empty: { title: "", phrases: [], body: "", locales: {}, buttons: [] },
};

/** What is edited of an article. */
export interface ArticleFields {
  title: string;
  url: string;
  body: string;
}

export const articleKind: Kind<ArticleFields> = {
  path: "/messages/api/articles",
  empty: { title: "", url: "", body: "" },
};

export type { AnswerSeen, ButtonAct };
/** `url` is absent where there is none. */
export type ArticleEdited = ArticleSeen & { url: string };
