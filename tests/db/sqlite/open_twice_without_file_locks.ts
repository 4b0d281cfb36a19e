import { openStore } from "../../../db/open.ts";

// Earlier runtimes lack the call. Opens the store it is given twice, says why it cannot, and that it can afterwards.
delete (Deno.FsFile.prototype as Partial<Deno.FsFile>).tryLockSync;
const store = await openStore(Deno.args[0]!);
const second = await openStore(Deno.args[0]!).catch((error: Error) => error.message);
console.log(typeof second === "string" ? second : "opened twice");
await store.close();
await (await openStore(Deno.args[0]!)).close();
