import assert from "node:assert/strict";
import { CannotOpen } from "../../db/errors.ts";
import { openStore } from "../../db/open.ts";

/** The error message for a DATABASE_URL that cannot be opened. */
async function refusal(url: string): Promise<string> {
  const error = await openStore(url).then(() => undefined, (error) => error);
  assert(error instanceof CannotOpen, `${url} was not refused, but ${error}`);
  return error.message;
}

Deno.test("a scheme that is not known is refused with the variable, what it got and what it takes", async () => {
  for (const url of ["mysql:x", "foo", "", "./data/parlor.db", "SQLITE:x", "constructor:x", "sqlite"]) {
    const message = await refusal(url);
    assert.match(message, /^DATABASE_URL: got .* takes .*sqlite:PATH/);
    assert(message.includes(`got ${JSON.stringify(url)}`), message);
  }
});

Deno.test("a refused URL is told without its credentials", async () => {
  for (
    const url of [
      "mysql://asha:hunter2@db.example:3306/parlor",
      "mysql://asha:hun@hunter2@db.example/parlor",
      "mysql://db.example/parlor?user=asha&password=hunter2",
      "mysql://db.example/parlor#hunter2",
      "asha:hunter2@db.example",
      "//asha:hunter2@db.example",
    ]
  ) assert.doesNotMatch(await refusal(url), /hunter2/, url);
});

Deno.test("a database needs a file", async () => {
  for (const url of ["sqlite:", "sqlite::memory:"]) {
    assert.match(await refusal(url), /^DATABASE_URL: got "sqlite:.* takes sqlite:PATH/);
  }
});
