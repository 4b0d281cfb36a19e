import assert from "node:assert/strict";
import { Parlor, test, v1 } from "../../harness/parlor.ts";

test("a chatbot that is saved again and again is told at once, then once a second as it stands", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const vera = await parlor.open(`/ws/chat/asha/${crypto.randomUUID()}`, { protocols: v1() });
  const told = () => vera.frames.filter(({ command }) => command === "chatbot_updated");
  const greeting = () => told().at(-1)?.chatbot.greeting;
  const began = performance.now();
  for (let i = 0; i <= 30; i++) {
    const answer = await parlor.post("/chatbot/api", { greeting: `Hello ${i}` }, { cookie: asha.cookie });
    assert.ok(answer.ok, await answer.text());
  }
  await vera.until(() => told().length > 0);
  await vera.until(() => greeting() === "Hello 30");
  const seconds = (performance.now() - began) / 1_000;
  assert.ok(told().length <= 2 + seconds, `${told().length} times in ${seconds} s`);
});
