import {
  AnswerPatch,
  ArticlePatch,
  DropItem,
  ImportQuery,
  KnowledgeQuery,
  NewAnswer,
  NewArticle,
  NewPhrase,
  ReadPages,
  StarterLocale,
} from "../../protocol/knowledge.ts";
import { addAnswer, addPhrase, changeAnswer, dropAnswer, readAnswer } from "../../chat/knowledge/answers.ts";
import { addArticle, changeArticle, dropArticle, readArticle } from "../../chat/knowledge/articles.ts";
import { exportKnowledge } from "../../chat/knowledge/file/export.ts";
import { importKnowledge } from "../../chat/knowledge/file/import.ts";
import { answerPage, articlePage } from "../../chat/knowledge/lists.ts";
import { addStarters } from "../../chat/knowledge/starters/starters.ts";
import { lastChange, undoLast } from "../../chat/knowledge/undo.ts";
import { demand } from "../../chat/permissions.ts";
import { maxKnowledgeFileBytes } from "../../protocol/limits.ts";
import { bodyOf, fileOf } from "../http/body.ts";
import { streamOf } from "./export_api.ts";
import { type Asked, nothing, type PortalGroup, queryOf } from "./portal_group.ts";

// Loaded when somebody reads pages: it is all that needs the runtime's other HTTP client.
const site = () =>
  import(import.meta.resolve("../../chat/knowledge/site/import_pages.ts")) as Promise<
    typeof import("../../chat/knowledge/site/import_pages.ts")
  >;

const idIn = (c: Asked) => c.req.param("id")!;

const mediaTypes = { csv: "text/csv", json: "application/json", markdown: "text/markdown" } as const;

/** What the chatbot answers from. */
export const knowledgeApi: PortalGroup = ({ chat }, { answer }) => {
  answer(
    "get",
    "/answers",
    async (c, _, who) => ({ ...await answerPage(chat, who, queryOf(c, KnowledgeQuery)) }),
  );
  answer(
    "post",
    "/answers",
    async (c, _, who) => c.json(await addAnswer(chat, who, await bodyOf(c.req.raw, NewAnswer)), 201),
  );
  answer("get", "/answers/:id", async (c, _, who) => ({ ...await readAnswer(chat, who, idIn(c)) }));
  answer(
    "patch",
    "/answers/:id",
    async (c, _, who) => ({
      ...await changeAnswer(chat, who, { id: idIn(c), ...await bodyOf(c.req.raw, AnswerPatch) }),
    }),
  );
  answer(
    "post",
    "/answers/:id/phrases",
    async (c, _, who) => ({
      ...await addPhrase(chat, who, { id: idIn(c), ...await bodyOf(c.req.raw, NewPhrase) }),
    }),
  );
  answer("delete", "/answers/:id", async (c, _, who) => {
    await dropAnswer(chat, who, idIn(c), queryOf(c, DropItem).version);
    return nothing();
  });
  answer(
    "get",
    "/articles",
    async (c, _, who) => ({ ...await articlePage(chat, who, queryOf(c, KnowledgeQuery)) }),
  );
  answer(
    "post",
    "/articles",
    async (c, _, who) => c.json(await addArticle(chat, who, await bodyOf(c.req.raw, NewArticle)), 201),
  );
  answer("get", "/articles/:id", async (c, _, who) => ({ ...await readArticle(chat, who, idIn(c)) }));
  answer(
    "patch",
    "/articles/:id",
    async (c, _, who) => ({
      ...await changeArticle(chat, who, { id: idIn(c), ...await bodyOf(c.req.raw, ArticlePatch) }),
    }),
  );
  answer("delete", "/articles/:id", async (c, _, who) => {
    await dropArticle(chat, who, idIn(c), queryOf(c, DropItem).version);
    return nothing();
  });
  answer("get", "/knowledge/last", async (_, __, who) => ({ ...await lastChange(chat, who) }));
  answer("post", "/knowledge/undo", async (_, __, who) => ({ ...await undoLast(chat, who) }));
  answer("post", "/knowledge/starters", async (c, _, who) => {
    const { locale } = await bodyOf(c.req.raw, StarterLocale);
    return c.json(await addStarters(chat, who, locale), 201);
  });
  answer("post", "/knowledge/import", async (c, _, who) => {
    demand(who, "content");
    const { dry_run, kind, as } = queryOf(c, ImportQuery);
    const text = await fileOf(c.req.raw, mediaTypes[kind], maxKnowledgeFileBytes);
    return { ...await importKnowledge(chat, who, { text, kind, as, isDryRun: dry_run !== undefined }) };
  });
  answer("post", "/knowledge/pages", async (c, _, who) => {
    const asked = await bodyOf(c.req.raw, ReadPages), { importPages } = await site();
    return { ...await importPages(chat, who, asked) };
  });
  for (const kind of ["csv", "json"] as const) {
    answer(
      "get",
      `/knowledge/export.${kind}`,
      // deno-lint-ignore require-await -- so that what is refused is a rejection
      async (_, __, who) =>
        new Response(streamOf(exportKnowledge(chat, who, kind)), {
          headers: {
            "content-type": `${mediaTypes[kind]}; charset=utf-8`,
            "content-disposition": `attachment; filename="answers-${who.admin}.${kind}"`,
          },
        }),
    );
  }
};
