import assert from "node:assert/strict";
import { protocolPage } from "../docs/protocol_page.ts";

Deno.test("docs/protocol.md says what the schemas say", async () => {
  const page = await Deno.readTextFile(new URL("../docs/protocol.md", import.meta.url));
  assert.equal(page, protocolPage(), "run `deno task docs`");
});
