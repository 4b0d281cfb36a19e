import assert from "node:assert/strict";
import { type Admin, Parlor, password } from "../../harness/parlor.ts";

const addressOf = (browser: string) => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${browser}`,
  keys: { p256dh: "B".repeat(87), auth: "A".repeat(22) },
});

/** Signed-in browsers with push subscriptions: two of asha, one of bruno. */
class Fixture {
  private constructor(readonly parlor: Parlor, readonly desk: Admin, readonly phone: Admin) {}

  static async at(parlor: Parlor): Promise<Fixture> {
    const desk = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
    const login = await parlor.post("/accounts/api/login", { username: "asha", password });
    const { token } = await login.json();
    const phone = { username: "asha", token, cookie: `parlor_session=${token}` };
    const fixture = new Fixture(parlor, desk, phone);
    for (const [browser, admin] of Object.entries({ desk, phone, bruno })) {
      assert.equal(await fixture.ask("POST", "/messages/api/push", addressOf(browser), admin), 204);
    }
    return fixture;
  }

  get #store() {
    return this.parlor.running.service.chat.store;
  }

  /** Sends a request from asha's desk, or another session; returns the status. */
  async ask(method: string, path: string, body?: unknown, { cookie } = this.desk): Promise<number> {
    const typed: RequestInit = body === undefined
      ? { headers: { cookie } }
      : { headers: { cookie, "content-type": "application/json" }, body: JSON.stringify(body) };
    return (await this.parlor.fetch(path, { method, ...typed })).status;
  }

  async woken(username = "asha"): Promise<string[]> {
    const names = (await this.#store.pushes(username)).map(({ endpoint }) => endpoint.split("/").at(-1)!);
    return names.sort();
  }

  async sessionOf(admin: Admin): Promise<string> {
    const claims = await this.parlor.running.service.chat.tokens.verify(admin.token);
    assert.ok(claims?.kind === "admin");
    return claims.jti;
  }
}

const ends: Record<string, (fixture: Fixture) => Promise<number>> = {
  "signs out everywhere": (fixture) => fixture.ask("POST", "/accounts/api/logout", { everywhere: true }),
  "ends the other sessions": (fixture) => fixture.ask("DELETE", "/messages/api/sessions"),
  "ends one session": async (fixture) =>
    await fixture.ask("DELETE", `/messages/api/sessions/${await fixture.sessionOf(fixture.phone)}`),
  "changes her password": (fixture) =>
    fixture.ask("POST", "/accounts/api/password", { password, new_password: "a longer new one" }),
};

for (const [act, end] of Object.entries(ends)) {
  Deno.test(`asha ${act}: no browser of hers is woken any more, and bruno's still is`, async () => {
    await using parlor = await Parlor.start();
    const fixture = await Fixture.at(parlor);
    assert.deepEqual(await fixture.woken(), ["desk", "phone"]);
    assert.equal(await end(fixture), 204);
    assert.deepEqual(await fixture.woken(), []);
    assert.deepEqual(await fixture.woken("bruno"), ["bruno"]);
  });
}

Deno.test("who signs out of one browser leaves the others to be woken", async () => {
  await using parlor = await Parlor.start();
  const fixture = await Fixture.at(parlor);
  assert.equal(await fixture.ask("POST", "/accounts/api/logout", {}, fixture.phone), 204);
  assert.ok((await fixture.woken()).includes("desk"));
});

Deno.test("an address that was left over goes when the sessions are ended once more", async () => {
  await using parlor = await Parlor.start();
  const fixture = await Fixture.at(parlor);
  const { store } = parlor.running.service.chat;
  const jti = await fixture.sessionOf(fixture.phone);
  // The state that a crash between the two steps leaves.
  await store.endSessions("asha", Date.now(), { only: jti });
  assert.equal(await fixture.ask("DELETE", "/messages/api/sessions"), 204);
  assert.deepEqual(await fixture.woken(), []);
  assert.equal(await fixture.ask("POST", "/messages/api/push", addressOf("left over")), 204);
  assert.equal(await fixture.ask("DELETE", `/messages/api/sessions/${jti}`), 404);
  assert.deepEqual(await fixture.woken(), []);
});

Deno.test("sessions end also in a service that wakes nobody", async () => {
  await using parlor = await Parlor.start();
  const fixture = await Fixture.at(parlor);
  parlor.running.service.chat.push = undefined;
  assert.equal(await ends["ends the other sessions"]!(fixture), 204);
  assert.equal(await fixture.ask("GET", "/accounts/api/me", undefined, fixture.phone), 401);
});

Deno.test("an address that is still on its way when its session ends is not kept", async () => {
  await using parlor = await Parlor.start();
  const fixture = await Fixture.at(parlor);
  const { store } = parlor.running.service.chat;
  const save = store.savePush;
  store.savePush = async (push) => {
    store.savePush = save;
    await ends["ends one session"]!(fixture);
    await save(push);
  };
  assert.equal(await fixture.ask("POST", "/messages/api/push", addressOf("late"), fixture.phone), 401);
  assert.deepEqual(await fixture.woken(), []);
});
