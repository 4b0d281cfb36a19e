import type { Answer } from "../../../db/collections/knowledge/answers.ts";
import type { Article } from "../../../db/collections/knowledge/articles.ts";
import { type CsvRow, csvRow, csvRowsOf, unguarded } from "../../csv.ts";
import { type Entry, switchOf, unreadable } from "./entries.ts";

/**
 * Columns of a file: a row for each article, and for each answer with one below it for each of its other languages. Phrases
 * are lines of a cell, buttons are JSON.
 */
const columns = ["kind", "id", "locale", "title", "phrases", "body", "enabled", "url", "buttons"] as const;
type Column = typeof columns[number];
type Cells = Partial<Record<Column, string>>;
type GivenEntry = Extract<Entry, { value: unknown }>;

/** What other tools call a column. */
const otherNames: Record<string, Column> = {
  question: "title",
  answer: "body",
  text: "body",
  content: "body",
  language: "locale",
  examples: "phrases",
};

export const csvHeading = csvRow(columns);

const rowOf = (cells: Cells) => csvRow(columns.map((column) => cells[column] ?? ""));

/** The rows of an answer. */
export function csvOfAnswer({ id, title, phrases, body, enabled, locales, buttons }: Answer): string {
  const first = rowOf({
    ...{ kind: "answer", id, title, phrases: phrases.join("\n"), body, enabled: enabled ? "yes" : "no" },
    ...(buttons.length > 0 && { buttons: JSON.stringify(buttons) }),
  });
  const others = Object.entries(locales).map(([locale, variant]) =>
    rowOf({ locale, title: variant.title, phrases: variant.phrases.join("\n"), body: variant.body })
  );
  return [first, ...others].join("");
}

/** The row of an article. */
export function csvOfArticle({ id, title, body, enabled, url = "" }: Article): string {
  return rowOf({ kind: "article", id, title, body, enabled: enabled ? "yes" : "no", url });
}

/** @throws {InvalidInput} for a file that cannot be read */
export function* entriesOfCsv(text: string): Generator<Entry> {
  let names: (Column | undefined)[] | undefined;
  let above: GivenEntry | undefined;
  for (const row of csvRowsOf(text)) {
    if ("openLine" in row) {
      throw unreadable(`the quoted value that begins in line ${row.openLine} does not end`);
    }
    if (!names) {
      names = namesOf(row);
      continue;
    }
    const cells = cellsOf(names, row);
    if (cells.locale?.trim()) {
      if (above) addLanguage(above, cells);
      else yield { line: row.line, why: "a row with a locale stands below its answer" };
      continue;
    }
    if (above) yield above;
    above = undefined;
    const entry = entryOf(row.line, cells);
    if ("kind" in entry && entry.kind === "answer") above = entry;
    else yield entry;
  }
  if (above) yield above;
  if (!names) throw unreadable("the file is empty");
}

function namesOf({ values }: CsvRow): (Column | undefined)[] {
  const names = values.map((value): Column | undefined => {
    const name = value.trim().toLowerCase();
    return columns.find((column) => column === name) ?? otherNames[name];
  });
  for (const needed of ["title", "body"] as const) {
    if (!names.includes(needed)) {
      throw unreadable(`the first line names the columns ${columns.join(",")}; ${needed} is missing`);
    }
  }
  return names;
}

function cellsOf(names: readonly (Column | undefined)[], { values }: CsvRow): Cells {
  return Object.fromEntries(
    names.flatMap((name, i) => name && values[i] !== undefined ? [[name, unguarded(values[i]!)]] : []),
  );
}

/** A row as an entry; what it has no columns for is not given. */
function entryOf(line: number, { kind: given = "", ...cells }: Cells): Entry {
  const kind = given.trim().toLowerCase() || "answer";
  if (kind !== "answer" && kind !== "article") return { line, why: "kind: answer or article" };
  const { id, title, body, enabled, locale, phrases, buttons, url } = cells;
  const shared = {
    ...{ title, body },
    ...(id?.trim() && { id: id.trim() }),
    ...(enabled !== undefined && { enabled: switchOf(enabled) }),
  };
  if (kind === "article") {
    return { line, kind, value: { ...shared, ...(url !== undefined && { url: url.trim() }) } };
  }
  const buttonList = buttons === undefined ? {} : { buttons: buttonsOf(buttons) };
  return {
    ...{ line, kind },
    value: {
      ...{ ...shared, ...buttonList },
      ...(phrases !== undefined && { phrases: phrasesOf(phrases) }),
      ...(locale !== undefined && { locales: {} }),
    },
  };
}

/** What is not JSON is no list either, as the check says. */
function buttonsOf(cell: string): unknown {
  try {
    return cell.trim() ? JSON.parse(cell) : [];
  } catch {
    return cell;
  }
}

const phrasesOf = (cell: string) => cell.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");

function addLanguage({ value }: GivenEntry, { locale, title = "", body = "", phrases = "" }: Cells): void {
  const { locales } = value as { locales: Record<string, unknown> };
  locales[locale!.trim()] = { title, body, phrases: phrasesOf(phrases) };
}
