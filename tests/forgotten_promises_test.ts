import assert from "node:assert/strict";
import { PromiseCheck } from "./harness/promise_check.ts";

/** Files that decide on permissions. */
const doors = [
  "routes/api/authenticate.ts",
  "routes/socket/socket_identity.ts",
  "chat/accounts/accounts.ts",
  "chat/team/acting.ts",
  "chat/team/invitations.ts",
  "chat/team/joining.ts",
  "chat/team/member_changes.ts",
  "chat/accounts/sessions.ts",
  "chat/visitors/visitor_sessions.ts",
  "chat/accounts/login_attempts.ts",
  "chat/limits/challenge.ts",
];
/** Each text with one `await` removed. Not before a returned value: returning the promise is equivalent. */
function* withoutAnAwait(text: string): Iterable<{ line: number; text: string }> {
  for (const { 0: word, index } of text.matchAll(/(?<!return )\bawait\s+/g)) {
    yield {
      line: text.slice(0, index).split("\n").length,
      text: text.slice(0, index) + text.slice(index + word.length),
    };
  }
}

Deno.test("nothing of the service drops a promise, or asks whether one is there", async (t) => {
  const check = new PromiseCheck();
  assert.ok(check.paths.length > 150, `${check.paths.length} files were read`);
  assert.deepEqual(check.paths.flatMap((path) => check.forgotten(path)), []);

  await t.step(
    "so that an `await` taken away where a right is checked passes no more than a wrong type",
    () => {
      let tried = 0;
      for (const path of doors) {
        const whole = Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));
        for (const { line, text } of withoutAnAwait(whole)) {
          check.put(path, text);
          const seen = [...check.forgotten(path), ...check.errors(path)];
          assert.ok(seen.length > 0, `${path}:${line} passes without its await`);
          tried++;
        }
        check.put(path, undefined);
        assert.deepEqual(check.errors(path), [], "as it stands it is whole");
      }
      assert.ok(tried > 25, `${tried} were taken away`);
    },
  );
});
