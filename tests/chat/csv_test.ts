import assert from "node:assert/strict";
import { csvRow, csvRows, unguarded } from "../../chat/csv.ts";

const valuesOf = (text: string) => csvRows(text).rows.map(({ values }) => values);

Deno.test("values with commas, quotes and line breaks come back as they were written", () => {
  const rows = [["code", "text"], ["a", 'He said "yes, now"'], ["b", "two\nlines"], ["c", ""], ["", "d"]];
  assert.deepEqual(valuesOf(rows.map((row) => csvRow(row)).join("")), rows);
});

Deno.test("what a spreadsheet would run gets an apostrophe, and loses it when it is read again", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1"]) {
    const row = csvRow([text]), [[read]] = valuesOf(row) as [[string]];
    assert.match(read, /^'/);
    assert.equal(unguarded(read), text);
  }
  assert.equal(csvRow(["'tis", -1]), "'tis,-1\r\n");
  assert.equal(unguarded("'tis"), "'tis");
});

Deno.test("a file of a spreadsheet in another country, with a byte order mark, is read", () => {
  assert.deepEqual(valuesOf("\ufeffcode;text\r\na;b, c\r\n"), [["code", "text"], ["a", "b, c"]]);
});

Deno.test("rows know the line that they begin in, empty lines are none", () => {
  const { rows } = csvRows('a,b\n\n"x\ny",1\nlast,2');
  assert.deepEqual(rows.map(({ line, values }) => [line, values[0]]), [[1, "a"], [3, "x\ny"], [5, "last"]]);
});

Deno.test("a quoted value that does not end is told by its line", () => {
  assert.equal(csvRows('a,b\nc,"d\ne').openLine, 2);
});
