import type { Collection } from "../collection.ts";
import { accounts } from "./accounts.ts";
import { agentTurns } from "./agent_turns.ts";
import { aliases } from "./aliases.ts";
import { auditLog } from "./audit.ts";
import { botQuestions } from "./bot_questions.ts";
import { botTurns } from "./bot_turns.ts";
import { canned, cannedHeads } from "./canned.ts";
import { chatbots } from "./chatbots.ts";
import { claims } from "./claims.ts";
import { episodeMarks, episodes } from "./episodes.ts";
import { invitations } from "./invitations.ts";
import { keptValues } from "./kept_values.ts";
import { flows } from "./flows.ts";
import { answers } from "./knowledge/answers.ts";
import { articles } from "./knowledge/articles.ts";
import { formerItems, lastChanges } from "./knowledge/changes.ts";
import { knowledgeHeads } from "./knowledge/heads.ts";
import { passages } from "./knowledge/passages.ts";
import { labels } from "./labels.ts";
import { tokenUses, visitorUses } from "./llm_use.ts";
import { members } from "./members.ts";
import { mentionedRooms, noticeMarks, notices } from "./notices.ts";
import { pushAddresses } from "./push_addresses.ts";
import { sessions } from "./sessions.ts";
import { shownReads } from "./shown_reads.ts";
import { slaClocks } from "./sla_clocks.ts";
import { spentIds } from "./spent_ids.ts";
import { staffLog } from "./staff_log.ts";
import { teams } from "./teams.ts";
import { visitors } from "./visitors.ts";

// deno-lint-ignore no-explicit-any -- of whatever type its values are
export type AnyCollection = Collection<any, any>;

/** Keyed by workspace and visitor; deleted with the visitor. */
export const ofVisitor: readonly AnyCollection[] = [visitors, claims, shownReads, botTurns, visitorUses];

/** Keys begin with workspace and visitor; all of a visitor's are deleted with it. */
export const ofRoom: readonly AnyCollection[] = [
  staffLog,
  notices,
  mentionedRooms,
  episodes,
  slaClocks,
  botQuestions,
];

/** Owned by existing accounts; other collections may have values under any name. */
export const owned: readonly AnyCollection[] = [
  aliases,
  chatbots,
  sessions,
  pushAddresses,
  teams,
  labels,
  agentTurns,
  canned,
  cannedHeads,
  answers,
  articles,
  passages,
  flows,
  knowledgeHeads,
  lastChanges,
  formerItems,
  episodeMarks,
  members,
  invitations,
  noticeMarks,
  tokenUses,
];

/**
 * Owned by an account and deleted with it. Add a new collection here, to `ofVisitor` or to `ofRoom`: copy, check and
 * deletion iterate over these.
 */
export const ofAccount: readonly AnyCollection[] = [...ofVisitor, ...ofRoom, ...owned, auditLog];

/** All collections that a copy of a database contains, accounts first. */
export const copied: readonly AnyCollection[] = [keptValues, accounts, ...ofAccount];

export const all: readonly AnyCollection[] = [...copied, spentIds];
