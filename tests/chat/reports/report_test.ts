import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { beginEpisodesCsv } from "../../../chat/reports/episodes_csv.ts";
import { report } from "../../../chat/reports/report.ts";
import { saveChatbot } from "../../../chat/chatbots/chatbots.ts";
import { Forbidden, RateLimited } from "../../../chat/errors.ts";
import { labels } from "../../../db/collections/labels.ts";
import { teams } from "../../../db/collections/teams.ts";
import { csvRows } from "../../../chat/csv.ts";
import type { Chat } from "../../../chat/chat.ts";
import type { Who } from "../../../chat/who.ts";
import type { Report, ReportQuery } from "../../../protocol/reports.ts";
import { withChat } from "../chat_fixture.ts";
import { asha, episode, manyEpisodes, storeEpisodes } from "./fixture.ts";

const vera: Who = { kind: "visitor", admin: "asha", consumer: "vera", address: "1" };
const reportOf = (chat: Chat, asked: Partial<ReportQuery> = {}): Promise<Report> =>
  report(chat, asha, { from: "2026-03-28", to: "2026-03-30", by: "member", ...asked });
const rated = (score: number) => ({ rating: { score, first: 0, at: 0 } });
const took = (seconds: number) => ({ at: 0, seconds, working: Math.floor(seconds / 2) });

Deno.test("an empty report has its days, and no durations", async () => {
  await withChat(async (chat) => {
    const { days, total, groups, hours, time_zone } = await reportOf(chat);
    deepEqual(days.map(({ date, new: began }) => [date, began]), [
      ["2026-03-28", 0],
      ["2026-03-29", 0],
      ["2026-03-30", 0],
    ]);
    deepEqual([total.first_reply, groups, time_zone], [{ count: 0 }, [], "UTC"]);
    equal(hours.flat().length, 7 * 24);
  });
});

Deno.test("days and hours are the workspace's, on the day that clocks go forward too", async () => {
  await withChat(async (chat) => {
    await saveChatbot(chat, "asha", { business_hours: { time_zone: "Europe/Berlin" } });
    await storeEpisodes(chat.store, [
      episode("2026-03-28T22:59Z"),
      episode("2026-03-28T23:00Z"),
      episode("2026-03-29T00:59Z"),
      episode("2026-03-29T01:00Z"),
      episode("2026-03-29T21:59Z"),
      episode("2026-03-29T22:00Z"),
      episode("2026-03-30T21:59Z"),
      episode("2026-03-30T22:00Z"),
    ]);
    const { days, hours, total } = await reportOf(chat);
    deepEqual(days.map((day) => day.new), [1, 4, 2]);
    equal(total.new, 7);
    // Sunday: from midnight, the hour before the jump from 2 to 3, the first after it, and the last.
    deepEqual([0, 1, 2, 3, 23].map((hour) => hours[6]![hour]), [1, 1, 0, 1, 1]);
  });
});

Deno.test("the days before are compared, and nothing else is read", async () => {
  await withChat(async (chat) => {
    await storeEpisodes(chat.store, [
      episode("2026-03-24T23:59:59Z"),
      episode("2026-03-25T00:00Z", { texts: { visitor: 1, agents: 1, bot: 0 } }),
      episode("2026-03-27T12:00Z"),
      episode("2026-03-28T12:00Z"),
      episode("2026-03-31T00:00Z"),
      episode("2026-03-28T12:00Z", { workspace: "bruno" }),
    ]);
    const { before, total } = await reportOf(chat);
    deepEqual([before.new, before.answered, total.new], [2, 1, 1]);
  });
});

Deno.test("figures of a report are those of its conversations", async () => {
  await withChat(async (chat) => {
    const people = { visitor: 1, agents: 2, bot: 1 };
    await storeEpisodes(chat.store, [
      episode("2026-03-28T10:00Z", {
        ...{ texts: people, answeredBy: "maya", firstReply: took(60), waits: { count: 2, ...took(100) } },
        ...{ resolved: { by: "maya", ...took(600) }, asked: true, ...rated(5) },
      }),
      episode("2026-03-28T11:00Z", {
        ...{ texts: people, answeredBy: "jonas", assignee: "maya", firstReply: took(120) },
        ...{ waits: { count: 1, ...took(120) }, handedOff: { at: 0 }, asked: true },
      }),
      episode("2026-03-29T10:00Z", { texts: { visitor: 1, agents: 0, bot: 3 }, asked: true, ...rated(2) }),
      episode("2026-03-30T10:00Z"),
    ]);
    const { total, groups, days } = await reportOf(chat);
    deepEqual(total, {
      ...{ new: 4, resolved: 1, answered: 2, bot_alone: 1, handed_off: 1 },
      first_reply: { count: 2, p50: 60, p90: 120, working_p50: 30, working_p90: 60 },
      waiting: { count: 2, p50: 100, p90: 120, working_p50: 50, working_p90: 60 },
      resolution: { count: 1, p50: 602, p90: 602, working_p50: 301, working_p90: 301 },
      rating: { asked: 3, count: 2, sum: 7 },
    });
    deepEqual(groups.map(({ id, new: began }) => [id, began]), [["maya", 2], ["", 2]]);
    deepEqual(days.map(({ rating: { sum } }) => sum), [5, 2, 0]);
  });
});

const sum = (list: { [name in "new" | "resolved" | "answered" | "bot_alone"]: number }[]) => [
  ...(["new", "resolved", "answered", "bot_alone"] as const).map((name) =>
    list.reduce((all, one) => all + one[name], 0)
  ),
];

Deno.test("days, members and teams add up to the total; one team's report to its row", async () => {
  await withChat(async (chat) => {
    const span = { from: Date.parse("2026-03-25T00:00Z"), to: Date.parse("2026-03-31T00:00Z") };
    await storeEpisodes(chat.store, manyEpisodes(3_000, span));
    const [members, teams, labels] = await Promise.all(
      (["member", "team", "label"] as const).map((by) => reportOf(chat, { by })),
    );
    for (const { days, groups, total, hours } of [members!, teams!]) {
      equal(total.new, 1_500);
      deepEqual(sum(days), sum([total]));
      deepEqual(sum(groups), sum([total]));
      equal(hours.flat().reduce((all, one) => all + one), total.new);
    }
    equal(labels!.groups.length, 3);
    const orders = await reportOf(chat, { team: "orders000000" });
    const { id: _, ...row } = teams!.groups.find(({ id }) => id === "orders000000")!;
    deepEqual(orders.total, row);
  });
});

Deno.test("reports and downloads are the workspace's alone", async () => {
  await withChat(async (chat) => {
    await rejects(report(chat, vera, { from: "2026-03-28", to: "2026-03-28", by: "team" }), Forbidden);
    throws(
      () => beginEpisodesCsv(chat, vera, { from: "2026-03-28", to: "2026-03-28" }),
      Forbidden,
    );
  });
});

const named = { workspace: "asha", created: 0 };
const days = { from: "2026-03-28", to: "2026-03-30" };
async function csvOf(chat: Chat): Promise<Record<string, string>[]> {
  const { lines, end } = beginEpisodesCsv(chat, asha, days);
  let text = "";
  for await (const line of lines) text += line;
  end();
  const [heading, ...rows] = csvRows(text).rows;
  return rows.map(({ values }) => Object.fromEntries(values.map((value, i) => [heading!.values[i]!, value])));
}

Deno.test("the download has a row for each conversation, with names, local times and no formula", async () => {
  await withChat(async (chat) => {
    await saveChatbot(chat, "asha", { business_hours: { time_zone: "America/St_Johns" } });
    const comment = '=HYPERLINK("https://evil.example","a, ""b""")';
    await storeEpisodes(chat.store, [
      episode("2026-03-28T02:29:59Z"),
      episode("2026-03-28T02:30:00Z", {
        ...{ consumer: "vera", answeredBy: "", team: "t1", labels: ["l1", "gone"] },
        ...{ firstReply: { at: Date.parse("2026-03-28T03:00Z"), seconds: 1_800, working: 0 } },
        rating: { score: 1, comment, first: 0, at: 0 },
      }),
    ]);
    await teams.put(chat.store, { ...named, id: "t1", name: "Orders", assignment: "manual" });
    await labels.put(chat.store, { ...named, id: "l1", name: "=Delivery", colour: "#000000" });
    const [row, ...others] = await csvOf(chat);
    deepEqual(others, []);
    deepEqual([row!.opened, row!.first_reply], ["2026-03-28T00:00:00-02:30", "2026-03-28T00:30:00-02:30"]);
    deepEqual([row!.assignee, row!.team, row!.labels], ["asha", "Orders", "'=Delivery; gone"]);
    deepEqual([row!.first_reply_seconds, row!.rating, row!.comment], ["1800", "1", `'${comment}`]);
  });
});

Deno.test("a long download holds every conversation once; a second one at a time is refused", async () => {
  await withChat(async (chat) => {
    const span = { from: Date.parse("2026-03-28T00:00Z"), to: Date.parse("2026-03-31T00:00Z") };
    await storeEpisodes(chat.store, manyEpisodes(1_234, span));
    const first = beginEpisodesCsv(chat, asha, days);
    throws(() => beginEpisodesCsv(chat, asha, days), RateLimited);
    first.end();
    const rows = await csvOf(chat);
    equal(new Set(rows.map(({ visitor }) => visitor)).size, 1_234);
    ok(rows.every(({ opened }, i) => i === 0 || rows[i - 1]!.opened! <= opened!));
  });
});
