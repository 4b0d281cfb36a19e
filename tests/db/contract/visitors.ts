import assert from "node:assert/strict";
import { shortOf } from "../../../protocol/visitor_name.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

export function visitors(contractTest: ContractTest): void {
  contractTest("nothing is known of a visitor whom nobody spoke of", async (store) => {
    await send(store, veraAtAsha, "hello");
    assert.equal(await store.visitor(veraAtAsha), undefined);
  });

  contractTest("facts of a visitor without a room are kept, and make no room", async (store) => {
    const facts = { page: "https://tea.example/oolong", locale: "hi", device: "Firefox on Linux" };
    assert.equal(await store.saveVisitor(veraAtAsha, facts, morning), undefined);
    assert.deepEqual(await store.visitor(veraAtAsha), { ...facts, firstSeen: morning, lastSeen: morning });
    assert.equal(await store.room(veraAtAsha), undefined);
    assert.equal(await store.visitor(veraAtBruno), undefined);
  });

  contractTest("a fact replaces, null takes away, what is not given stays", async (store) => {
    await store.saveVisitor(veraAtAsha, { name: "Vera", page: "https://a.example/", locale: "en" }, morning);
    await store.saveVisitor(veraAtAsha, { page: null, locale: "fr", device: undefined }, morning + 5);
    assert.deepEqual(await store.visitor(veraAtAsha), {
      name: "Vera",
      locale: "fr",
      firstSeen: morning,
      lastSeen: morning + 5,
    });
    await store.saveVisitor(veraAtAsha, {}, morning + 2);
    assert.equal((await store.visitor(veraAtAsha))?.lastSeen, morning + 5, "never runs back");
  });

  contractTest("a room made after its visitor was named shows the name, whoever makes it", async (store) => {
    const named = { name: "Vera", email: "vera@example.com", verified: true };
    await store.saveVisitor(veraAtAsha, { ...named, locale: "en" }, morning);
    await store.saveVisitor(victorAtAsha, { name: "Victor" }, morning);
    assert.deepEqual((await store.openRoom(veraAtAsha, morning)).room.visitor, named);
    const { room } = await store.appendMessage(draft(victorAtAsha, "hello"));
    assert.deepEqual(room.visitor, { name: "Victor", verified: false });
  });

  contractTest(
    "a room shows its visitor's name from the moment it is known, and in the list",
    async (store) => {
      await send(store, veraAtAsha, "hello");
      const room = await store.saveVisitor(veraAtAsha, { name: "Vera" }, morning);
      assert.deepEqual(room?.visitor, { name: "Vera", verified: false });
      assert.deepEqual((await store.room(veraAtAsha))?.visitor, room?.visitor);
      const found = await store.rooms("asha", { limit: 5, filter: "all", q: "vER", messages: 0 });
      assert.deepEqual(found.rooms.map(({ room }) => room.visitor?.name), ["Vera"]);
      const after = await store.saveVisitor(veraAtAsha, { name: null }, morning);
      assert.equal(after?.visitor, undefined);
    },
  );

  contractTest(
    "whom an admin knows is listed page by page, with a room or without one, and nobody else's",
    async (store) => {
      const consumers = numbers(23).map((n) => `c-${n}`).sort();
      for (const consumer of consumers) {
        await store.saveVisitor({ admin: "asha", consumer }, {
          name: consumer,
          page: "https://shop.example/",
        }, morning);
      }
      await store.saveVisitor(veraAtBruno, { name: "Vera" }, morning);
      await send(store, { admin: "asha", consumer: "c-7" }, "hello");
      const listed: string[] = [];
      for (let after: string | undefined;; after = listed.at(-1)) {
        const some = await store.visitors("asha", after, 10);
        for (const { consumer, visitor } of some) {
          assert.deepEqual(visitor, await store.visitor({ admin: "asha", consumer }));
          listed.push(consumer);
        }
        if (some.length < 10) break;
      }
      assert.deepEqual(listed.toSorted(), consumers);
      assert.equal(await store.forgetVisitor({ admin: "asha", consumer: "c-9" }), true);
      assert.equal((await store.visitors("asha", undefined, 50)).length, 22);
    },
  );

  contractTest(
    "people are found as messages are, whatever their accents, case and apostrophes",
    async (store) => {
      const find = async (q: string) => {
        const { rooms } = await store.rooms("asha", { limit: 9, filter: "all", q, messages: 0 });
        return rooms.map(({ room }) => room.visitor?.name ?? room.consumer).sort();
      };
      const names = ["Zoë O'Brien-Ngọc", "Günther Straße", "Seán O’Neill", "ΣΊΣΥΦΟΣ", "Ёлка"];
      for (const [i, name] of names.entries()) {
        const key = { admin: "asha", consumer: `c${i}` };
        await send(store, key, "hello");
        await store.saveVisitor(key, { name }, morning);
      }
      await send(store, { admin: "asha", consumer: "0198a9a0-aaaa-7000-8000-000000000001" }, "hello");
      const expected: Record<string, number[]> = {
        ...{ ngoc: [0], NGỌC: [0], zoe: [0], "O’Brien": [0], "o'brien": [0], "O‘brien‐n": [0] },
        ...{ Gunther: [1], günther: [1], strasse: [1], STRASSE: [1] },
        ...{ "sean o'neill": [2], "o´neill": [2], σισυφος: [3], елка: [4], "nobody": [] },
      };
      for (const [q, places] of Object.entries(expected)) {
        assert.deepEqual(await find(q), places.map((i) => names[i]!), q);
      }
    },
  );

  contractTest(
    "a visitor without a name is found by what the portal calls it, in any of its languages",
    async (store) => {
      const consumer = "0198a9a0-aaaa-7000-8000-000000000001";
      await send(store, { admin: "asha", consumer }, "hello");
      for (const n of [1, 2, 3]) {
        await send(
          store,
          { admin: "asha", consumer: `0198a9a0-bbbb-${n}` },
          "hello",
        );
      }
      const short = shortOf(consumer);
      for (
        const q of [`Visitor ${short}`, `visitor ${short.slice(0, 3)}`, short.toUpperCase(), `زائر ${short}`]
      ) {
        const { rooms } = await store.rooms("asha", { limit: 9, filter: "all", q, messages: 0 });
        assert.deepEqual(rooms.map(({ room }) => room.consumer), [consumer], q);
      }
      await store.saveVisitor({ admin: "asha", consumer }, { name: "Vera" }, morning);
      const query = { limit: 9, filter: "all", q: `Visitor ${short}`, messages: 0 } as const;
      assert.deepEqual((await store.rooms("asha", query)).rooms, []);
    },
  );

  contractTest("a name survives what is written at the same time, and a restart", async (store, opened) => {
    await send(store, veraAtAsha, "hello");
    await Promise.all([
      send(store, veraAtAsha, "one"),
      store.saveVisitor(veraAtAsha, { name: "वेरा 🌿", email: "vera@example.com" }, morning),
      store.markRead(veraAtAsha, "admin", 1),
    ]);
    await send(store, veraAtAsha, "two");
    const again = await opened.reopen();
    assert.deepEqual((await again.room(veraAtAsha))?.visitor, {
      name: "वेरा 🌿",
      email: "vera@example.com",
      verified: false,
    });
    assert.equal((await again.room(veraAtAsha))?.head, 3);
    assert.equal((await again.visitor(veraAtAsha))?.name, "वेरा 🌿");
  });

  contractTest("what agents wrote is kept apart from what the visitor and the site say", async (store) => {
    await send(store, veraAtAsha, "hello");
    await store.saveVisitor(veraAtAsha, { name: "vera123", email: "old@example.com" }, morning);
    const contact = {
      name: "Vera Lind",
      phone: "+44 1",
      fields: { Size: "XL" },
      by: "agent",
      at: morning + 1,
    };
    const room = await store.saveContact(veraAtAsha, () => contact, morning + 9);
    assert.deepEqual(room?.visitor, { name: "Vera Lind", email: "old@example.com", verified: false });
    assert.deepEqual(await store.visitor(veraAtAsha), {
      ...{ name: "vera123", email: "old@example.com", firstSeen: morning, lastSeen: morning },
      contact,
    });
    const later = await store.saveVisitor(veraAtAsha, { name: "vera456" }, morning + 2);
    assert.deepEqual((await store.visitor(veraAtAsha))?.contact, contact, "the visitor does not change it");
    assert.equal(later?.visitor?.name, "Vera Lind");
    const signed = { name: "Vera Signed", email: null, verified: true };
    const vouched = await store.saveVisitor(veraAtAsha, signed, morning + 3);
    assert.deepEqual(vouched?.visitor, { name: "Vera Signed", verified: true });
    const found = await store.rooms("asha", { limit: 5, filter: "all", q: "signed", messages: 0 });
    assert.deepEqual(found.rooms.map(({ room }) => room.visitor), [vouched?.visitor]);
    const without = await store.saveContact(veraAtAsha, () => null, morning + 4);
    assert.deepEqual(without?.visitor, vouched?.visitor);
    assert.equal((await store.visitor(veraAtAsha))?.contact, undefined);
  });

  contractTest("of many who change a contact at once, each change is in it", async (store) => {
    await send(store, veraAtAsha, "hello");
    await Promise.all(
      numbers(16).map((n) =>
        store.saveContact(veraAtAsha, (now) => ({
          ...{ by: "agent", at: morning + n },
          fields: { ...now?.fields, [`field ${n}`]: `${n}` },
        }), morning)
      ),
    );
    const { contact } = (await store.visitor(veraAtAsha))!;
    assert.equal(Object.keys(contact!.fields!).length, 16);
  });

  contractTest(
    "contacts are listed page by page, and none is left of a forgotten visitor",
    async (store, opened) => {
      const consumers = numbers(7).map((n) => `c-${n}`).sort();
      for (const consumer of [...consumers, "unwritten"]) {
        await send(store, { admin: "asha", consumer }, "hello");
        const contact = { phone: consumer, by: "agent", at: morning };
        if (consumer !== "unwritten") {
          await store.saveContact({ admin: "asha", consumer }, () => contact, morning);
        }
      }
      await send(store, veraAtBruno, "hello");
      await store.saveContact(veraAtBruno, () => ({ phone: "b", by: "agent", at: morning }), morning);
      const first = await store.contacts("asha", undefined, 4);
      const rest = await store.contacts("asha", first.at(-1)?.consumer, 4);
      assert.deepEqual([...first, ...rest].map(({ contact }) => contact.phone), consumers);
      await store.forgetVisitor({ admin: "asha", consumer: "c-3" });
      await store.saveContact({ admin: "asha", consumer: "c-4" }, () => null, morning);
      const at = await opened.reopen();
      const left = await at.contacts("asha", undefined, 50);
      assert.deepEqual(
        left.map(({ consumer }) => consumer),
        consumers.filter((c) => c !== "c-3" && c !== "c-4"),
      );
      const entries = await at.records.list("visitors/withContact", [], { limit: 50 });
      assert.equal(entries.length, 6, "five of asha's, one of bruno's");
    },
  );

  contractTest("a contact of no room leaves nothing behind", async (store) => {
    const contact = { name: "Vera", by: "agent", at: morning };
    assert.equal(await store.saveContact(veraAtAsha, () => contact, morning), undefined);
    assert.equal(await store.visitor(veraAtAsha), undefined);
    assert.deepEqual(await store.contacts("asha", undefined, 5), []);
  });
}
