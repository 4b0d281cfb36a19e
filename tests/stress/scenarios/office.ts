import assert from "node:assert/strict";
import { v1 } from "../../harness/parlor.ts";
import { defaultLimits, from } from "../default_limits.ts";
import { pause } from "../figures.ts";
import { Peer } from "../peer.ts";
import type { Scenario } from "../scenario.ts";
import type { StressHarness } from "../harness.ts";

const people = 200, messages = 3, arriveWithinMs = 40_000;
const headers = { "content-type": "application/json", ...from("198.51.100.7") };

/** Requests what a browser loads for the widget; returns the session. @throws if a request is refused */
async function load(harness: StressHarness, body: unknown): Promise<{ consumer: string; token: string }> {
  for (const path of ["/widget.js", "/widget/frame?admin=asha&origin=https://a.example"]) {
    const response = await fetch(harness.address + path, { headers });
    await response.body?.cancel();
    assert.notEqual(response.status, 429, path);
  }
  const response = await fetch(`${harness.address}/chatbot/api/asha/session`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const session = await response.json();
  assert.equal(response.status, 200, JSON.stringify(session));
  return session;
}

async function tab(
  harness: StressHarness,
  { consumer, token }: { consumer: string; token: string },
): Promise<Peer> {
  const peer = await Peer.open(harness.socketAddress + harness.pathOf(consumer), v1(token), headers);
  harness.keep(peer);
  assert.equal(peer.code, undefined, "a socket is refused");
  await peer.ask({ command: "fetch_messages" }, "messages");
  return peer;
}

/** A person in the office: one or two tabs, some messages, sometimes another page. */
async function chat(harness: StressHarness, i: number): Promise<void> {
  await pause(i / people * arriveWithinMs);
  const session = await load(harness, { page: { url: "https://a.example/" } });
  const peer = await tab(harness, session);
  const second = i % 5 === 0 ? await tab(harness, session) : undefined;
  for (let n = 0; n < messages; n++) {
    for (const typing of [true, false]) peer.send({ command: "typing", typing });
    peer.say(`message ${n} of ${i}`, `${n}`);
    await peer.until(() => peer.frames.some(({ message }) => message?.client_id === `${n}`), 20_000);
    peer.send({ command: "read", seq: 1 });
    await pause(4_000 + harness.random.below(3_000));
    await load(harness, { token: session.token, page: { url: `https://a.example/${n}` } });
  }
  for (const one of [peer, second]) {
    const refused = one?.frames.find(({ command }) => command === "error");
    assert.equal(refused, undefined, JSON.stringify(refused));
    assert.equal(one?.code, undefined);
  }
}

export const office: Scenario = {
  name: "office",
  about: "200 people of one office behind one address, some with two tabs: nobody is refused",
  harness: { env: defaultLimits },
  async run(harness) {
    const inbox = await harness.peer("/ws/room/asha", harness.token);
    await inbox.ask({ command: "subscribe" }, "subscribed");
    let answers = 0;
    inbox.onFrame = ({ command, consumer, message, error }) => {
      assert.equal(error, undefined, JSON.stringify(error));
      if (command !== "new_message" || message.author === "asha") return;
      answers++;
      inbox.send({ command: "new_message", consumer, message: { content: "an answer" } });
    };
    await Promise.all(Array.from({ length: people }, (_, i) => chat(harness, i)));
    const sockets = await harness.sockets();
    return `${answers} messages answered, ${sockets} sockets open at the end, nobody refused`;
  },
};
