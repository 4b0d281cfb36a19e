import assert from "node:assert/strict";
import { CannedCode, NewCanned } from "../../protocol/canned.ts";
import { cannedParts, filledCanned } from "../../protocol/canned_text.ts";

Deno.test("a canned reply is split into text, variables with their fallbacks, and questions", () => {
  assert.deepEqual(cannedParts("Hi {{visitor.name|there}}, order {{ ask: Order number }}?"), [
    { type: "text", text: "Hi " },
    { type: "variable", name: "visitor.name", fallback: "there" },
    { type: "text", text: ", order " },
    { type: "ask", label: "Order number" },
    { type: "text", text: "?" },
  ]);
});

Deno.test("a variable without a value takes its fallback, and without one nothing", () => {
  const parts = cannedParts("Hi {{visitor.name|there}}{{page.title}}, {{ask:Day|today}} {{ask:Hour}}");
  assert.equal(filledCanned(parts, {}), "Hi there, today ");
  assert.equal(
    filledCanned(parts, { "visitor.name": "Ada", "page.title": "!" }, { Day: "Friday", Hour: "2 PM" }),
    "Hi Ada!, Friday 2 PM",
  );
});

Deno.test("what a variable says is never itself read for variables", () => {
  const parts = cannedParts("{{visitor.name}}");
  assert.equal(filledCanned(parts, { "visitor.name": "{{agent.name}}" }), "{{agent.name}}");
});

Deno.test("braces that are no variable stay as they were written", () => {
  for (const text of ["{ {visitor.name} }", "{{", "}}", "a {b} c", "{{ unclosed"]) {
    assert.deepEqual(cannedParts(text), [{ type: "text", text }]);
  }
});

Deno.test("an unknown variable is refused by its name", () => {
  const read = NewCanned.safeParse({ code: "hi", text: "Hi {{vistor.name}}", scope: "own" });
  assert.equal(read.error?.issues[0]?.message, "There is no variable {{vistor.name}}");
  assert.equal(NewCanned.safeParse({ code: "hi", text: "{{ask:}}", scope: "own" }).success, false);
});

Deno.test("a code is compared without case, slash and composition, in any script", () => {
  assert.equal(CannedCode.parse(" /Café "), "café");
  assert.equal(CannedCode.parse("cafe\u0301"), "café");
  assert.equal(CannedCode.parse("مرحبا"), "مرحبا");
  for (const code of ["", "/", "a b", "a/b", "-a", "a".repeat(33)]) {
    assert.equal(CannedCode.safeParse(code).success, false, code);
  }
});
