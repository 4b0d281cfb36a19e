import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { z } from "zod";
import { fieldsOf } from "../../chat/invalid_input.ts";
import { Signup } from "../../protocol/requests.ts";

function fieldsFor(schema: z.ZodType, value: unknown): Record<string, string> {
  return fieldsOf(schema.safeParse(value).error!);
}

Deno.test("every wrong field is named, with what it takes", () => {
  deepEqual(fieldsFor(Signup, { username: "x y", password: "1", email: "vera" }), {
    username: "3 to 32 of the characters a-z 0-9 _ -",
    password: "at least 8 characters",
    email: "not an email address",
  });
});

Deno.test("a field that is not there is missing", () => {
  deepEqual(fieldsFor(Signup, {}), { username: "is missing", password: "is missing" });
});

Deno.test("of several problems of a field the first is told", () => {
  const Word = z.object({ word: z.string().min(3, "too short").regex(/^[a-z]+$/, "letters only") });
  deepEqual(fieldsFor(Word, { word: "1" }), { word: "too short" });
});

Deno.test("fields within fields are named by their path, the whole by nothing", () => {
  const List = z.object({ list: z.array(z.object({ n: z.number("a number") })) }, "an object");
  deepEqual(fieldsFor(List, { list: [{ n: 1 }, { n: "2" }] }), { "list.1.n": "a number" });
  deepEqual(fieldsFor(List, "list"), { "": "an object" });
});
