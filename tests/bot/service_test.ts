import assert from "node:assert/strict";
import type { Client, Frame } from "../harness/client.ts";
import { type Admin, Parlor } from "../harness/parlor.ts";

async function botText(socket: Client): Promise<Frame> {
  for (;;) {
    const { message } = await socket.next("new_message", 30_000);
    if (message.by === "bot" && message.kind === "text") return message;
  }
}

class Shop {
  constructor(readonly parlor: Parlor, readonly admin: Admin) {}

  async post(path: string, body: unknown): Promise<void> {
    const response = await this.parlor.post(path, body, { authorization: `Bearer ${this.admin.token}` });
    assert(response.ok, `${path} answered ${response.status}: ${await response.clone().text()}`);
  }

  /** A visitor's socket, and what the bot says to a text. */
  async visitor(asked: Record<string, unknown> = {}) {
    const { consumer, token } = await this.parlor.visit(this.admin, asked);
    const socket = await this.parlor.chat(this.admin, consumer, token);
    const ask = async (text: string) => {
      await socket.say(text);
      return await botText(socket);
    };
    return { socket, ask, consumer };
  }
}

async function openShop(parlor: Parlor): Promise<Shop> {
  const shop = new Shop(parlor, await parlor.signUp("asha"));
  await shop.post("/chatbot/api", { bot: { mode: "answer", name: "Lampi" } });
  await shop.post("/messages/api/answers", {
    title: "Where is my order?",
    phrases: [
      "track my parcel",
      "when will my package arrive",
      "has my order been shipped",
      "delivery status",
    ],
    body: "Each parcel has a number, which we mail to you.",
    locales: {
      de: {
        title: "Wo ist meine Bestellung?",
        phrases: ["Paket verfolgen"],
        body: "Jedes Paket hat eine Nummer.",
      },
    },
  });
  await shop.post("/messages/api/answers", {
    title: "How do I return a lamp?",
    phrases: ["send it back", "I want my money back", "refund", "return policy", "can I exchange a lamp"],
    body: "Within 30 days, for free.",
  });
  return shop;
}

Deno.test("a shop that has written two answers and switched the bot on has one that answers", async () => {
  await using parlor = await Parlor.start();
  const shop = await openShop(parlor);
  const { socket, ask, consumer } = await shop.visitor();
  assert.match((await ask("Hello!")).content, /\p{L}/u);
  assert.equal((await ask("where is my order")).content, "Each parcel has a number, which we mail to you.");
  assert.equal((await ask("Refund")).content, "Within 30 days, for free.");
  const german = await shop.visitor({ locale: "de-AT" });
  assert.equal((await german.ask("Wo ist meine Bestellung?")).content, "Jedes Paket hat eine Nummer.");
  await ask("I want to talk to a person, please");
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  const { room } = await parlor.fetch(`/messages/api/rooms/${consumer}`, {
    headers: { authorization: `Bearer ${shop.admin.token}` },
  }).then((response) => response.json());
  assert.deepEqual([room.status, typeof room.waiting_since], ["waiting", "string"]);
  const chatbot = await parlor.fetch("/chatbot/api?username=asha").then((response) => response.json());
  assert.deepEqual(chatbot.bot, { name: "Lampi", avatar_url: "" }, "nothing else of its settings is public");
  await shop.post("/chatbot/api", { bot: { mode: "off" } });
  const late = await shop.visitor();
  await late.socket.say("Refund");
  await late.socket.hearsNo("typing", 1_000);
});

Deno.test("a conversation that was lost with its process goes on after the next start", async () => {
  await using parlor = await Parlor.start();
  const shop = await openShop(parlor);
  const { consumer, token } = await parlor.visit(shop.admin);
  const before = await parlor.chat(shop.admin, consumer, token);
  await before.say("Refund");
  await parlor.restart();
  const socket = await parlor.chat(shop.admin, consumer, token);
  assert.equal((await botText(socket)).content, "Within 30 days, for free.");
});

Deno.test("a flow begins with its phrase or greets, asks, and hands over to a person", async () => {
  await using parlor = await Parlor.start();
  const shop = await openShop(parlor);
  const steps = [
    { id: "order", do: "ask", text: "Which order?", into: "order", as: "number" },
    { id: "done", do: "handoff", text: "A colleague looks at {{order}}." },
  ];
  const start = { phrases: ["I have a question about my invoice"] };
  await shop.post("/messages/api/flows", { title: "Invoices", start, steps });
  const { socket, ask } = await shop.visitor();
  assert.equal((await ask("I have a question about my invoice!")).content, "Which order?");
  assert.match((await ask("the blue one")).content, /a number\.\n\nWhich order\?$/);
  assert.equal((await ask("it is 1042")).content, "A colleague looks at 1042.");
  await socket.until(() => socket.frames.some(({ message }) => message?.content === "waiting"));
  const choices = [{ label: "Lamps" }, { label: "Anything else" }];
  await shop.post("/messages/api/flows", {
    title: "Welcome",
    start: { greeting: true },
    steps: [
      { id: "about", do: "ask", text: "What is it about?", into: "about", as: "choice", choices },
      { id: "say", do: "say", text: "About {{about}}, then" },
    ],
  });
  const greeted = await shop.visitor();
  const { content, extra } = await greeted.ask("blorp");
  assert.equal(content, "What is it about?");
  assert.deepEqual(extra.buttons.map(({ id }: { id: string }) => id), ["choice:0", "choice:1"]);
  assert.equal((await greeted.ask("lamps")).content, "About Lamps, then");
});

Deno.test("a flow that a button starts knows what its visitor has told, and not what agents wrote", async () => {
  await using parlor = await Parlor.start();
  const shop = await openShop(parlor), start = { button: true };
  const post = (path: string, body: unknown) =>
    parlor.post(path, body, { authorization: `Bearer ${shop.admin.token}` });
  const text = "{{name|Dear visitor}}, we call {{phone|you}} or write to {{email|you}}. Which day?";
  const steps = [
    { id: "day", do: "ask", text, into: "day" },
    { id: "done", do: "say", text: "See you on {{day}}, {{name}}" },
  ];
  const flow = await (await post("/messages/api/flows", { title: "Visit", start, steps })).json();
  const buttons = [{ label: "Come and see us", do: { flow: flow.id } }];
  await shop.post("/messages/api/answers", { title: "Where is the shop?", body: "At the lake.", buttons });
  const { socket, ask, consumer } = await shop.visitor({ name: "Ada", email: "ada@a.example" });
  const answer = await ask("Where is the shop?");
  const contact = { name: "Ada the late payer", email: "private@a.example", phone: "+41791112233" };
  const path = `/messages/api/rooms/${consumer}/visitor`;
  const headers = { authorization: `Bearer ${shop.admin.token}`, "content-type": "application/json" };
  const written = await parlor.fetch(path, { method: "PATCH", headers, body: JSON.stringify(contact) });
  assert.equal(written.status, 200);
  const button = `flow:${flow.id}`;
  assert.deepEqual(answer.extra.buttons, [{ id: button, label: "Come and see us" }]);
  await socket.say("Come and see us", { reply: { seq: answer.seq, button } });
  const question = await botText(socket);
  assert.equal(question.content, "Ada, we call you or write to ada@a.example. Which day?");
  assert.equal((await ask("Friday")).content, "See you on Friday, Ada");
  assert(!JSON.stringify(socket.frames).includes("late payer"));
});
