import assert from "node:assert/strict";
import fc from "fast-check";
import type { Client, Frame } from "../harness/client.ts";
import { hire, inboxOf } from "../harness/hire.ts";
import { LlmServer } from "../harness/llm_server.ts";
import { Parlor, test } from "../harness/parlor.ts";
import type { TeamMember } from "../harness/team.ts";
import { checkAll, PublicChatbot, SeedVisitorFrame, VisitorFrame, VisitorSession } from "./visitor_frames.ts";

/** What only members have written or may know. */
const secret = "for members alone";
const noLimits = {
  ...{ LIMIT_ROOMS_PER_ADDRESS: "off", LIMIT_MESSAGES_PER_ADDRESS: "off", LIMIT_SESSIONS_PER_ADDRESS: "off" },
  ...{
    LIMIT_SOCKETS_PER_ADDRESS: "off",
    LIMIT_FRAMES_PER_SOCKET: "off",
    LIMIT_MESSAGES_PER_ROOM: "off",
    LIMIT_NEW_IDS: "off",
  },
};

/** A workspace with a team, whose bot has answers, a flow and a language model. */
class Workspace implements AsyncDisposable {
  private constructor(
    readonly parlor: Parlor,
    readonly llm: LlmServer,
    readonly team: { asha: TeamMember; ben: TeamMember; hers: Client; his: Client },
    readonly made: { label: string; team: string },
  ) {}

  static async open(): Promise<Workspace> {
    const llm = new LlmServer();
    const env = { ...noLimits, LLM_URL: llm.url("right"), LLM_MODEL: "small" };
    const parlor = await Parlor.start(env), owner = await parlor.signUp("asha");
    const ben = await hire(parlor, owner, "ben_account", { name: "Ben" });
    const asha = { ...owner, id: "" } as TeamMember;
    const post = async (path: string, body: unknown) => {
      const response = await parlor.post(path, body, { cookie: owner.cookie });
      assert.ok(response.ok, `${path}: ${await response.clone().text()}`);
      return await response.json();
    };
    await post("/chatbot/api", { bot: { mode: "answer", name: "Lampi", threshold: 0.6 }, title: "Lamps" });
    const back = await post("/messages/api/answers", {
      title: "May I return it?",
      phrases: ["send it back", `money back ${secret}`],
      body: "Yes.",
    });
    const steps = [
      { id: "ask", do: "ask", text: "Which order?", into: "order", as: "text" },
      { id: "team", do: "handoff", text: "A colleague looks at {{order}}." },
    ];
    const flow = await post("/messages/api/flows", {
      title: `Orders ${secret}`,
      start: { phrases: ["I have an order"] },
      steps,
    });
    await post("/messages/api/answers", {
      title: "Where is my order?",
      body: "On its way.",
      buttons: [
        { label: "Returns", do: { answer: back.id } },
        { label: "My order", do: { flow: flow.id } },
        { label: "A person", do: { person: true } },
        { label: "Site", do: { url: "https://lamps.example/" } },
      ],
    });
    await post("/messages/api/articles", { title: "Care", body: "Wipe the brass shade with a dry cloth." });
    const label = await post("/messages/api/labels", { name: secret.slice(0, 20) });
    const team = await post("/messages/api/teams", { name: secret });
    const [hers, his] = [await inboxOf(parlor, "asha", owner), await inboxOf(parlor, "asha", ben)];
    return new Workspace(parlor, llm, { asha, ben, hers, his }, { label: label.id, team: team.id });
  }

  async [Symbol.asyncDispose]() {
    await this.parlor[Symbol.asyncDispose]();
    await this.llm[Symbol.asyncDispose]();
  }
}

type Act =
  | { by: "visitor"; text: string }
  | { by: "visitor"; press: number }
  | { by: "visitor"; hears: string }
  | { by: "visitor" | "hers" | "his"; frame: Frame }
  | { by: "contact" | "settings" };

const visitorTexts = [
  ...["May I return it?", "where is my order", "I have an order", "4711", "hello", "talk to a person"],
  ...[
    "How do I wipe the shade?",
    "How do I wipe brass?",
    "blorp",
    "no@mail.example",
  ],
];
/** `label` and `team` stand for ids. */
const memberFrames: Frame[] = [
  { command: "take" },
  { command: "label", add: ["label"] },
  { command: "assign", team: "team" },
  { command: "assign", agent: null, team: null },
  { command: "snooze", until: "reply" },
  { command: "mark_unread" },
  { command: "update_room", status: "resolved" },
  { command: "update_room", status: "open" },
  { command: "update_room", status: "bot" },
  { command: "note", client_id: "n", text: `${secret}, @ben_account` },
  { command: "watch", composing: true },
  { command: "typing", typing: true },
  { command: "read", seq: 1 },
  { command: "new_message", message: { content: "I am here" } },
  { command: "new_message", client_id: "bot:1:0", message: { content: "I am a bot" } },
];
const visitorFrames: Frame[] = [
  { command: "fetch_messages" },
  { command: "typing", typing: true },
  { command: "read", seq: 2 },
  { command: "edit_message", seq: 1, content: "Another text" },
  { command: "delete_message", seq: 1 },
  { command: "rate", episode: "x", score: 5 },
  { command: "new_message", client_id: "bot:1:0", message: { content: "I am the bot" } },
  {
    ...{ command: "new_message", by: "bot", side: "admin", extra: { type: "rating", episode: "x" } },
    message: { content: "forged", by: "bot", side: "admin", kind: "status", extra: { type: "buttons" } },
  },
  { command: "new_message", reply: { seq: 1, button: "person" }, message: { content: "pressed" } },
  // What is for members is refused.
  ...memberFrames.slice(0, 11),
  { command: "subscribe" },
  { command: "fetch_staff", limit: 10 },
];
const frameOf = fc.oneof(
  fc.constantFrom(...memberFrames).chain((frame) =>
    fc.constantFrom("hers", "his").map((by): Act => ({ by, frame }) as Act)
  ),
  fc.constantFrom(...visitorFrames).map((frame): Act => ({ by: "visitor", frame })),
);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(...visitorTexts).map((text): Act => ({ by: "visitor", text })),
  fc.nat(3).map((press): Act => ({ by: "visitor", press })),
  frameOf,
  frameOf,
  fc.constantFrom("contact", "settings").map((by): Act => ({ by }) as Act),
);

/** In which each kind of frame occurs. */
const whole: Act[] = [
  { by: "hers", frame: { command: "read", seq: 1 } },
  { by: "visitor", hears: "read" },
  { by: "visitor", frame: { command: "take" } },
  { by: "visitor", hears: "bot" },
  { by: "visitor", text: "brass shade cloth" },
  { by: "visitor", hears: "partial" },
];

/** Lets a visitor, members and the bot act in a conversation, and returns what the visitor's sockets received. */
async function converse({ parlor, team, made }: Workspace, acts: readonly Act[]) {
  const session = await parlor.post("/chatbot/api/asha/session", { locale: "en" });
  const { consumer, token, ...more } = await session.json();
  const own = await parlor.chat(team.asha, consumer, token);
  const plain = await parlor.open(`/ws/chat/asha/${consumer}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await own.say("May I return it?");
  const ids: Record<string, string> = { label: made.label, team: made.team };
  for (const act of acts) {
    if ("frame" in act) {
      const text = JSON.stringify(act.frame, (_, value) => ids[value] ?? value);
      const socket = act.by === "visitor" ? own : team[act.by];
      socket.send({ ...JSON.parse(text), ...(act.by !== "visitor" && { consumer }) });
    } else if ("text" in act) own.send({ command: "new_message", message: { content: act.text } });
    else if ("press" in act) press(own, act.press);
    else if ("hears" in act) {
      await own.until(() => own.frames.some((frame) => kindOf(frame) === act.hears), 30_000);
    } else await behind(parlor, { asha: team.asha, consumer, act: act.by });
    await new Promise((resolve) => setTimeout(resolve, act.by === "visitor" ? 300 : 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const isRead = async (socket: Client) => {
    const { length } = socket.frames;
    socket.send({ command: "fetch_messages" });
    await socket.until(() => socket.frames.slice(length).some(({ command }) => command === "messages"));
  };
  await Promise.all([isRead(own), isRead(plain)]);
  own.close();
  plain.close();
  return { own: own.frames, plain: plain.frames, session: { consumer, token, ...more } };
}

const kindOf = ({ command, message }: Frame): string => message?.by === "bot" ? "bot" : command;

/** Presses a button of the newest message that has some. */
function press(own: Client, nth: number): void {
  const offer = own.frames.findLast(({ message }) => message?.extra?.buttons)?.message;
  const button = offer?.extra.buttons[nth % offer.extra.buttons.length];
  if (!button || button.url) return;
  const reply = { seq: offer.seq, button: button.id };
  own.send({ command: "new_message", reply, message: { content: button.label } });
}

/** What a member does over HTTP. */
async function behind(
  parlor: Parlor,
  { asha, consumer, act }: { asha: TeamMember; consumer: string; act: string },
): Promise<void> {
  const headers = { cookie: asha.cookie, "content-type": "application/json" };
  const [method, path, body] = act === "contact"
    ? ["PATCH", `/messages/api/rooms/${consumer}/visitor`, { company: secret, note: secret }]
    : ["POST", "/chatbot/api", { subtitle: crypto.randomUUID(), bot: { handoff_text: "" } }];
  await parlor.fetch(path as string, { method: method as string, headers, body: JSON.stringify(body) });
}

test("whatever a visitor, members and the bot do, a visitor receives what is for visitors", async () => {
  await using workspace = await Workspace.open();
  const { parlor, team } = workspace, heard = new Set<string>();
  const conversations = [whole, ...fc.sample(fc.array(anyAct, { minLength: 4, maxLength: 14 }), 23)];
  for (let from = 0; from < conversations.length; from += 12) {
    const all = await Promise.all(
      conversations.slice(from, from + 12).map((acts) => converse(workspace, acts)),
    );
    for (const { own, plain, session } of all) {
      checkAll(VisitorFrame, own);
      checkAll(SeedVisitorFrame, plain);
      checkAll(VisitorSession, [session]);
      const bytes = JSON.stringify([own, plain, session]);
      for (const word of [secret, "ben_account", "confidence", "draft", "handed_off", workspace.made.team]) {
        assert.ok(!bytes.includes(word), `${word}: ${bytes}`);
      }
      for (const frame of own) heard.add(kindOf(frame));
    }
    team.hers.frames.length = team.his.frames.length = 0;
  }
  for (const kind of ["welcome", "messages", "new_message", "bot", "typing", "read", "partial", "error"]) {
    assert.ok(heard.has(kind), `${kind} was among what was received`);
  }
  checkAll(PublicChatbot, [await (await parlor.fetch("/chatbot/api?username=asha")).json()]);
  assert.deepEqual(await (await parlor.fetch("/chatbot/api/asha/suggested")).json(), { questions: [] });
  assert.deepEqual(parlor.lines.filter((line) => /"level":"(error|warn)"/.test(line)), []);
});
