import assert from "node:assert/strict";
import { solve } from "../../../web/client/proof_of_work.ts";
import { Parlor, password, test, v1 } from "../../harness/parlor.ts";

/** Posts, solves the challenge, and posts again with the proof. */
async function postProved(parlor: Parlor, path: string, body: Record<string, unknown>): Promise<Response> {
  const asked = await parlor.post(path, body);
  assert.equal(asked.status, 403);
  const { error } = await asked.json();
  assert.deepEqual([error.code, error.challenge.bits], ["challenge_required", 8]);
  return await parlor.post(path, { ...body, proof: await solve(error.challenge) });
}

test("with CHALLENGE who signs up and who makes a room works for it first; who is known does not", async () => {
  await using parlor = await Parlor.start({ CHALLENGE: "8" });
  const signup = await postProved(parlor, "/accounts/api/signup", { username: "asha", password });
  assert.equal(signup.status, 201);
  const asha = { username: "asha", ...await signup.json(), cookie: "" };
  assert.equal((await parlor.post("/accounts/api/login", { username: "asha", password })).status, 200);

  const sessions = "/chatbot/api/asha/session";
  const vera = await (await postProved(parlor, sessions, {})).json();
  const renewed = await (await parlor.post(sessions, { token: vera.token })).json();
  assert.equal(renewed.consumer, vera.consumer);
  const atVera = await parlor.chat(asha, vera.consumer, renewed.token);
  assert.equal((await atVera.say("Hello")).seq, 1);

  for (const path of ["/ws/room/asha", `/ws/chat/asha/${crypto.randomUUID()}`]) {
    const stranger = await parlor.open(path, { protocols: v1() });
    const command = path.includes("chat")
      ? { message: { content: "Hello" } }
      : { consumer: crypto.randomUUID() };
    stranger.send({ command: path.includes("chat") ? "new_message" : "new_room", ...command });
    assert.equal((await stranger.next("error")).error.code, "forbidden", path);
  }
  const known = await parlor.chat(asha, vera.consumer);
  assert.equal((await known.say("in a room that is there")).seq, 2);
  const inbox = await parlor.inbox(asha);
  const made = await inbox.ask({ command: "new_room", consumer: crypto.randomUUID() }, "new_room");
  assert.ok(made.room, "an admin makes rooms as before");
});

test("without CHALLENGE nothing is asked", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await parlor.visit(asha);
  const stranger = await parlor.open("/ws/room/asha");
  await stranger.ask({ command: "new_room", consumer: crypto.randomUUID() }, "new_room");
});

test("a proof that was used counts no more after a restart", async () => {
  await using parlor = await Parlor.start({ CHALLENGE: "8" });
  const { error } = await (await parlor.post("/accounts/api/signup", { username: "asha", password })).json();
  const proof = await solve(error.challenge);
  const signUp = (username: string) => parlor.post("/accounts/api/signup", { username, password, proof });
  assert.equal((await signUp("asha")).status, 201);
  assert.equal((await signUp("bela")).status, 403);
  await parlor.restart();
  assert.equal((await signUp("bela")).status, 403);
});
