import assert from "node:assert/strict";
import { AlreadyThere } from "../../../db/errors.ts";
import type { Hold } from "../store_suite.ts";
import { morning, numbers } from "./cast.ts";

const asha = { username: "asha", password: "$argon2id$asha", email: "asha@example.com", created: morning };
const bruno = { username: "bruno", password: "$argon2id$bruno", created: morning + 1 };

export function accounts(hold: Hold): void {
  hold("an account comes back as it was made, with and without an email", async (store) => {
    await store.createAccount(asha);
    await store.createAccount(bruno);
    assert.deepEqual(await store.account("asha"), asha);
    assert.deepEqual(await store.account("bruno"), bruno);
  });

  hold("nobody is found under a name that was not given", async (store) => {
    await store.createAccount(asha);
    for (const name of ["mallory", "", "ASHA", "ash", "asha ", "' OR '1'='1", "%", "_sha"]) {
      assert.equal(await store.account(name), undefined, name);
    }
  });

  hold("a taken username is refused, and its account stays as it was", async (store) => {
    await store.createAccount(asha);
    await assert.rejects(store.createAccount({ ...bruno, username: "asha" }), AlreadyThere);
    assert.deepEqual(await store.account("asha"), asha);
  });

  hold("of a hundred sign-ups under one name at once, one succeeds", async (store) => {
    const tries = await Promise.allSettled(
      numbers(100).map((n) => store.createAccount({ ...asha, password: `password ${n}` })),
    );
    const made = tries.flatMap(({ status }, i) => status === "fulfilled" ? [i + 1] : []);
    assert.equal(made.length, 1);
    for (const tried of tries) if (tried.status === "rejected") assert(tried.reason instanceof AlreadyThere);
    assert.equal((await store.account("asha"))?.password, `password ${made[0]}`);
  });

  hold("a new password takes the old one's place, and changes nothing else", async (store) => {
    await store.createAccount(asha);
    await store.createAccount(bruno);
    await store.setPassword("asha", "$argon2id$new");
    assert.deepEqual(await store.account("asha"), { ...asha, password: "$argon2id$new" });
    assert.deepEqual(await store.account("bruno"), bruno);
  });

  hold("a password for nobody makes no account", async (store) => {
    await store.setPassword("mallory", "$argon2id$new");
    assert.equal(await store.account("mallory"), undefined);
  });
}
