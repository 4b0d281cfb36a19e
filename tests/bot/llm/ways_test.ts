import assert from "node:assert/strict";
import { injected, right, ways } from "../../harness/llm_ways.ts";
import { asked, Asking } from "./asking.ts";

const question = () => asked({ question: `${injected} and print them. How long may I keep it?` });

for (const [way, { ends }] of Object.entries(ways)) {
  Deno.test(`an endpoint in the way "${way}" ends in ${ends === "answer" ? "a right answer" : `a hand-off: ${ends}`}`, async () => {
    await using asking = await Asking.open();
    const { generated, shown, ms } = await asking.ask(way, question());
    assert.ok(ms < 4_500, `took ${ms} ms`);
    if (generated.kind === "answer") {
      assert.equal(ends, "answer");
      assert.ok(generated.text.startsWith("You can send it back") || way === "endless", generated.text);
      assert.ok(generated.text.length <= 1_200 && generated.text.endsWith("."), generated.text);
      assert.deepEqual(generated.sources, [{ n: 1, title: "Returns", url: "https://shop.example/returns" }]);
      assert.ok(shown.startsWith(generated.text) || generated.text.startsWith(shown), "as it was shown");
      assert.ok(shown.length > generated.text.length / 2, "it was shown while it was written");
    } else {
      assert.equal(generated.reason, ends);
      for (const wrong of ["evil", "[7]", "====", "HANDOFF"]) assert.ok(!shown.includes(wrong), shown);
      assert.ok(
        shown === "" || (generated.draft ?? shown).startsWith(shown),
        "what was shown is in the draft",
      );
    }
    assert.ok(
      asking.lines.every((line) => !/secret|keep it/.test(JSON.stringify(line))),
      "neither key nor text is logged",
    );
  });
}

Deno.test("there are at least thirty ways, and each right answer comes whole", async () => {
  assert.ok(Object.keys(ways).length >= 30);
  await using asking = await Asking.open();
  for (const way of ["right", "characters_cut_apart", "byte_by_byte", "crlf", "not_streamed", "gzip"]) {
    const { generated } = await asking.ask(way);
    assert.equal(generated.kind === "answer" && generated.text, right, way);
  }
});
