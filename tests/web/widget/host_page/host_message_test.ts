import assert from "node:assert/strict";
import { OpenSession } from "../../../../protocol/requests.ts";
import { mark } from "../../../../web/widget/bridge.ts";
import { readToFrame } from "../../../../web/widget/frame/host_message.ts";

Deno.test("whatever a site says of its visitor, the service takes it", () => {
  const attributes = {
    long: "x".repeat(499) + "🪴",
    nul: "a\0b",
    half: "\ud83e",
    whole: "🪴",
    [`${"k".repeat(63)}🪴`]: "a key",
  };
  const message = readToFrame({ parlor: mark, type: "settings", settings: { attributes } });
  assert.ok(message?.type === "settings");
  const { attributes: read } = OpenSession.parse({ attributes: message.settings.attributes });
  assert.deepEqual(read, {
    long: "x".repeat(499),
    nul: "ab",
    half: "",
    whole: "🪴",
    ["k".repeat(63)]: "a key",
  });
});
