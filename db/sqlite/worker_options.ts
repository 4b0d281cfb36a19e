import { searchPath } from "./search_file.ts";
import { reservePath } from "./reserve.ts";

const suffixes = ["", "-wal", "-shm", "-journal"];

/**
 * Options of a Worker on the database at `path`. It may read and write only the files of the database and of
 * its search index.
 */
export function workerOn(path: string): WorkerOptions {
  const files = [path, searchPath(path)].flatMap((file) => suffixes.map((suffix) => file + suffix));
  const own = [...files, reservePath(path)];
  const permissions = { read: own, write: own, net: false, env: false, run: false, ffi: false, sys: false };
  return { type: "module", deno: { permissions } };
}
