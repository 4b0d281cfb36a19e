import { BotReportQuery } from "../../protocol/bot_report.ts";
import { DraftQuery, ReviewAct, ReviewQuery, SuggestionUsed } from "../../protocol/bot_review.ts";
import { botReport, botReportCsv } from "../../bot/report/bot_report.ts";
import { decide } from "../../bot/review/decide.ts";
import { review } from "../../bot/review/review.ts";
import { draftAnswer, useSuggestion } from "../../bot/review/used.ts";
import { bodyOf } from "../http/body.ts";
import { nothing, type PortalGroup, queryOf } from "./portal_group.ts";

/** What the team teaches the bot, and what the bot has done. */
export const reviewApi: PortalGroup = ({ chat }, { answer }) => {
  answer("get", "/bot/review", async (c, _, who) => {
    const { limit } = queryOf(c, ReviewQuery);
    return { ...await review(chat, who, limit) };
  });
  answer("post", "/bot/review", async (c, _, who) => ({
    ...await decide(chat, who, await bodyOf(c.req.raw, ReviewAct)),
  }));
  answer("get", "/bot/draft", async (c, _, who) => ({
    ...await draftAnswer(chat, who, queryOf(c, DraftQuery)),
  }));
  answer("get", "/reports/bot", async (c, _, who) => ({
    ...await botReport(chat, who, queryOf(c, BotReportQuery)),
  }));
  answer("get", "/reports/bot.csv", async (c, _, who) => {
    const asked = queryOf(c, BotReportQuery), text = await botReportCsv(chat, who, asked);
    return new Response(text, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="bot-${asked.from}-${asked.to}.csv"`,
      },
    });
  });
  answer("post", "/bot/used", async (c, _, who) => {
    await useSuggestion(chat, who, await bodyOf(c.req.raw, SuggestionUsed));
    return nothing();
  });
};
