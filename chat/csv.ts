/** Comma-separated values as spreadsheets write and read them (RFC 4180). */

/** A row, and the line it begins in. */
export interface CsvRow {
  line: number;
  values: string[];
}

/** Rows of a text, or the line where a quoted value does not end. The heading decides between comma and semicolon. */
export function csvRows(text: string): { rows: CsvRow[]; openLine?: number } {
  const rows: CsvRow[] = [];
  for (const row of csvRowsOf(text)) {
    if ("openLine" in row) return { rows, openLine: row.openLine };
    rows.push(row);
  }
  return { rows };
}

/** The rows one by one, for long texts; at the end, the line where a quoted value does not end. */
export function* csvRowsOf(text: string): Generator<CsvRow | { openLine: number }> {
  const separator = separatorOf(text);
  let values: string[] = [], value = "", line = 1, began = 1, quoted = 0;
  const rowThere = (): CsvRow[] => {
    values.push(value);
    const row = values.length > 1 || value !== "" ? [{ line: began, values }] : [];
    [values, value] = [[], ""];
    return row;
  };
  for (let i = text.startsWith("\ufeff") ? 1 : 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') value += character;
      else if (text[i + 1] === '"') value += text[++i];
      else quoted = 0;
      if (character === "\n") line++;
    } else if (character === '"' && value === "") quoted = line;
    else if (character === separator) value = (values.push(value), "");
    else if (character === "\n") {
      yield* rowThere();
      began = ++line;
    } else if (character !== "\r") value += character;
  }
  if (quoted) yield { openLine: quoted };
  else yield* rowThere();
}

function separatorOf(text: string): string {
  const [heading = ""] = text.split("\n", 1);
  return heading.includes(";") && !heading.includes(",") ? ";" : ",";
}

/** One row as text. A value that a spreadsheet would run as a formula gets an apostrophe before it. */
export function csvRow(values: readonly (string | number)[]): string {
  return `${
    values.map((value) => quoted(typeof value === "number" ? `${value}` : guarded(value))).join(",")
  }\r\n`;
}

const formula = /^'*[=+\-@\t\r]/;

const guarded = (value: string) => formula.test(value) ? `'${value}` : value;

/** A value without the apostrophe that `csvRow` puts before formulas. */
export const unguarded = (value: string): string =>
  value.startsWith("'") && formula.test(value) ? value.slice(1) : value;

function quoted(value: string): string {
  return /[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
