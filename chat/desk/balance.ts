import { agentTurns } from "../../db/collections/agent_turns.ts";
import type { Member } from "../../db/collections/members.ts";
import type { StaffEntry } from "../../db/collections/staff_log.ts";
import type { RoomRecord } from "../../db/store.ts";
import type { Chat } from "../chat.ts";
import { chatbotOf } from "../chatbots/chatbots.ts";
import { roleMay } from "../permissions.ts";
import { membersOf } from "../team/members.ts";
import { handOver, notifyAssignee } from "./assignment.ts";
import { entryOf, tellChanged } from "./change_room.ts";
import { teamsOf } from "./teams.ts";

/** An agent who may be assigned another room. */
interface Candidate {
  id: string;
  capacity: number;
  /** Whose rooms it takes; `null`: rooms without a team. */
  teams: (string | null)[];
  load: number;
  /** When it last got a room. Milliseconds since 1970. */
  last: number;
}

/**
 * Assigns waiting rooms by balance: each in turn to the available agent with the least load, of these to the one who
 * has waited longest for a room. Any number of processes may do it at once: a claim is refused where the agent's load
 * is not what this process has seen, so that loads differ by one at most.
 * @throws {Unavailable}
 */
export async function assignWaiting(chat: Chat, workspace: string): Promise<void> {
  const members = await membersOf(chat, workspace);
  if (members.length < 2) return;
  const agents = members.filter((member) => isReady(chat, member));
  if (agents.length === 0) return;
  const balanced = await balancedTeams(chat, workspace);
  if (balanced.length === 0) return;
  const { unassigned } = await chat.store.roomCounts(workspace, agents[0]!.id);
  if (unassigned === 0) return;
  await assignTo(chat, workspace, await candidatesOf(chat, workspace, agents, balanced));
}

/** Whether a member takes rooms now. */
function isReady(chat: Chat, { workspace, id, role, availability, capacity }: Member): boolean {
  return capacity > 0 && availability === "here" && roleMay(role, "write") &&
    chat.audience.isAgentHere(workspace, id);
}

/** Teams whose rooms are assigned by balance; `null`: rooms without a team. */
async function balancedTeams(chat: Chat, workspace: string): Promise<(string | null)[]> {
  const [teams, chatbot] = await Promise.all([teamsOf(chat, workspace), chatbotOf(chat, workspace)]);
  const balanced = teams.filter(({ assignment }) => assignment === "balanced").map(({ id }) => id);
  return chatbot.assignment === "balanced" ? [null, ...balanced] : balanced;
}

async function candidatesOf(
  chat: Chat,
  workspace: string,
  agents: readonly Member[],
  balanced: readonly (string | null)[],
): Promise<Candidate[]> {
  const turns = await agentTurns.getMany(chat.store, agents.map(({ id }) => [workspace, id]));
  const candidates = await Promise.all(agents.map(async ({ id, capacity, teams }, i) => ({
    ...{ id, capacity, last: turns[i]?.at ?? 0 },
    teams: balanced.filter((team) => team === null || teams.includes(team)),
    load: await chat.store.load(workspace, id),
  })));
  return candidates.filter(({ teams }) => teams.length > 0);
}

async function assignTo(chat: Chat, workspace: string, candidates: Candidate[]): Promise<void> {
  const left = new Set(candidates);
  for (let next = nextOf(left); next; next = nextOf(left)) {
    if (await claim(chat, workspace, next)) continue;
    const load = await chat.store.load(workspace, next.id);
    // Another process has assigned it a room meanwhile; or there is no room for it.
    if (load === next.load) left.delete(next);
    else next.load = load;
  }
}

function nextOf(candidates: Iterable<Candidate>): Candidate | undefined {
  const free = [...candidates].filter(({ load, capacity }) => load < capacity);
  return free.sort((a, b) => a.load - b.load || a.last - b.last)[0];
}

async function claim(chat: Chat, workspace: string, candidate: Candidate): Promise<RoomRecord | undefined> {
  const { id: agent, teams, load } = candidate;
  const at = chat.now();
  let entry: StaffEntry | undefined;
  const turn = agentTurns.recordsOf({ workspace, agent, at });
  const room = await chat.store.claimNext(workspace, {
    ...{ agent, teams, capacity: load + 1 },
    async commit(room) {
      const { assignee: _, ...before } = room;
      const change = handOver(before, { agent, team: room.team ?? null }, "balanced")!;
      const next = await entryOf(chat, room, change.entry!);
      entry = next.entry;
      return { ...next.commit, put: [...next.commit.put ?? [], ...turn] };
    },
  });
  if (!room) return undefined;
  candidate.load++;
  candidate.last = at;
  tellChanged(chat, room, entry);
  await notifyAssignee(chat, room);
  return room;
}
