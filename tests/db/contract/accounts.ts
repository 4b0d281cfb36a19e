import assert from "node:assert/strict";
import { AlreadyThere } from "../../../db/errors.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, veraAtAsha, victorAtAsha } from "./fixtures.ts";

const asha = {
  username: "asha",
  id: "a5".repeat(16),
  password: "$argon2id$asha",
  email: "asha@example.com",
  created: morning,
};
const bruno = { username: "bruno", id: "b7".repeat(16), password: "$argon2id$bruno", created: morning + 1 };

export function accounts(contractTest: ContractTest): void {
  contractTest("an account comes back as it was made, with and without an email", async (store) => {
    await store.createAccount(asha);
    await store.createAccount(bruno);
    assert.deepEqual(await store.account("asha"), asha);
    assert.deepEqual(await store.account("bruno"), bruno);
  });

  contractTest("an account has a random id of its own, which stays", async (store, opened) => {
    const { id: _, ...nameless } = bruno;
    for (const username of ["bruno", "carla"]) await store.createAccount({ ...nameless, username });
    const [first, second] = [await store.account("bruno"), await store.account("carla")];
    for (const account of [first, second]) assert.match(account!.id, /^[0-9a-f]{32}$/);
    assert.notEqual(first?.id, second?.id);
    assert.equal(first?.legacy, undefined);
    await store.setPassword("bruno", "$argon2id$new");
    assert.equal((await (await opened.reopen()).account("bruno"))?.id, first?.id);
  });

  contractTest(
    "a name whose account was deleted is reserved, until it is released",
    async (store, opened) => {
      await store.createAccount(asha);
      assert.equal(await store.nameReservedSince("asha"), undefined);
      assert.equal(await store.releaseName("asha"), false, "somebody has it");
      assert.notEqual(await store.account("asha"), undefined);
      await store.forgetAccount("asha", morning + 5);
      for (const reopen of [false, true]) {
        const at = reopen ? await opened.reopen() : store;
        assert.equal(await at.account("asha"), undefined);
        assert.equal(await at.nameReservedSince("asha"), morning + 5);
        await assert.rejects(at.createAccount(asha), AlreadyThere);
        await at.setPassword("asha", "$argon2id$new");
        assert.equal(await at.account("asha"), undefined);
      }
      const again = await opened.reopen();
      await again.forgetAccount("asha", morning + 9);
      assert.equal(await again.nameReservedSince("asha"), morning + 5, "deleted once");
      assert.equal(await again.releaseName("asha"), true);
      assert.equal(await again.nameReservedSince("asha"), undefined);
      assert.equal(await again.releaseName("asha"), false);
      const { id: _, ...next } = asha;
      await again.createAccount(next);
      assert.notEqual((await again.account("asha"))?.id, asha.id);
    },
  );

  contractTest(
    "forgetting nobody reserves no name, and a name is reserved unless somebody has it",
    async (store) => {
      await store.forgetAccount("mallory", morning);
      assert.equal(await store.nameReservedSince("mallory"), undefined);
      await store.createAccount(asha);
      await store.reserveName("asha", morning);
      assert.deepEqual(await store.account("asha"), asha);
      await store.reserveName("mallory", morning);
      await store.reserveName("mallory", morning + 1);
      assert.equal(await store.nameReservedSince("mallory"), morning);
    },
  );

  contractTest(
    "whoever gets a released name finds nothing that was written under it meanwhile",
    async (store) => {
      await store.createAccount(asha);
      await store.forgetAccount("asha", morning);
      await store.appendMessage(draft(veraAtAsha, "to whoever it was"));
      await store.saveVisitor(victorAtAsha, { name: "Victor" }, morning);
      assert.equal(await store.releaseName("asha"), true);
      assert.equal(await store.room(veraAtAsha), undefined);
      assert.equal(await store.visitor(victorAtAsha), undefined);
      assert.deepEqual(await store.roomCounts("asha"), { open: 0, resolved: 0, unread: 0 });
    },
  );

  contractTest(
    "of sign-ups and a deletion at once, none leaves a reserved name with an account",
    async (store) => {
      for (const n of numbers(8)) {
        const username = `name${n}`;
        await store.createAccount({ ...bruno, username });
        await Promise.allSettled([
          store.forgetAccount(username, morning),
          ...numbers(5).map(() => store.createAccount({ ...asha, username })),
        ]);
        assert.equal(await store.account(username), undefined);
        assert.equal(await store.nameReservedSince(username), morning);
      }
    },
  );

  contractTest("nobody is found under a name that was not given", async (store) => {
    await store.createAccount(asha);
    for (const name of ["mallory", "", "ASHA", "ash", "asha ", "' OR '1'='1", "%", "_sha"]) {
      assert.equal(await store.account(name), undefined, name);
    }
  });

  contractTest("a taken username is refused, and its account stays as it was", async (store) => {
    await store.createAccount(asha);
    await assert.rejects(store.createAccount({ ...bruno, username: "asha" }), AlreadyThere);
    assert.deepEqual(await store.account("asha"), asha);
  });

  contractTest("of a hundred sign-ups under one name at once, one succeeds", async (store) => {
    const tries = await Promise.allSettled(
      numbers(100).map((n) => store.createAccount({ ...asha, password: `password ${n}` })),
    );
    const made = tries.flatMap(({ status }, i) => status === "fulfilled" ? [i + 1] : []);
    assert.equal(made.length, 1);
    for (const tried of tries) if (tried.status === "rejected") assert(tried.reason instanceof AlreadyThere);
    assert.equal((await store.account("asha"))?.password, `password ${made[0]}`);
  });

  contractTest("a new password takes the old one's place, and changes nothing else", async (store) => {
    await store.createAccount(asha);
    await store.createAccount(bruno);
    await store.setPassword("asha", "$argon2id$new");
    assert.deepEqual(await store.account("asha"), { ...asha, password: "$argon2id$new" });
    assert.deepEqual(await store.account("bruno"), bruno);
  });

  contractTest("a password for nobody makes no account", async (store) => {
    await store.setPassword("mallory", "$argon2id$new");
    assert.equal(await store.account("mallory"), undefined);
  });
}
