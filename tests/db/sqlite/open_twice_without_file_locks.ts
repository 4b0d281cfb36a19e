import { openStore } from "../../../db/open.ts";

// Earlier runtimes lack `tryLockSync`. Opens the given store twice, prints the error of the second attempt,
// and that it succeeds after the first is closed.
delete (Deno.FsFile.prototype as Partial<Deno.FsFile>).tryLockSync;
const store = await openStore(Deno.args[0]!);
const second = await openStore(Deno.args[0]!).catch((error: Error) => error.message);
console.log(typeof second === "string" ? second : "opened twice");
await store.close();
await (await openStore(Deno.args[0]!)).close();
