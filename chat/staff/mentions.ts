import { teams } from "../../db/collections/teams.ts";
import type { Member } from "../../db/collections/members.ts";
import type { Chat } from "../chat.ts";
import { membersOf } from "../team/members.ts";

/** Mentions of one note. */
const mostMentions = 40;
/** Teams that are looked at. */
const mostTeams = 200;

/** Who can be mentioned, by id: a member or a team, with the names that stand for it. */
export interface Mentionable {
  id: string;
  names: readonly string[];
}

/** The mentions in a note: ids as stored, and the members that they reach. */
export async function mentionsIn(
  chat: Pick<Chat, "store">,
  workspace: string,
  text: string,
): Promise<{ ids: string[]; members: string[] }> {
  if (!text.includes("@")) return { ids: [], members: [] };
  const members = await membersOf(chat, workspace);
  const all = await teams.list(chat.store, [workspace], { limit: mostTeams });
  const ids = idsIn(text, [
    ...members.map((member) => ({ id: member.id, names: namesOf(member) })),
    ...all.map(({ id, name }) => ({ id, names: [name] })),
  ]);
  const reached = members.filter(({ id, teams }) =>
    ids.includes(id) || teams.some((team) => ids.includes(team))
  );
  return { ids, members: reached.map(({ id }) => id) };
}

/** A member's name as colleagues see it, and the one that it signs in with. */
const namesOf = ({ name, username, id }: Member) => [name ?? `Agent ${id.slice(0, 4)}`, username];

/** Ids of whom a text mentions: `@` and a name, of any case; of several names that fit, the longest. */
export function idsIn(text: string, mentionable: readonly Mentionable[]): string[] {
  const names = mentionable.flatMap(({ id, names }) => names.map((name) => ({ id, name: folded(name) })))
    .filter(({ name }) => name !== "")
    .sort((a, b) => b.name.length - a.name.length);
  const found = new Set<string>(), all = folded(text);
  for (let at = all.indexOf("@"); at >= 0 && found.size < mostMentions; at = all.indexOf("@", at + 1)) {
    // An email address mentions nobody.
    if (at > 0 && isWord(all[at - 1]!)) continue;
    const rest = all.slice(at + 1);
    const one = names.find(({ name }) => rest.startsWith(name) && !isWord(rest[name.length] ?? " "));
    if (one) found.add(one.id);
  }
  return [...found];
}

const folded = (text: string) => text.normalize("NFC").toLowerCase();
const isWord = (character: string) => /[\p{L}\p{N}_]/u.test(character);
