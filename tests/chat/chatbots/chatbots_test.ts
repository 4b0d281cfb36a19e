import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { Chatbot, ChatbotPublic, ChatbotSettings } from "../../../protocol/chatbot.ts";
import { chatbotOf, isOpenAt, publicChatbot, saveChatbot } from "../../../chat/chatbots/chatbots.ts";
import { InvalidInput, UnknownAdmin } from "../../../chat/errors.ts";
import { profile } from "../../../chat/accounts/accounts.ts";
import { type ChatFixture, withChat } from "../chat_fixture.ts";

const test = (name: string, visit: (chat: ChatFixture) => Promise<void>) =>
  Deno.test(name, () => withChat(visit));

/** Saves an invalid patch and returns the error message by field. */
async function refused(chat: ChatFixture, patch: unknown): Promise<Record<string, string>> {
  let fields = {};
  await rejects(saveChatbot(chat, "asha", patch), (error: Error) => {
    ok(error instanceof InvalidInput, String(error));
    fields = error.fields;
    return true;
  });
  return fields;
}

test("a new admin has a chatbot with every default, as old as the account", async (chat) => {
  const chatbot = await chatbotOf(chat, "asha");
  const { created } = await profile(chat, "asha");
  deepEqual(chatbot, { username: "asha", ...ChatbotSettings.parse({}), updated: created });
  deepEqual(Chatbot.parse(chatbot), chatbot);
});

test("nobody's chatbot is nowhere", async (chat) => {
  for (const nobody of ["nobody_here", "x y", "", "as\0ha"]) {
    await rejects(chatbotOf(chat, nobody), UnknownAdmin);
    await rejects(publicChatbot(chat, nobody), UnknownAdmin);
    await rejects(saveChatbot(chat, nobody, { title: "Mine now" }), UnknownAdmin);
  }
});

test("the first change creates, later ones modify, and all are there afterwards", async (chat) => {
  const first = await saveChatbot(chat, "asha", { title: "Asha's help" });
  equal(first.created, true);
  chat.wait(5_000);
  const second = await saveChatbot(chat, "asha", { accent: "#ABCDEF" });
  equal(second.created, false);
  ok(second.chatbot.updated > first.chatbot.updated);
  deepEqual(await chatbotOf(chat, "ASHA"), second.chatbot);
  deepEqual(second.chatbot, {
    ...first.chatbot,
    accent: "#abcdef",
    updated: second.chatbot.updated,
  });
});

test("one admin's change leaves another's chatbot alone", async (chat) => {
  const before = await chatbotOf(chat, "bruno");
  await saveChatbot(chat, "asha", { title: "Asha's help" });
  deepEqual(await chatbotOf(chat, "bruno"), before);
});

test("a part of nested settings is changed, the rest of it stays", async (chat) => {
  await saveChatbot(chat, "asha", { prechat: { name: "required" }, collect: { page: false } });
  const ranges = [{ day: 1, from: "09:00", to: "17:00" }];
  await saveChatbot(chat, "asha", { prechat: { email: "optional" }, business_hours: { ranges } });
  await saveChatbot(chat, "asha", { business_hours: { time_zone: "Asia/Kolkata" } });
  const chatbot = await chatbotOf(chat, "asha");
  deepEqual(chatbot.prechat, { name: "required", email: "optional" });
  deepEqual(chatbot.collect, { page: false, referrer: true, query: false, device: true });
  deepEqual(chatbot.business_hours, { time_zone: "Asia/Kolkata", ranges });
});

test("a list is replaced whole", async (chat) => {
  await saveChatbot(chat, "asha", { allowed_origins: ["https://a.example", "https://b.example"] });
  await saveChatbot(chat, "asha", { allowed_origins: ["https://c.example"] });
  deepEqual((await chatbotOf(chat, "asha")).allowed_origins, ["https://c.example"]);
});

test("what was read can be written back: name and time of change are ignored", async (chat) => {
  await saveChatbot(chat, "asha", { title: "Asha's help" });
  const read = await chatbotOf(chat, "asha");
  const { chatbot } = await saveChatbot(chat, "asha", { ...read, username: "bruno", updated: "yesterday" });
  deepEqual(chatbot, { ...read, updated: chatbot.updated });
  equal((await chatbotOf(chat, "bruno")).title, ChatbotSettings.parse({}).title);
});

test("a setting that does not exist is refused by name, and nothing is changed", async (chat) => {
  const before = await chatbotOf(chat, "asha");
  const hostile = JSON.parse('{"__proto__": {"title": "x"}, "constructor": 1, "toString": 2}');
  const fields = await refused(chat, {
    title: "Asha's help",
    titel: "x",
    prechat: { phone: "required" },
    ...hostile,
  });
  deepEqual(Object.keys(fields).sort(), ["__proto__", "constructor", "prechat.phone", "titel", "toString"]);
  deepEqual(await chatbotOf(chat, "asha"), before);
  deepEqual(chat.audience.heard, []);
});

const wrong: [field: string, patch: Record<string, unknown>][] = [
  ["title", { title: "" }],
  ["title", { title: "x".repeat(81) }],
  ["title", { title: null }],
  ["title", { title: "a\0b" }],
  ["accent", { accent: "teal" }],
  ["position", { position: "top" }],
  ["avatar_url", { avatar_url: "http://a.example/a.png" }],
  ["avatar_url", { avatar_url: "javascript:alert(1)" }],
  ["avatar_url", { avatar_url: "https://*/x.png" }],
  ["avatar_url", { avatar_url: "https://a.example;sandbox/x.png" }],
  ["avatar_url", { avatar_url: "https://asha:secret@a.example/x.png" }],
  ["locale", { locale: "not a locale" }],
  ["prechat", { prechat: null }],
  ["prechat", { prechat: "off" }],
  ["prechat.name", { prechat: { name: true } }],
  ["business_hours.time_zone", { business_hours: { time_zone: "Mars/Olympus" } }],
  ["business_hours.ranges.1.day", {
    business_hours: {
      ranges: [{ day: 1, from: "09:00", to: "17:00" }, { day: 8, from: "09:00", to: "17:00" }],
    },
  }],
  ["business_hours.ranges.0", { business_hours: { ranges: [{ day: 1, from: "17:00", to: "09:00" }] } }],
  ["allowed_origins.0", { allowed_origins: ["*"] }],
  ["allowed_origins.0", { allowed_origins: ["https://a.example/"] }],
  ["allowed_origins.0", { allowed_origins: ["null"] }],
  ["allowed_origins.0", { allowed_origins: ["http://*.shop.test:8201"] }],
  ["allowed_origins.0", { allowed_origins: ["https://a;sandbox"] }],
];
for (const [field, patch] of wrong) {
  test(`refused under ${field}: ${JSON.stringify(patch).slice(0, 70)}`, async (chat) => {
    const before = await chatbotOf(chat, "asha");
    const fields = await refused(chat, patch);
    deepEqual(Object.keys(fields), [field]);
    ok(fields[field]!.length > 3);
    deepEqual(await chatbotOf(chat, "asha"), before);
  });
}

test("what an earlier version took and this one refuses keeps no other setting from being saved", async (chat) => {
  const { chatbot: { username: _, updated: __, ...good } } = await saveChatbot(chat, "asha", {});
  const stored = async (allowed_origins: string[]) => {
    await chat.store.saveChatbot("asha", { ...good, avatar_url: "https://*/x.png", allowed_origins }, 1);
    return await chatbotOf(chat, "asha");
  };
  const { allowed_origins, avatar_url } = await stored(["https://*.a.example", "https://b.example"]);
  deepEqual([allowed_origins, avatar_url], [["https://b.example"], ""]);
  await saveChatbot(chat, "asha", { title: "Asha's help" });
  deepEqual(
    (await stored(["https://*.a.example"])).allowed_origins,
    ["https://*.a.example"],
    "open to no site",
  );
});

test("a patch is an object", async (chat) => {
  for (const patch of [null, undefined, 1, "title", [], [{ title: "x" }]]) {
    deepEqual(Object.keys(await refused(chat, patch)), [""]);
  }
  equal((await saveChatbot(chat, "asha", {})).chatbot.title, (await chatbotOf(chat, "bruno")).title);
});

test("two who change different settings at once both get theirs", async (chat) => {
  await Promise.all([
    saveChatbot(chat, "asha", { title: "Asha's help" }),
    saveChatbot(chat, "asha", { nonsense: 1 }).catch(() => {}),
    saveChatbot(chat, "asha", { subtitle: "Until six" }),
    saveChatbot(chat, "asha", { prechat: { name: "optional" } }),
    saveChatbot(chat, "asha", { prechat: { email: "optional" } }),
  ]);
  const { title, subtitle, prechat } = await chatbotOf(chat, "asha");
  deepEqual({ title, subtitle, prechat }, {
    title: "Asha's help",
    subtitle: "Until six",
    prechat: { name: "optional", email: "optional" },
  });
});

test("a change is told as the public part, and strangers read no more than that", async (chat) => {
  await saveChatbot(chat, "asha", {
    title: "Asha's help",
    allowed_origins: ["https://a.example"],
    collect: { page: false },
  });
  const chatbot = await publicChatbot(chat, "asha");
  deepEqual(chat.audience.heard, [{ type: "chatbot_updated", chatbot }]);
  deepEqual(ChatbotPublic.parse(chatbot), chatbot);
  equal(chatbot.title, "Asha's help");
  for (const secret of ["allowed_origins", "collect", "updated"]) ok(!(secret in chatbot), secret);
});

test("settings stored before a setting existed have its default", async (chat) => {
  const { subtitle: _, ...old } = ChatbotSettings.parse({ title: "Old", prechat: { email: "required" } });
  const partial = { ...old, prechat: { email: "required" } } as ChatbotSettings;
  await chat.store.saveChatbot("asha", partial, Date.now());
  const chatbot = await chatbotOf(chat, "asha");
  deepEqual([chatbot.title, chatbot.subtitle, chatbot.prechat], ["Old", "", {
    name: "off",
    email: "required",
  }]);
});

const hours = (time_zone: string, ...ranges: [day: number, from: string, to: string][]) => ({
  business_hours: { time_zone, ranges: ranges.map(([day, from, to]) => ({ day, from, to })) },
});
const openings: [what: string, settings: ReturnType<typeof hours>, at: string, open: boolean][] = [
  ["without hours, always", hours("UTC"), "2026-11-22T03:00:00Z", true],
  ["on a Monday at nine", hours("UTC", [1, "09:00", "17:00"]), "2026-11-23T09:00:00Z", true],
  ["a moment before nine", hours("UTC", [1, "09:00", "17:00"]), "2026-11-23T08:59:59.999Z", false],
  ["at five sharp", hours("UTC", [1, "09:00", "17:00"]), "2026-11-23T17:00:00Z", false],
  ["on another day", hours("UTC", [1, "09:00", "17:00"]), "2026-11-24T12:00:00Z", false],
  [
    "at noon between two openings",
    hours("UTC", [1, "09:00", "12:00"], [1, "13:00", "17:00"]),
    "2026-11-23T12:30:00Z",
    false,
  ],
  [
    "in the second opening",
    hours("UTC", [1, "09:00", "12:00"], [1, "13:00", "17:00"]),
    "2026-11-23T13:00:00Z",
    true,
  ],
  ["on a Sunday, day 7", hours("UTC", [7, "00:00", "24:00"]), "2026-11-22T23:59:59Z", true],
  ["at midnight, when the day begins", hours("UTC", [1, "00:00", "00:30"]), "2026-11-23T00:00:00Z", true],
  [
    "in Kolkata, half an hour off the hour",
    hours("Asia/Kolkata", [1, "09:00", "17:00"]),
    "2026-11-23T03:30:00Z",
    true,
  ],
  ["before nine in Kolkata", hours("Asia/Kolkata", [1, "09:00", "17:00"]), "2026-11-23T03:29:00Z", false],
  [
    "where it is Tuesday already",
    hours("Pacific/Auckland", [2, "08:00", "09:00"]),
    "2026-11-23T19:30:00Z",
    true,
  ],
  ["in summer time", hours("Europe/Berlin", [1, "09:00", "10:00"]), "2026-07-20T07:30:00Z", true],
  ["in winter time", hours("Europe/Berlin", [1, "09:00", "10:00"]), "2026-11-23T07:30:00Z", false],
];
for (const [what, settings, at, open] of openings) {
  Deno.test(`${open ? "open" : "closed"} ${what}`, () => equal(isOpenAt(settings, new Date(at)), open));
}

Deno.test("whole days end to end are open at every minute, in every zone", () => {
  const zones = fc.constantFrom("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Europe/London");
  const always = [1, 2, 3, 4, 5, 6, 7].map((day): [number, string, string] => [day, "00:00", "24:00"]);
  const times = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
  fc.assert(fc.property(zones, times, (zone, at) => isOpenAt(hours(zone, ...always), at)));
});
