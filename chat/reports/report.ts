import type { Report, ReportBy, ReportQuery } from "../../protocol/reports.ts";
import { type Episode, episodesSince } from "../../db/collections/episodes.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { FairQueue } from "../limits/fair_queue.ts";
import { dateOf, dayOf, weekdayOf, type Zone, zoneOf } from "../time/zone.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { membersOf } from "../team/members.ts";
import { catchUp } from "./catch_up.ts";
import { Slices } from "./sliced.ts";
import { DayTally, Tally } from "./tally.ts";

const dayMs = 86_400_000, hourMs = 3_600_000;
/** Episodes read at once, in a few milliseconds. */
const atOnce = 250;
/** Rows of a report: more members, teams or labels count as none. */
const mostGroups = 250;

/** How long a report waits for conversations that are not counted yet. Milliseconds. */
const patienceMs = 300;

/** Reports of one account come one after another, those of many accounts in fair turns. */
const queue = new FairQueue({ atOnce: 1, mostWaiting: 3 });

/** Days since 1970-01-01 of a span, both included. */
interface Days {
  first: number;
  last: number;
}

const dayNumber = (date: string) => Date.parse(date) / dayMs;

/**
 * The figures of the conversations that began on these days of the workspace's time zone.
 * @throws {Forbidden | NotAllowed | RateLimited | Unavailable}
 */
export async function report(chat: Chat, who: Who, asked: ReportQuery): Promise<Report> {
  const workspace = demand(who, "reports");
  return await queue.run(workspace, async () => {
    const { business_hours: { time_zone } } = await chatbotOf(chat, workspace);
    const days = { first: dayNumber(asked.from), last: dayNumber(asked.to) };
    const complete = await isCaughtUp(chat, workspace);
    const builder = new ReportBuilder(zoneOf(time_zone), {
      days,
      by: asked.by,
      account: await ownerOf(chat, workspace),
    });
    const began = performance.now();
    for await (const some of episodesWithin(chat, workspace, builder)) {
      for (const episode of some) if (isOfTeam(episode, asked.team)) builder.add(episode);
    }
    chat.meter?.account(workspace).charge(performance.now() - began);
    const today = dateOf(dayOf(builder.zone.local(chat.now())));
    return { from: asked.from, to: asked.to, today, time_zone, complete, ...builder.figures() };
  });
}

/** Id of the member who is meant where a message does not say who of the team wrote it. */
async function ownerOf(chat: Chat, workspace: string): Promise<string> {
  return (await membersOf(chat, workspace)).find(({ role }) => role === "owner")?.id ?? "";
}

/** Whether everything is counted; if not within a moment, that goes on without the report. @throws {Unavailable} */
async function isCaughtUp(chat: Chat, workspace: string): Promise<boolean> {
  const walk = catchUp(chat, workspace).then(() => true);
  // A walk that fails later is begun anew by the next report.
  walk.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), patienceMs));
  return await Promise.race([walk, late]).finally(() => clearTimeout(timer));
}

export const isOfTeam = (episode: Episode, team: string | undefined) =>
  team === undefined || (episode.team ?? "") === team;

/** Pages of the episodes opened from `from` until `to`, which is excluded; between slices of them other work runs. */
export async function* episodesWithin(
  { store }: Pick<Chat, "store">,
  workspace: string,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Episode[]> {
  const slices = new Slices();
  let after: number | Episode = from;
  while (true) {
    const page: Episode[] = await episodesSince(store, workspace, after, atOnce);
    const isLast = page.length < atOnce || page.at(-1)!.opened >= to;
    yield isLast ? page.filter(({ opened }) => opened < to) : page;
    if (isLast) return;
    after = page.at(-1)!;
    await slices.pause();
  }
}

/** Adds episodes up by day, hour and group. */
export class ReportBuilder {
  /** The span and as many days before it. Milliseconds since 1970; `to` is excluded. */
  readonly from: number;
  readonly to: number;
  #total = new Tally();
  #before = new Tally();
  #days: DayTally[];
  #groups = new Map<string, Tally>();
  #hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));

  readonly span: Days;

  /** `account`: the member who is meant where a message does not say who of the team wrote it. */
  constructor(readonly zone: Zone, readonly asked: { days: Days; by: ReportBy; account: string }) {
    const span = this.span = asked.days;
    const count = span.last - span.first + 1;
    this.from = zone.startOf(span.first - count);
    this.to = zone.startOf(span.last + 1);
    this.#days = Array.from({ length: count }, () => new DayTally());
  }

  add(episode: Episode): void {
    const local = this.zone.local(episode.opened), day = dayOf(local);
    if (day < this.span.first) return this.#before.add(episode);
    this.#total.add(episode);
    this.#days[day - this.span.first]!.add(episode);
    this.#hours[weekdayOf(day) - 1]![Math.floor((local - day * dayMs) / hourMs)]!++;
    for (const group of this.#groupsOf(episode)) this.#groupOf(group).add(episode);
  }

  figures(): Pick<Report, "total" | "before" | "days" | "groups" | "hours"> {
    return {
      total: this.#total.figures(),
      before: this.#before.figures(),
      days: this.#days.map((tally, i) => tally.figures(dateOf(this.span.first + i))),
      groups: [...this.#groups].map(([id, tally]) => ({ id, ...tally.figures() })),
      hours: this.#hours,
    };
  }

  /** Of a member: who is or was assigned, else the first who answered. */
  #groupsOf({ assignee, answeredBy, team, labels }: Episode): string[] {
    const { by, account } = this.asked;
    if (by === "member") return [assignee ?? (answeredBy === "" ? account : answeredBy ?? "")];
    if (by === "team") return [team ?? ""];
    return labels?.length ? labels : [""];
  }

  #groupOf(id: string): Tally {
    const name = this.#groups.has(id) || this.#groups.size < mostGroups ? id : "";
    const tally = this.#groups.get(name) ?? new Tally();
    this.#groups.set(name, tally);
    return tally;
  }
}
