import assert from "node:assert/strict";
import { CannotOpen } from "../../db/errors.ts";
import { secretBeside } from "../../db/secret_file.ts";
import { DatabaseFile } from "./sqlite/database_file.ts";

const modeOf = (path: string) => Deno.statSync(path).mode! & 0o777;

Deno.test("a secret is 32 random bytes, made once and the same ever after", async () => {
  using file = new DatabaseFile();
  using other = new DatabaseFile();
  const secret = await secretBeside(file.path);
  assert.equal(Uint8Array.fromBase64(secret, { alphabet: "base64url" }).length, 32);
  assert.equal(await secretBeside(file.path), secret);
  assert.notEqual(await secretBeside(other.path), secret);
});

Deno.test("a secret is its owner's alone, also after a copy opened it to others", async () => {
  using file = new DatabaseFile();
  const secret = await secretBeside(file.path);
  const path = `${file.folder}/data/secret`;
  assert.equal(modeOf(path), 0o600);
  Deno.chmodSync(path, 0o644);
  assert.equal(await secretBeside(file.path), secret);
  assert.equal(modeOf(path), 0o600);
});

Deno.test("processes that ask for a secret at once agree on it", async () => {
  using file = new DatabaseFile();
  const secrets = await Promise.all(Array.from({ length: 50 }, () => secretBeside(file.path)));
  assert.equal(new Set(secrets).size, 1);
  assert(secrets[0]!.length >= 43);
});

Deno.test("a secret that another process is about to write is waited for", async () => {
  using file = new DatabaseFile();
  Deno.mkdirSync(`${file.folder}/data`);
  Deno.writeTextFileSync(`${file.folder}/data/secret`, "");
  const asked = secretBeside(file.path);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const written = "s".repeat(43);
  Deno.writeTextFileSync(`${file.folder}/data/secret`, `${written}\n`);
  assert.equal(await asked, written);
});

Deno.test("an empty or a short secret is refused with the file's name, and left as it is", async () => {
  for (const content of ["", "\n", "short", "x".repeat(42)]) {
    using file = new DatabaseFile();
    Deno.mkdirSync(`${file.folder}/data`);
    const path = `${file.folder}/data/secret`;
    Deno.writeTextFileSync(path, content);
    await assert.rejects(secretBeside(file.path), (error) => {
      assert(error instanceof CannotOpen && error.message.includes(path), String(error));
      return true;
    });
    assert.equal(Deno.readTextFileSync(path), content);
  }
});
