import assert from "node:assert/strict";
import { portalTest } from "./fixture.ts";

portalTest(
  "what a visitor of the admin's name wrote stands on the visitor's side, in a room of a former version",
  async ({ driver }) => {
    const { page } = driver;
    await driver.shows((rows) => rows.length === 2);
    await driver.shows(([question, answer]) =>
      question?.side === "theirs" && question.text === "a refund was promised" &&
      answer?.side === "own" && answer.text === "no"
    );
    assert.equal(
      await page.locator(".room-last").first().textContent().then((text) => text?.includes("no")),
      true,
    );
    await driver.write("sorry");
    await driver.shows((rows) => rows.at(-1)?.text === "sorry" && rows.at(-1)?.state === "Sent");
  },
  {
    path: "/to/asha",
    async before({ parlor }) {
      const { store } = parlor.running.service.chat;
      const draft = {
        admin: "asha",
        consumer: "asha",
        kind: "text",
        at: Date.now(),
        client_id: "1",
      } as const;
      await store.appendMessage({ ...draft, side: "visitor", content: "a refund was promised" });
      await store.appendMessage({ ...draft, side: "admin", content: "no" });
    },
  },
);
