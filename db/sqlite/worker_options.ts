import { searchPath } from "./search_file.ts";
import { reservePath } from "./reserve.ts";

const suffixes = ["", "-wal", "-shm", "-journal"];

/** A Worker on the database at `path`: it may read and write that one's files and the index's, and nothing else. */
export function workerOn(path: string): WorkerOptions {
  const files = [path, searchPath(path)].flatMap((file) => suffixes.map((suffix) => file + suffix));
  const own = [...files, reservePath(path)];
  const permissions = { read: own, write: own, net: false, env: false, run: false, ffi: false, sys: false };
  return { type: "module", deno: { permissions } };
}
