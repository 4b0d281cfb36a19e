import assert from "node:assert/strict";
import fc from "fast-check";
import { findPhrases, parsePhrases } from "../../../db/search_phrases.ts";
import type { Store } from "../../../db/store.ts";
import type { ContractTest } from "../store_contract.ts";
import { draft, morning, numbers, send, veraAtAsha, veraAtBruno, victorAtAsha } from "./fixtures.ts";

/** Results of a search for `q`, in order. */
async function find(store: Store, admin: string, q: string, limit = 50): Promise<string[]> {
  const { found } = await store.searchMessages(admin, { phrases: parsePhrases(q), limit });
  return found.map(({ message }) => message.content);
}

/** Longer than an index lags behind writes. */
const waitForIndex = () => new Promise((resolve) => setTimeout(resolve, 1_200));

export function search(contractTest: ContractTest): void {
  contractTest(
    "words of any script and length are kept, found and forgotten, many at once too",
    async (store) => {
      const letter = (n: number) => String.fromCodePoint(0x905 + n);
      const texts = numbers(60).map((n) =>
        numbers(20).map((i) => "अ".repeat(60) + letter(n % 50) + letter(i) + letter(n % 7)).join(" ")
      );
      // Folding expands this character to eighteen letters.
      const grown = "\ufdfa".repeat(64);
      await Promise.all([...texts, grown, "tea"].map((text) => store.appendMessage(draft(veraAtAsha, text))));
      await send(store, victorAtAsha, "tea");
      assert.equal((await store.room(veraAtAsha))?.head, 62);
      for (const text of [texts[6]!, grown]) {
        assert.deepEqual(await find(store, "asha", text.split(" ")[0]! + " "), [text]);
      }
      assert.equal(await store.forgetVisitor(veraAtAsha), true);
      assert.deepEqual(await find(store, "asha", grown), []);
      assert.deepEqual(await find(store, "asha", "tea "), ["tea"]);
    },
  );

  contractTest(
    "a text is found as soon as it is written, and once an index knows it",
    async (store, opened) => {
      await send(store, veraAtAsha, "Where is my order?");
      assert.deepEqual(await find(store, "asha", "order"), ["Where is my order?"]);
      await waitForIndex();
      assert.deepEqual(await find(store, "asha", "order"), ["Where is my order?"]);
      assert.deepEqual(await find(await opened.reopen(), "asha", "order"), ["Where is my order?"]);
    },
  );

  contractTest("what is found is the message as it is read, and its room", async (store) => {
    await store.saveVisitor(veraAtAsha, { name: "Vera" }, morning);
    await send(store, veraAtAsha, "one", "two");
    await store.appendMessage(draft(veraAtAsha, "Three trees", { side: "admin", client_id: "x" }));
    const { found } = await store.searchMessages("asha", { phrases: parsePhrases("tree"), limit: 5 });
    assert.deepEqual(found.map(({ message }) => message), await store.messagesAfter(veraAtAsha, 2, 5));
    assert.deepEqual(found[0]?.room, await store.room(veraAtAsha));
  });

  contractTest("nothing of another admin is found", async (store) => {
    await send(store, veraAtAsha, "secret tea");
    await send(store, veraAtBruno, "secret coffee");
    for (const _ of [1, 2]) {
      assert.deepEqual(await find(store, "asha", "secret"), ["secret tea"]);
      assert.deepEqual(await find(store, "bruno", "secret"), ["secret coffee"]);
      assert.deepEqual(await find(store, "mallory", "secret"), []);
      await waitForIndex();
    }
  });

  contractTest(
    "words are found in any order, case and accents; quoted ones just so; the last by its beginning",
    async (store) => {
      const texts = [
        "The café in Straße 7 is OPEN",
        "open the café",
        "an opening, and no coffee",
        "東京タワーへの行き方",
        "नमस्ते, मेरा ऑर्डर कहाँ है?",
        "order-1234 isn't here 🎉",
        'he said "open the door"; DROP TABLE found',
      ];
      await send(store, veraAtAsha, ...texts);
      const expected: Record<string, number[]> = {
        "open CAFE": [1, 0],
        "cafe ope": [1, 0],
        "ope": [6, 2, 1, 0],
        "open ": [6, 1, 0],
        '"open the"': [6, 1],
        '"the open"': [],
        "strasse": [0],
        "東京": [3],
        "京東": [],
        "タワー": [3],
        "ऑर्डर": [4],
        "isn't": [5],
        "order-12": [5],
        "🎉": [5],
        "o": [],
        "open nowhere": [],
        'owner:"61" OR words': [],
        "DROP TABLE": [6],
        "*": [],
        '"': [],
        "": [],
        "   ": [],
      };
      for (const _ of [1, 2]) {
        for (const [q, places] of Object.entries(expected)) {
          assert.deepEqual(
            await find(store, "asha", q),
            places.map((i) => texts[i]),
            `for ${JSON.stringify(q)}`,
          );
        }
        await waitForIndex();
      }
    },
  );

  contractTest("what is no text is not found", async (store) => {
    await send(store, veraAtAsha, "resolved, I think");
    await store.appendMessage(draft(veraAtAsha, "resolved", { side: "admin", kind: "status" }));
    assert.deepEqual(await find(store, "asha", "resolved"), ["resolved, I think"]);
    await waitForIndex();
    assert.deepEqual(await find(store, "asha", "resolved"), ["resolved, I think"]);
  });

  contractTest(
    "250 texts come page by page, newest first, each once, while more is written",
    async (store) => {
      for (const n of numbers(250)) {
        await store.appendMessage(draft(n % 2 ? veraAtAsha : victorAtAsha, `tea number ${n}`));
        if (n === 200) await waitForIndex();
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.searchMessages("asha", { phrases: parsePhrases("tea"), limit: 40, cursor });
        seen.push(...page.found.map(({ message }) => message.content));
        assert.ok(page.found.length <= 40);
        cursor = page.cursor;
        await send(store, veraAtAsha, "tea, written meanwhile");
      } while (cursor !== undefined);
      assert.deepEqual(seen, numbers(250).reverse().map((n) => `tea number ${n}`));
    },
  );

  contractTest("a cursor that is none is like none", async (store) => {
    await send(store, veraAtAsha, "tea");
    for (const cursor of ["", "x", "-1", "1e3", "99999999999999999999"]) {
      const { found } = await store.searchMessages("asha", {
        phrases: parsePhrases("tea"),
        limit: 5,
        cursor,
      });
      assert.equal(found.length, 1, cursor);
    }
  });

  contractTest("any texts and phrases: a search finds what reading every text finds", async (store) => {
    const word = fc.constantFrom(
      "tea",
      "Tee",
      "teapot",
      "order",
      "ordér",
      "東京",
      "x",
      "12",
      "नमस्ते",
      "it's",
      "🎉",
    );
    const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
    const texts = fc.sample(text, { numRuns: 120, seed: 4 });
    await send(store, veraAtAsha, ...texts);
    const query = fc.array(
      fc.oneof(word, word.map((word) => word.slice(0, 2)), text.map((text) => `"${text}"`)),
      {
        minLength: 1,
        maxLength: 3,
      },
    ).map((parts) => parts.join(" "));
    const agree = fc.asyncProperty(query, async (q) => {
      const wanted = texts.filter((text) => findPhrases(text, parsePhrases(q))).reverse();
      assert.deepEqual(await find(store, "asha", q, 200), wanted);
    });
    await fc.assert(agree, { numRuns: 60 });
    await waitForIndex();
    await fc.assert(agree, { numRuns: 60 });
  });
}
