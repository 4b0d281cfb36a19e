import assert from "node:assert/strict";
import { closeCodes } from "../../protocol/limits.ts";
import { type Admin, Parlor, refusedWith, test, v1 } from "../harness/parlor.ts";

const consumer = "0194a5c2-1f3b-7d42-9c61-8e5fa07b2d14";

/** Runs `happen` once, immediately after the store's next response to this method. */
function afterNext(parlor: Parlor, verb: "session" | "room", happen: () => unknown): void {
  const { store } = parlor.running.service.chat;
  const own = store[verb] as (of: unknown) => Promise<unknown>;
  const lookUp = async (of: unknown) => {
    Object.assign(store, { [verb]: own });
    const found = await own.call(store, of);
    await happen();
    return found;
  };
  Object.assign(store, { [verb]: lookUp });
}

const bearer = ({ token }: Admin) => ({ authorization: `Bearer ${token}` });

test("a session that ends while a socket is opened with it ends that socket", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  for (const path of ["/ws/room/asha", `/ws/chat/asha/${consumer}`]) {
    const { token } = await (await parlor.post("/accounts/api/login", {
      username: "asha",
      password: "correct horse battery",
    })).json();
    const session = { ...asha, token };
    afterNext(parlor, "session", () => parlor.post("/accounts/api/logout", {}, bearer(session)));
    const socket = await parlor.open(path, { protocols: v1(token) });
    assert.equal(await socket.closed(), closeCodes.notSignedIn);
  }
});

test("a visitor who is blocked while a socket is opened hears nothing more", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const before = await parlor.chat(asha, consumer);
  await before.say("Hello");
  afterNext(parlor, "room", () => parlor.post("/messages/api/blocked", { consumer }, bearer(asha)));
  const socket = await parlor.chat(asha, consumer);
  assert.equal(await socket.closed(), closeCodes.notAllowed);
});

test("a visitor or an account that is deleted while a socket is opened takes it along", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  await (await parlor.chat(asha, consumer)).say("Hello");
  const remove = (path: string, body = {}) =>
    parlor.fetch(`/messages/api/${path}`, {
      method: "DELETE",
      headers: { ...bearer(asha), "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  afterNext(parlor, "room", () => remove(`rooms/${consumer}`));
  assert.equal(await (await parlor.chat(asha, consumer)).closed(), closeCodes.notAllowed);
  const again = await parlor.chat(asha, consumer);
  assert.equal((await again.say("Hello again")).seq, 1);
  again.close();

  afterNext(parlor, "room", () => remove("account", { username: "asha" }));
  const late = await parlor.chat(asha, crypto.randomUUID());
  assert.equal(await late.closed(), closeCodes.unknownAdmin);
});

test("a socket that is being opened when the service begins to stop is refused", async () => {
  await using parlor = await Parlor.start();
  const asha = await parlor.signUp("asha");
  const { service } = parlor.running;
  afterNext(parlor, "room", () => service.draining = true);
  assert.equal(await (await parlor.chat(asha, consumer)).closed(), refusedWith(503));
  assert.equal(service.sockets.size, 0);
});
