import assert from "node:assert/strict";
import { isEngineError, isLost } from "../../../db/postgres/engine_errors.ts";

/** An error as thrown by the driver, the system or the server. */
const withCode = (code: string) => Object.assign(new Error(code), { code });

Deno.test("postgres: a connection that broke is told from a server that refuses", () => {
  for (const code of ["CONNECTION_CLOSED", "ECONNRESET", "EPIPE", "57P01", "08006"]) {
    assert.deepEqual([isLost(withCode(code)), isEngineError(withCode(code))], [true, true], code);
  }
  for (const code of ["40001", "53100", "55P03", "57014"]) {
    assert.deepEqual([isLost(withCode(code)), isEngineError(withCode(code))], [false, true], code);
  }
  // An index key that is too long, a value that is not text: a retry would fail again.
  for (const code of ["54000", "22021", "23505", "42P01"]) {
    assert.deepEqual([isLost(withCode(code)), isEngineError(withCode(code))], [false, false], code);
  }
});
