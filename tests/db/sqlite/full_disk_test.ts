import assert from "node:assert/strict";
import { Unavailable } from "../../../db/errors.ts";
import { openStore } from "../../../db/open.ts";
import type { Store } from "../../../db/store.ts";
import { draft, numbers, veraAtAsha } from "../promises/cast.ts";

/** A disk of 8 MB, or nothing where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = Deno.makeTempDirSync({ prefix: "parlor-" });
  if (run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder)) return folder;
  Deno.removeSync(folder);
}

function run(command: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(command, { args, stdout: "null", stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

function unmount(folder: string): void {
  assert(run("umount", folder));
  Deno.removeSync(folder);
}

const trial = Deno.uid() === 0 ? smallDisk() : undefined;
if (trial) unmount(trial);

Deno.test({
  name: "on a full disk writes are refused, reads go on, and once there is room all goes on by itself",
  ignore: !trial,
  async fn() {
    const folder = smallDisk()!;
    Deno.writeFileSync(`${folder}/ballast`, new Uint8Array(6_000_000));
    const store = await openStore(`sqlite:${folder}/parlor.db`);
    const stored = await fill(store);
    assert(stored > 10);
    assert.equal((await store.room(veraAtAsha))?.head, stored);
    assert.equal((await store.messagesAfter(veraAtAsha, 0, 10)).length, 10);

    Deno.removeSync(`${folder}/ballast`);
    await store.ready();
    const retried = await store.appendMessage(draft(veraAtAsha, "again", { client_id: `${stored + 1}` }));
    assert.deepEqual([retried.fresh, retried.message.seq], [true, stored + 1]);
    await store.close();

    const again = await openStore(`sqlite:${folder}/parlor.db`);
    const seqs = (await again.messagesBefore(veraAtAsha, undefined, 10_000)).map(({ seq }) => seq);
    assert.deepEqual(seqs, numbers(stored + 1));
    await again.close();
    unmount(folder);
  },
});

/** Writes, several at once, until that is refused. Answers how many were stored, all of them before the refused ones. */
async function fill(store: Store): Promise<number> {
  for (let stored = 0; stored < 10_000; stored += 4) {
    const writes = numbers(4).map((n) =>
      store.appendMessage(draft(veraAtAsha, "x".repeat(4_000), { client_id: `${stored + n}` }))
    );
    const refused = (await Promise.allSettled(writes)).filter((one) => one.status === "rejected");
    for (const { reason } of refused) {
      assert(reason instanceof Unavailable && /disk is full/.test(reason.message));
    }
    if (refused.length) {
      assert.equal(refused.length, 4);
      return stored;
    }
  }
  assert.fail("the disk never got full");
}
