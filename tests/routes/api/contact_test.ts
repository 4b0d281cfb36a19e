import assert from "node:assert/strict";
import { SignJWT } from "jose";
import { inWorkspace, signUpMember } from "../../harness/member.ts";
import { Parlor } from "../../harness/parlor.ts";

interface Cast {
  parlor: Parlor;
  vera: string;
  /** Changes vera's contact as the agent ines. */
  change(body: unknown, as?: Record<string, string>): Promise<{ status: number; body: Json }>;
  read(): Promise<Json>;
  /** Calls as asha, the owner. */
  get(path: string): Promise<string>;
  headers: { asha: Record<string, string>; olga: Record<string, string>; bruno: Record<string, string> };
}
// deno-lint-ignore no-explicit-any -- JSON of a response
type Json = any;

async function withVera(test: (cast: Cast) => Promise<void>): Promise<void> {
  await using parlor = await Parlor.start({ LIMIT_ROOMS_PER_ADDRESS: "off" });
  const asha = await parlor.signUp("asha"), bruno = await parlor.signUp("bruno");
  const ines = await signUpMember(parlor, "asha", { username: "ines", role: "agent", name: "Ines" });
  const olga = await signUpMember(parlor, "asha", { username: "olga", role: "observer" });
  const { consumer: vera, token } = await parlor.visit(asha, { name: "vera123", email: "v@old.example" });
  const chat = await parlor.chat(asha, vera, token);
  await chat.say("Where is my parcel?");
  const path = `/messages/api/rooms/${vera}`;
  const change = async (body: unknown, as = inWorkspace(ines, "asha")) => {
    const response = await parlor.fetch(`${path}/visitor`, {
      method: "PATCH",
      headers: { ...as, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const headers = {
    asha: { cookie: asha.cookie },
    olga: inWorkspace(olga, "asha"),
    bruno: { cookie: bruno.cookie },
  };
  const get = async (asked: string) => await (await parlor.fetch(asked, { headers: headers.asha })).text();
  await test({ parlor, vera, change, get, headers, read: async () => JSON.parse(await get(path)) });
}

Deno.test("the audit log says which lines of a contact were changed, and no value", async () => {
  await withVera(async ({ change, get, vera }) => {
    await change({ phone: "+44 113 496 0121", fields: { Size: "XL" } });
    assert.equal((await change({ phone: "1", expect: { phone: "2" } })).status, 409);
    const log = await get("/messages/api/audit?act=contact_changed");
    const entries = JSON.parse(log).entries.map(({ target, detail }: Json) => ({ target, detail }));
    assert.deepEqual(entries, [{ target: vera, detail: { fields: ["phone", "Size"] } }]);
    assert.ok(!log.includes("496"));
  });
});

Deno.test("what agents write of a visitor stands beside what it says, and names the room", async () => {
  await withVera(async ({ change, read }) => {
    const { status, body } = await change({
      name: " Vera Lind ",
      phone: "+44 113 496 0121",
      fields: { Size: "XL" },
    });
    assert.equal(status, 200);
    assert.deepEqual(body.room.visitor, { name: "Vera Lind", email: "v@old.example", verified: false });
    const { visitor } = await read();
    assert.deepEqual(visitor.said, { name: "vera123", email: "v@old.example", verified: false });
    assert.deepEqual({ ...visitor.contact, by: "", changed: "" }, {
      ...{ name: "Vera Lind", phone: "+44 113 496 0121", fields: { Size: "XL" }, by: "", changed: "" },
    });
    await change({ name: "", fields: { Size: null, Shop: "Leeds" } });
    const after = (await read()).visitor.contact;
    assert.deepEqual([after.name, after.phone, after.fields], [undefined, "+44 113 496 0121", {
      Shop: "Leeds",
    }]);
    assert.equal((await change({ phone: null, fields: { Shop: null } })).body.contact, null);
    assert.equal((await read()).room.visitor.name, "vera123");
  });
});

Deno.test("what the site has signed is neither overwritten by an agent nor the other way", async () => {
  await withVera(async ({ parlor, change, get, headers }) => {
    const rolled = await parlor.fetch("/chatbot/api/identity-secret", {
      method: "POST",
      headers: headers.asha,
    });
    const { secret } = await rolled.json();
    const identity = await new SignJWT({ sub: "7", name: "Vera Signed" }).setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("1h").sign(new TextEncoder().encode(secret));
    const { consumer, token } = await parlor.visit({ username: "asha" } as never, { identity });
    const chat = await parlor.chat({ username: "asha" }, consumer, token);
    await chat.say("Hello");
    const path = `/messages/api/rooms/${consumer}`;
    const response = await parlor.fetch(`${path}/visitor`, {
      method: "PATCH",
      headers: { ...headers.asha, "content-type": "application/json" },
      body: JSON.stringify({ name: "Vera (wholesale)", email: "vera@lind.example" }),
    });
    assert.equal(response.status, 200);
    await parlor.visit({ username: "asha" } as never, { identity });
    const { room, visitor } = JSON.parse(await get(path));
    assert.deepEqual(room.visitor, { name: "Vera Signed", email: "vera@lind.example", verified: true });
    assert.deepEqual(visitor.said, { name: "Vera Signed", verified: true });
    assert.equal(visitor.contact.name, "Vera (wholesale)");
    assert.equal((await change({ name: "Other" })).status, 200, "another visitor's is another");
  });
});

Deno.test("of two who edit one field at once, the second is told what it is by now", async () => {
  await withVera(async ({ change }) => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => change({ phone: `+44 ${n}`, expect: { phone: null } })),
    );
    const won = answers.filter(({ status }) => status === 200);
    assert.equal(won.length, 1);
    for (const { status, body } of answers.filter((answer) => answer !== won[0])) {
      assert.equal(status, 409);
      assert.equal(body.error.code, "conflict");
      assert.equal(body.error.contact.phone, won[0]!.body.contact.phone);
    }
    const beside = await change({ company: "Lamps", expect: { company: null } });
    assert.equal(beside.status, 200, "another field is no conflict");
  });
});

Deno.test("a contact is bounded, and each wrong field is told", async () => {
  await withVera(async ({ change }) => {
    const fields = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}`, `${i}`]));
    const wrong = async (body: unknown, field: string) => {
      const answer = await change(body);
      assert.equal(answer.status, 400, field);
      assert.ok(Object.keys(answer.body.error.fields)[0]!.startsWith(field), field);
    };
    await wrong({ email: "no address" }, "email");
    await wrong({ name: "x".repeat(101) }, "name");
    await wrong({ phone: 5 }, "phone");
    await wrong({ fields: fields(21) }, "fields");
    assert.equal((await change({ fields: fields(20) })).status, 200);
    await wrong({ fields: { more: "1" } }, "fields");
    assert.equal((await change({ fields: { f0: null, more: "1" } })).status, 200);
  });
});

Deno.test("an observer, another workspace and a visitor cannot change it", async () => {
  await withVera(async ({ parlor, vera, change, read, headers }) => {
    assert.equal((await change({ name: "X" }, headers.olga)).status, 403);
    assert.equal((await change({ name: "X" }, headers.bruno)).status, 404);
    assert.equal((await change({ name: "X" }, {})).status, 401);
    const again = await parlor.visit({ username: "asha" } as never, { consumer: vera, name: "Y" });
    assert.equal((await change({ name: "X" }, { authorization: `Bearer ${again.token}` })).status, 401);
    assert.equal((await read()).visitor.contact, undefined);
  });
});

Deno.test("a visitor is found by name, mail, phone and company, and gone when it is forgotten", async () => {
  await withVera(async ({ parlor, vera, change, get, headers }) => {
    await change({
      name: "Ærø Lind",
      email: "lind@shop.example",
      phone: "+44 (113) 496-0121",
      company: "Lämpchen",
    });
    const found = async (q: string) => {
      const { people } = JSON.parse(await get(`/messages/api/search?q=${encodeURIComponent(q)}`));
      return people.map(({ consumer }: { consumer: string }) => consumer);
    };
    for (const q of ["Lind", "lind@shop", "113 4960121", "lampchen"]) {
      assert.deepEqual(await found(q), [vera], q);
    }
    for (const q of ["nobody", "999 9999"]) assert.deepEqual(await found(q), [], q);
    const exported = await get("/messages/api/export");
    assert.ok(exported.includes("Lämpchen"));
    await parlor.fetch(`/messages/api/rooms/${vera}`, { method: "DELETE", headers: headers.asha });
    assert.deepEqual(await found("lampchen"), []);
    assert.ok(!(await get("/messages/api/export")).includes("Lämpchen"));
  });
});

Deno.test("a visitor receives nothing of its contact", async () => {
  await withVera(async ({ parlor, vera, change }) => {
    const asha = { username: "asha" } as never;
    const { token } = await parlor.visit(asha, { consumer: vera });
    const socket = await parlor.chat(asha, vera, token);
    const welcome = await socket.next("welcome");
    await change({ name: "Known As Vera", company: "Secret Lamps" });
    const session = await parlor.visit(asha, { consumer: vera });
    const said = await socket.say("Anything?");
    const received = JSON.stringify([welcome, said, socket.frames, session]);
    assert.ok(!/Known As|Secret Lamps/.test(received));
  });
});
