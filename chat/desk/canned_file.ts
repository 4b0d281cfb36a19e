import { type CannedImport, type CannedPatch, type CannedRow, NewCanned } from "../../protocol/canned.ts";
import { maxImportRows } from "../../protocol/limits.ts";
import { allCanned, type Canned, changeCanned } from "../../db/collections/canned.ts";
import { type Team, teams } from "../../db/collections/teams.ts";
import { audit } from "../audit/audit.ts";
import type { Chat } from "../chat.ts";
import { csvRow, csvRows, unguarded } from "../csv.ts";
import { InvalidInput, QuotaReached } from "../errors.ts";
import { fieldsOf } from "../invalid_input.ts";
import type { Who } from "../who.ts";
import { applied, byCode, cannedActor, checkCanned, mayUse, newCanned } from "./canned.ts";

const columns = ["code", "title", "text", "scope", "team"] as const;
type Column = typeof columns[number];

/** Changes per commit, each with a check: below the engines' limits. */
const mostTogether = 20;

interface Line {
  line: number;
  values: Partial<Record<Column, string>>;
}

/** What a line becomes: the report of it, and the reply to store. */
interface Outcome {
  row: CannedRow;
  put?: Canned;
}

/** The replies that this member may use as a file for spreadsheets, without the byte order mark. @throws {Forbidden | NotAllowed} */
export async function exportCanned(chat: Chat, who: Who): Promise<string> {
  const actor = cannedActor(who), names = await teamNames(chat, actor.workspace);
  const all = (await allCanned(chat.store, actor.workspace)).filter((one) => mayUse(actor, one)).sort(byCode);
  const rows = all.map(({ code, title, text, scope, team, used }) =>
    csvRow([code, title, text, scope, names.get(team ?? "") ?? "", used])
  );
  return [csvRow([...columns, "used"]), ...rows].join("");
}

/**
 * Adds the replies of a file, or changes those with the same code: all of them, or none if a line is wrong. A dry
 * run reports what would happen.
 * @throws {Forbidden | NotAllowed} @throws {InvalidInput} for a file that cannot be read
 */
export async function importCanned(
  chat: Chat,
  who: Who,
  { text, isDryRun }: { text: string; isDryRun: boolean },
): Promise<CannedImport> {
  const actor = cannedActor(who), lines = linesOf(text);
  const byName = await teamsByName(chat, actor.workspace);
  const plan = (all: Canned[]) => planOf({ chat, who }, { all, lines, byName });
  const outcomes = plan(await allCanned(chat.store, actor.workspace));
  const rows = outcomes.map(({ row }) => row);
  if (isDryRun || rows.some(({ outcome }) => outcome === "wrong")) return { rows, imported: false };
  for (let from = 0; from < lines.length; from += mostTogether) {
    const part = lines.slice(from, from + mostTogether);
    await changeCanned(chat.store, actor.workspace, (all) => {
      const done = planOf({ chat, who }, { all, lines: part, byName });
      const wrong = done.find(({ row }) => row.outcome === "wrong")?.row;
      // Somebody else has taken a code meanwhile. Importing the file again skips what was done.
      if (wrong) throw new InvalidInput(wrong.fields!);
      return { answer: undefined, put: done.flatMap(({ put }) => put ?? []) };
    });
  }
  const countOf = (kind: CannedRow["outcome"]) => rows.filter(({ outcome }) => outcome === kind).length;
  const detail = { added: countOf("new"), changed: countOf("changed") };
  if (detail.added + detail.changed > 0) await audit(chat, who, { act: "canned_imported", detail });
  return { rows, imported: true };
}

function linesOf(text: string): Line[] {
  const { rows: [heading, ...rows], openLine } = csvRows(text);
  if (openLine) {
    throw new InvalidInput({ file: `the quoted value that begins in line ${openLine} does not end` });
  }
  const names = heading?.values.map((name) => name.trim().toLowerCase()) ?? [];
  for (const needed of ["code", "text"]) {
    if (!names.includes(needed)) {
      throw new InvalidInput({
        file: `the first line names the columns ${columns.join(",")}; ${needed} is missing`,
      });
    }
  }
  if (rows.length > maxImportRows) throw new InvalidInput({ file: `at most ${maxImportRows} lines` });
  return rows.map(({ line, values }) => ({
    line,
    values: Object.fromEntries(
      names.flatMap((name, i) =>
        (columns as readonly string[]).includes(name) && values[i] !== undefined
          ? [[name, unguarded(values[i]!)]]
          : []
      ),
    ),
  }));
}

/** Each line as if those before it were stored. */
function planOf(
  { chat, who }: { chat: Chat; who: Who },
  { all, lines, byName }: {
    all: readonly Canned[];
    lines: readonly Line[];
    byName: ReadonlyMap<string, Team>;
  },
): Outcome[] {
  const actor = cannedActor(who), teamIds = new Set([...byName.values()].map(({ id }) => id));
  const known = new Map(all.map((one) => [one.id, one])), taken = new Set<string>();
  return lines.map(({ line, values }) => {
    const draft = draftOf(values, byName);
    const code = ("code" in draft && draft.code) || (values.code ?? "").slice(0, 64);
    const wrong = (fields: Record<string, string>) => ({
      row: { line, code, outcome: "wrong" as const, fields },
    });
    if ("wrong" in draft) return wrong(draft.wrong);
    if (taken.has(code)) return wrong({ code: "an earlier line has this code" });
    taken.add(code);
    const before = [...known.values()].find((one) => one.code === code && mayUse(actor, one));
    const one = applied(chat, actor, before ?? newCanned(actor), draft);
    if (before && isSame(before, one)) return { row: { line, code, outcome: "same" as const } };
    if (before && before.scope !== "own" && !actor.isManager) {
      return wrong({ code: "another reply has this code" });
    }
    try {
      checkCanned(actor, one, { all: [...known.values()], teamIds });
    } catch (error) {
      if (error instanceof InvalidInput) return wrong(error.fields);
      if (error instanceof QuotaReached) return wrong({ "": error.message });
      throw error;
    }
    known.set(one.id, one);
    return { row: { line, code, outcome: before ? "changed" as const : "new" as const }, put: one };
  });
}

function draftOf(
  values: Line["values"],
  byName: ReadonlyMap<string, Team>,
): CannedPatch & { code: string } | { wrong: Record<string, string> } {
  const scope = values.scope?.trim().toLowerCase() || "own";
  const name = values.team?.trim() ?? "", team = byName.get(name.toLowerCase())?.id;
  if (scope === "team" && team === undefined) {
    return { wrong: { team: `there is no team ${JSON.stringify(name.slice(0, 64))}` } };
  }
  const read = NewCanned.safeParse({ ...values, scope, team: scope === "team" ? team : undefined });
  return read.success ? read.data : { wrong: fieldsOf(read.error) };
}

function isSame(a: Canned, b: Canned): boolean {
  return (["title", "text", "scope", "team"] as const).every((name) => a[name] === b[name]);
}

async function teamNames(chat: Chat, workspace: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await Array.fromAsync(teams.all(chat.store, workspace))).map(({ id, name }) => [id, name]));
}

async function teamsByName(chat: Chat, workspace: string): Promise<ReadonlyMap<string, Team>> {
  const all = await Array.fromAsync(teams.all(chat.store, workspace));
  return new Map(all.map((team) => [team.name.toLowerCase(), team]));
}
