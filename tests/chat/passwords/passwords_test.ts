import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { openArgon2id, openWasmArgon2id } from "../../../chat/passwords/argon2id.ts";
import { commonPasswords } from "../../../chat/passwords/common_passwords.ts";
import { TooManyAttempts } from "../../../chat/errors.ts";
import {
  checkPassword,
  type Lane,
  openPasswords,
  type Passwords,
} from "../../../chat/passwords/passwords.ts";
import { toPhc } from "../../../chat/passwords/phc.ts";

const good = "correct horse battery";

async function withPasswords(
  work: (passwords: Passwords) => Promise<void>,
  options?: Parameters<typeof openPasswords>[0],
) {
  const passwords = await openPasswords(options);
  try {
    await work(passwords);
  } finally {
    passwords.close();
  }
}

Deno.test("the right password is right, any other is wrong", () =>
  withPasswords(async (passwords) => {
    const phc = await passwords.hash(good);
    equal(await passwords.verify(good, phc), true);
    for (const wrong of ["Correct horse battery", good + " ", good.slice(1), ""]) {
      equal(await passwords.verify(wrong, phc), false, wrong);
    }
  }));

Deno.test("a password is kept as argon2id with 19 MiB, two passes, one lane and a salt of its own", () =>
  withPasswords(async (passwords) => {
    const [asha, bruno] = [await passwords.hash(good), await passwords.hash(good)];
    match(asha, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    notEqual(asha, bruno);
  }));

Deno.test("a hash made elsewhere, with other parameters, is checked by those it names", () =>
  withPasswords(async (passwords) => {
    // From the test vectors of Argon2's reference implementation.
    const phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    equal(await passwords.verify("password", phc), true);
    equal(await passwords.verify("differentpassword", phc), false);
  }));

Deno.test("every character of a long password counts, in any script", () =>
  withPasswords(async (passwords) => {
    const long = "пароль 密码 🔑".repeat(14);
    ok(long.length > 150);
    const phc = await passwords.hash(long);
    equal(await passwords.verify(long, phc), true);
    equal(await passwords.verify(long.slice(0, -2) + "🗝", phc), false);
  }));

Deno.test("an unknown account gets a no", () =>
  withPasswords(async (passwords) => {
    equal(await passwords.verify(good, undefined), false);
    equal(await passwords.verify("", undefined), false);
  }));

Deno.test("what is no PHC string of ours is an error, not a wrong password", () =>
  withPasswords(async (passwords) => {
    for (const phc of ["", "plain", "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA", "$2b$12$abc"]) {
      await rejects(passwords.verify(good, phc), /no argon2id/, phc);
    }
  }));

Deno.test("hashes run one at a time, in the order in which they were asked for", () =>
  withPasswords(async (passwords) => {
    const done: number[] = [];
    await Promise.all([0, 1, 2, 3].map((i) => passwords.hash(good).then(() => done.push(i))));
    deepEqual(done, [0, 1, 2, 3]);
  }));

Deno.test("who comes when too many wait is told to come later, and the others are served", () =>
  withPasswords(async (passwords) => {
    const served = [1, 2, 3].map(() => passwords.hash(good));
    await rejects(
      passwords.hash(good),
      (error) => error instanceof TooManyAttempts && error.retryAfterMs > 0,
    );
    await rejects(passwords.verify(good, undefined), TooManyAttempts);
    for (const phc of await Promise.all(served)) match(phc, /^\$argon2id/);
    match(await passwords.hash(good), /^\$argon2id/);
  }, { maxWaiting: 2 }));

Deno.test("a known device has places of its own, and waits for one stranger at most", () =>
  withPasswords(async (passwords) => {
    const done: string[] = [];
    const hash = (who: string, lane: "known" | "stranger") =>
      passwords.hash(good, lane).then(() => done.push(who), () => done.push(`${who} refused`));
    const all = ["a", "b", "c", "d", "e"].map((who) => hash(who, "stranger"));
    await Promise.all([...all, hash("owner", "known"), hash("owner again", "known")]);
    deepEqual(done, ["d refused", "e refused", "a", "owner", "b", "owner again", "c"]);
  }, { maxWaiting: 2 }));

Deno.test("who has done a proof of work has places too, and known devices every second turn", () =>
  withPasswords(async (passwords) => {
    const done: string[] = [];
    const hash = (lane: Lane, i: number) => passwords.hash(good, lane).then(() => done.push(`${lane} ${i}`));
    await Promise.all([0, 1, 2].flatMap((i) => [hash("stranger", i), hash("proved", i), hash("known", i)]));
    deepEqual(done, [
      ...["stranger 0", "known 0", "proved 0", "known 1"],
      ...["stranger 1", "known 2", "proved 1", "stranger 2", "proved 2"],
    ]);
  }));

Deno.test("the runtime's Argon2id and the one in WebAssembly make the same hash", async () => {
  const own = await openArgon2id(), wasm = openWasmArgon2id();
  try {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    for (const parameters of [{ memory: 64, passes: 1, lanes: 1 }, { memory: 256, passes: 3, lanes: 2 }]) {
      const all = { ...parameters, salt, length: 32 };
      for (const password of [good, "pässwörd 🔑", "\ud800 half a character"]) {
        equal(
          toPhc(await wasm.hash(password, all), all),
          toPhc(await own.hash(password, all), all),
          password,
        );
      }
    }
  } finally {
    own.close();
    wasm.close();
  }
});

Deno.test("the hash in WebAssembly takes an empty password and survives parameters that make no sense", async () => {
  const wasm = openWasmArgon2id();
  try {
    const parameters = { memory: 64, passes: 1, lanes: 1, salt: new Uint8Array(16), length: 32 };
    equal((await wasm.hash("", parameters)).length, 32);
    await rejects(wasm.hash(good, { ...parameters, memory: 1 }));
    equal((await wasm.hash(good, parameters)).length, 32);
  } finally {
    wasm.close();
  }
});

Deno.test("closing ends the hashes that still wait for WebAssembly", async () => {
  const wasm = openWasmArgon2id();
  const waiting = wasm.hash(good, {
    memory: 19_456,
    passes: 2,
    lanes: 1,
    salt: new Uint8Array(16),
    length: 32,
  });
  wasm.close();
  await rejects(waiting, /ended/);
});

const refused: [password: string, username: string, why: RegExp][] = [
  ["password", "asha", /common/],
  ["PassWord1", "asha", /common/],
  ["password123456789", "asha", /common/],
  ["12345678", "asha", /common/],
  ["qwertyuiop", "asha", /common/],
  ["iloveyou", "asha", /common/],
  ["1q2w3e4r", "asha", /common/],
  ["P@ssw0rd", "asha", /common/],
  ["sunshine", "asha", /common/],
  ["password ", "asha", /common/],
  ["ｐａｓｓｗｏｒｄ１", "asha", /common/],
  ["P@55w0rd!!", "asha", /common word/],
  ["pässwörd2026", "asha", /common word/],
  ["passwordpassword", "asha", /common word/],
  ["hunter2hunter2", "asha", /common word/],
  ["summer2026", "asha", /common word/],
  ["parlor123", "asha", /common word/],
  ["!!Parlor2026!!", "asha", /common word/],
  ["adminparlor1", "asha", /common word/],
  [" ".repeat(8), "asha", /at least 8/],
  ["  short  ", "asha", /at least 8/],
  ["123456789012345", "asha", /simple/],
  ["aaaaaaaaaaaa", "asha", /simple/],
  ["abcabcabcabc", "asha", /simple/],
  ["qwertyuiop1", "asha", /simple/],
  ["zyxwvuts98765", "asha", /simple/],
  ["p".repeat(200), "asha", /simple/],
  ["12.06.1984", "asha", /letters/],
  ["asha-and-bruno", "asha", /username/],
  ["ＡＳＨＡ and bruno", "asha", /username/],
  ["my name is ASHA", "asha", /username/],
  ["xx_BRU-NO_xx", "bru-no", /username/],
  ["bellashop2026", "bella-shop", /username/],
  ["Bella Shop!!", "bella-shop", /username/],
  ["b3lla-5h0p", "bella-shop", /username/],
  ["pohsalleb!", "bella-shop", /username/],
  ["p a s s w o r d", "asha", /common word/],
  ["pass-word-1", "asha", /common word/],
];
for (const [password, username, why] of refused) {
  Deno.test(`${username} may not have the password ${password}`, () => {
    match(checkPassword(password, username) ?? "allowed", why);
  });
}

for (
  const password of [
    good,
    "Tr0ub4dor&3",
    "aschenputtel",
    "пароль пароль",
    "pqrs tuvw ".repeat(20).trim(),
    "password of vera",
    "our parlor has seats",
    "xK9#mP2$",
  ]
) {
  Deno.test(`asha may have the password ${password.slice(0, 20)}`, () => {
    equal(checkPassword(password, "asha"), undefined);
  });
}

Deno.test("the list of common passwords is a list of over a thousand that pass the rule of length", () => {
  const common = [...commonPasswords()];
  ok(common.length > 1_000);
  for (const password of common) {
    ok(password.length >= 8, password);
    equal(password, password.toLowerCase());
  }
});
