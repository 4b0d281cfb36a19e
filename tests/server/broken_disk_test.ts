import assert from "node:assert/strict";
import { checkDatabase } from "../../db/sqlite/check.ts";
import type { Client } from "../harness/client.ts";
import { eventually } from "../harness/eventually.ts";
import { wires } from "../harness/parlor.ts";
import { testUnless } from "../harness/test_unless.ts";
import { history, say, statusOf, tabs } from "./broken_disk.ts";
import { FailingCalls } from "./failing_calls.ts";
import { FailingDisk } from "./failing_disk.ts";
import { ServiceProcess } from "../harness/service_process.ts";
import { signUp } from "./sign_up.ts";

const trySignUp = (service: ServiceProcess) =>
  statusOf(service, "/accounts/api/signup", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "bruno", password: "correct horse battery" }),
  });

/** While the disk cannot be written: each write is rejected with its code, and everything else works. */
async function refusesWrites(service: ServiceProcess, [visitor, tab]: [Client, Client], told: string[]) {
  assert.equal(await say(visitor, "refused"), "unavailable");
  await eventually(async () => await statusOf(service, "/readyz") === 503);
  assert.equal(await statusOf(service, "/healthz"), 200);
  assert.equal(await trySignUp(service), 503);
  assert.deepEqual(await history(visitor), told, "what is there can be read");
  await tab.hearsNo("new_message");
}

const hindrance = await FailingCalls.hindrance();
const faults: [what: string, calls: string, error: string][] = [
  ["a flush fails", "fsync,fdatasync", "EIO"],
  ["a write fails", "pwrite64", "EIO"],
  ["a file may not be written any more", "pwrite64,ftruncate,fallocate", "EROFS"],
];

for (const wire of wires) {
  testUnless(
    hindrance,
    `on a disk that fails nothing is acknowledged that is not kept, and all goes on once it is mended (${wire})`,
    async () => {
      const folder = Deno.makeTempDirSync({ prefix: "parlor-" });
      await using service = await new ServiceProcess(folder, { WIRE: wire }).start();
      await signUp(service.address, "asha");
      const both = await tabs(service);
      const [visitor, tab] = both, told: string[] = [];
      for (const [what, calls, error] of faults) {
        assert.equal(await say(visitor, what), told.push(what));
        await tab.next("new_message");
        const failing = await FailingCalls.of(service.pid, calls, error);
        await refusesWrites(service, both, told).finally(() => failing.mend());
        await eventually(async () => await statusOf(service, "/readyz") === 200);
        const again = `${what}, and is mended`;
        assert.equal(await say(visitor, again), told.push(again));
        await tab.next("new_message");
      }
      assert.doesNotMatch(service.output, /unhandled|"frame_failed"|"request_failed"/);
      const said = service.output.match(/Writes are refused: [^"]*/g) ?? [];
      assert.equal(said.length, faults.length, `the log says it once each: ${said}`);

      // A rejected write may be in the log file nevertheless, and appear after a crash, but only once.
      const failing = await FailingCalls.of(service.pid, "fsync,fdatasync", "EIO");
      assert.equal(await say(visitor, "in doubt"), "unavailable");
      await service.end("SIGKILL");
      await failing.ended();
      await service.start();
      const [later, other] = await tabs(service);
      assert.equal(await say(later, "in doubt"), told.push("in doubt"));
      assert.deepEqual(await history(later), told);
      for (const client of [visitor, tab, later, other]) client.terminate();
      assert.equal((await service.end("SIGTERM")).code, 0);
      assert.deepEqual(checkDatabase(`${folder}/parlor.db`).problems, []);
      Deno.removeSync(folder, { recursive: true });
    },
  );
}

testUnless(
  hindrance,
  "what cannot be read is said to be out of reach, and nothing else ends by that",
  async () => {
    const folder = Deno.makeTempDirSync({ prefix: "parlor-" });
    await using service = await new ServiceProcess(folder).start();
    await signUp(service.address, "asha");
    const before = await tabs(service);
    for (let i = 1; i <= 15; i++) assert.equal(await say(before[0], `line ${i}`), i);
    await service.end("SIGTERM");
    await service.start();
    const both = await tabs(service);
    const [visitor] = both;
    await visitor.next("welcome");
    const failing = await FailingCalls.of(service.pid, "pread64", "EIO");
    visitor.send({ command: "fetch_messages", after: 0, limit: 200 });
    const { error } = await visitor.next("error").finally(() => failing.mend());
    assert.equal(error.code, "unavailable");
    assert.equal((await history(visitor)).length, 15);
    assert.doesNotMatch(service.output, /unhandled|"frame_failed"/);
    for (const client of [...before, ...both]) client.terminate();
    assert.equal((await service.end("SIGTERM")).code, 0);
    Deno.removeSync(folder, { recursive: true });
  },
);

testUnless(
  FailingDisk.hindrance(),
  "on a file system that has gone read-only writes are refused and reads go on; on a sound one all is there",
  async () => {
    using disk = new FailingDisk();
    const folder = `${disk.folder}/data`;
    Deno.mkdirSync(folder);
    await using service = await new ServiceProcess(folder).start();
    await signUp(service.address, "asha");
    const both = await tabs(service);
    for (let i = 1; i <= 10; i++) assert.equal(await say(both[0], `line ${i}`), i);
    for (let i = 1; i <= 10; i++) await both[1].next("new_message");
    const told = Array.from({ length: 10 }, (_, i) => `line ${i + 1}`);
    disk.fail();
    await refusesWrites(service, both, told);
    for (const client of both) client.terminate();
    assert.equal((await service.end("SIGTERM")).code, 0, "it can be stopped");
    const failure = await service.start().then(() => "", (error) => String(error));
    assert.match(failure, /ended with 1: Cannot open .*parlor\.db/, "and says why it cannot start there");
    disk.unmount();
    disk.mount();
    await service.start();
    const [visitor, tab] = await tabs(service);
    assert.deepEqual(await history(visitor), told);
    assert.equal(await say(visitor, "refused"), 11);
    for (const client of [visitor, tab]) client.terminate();
    await service.end("SIGTERM");
  },
);
