import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import type { Message, MessageBy } from "../../../protocol/records.ts";
import type { Episode } from "../../../db/collections/episodes.ts";
import { countMessages } from "../../../chat/reports/episode.ts";
import { businessTime } from "../../../chat/time/business_time.ts";

const room = { id: "r1", admin: "asha", consumer: "vera" };
const maya = { id: "maya00000000" }, jonas = { id: "jonas0000000" };
/** Friday morning; the office is open from 9 to 17 on weekdays. */
const start = Date.parse("2026-11-27T10:00Z"), second = 1_000, minute = 60_000;
const office = businessTime({
  business_hours: {
    time_zone: "UTC",
    ranges: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" })),
  },
});

interface Line {
  who: "visitor" | "agent" | "bot" | "status" | "edit";
  /** Milliseconds since `start`. */
  at: number;
  content?: string;
  by?: MessageBy;
  asks?: boolean;
}

const messagesOf = (lines: Line[]): Message[] =>
  lines.map(({ who, at, content = "hi", by, asks }, i) => ({
    ...{ author: "", room: "asha vera", id: `r1.${i + 1}`, seq: i + 1 },
    side: who === "visitor" ? "visitor" : "admin",
    kind: who === "status" ? "status" : who === "edit" ? "edit" as "text" : "text",
    content,
    created: new Date(start + at).toISOString(),
    ...(who === "bot" ? { by: "bot" as const } : by && { by }),
    ...(asks && { extra: { type: "rating" as const, episode: "r1.1" } }),
  }));
const episodesIn = (lines: Line[]) => countMessages(room, undefined, messagesOf(lines), office);
const visitor = (at: number): Line => ({ who: "visitor", at });
const agent = (at: number, by?: MessageBy): Line => ({ who: "agent", at, by });
const bot = (at: number): Line => ({ who: "bot", at });
const status = (at: number, content: string, by?: MessageBy): Line => ({ who: "status", at, content, by });

Deno.test("a conversation that was answered and resolved is one episode with its times", () => {
  const [one, ...others] = episodesIn([
    visitor(0),
    visitor(minute),
    agent(6 * minute, maya),
    visitor(7 * minute),
    agent(9 * minute, jonas),
    { ...status(10 * minute, "resolved", maya), asks: true },
  ]);
  deepEqual(others, []);
  deepEqual(one, {
    ...{
      workspace: "asha",
      consumer: "vera",
      id: "r1.1",
      from: 1,
      upTo: 6,
      opened: start,
      status: "resolved",
    },
    texts: { visitor: 3, agents: 2, bot: 0 },
    answeredBy: maya.id,
    firstReply: { at: start + 6 * minute, seconds: 360, working: 360 },
    waits: { count: 2, seconds: 480, working: 480 },
    resolved: { at: start + 10 * minute, by: maya.id, seconds: 600, working: 600 },
    asked: true,
  });
});

Deno.test("nights and weekends are no working time", () => {
  const [one] = episodesIn([visitor(6 * 60 * minute + 30 * minute), agent(71 * 60 * minute + 30 * minute)]);
  deepEqual(one!.firstReply, {
    at: Date.parse("2026-11-30T09:30Z"),
    seconds: 65 * 3_600,
    working: 3_600,
  });
});

Deno.test("a visitor who comes back opens the next episode", () => {
  const [first, next] = episodesIn([
    visitor(0),
    agent(minute),
    status(2 * minute, "resolved"),
    visitor(3 * minute),
  ]);
  equal(first!.resolved?.seconds, 120);
  deepEqual([next!.id, next!.opened, next!.status, next!.resolved], [
    "r1.4",
    start + 3 * minute,
    "open",
    undefined,
  ]);
  equal(next!.waitingSince, start + 3 * minute);
});

Deno.test("a resolve that is undone at once ends nothing", () => {
  const all = episodesIn([
    visitor(0),
    status(minute, "resolved"),
    status(minute + 9 * second, "open"),
    agent(5 * minute),
  ]);
  equal(all.length, 1);
  deepEqual([all[0]!.status, all[0]!.resolved, all[0]!.firstReply?.seconds], ["open", undefined, 300]);
});

Deno.test("a room that an agent opens again later is another episode", () => {
  equal(episodesIn([visitor(0), status(minute, "resolved"), status(3 * minute, "open")]).length, 2);
});

Deno.test("time with the bot is nobody's waiting time", () => {
  const [one] = episodesIn([
    visitor(0),
    status(0, "bot"),
    bot(second),
    visitor(10 * minute),
    status(11 * minute, "waiting"),
    agent(13 * minute, maya),
    status(15 * minute, "resolved", maya),
  ]);
  deepEqual(one!.handedOff, { at: start + 11 * minute });
  deepEqual(one!.firstReply?.seconds, 120);
  deepEqual(one!.waits, { count: 1, seconds: 120, working: 120 });
  deepEqual(one!.texts, { visitor: 2, agents: 1, bot: 1 });
});

Deno.test("a conversation that began with the bot waits from its hand-off", () => {
  const handed = status(minute, "waiting", "bot");
  const [one] = episodesIn([visitor(0), bot(second), handed, agent(2 * minute)]);
  deepEqual([one!.handedOff?.at, one!.firstReply?.seconds], [start + minute, 60]);
  const [other] = episodesIn([visitor(0), handed, agent(2 * minute)]);
  deepEqual([other!.handedOff?.at, other!.firstReply?.seconds], [start + minute, 60], "it has said nothing");
  const [silent] = episodesIn([visitor(0), bot(second)]);
  deepEqual([silent!.status, silent!.waitingSince], ["bot", undefined]);
});

Deno.test("what the bot resolved alone has no first reply", () => {
  const [one] = episodesIn([visitor(0), status(0, "bot"), bot(second), status(minute, "resolved", "bot")]);
  deepEqual([one!.firstReply, one!.answeredBy, one!.resolved?.by], [undefined, undefined, "bot"]);
});

Deno.test("a conversation that an agent began has a first reply only once the visitor waited", () => {
  const [one] = episodesIn([
    agent(0, maya),
    agent(minute, maya),
    visitor(2 * minute),
    agent(3 * minute, jonas),
  ]);
  deepEqual([one!.opened, one!.answeredBy, one!.firstReply?.seconds], [start, maya.id, 60]);
});

Deno.test("a status alone, an edit and a goodbye after resolving begin nothing", () => {
  deepEqual(episodesIn([status(0, "resolved"), status(minute, "open")]), []);
  const all = episodesIn([
    visitor(0),
    status(minute, "resolved"),
    agent(2 * minute),
    { who: "edit", at: 3 * minute },
    status(4 * minute, "resolved"),
  ]);
  deepEqual([all.length, all[0]!.upTo, all[0]!.resolved?.at], [1, 5, start + minute]);
});

Deno.test("an instant before the one before, as a merge leaves it, makes no negative span", () => {
  const [one] = episodesIn([visitor(minute), agent(0), status(0, "resolved")]);
  deepEqual([one!.firstReply?.seconds, one!.resolved?.seconds], [0, 0]);
});

const lines = fc.array(
  fc.record({
    line: fc.oneof(
      fc.constantFrom<Omit<Line, "at">>(
        { who: "visitor" },
        { who: "agent" },
        { who: "agent", by: maya },
        { who: "agent", by: jonas },
        { who: "bot" },
        { who: "edit" },
      ),
      fc.constantFrom("open", "resolved", "bot", "waiting").map((content) => ({
        who: "status" as const,
        content,
      })),
    ),
    pause: fc.constantFrom(
      0,
      second,
      59 * second,
      minute,
      61 * second,
      3 * 3_600 * second,
      3 * 86_400 * second,
    ),
  }),
  { maxLength: 40 },
).map((all) => {
  let at = 0;
  return all.map(({ line, pause }): Line => ({ ...line, at: at += pause }));
});

/** The newest state of each episode, as records would have them. */
function counted(messages: Message[], cuts: number[]): Episode[] {
  const all = new Map<number, Episode>();
  let from = 0, last: Episode | undefined;
  for (
    const cut of [...cuts.map((cut) => cut % (messages.length + 1)).sort((a, b) => a - b), messages.length]
  ) {
    for (const one of countMessages(room, last, messages.slice(from, cut), office)) {
      all.set(one.from, one);
      last = one;
    }
    from = Math.max(from, cut);
  }
  return [...all.values()];
}

Deno.test("however the messages are counted in parts, the episodes are the same", () => {
  fc.assert(
    fc.property(lines, fc.array(fc.nat(), { maxLength: 6 }), (lines, cuts) => {
      const messages = messagesOf(lines);
      deepEqual(counted(messages, cuts), counted(messages, []));
    }),
    { numRuns: 500 },
  );
});

Deno.test("every text is counted once, and episodes follow each other", () => {
  fc.assert(
    fc.property(lines, (lines) => {
      const all = episodesIn(lines);
      equal(
        all.reduce((sum, one) => sum + one.texts.visitor, 0),
        lines.filter(({ who }) => who === "visitor").length,
      );
      equal(
        all.reduce((sum, one) => sum + one.texts.bot, 0) <= lines.filter(({ who }) => who === "bot").length,
        true,
      );
      for (const [i, one] of all.entries()) {
        const next = all[i + 1];
        ok(!next || one.resolved && one.resolved.at <= next.opened && one.upTo < next.from);
        ok(!one.waits || one.firstReply && one.waits.seconds >= one.firstReply.seconds);
        ok(!one.resolved || one.resolved.working <= one.resolved.seconds);
      }
    }),
    { numRuns: 500 },
  );
});
