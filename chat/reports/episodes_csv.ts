import type { EpisodesQuery } from "../../protocol/reports.ts";
import type { Episode } from "../../db/collections/episodes.ts";
import { labels } from "../../db/collections/labels.ts";
import { teams } from "../../db/collections/teams.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import type { Chat } from "../chat.ts";
import { csvRow } from "../csv.ts";
import { beginDownload, type Download } from "../limits/download.ts";
import { type Zone, zoneOf } from "../time/zone.ts";
import { demand } from "../permissions.ts";
import type { Who } from "../who.ts";
import { membersOf } from "../team/members.ts";
import { catchUp } from "./catch_up.ts";
import { episodesWithin, isOfTeam } from "./report.ts";

const dayMs = 86_400_000;
/**
 * The episodes that began on these days as CSV, a row each, oldest first; one download per workspace at a time.
 * @throws {Forbidden | NotAllowed | RateLimited}
 */
export function beginEpisodesCsv(chat: Chat, who: Who, asked: EpisodesQuery): Download {
  const workspace = demand(who, "reports");
  return beginDownload(chat, { workspace, kind: "episodes" }, rows(chat, workspace, asked));
}

async function* rows(chat: Chat, workspace: string, asked: EpisodesQuery) {
  await catchUp(chat, workspace);
  const { business_hours: { time_zone } } = await chatbotOf(chat, workspace);
  const names = await namesIn(chat, workspace);
  const zone = zoneOf(time_zone);
  const span = {
    from: zone.startOf(Date.parse(asked.from) / dayMs),
    to: zone.startOf(Date.parse(asked.to) / dayMs + 1),
  };
  // With a byte order mark: spreadsheets would otherwise not read it as UTF-8.
  yield `\ufeff${csvRow(Object.keys(columns))}`;
  for await (const some of episodesWithin(chat, workspace, span)) {
    yield some.filter((episode) => isOfTeam(episode, asked.team)).map((episode) =>
      csvRow(Object.values(columns).map((column) => column(episode, { zone, names })))
    ).join("");
  }
}

/** Names of members, teams and labels by id. An empty id is the owner's: the account itself has written. */
async function namesIn(chat: Chat, workspace: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, name } of teams.all(chat.store, workspace)) names.set(id, name);
  for await (const { id, name } of labels.all(chat.store, workspace)) names.set(id, name);
  for (const { id, role, name, username } of await membersOf(chat, workspace)) {
    names.set(id, name ?? username);
    if (role === "owner") names.set("", name ?? username);
  }
  return names;
}

interface Context {
  zone: Zone;
  names: ReadonlyMap<string, string>;
}
type Cell = string | number;

const named = (id: string | undefined, { names }: Context) => id === undefined ? "" : names.get(id) ?? id;

/** Names and values of the columns. Times have the workspace's offset from UTC. */
const columns: Record<string, (episode: Episode, context: Context) => Cell> = {
  opened: ({ opened }, { zone }) => localTime(opened, zone),
  visitor: ({ consumer }) => consumer,
  episode: ({ id }) => id,
  assignee: ({ assignee, answeredBy }, context) => named(assignee ?? answeredBy, context),
  team: ({ team }, context) => named(team, context),
  labels: ({ labels = [] }, context) => labels.map((id) => named(id, context)).join("; "),
  texts_of_visitor: ({ texts }) => texts.visitor,
  texts_of_people: ({ texts }) => texts.agents,
  texts_of_bot: ({ texts }) => texts.bot,
  handed_off: ({ handedOff }, { zone }) => handedOff ? localTime(handedOff.at, zone) : "",
  hand_off_reason: ({ handedOff }) => handedOff?.reason ?? "",
  first_reply: ({ firstReply }, { zone }) => firstReply ? localTime(firstReply.at, zone) : "",
  first_reply_seconds: ({ firstReply }) => firstReply?.seconds ?? "",
  first_reply_working_seconds: ({ firstReply }) => firstReply?.working ?? "",
  waiting_seconds: ({ waits }) => waits?.seconds ?? "",
  waiting_working_seconds: ({ waits }) => waits?.working ?? "",
  resolved: ({ resolved }, { zone }) => resolved ? localTime(resolved.at, zone) : "",
  resolved_by: ({ resolved }, context) => named(resolved?.by, context),
  resolution_seconds: ({ resolved }) => resolved?.seconds ?? "",
  resolution_working_seconds: ({ resolved }) => resolved?.working ?? "",
  rating: ({ rating }) => rating?.score ?? "",
  comment: ({ rating }) => rating?.comment ?? "",
};

/** ISO 8601 with the zone's offset, to the second. */
function localTime(at: number, zone: Zone): string {
  const { offset } = zone.spanAt(at), minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const sign = offset < 0 ? "-" : "+";
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(minutes / 60)}:${
    two(minutes % 60)
  }`;
}

/** Name of a downloaded file. */
export const csvName = (workspace: string, { from, to }: EpisodesQuery): string =>
  `parlor-${workspace}-conversations-${from}-${to}.csv`;
