import { deepEqual, equal, rejects } from "node:assert/strict";
import { chatbotOf, isOpenAt, publicChatbot, saveChatbot } from "../../../chat/chatbots/chatbots.ts";
import { InvalidInput } from "../../../chat/errors.ts";
import { withChat } from "../chat_fixture.ts";

Deno.test("visitors find nobody on a holiday, whatever the hours, in the business's own time zone", async () => {
  await withChat(async (chat) => {
    await saveChatbot(chat, "asha", {
      business_hours: { time_zone: "Asia/Kolkata" },
      holidays: ["2026-11-27", "12-25"],
    });
    const settings = await chatbotOf(chat, "asha");
    equal(isOpenAt(settings, new Date("2026-11-26T18:29Z")), true);
    equal(isOpenAt(settings, new Date("2026-11-26T18:30Z")), false);
    equal(isOpenAt(settings, new Date("2026-11-27T18:30Z")), true);
    equal(isOpenAt(settings, new Date("2031-12-25T06:00Z")), false);
    deepEqual((await publicChatbot(chat, "asha")).holidays, ["2026-11-27", "12-25"]);
  });
});

for (const date of ["2026-02-30", "13-01", "2026-1-1", "02-30", "tomorrow", ""]) {
  Deno.test(`the holiday ${JSON.stringify(date)} is refused`, async () => {
    await withChat((chat) => rejects(saveChatbot(chat, "asha", { holidays: [date] }), InvalidInput));
  });
}
