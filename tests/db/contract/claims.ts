import assert from "node:assert/strict";
import type { ContractTest } from "../store_contract.ts";
import { malloryAtAsha, morning, numbers, veraAtAsha, veraAtBruno } from "./fixtures.ts";

export function claims(contractTest: ContractTest): void {
  contractTest("a guessable consumer id belongs to the first who asks, for good", async (store) => {
    assert.equal(await store.claimConsumer(veraAtAsha, "vera's token", morning), true);
    assert.equal(await store.claimConsumer(veraAtAsha, "mallory's token", morning), false);
    assert.equal(await store.claimConsumer(veraAtAsha, "vera's token", morning + 1), true);
    assert.equal(await store.claimConsumer(veraAtAsha, "", morning + 1), false);
  });

  contractTest("the same consumer id at another admin is another claim", async (store) => {
    assert.equal(await store.claimConsumer(veraAtAsha, "vera's token", morning), true);
    assert.equal(await store.claimConsumer(veraAtBruno, "mallory's token", morning), true);
    assert.equal(await store.claimConsumer(malloryAtAsha, "mallory's token", morning), true);
  });

  contractTest("of a hundred claims at once, one owner wins", async (store) => {
    const answers = await Promise.all(
      numbers(100).map((n) => store.claimConsumer(veraAtAsha, `owner ${n}`, morning)),
    );
    assert.equal(answers.filter((isTheirs) => isTheirs).length, 1);
    const winner = answers.indexOf(true) + 1;
    assert.equal(await store.claimConsumer(veraAtAsha, `owner ${winner}`, morning), true);
  });

  contractTest("what is kept under a name is the first value, whoever asks", async (store) => {
    assert.equal(await store.keep("secret", "first"), "first");
    assert.equal(await store.keep("secret", "second"), "first");
    assert.equal(await store.keep("empty", ""), "");
    assert.equal(await store.keep("empty", "not any more"), "");
    assert.equal(await store.keep("secre_", "another name"), "another name");
  });

  contractTest("what is kept may be replaced, and is found by its own name alone", async (store) => {
    assert.equal(await store.kept("secret"), undefined);
    await store.replace("secret", "first");
    assert.equal(await store.kept("secret"), "first");
    await store.replace("secret", "second");
    assert.equal(await store.kept("secret"), "second");
    assert.equal(await store.keep("secret", "third"), "second");
    await store.replace("empty", "");
    assert.equal(await store.kept("empty"), "");
    assert.equal(await store.kept("secre_"), undefined);
  });

  contractTest("what is kept no more is gone, and others' values stay", async (store, opened) => {
    await store.keep("asha's secret", "hers");
    await store.keep("bruno's secret", "his");
    await store.unkeep("asha's secret");
    await store.unkeep("nobody's secret");
    for (const reopen of [false, true]) {
      const at = reopen ? await opened.reopen() : store;
      assert.equal(await at.kept("asha's secret"), undefined);
      assert.equal(await at.kept("bruno's secret"), "his");
    }
  });

  contractTest("an id is spent once, by one of all who ask, also after a restart", async (store, opened) => {
    const until = morning + 300_000;
    const answers = await Promise.all(numbers(50).map(() => store.spend("a proof", until, morning)));
    assert.equal(answers.filter((isFirst) => isFirst).length, 1);
    assert.equal(await store.spend("another proof", until, morning), true);
    const later = await opened.reopen();
    assert.equal(await later.spend("a proof", until, morning + 1), false);
    assert.equal(await later.spend("a third", until + 400_000, until + 1), true);
  });

  contractTest("a hundred who keep a value at once all get the same one", async (store) => {
    const kept = await Promise.all(numbers(100).map((n) => store.keep("secret", `value ${n}`)));
    assert.equal(new Set(kept).size, 1);
    assert.equal(await store.keep("secret", "late"), kept[0]);
  });
}
