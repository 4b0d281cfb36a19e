import { closeToOthers, keepFilePrivate } from "../private_file.ts";
import { fileSize } from "./file_size.ts";

/** Size of the disk reserve, and the smallest useful size on a nearly full disk. Bytes. */
const most = 4 * 2 ** 20, least = 2 ** 19;
/**
 * Free space required besides the reserve before writes resume, so that they do not stop again at once.
 * Bytes.
 */
const headroom = 2 ** 19;

/** Free space that SQLite needs to open a database: it maps the WAL index into memory. Bytes. */
const leastToOpen = 2 ** 16;

/** Path of the reserve file of a database. */
export const reservePath = (path: string): string => `${path}.reserve`;

/**
 * Allocates a reserve file that is deleted when the disk is full: a checkpoint needs space to copy the WAL
 * into the database, and only after that can the WAL's own space be freed.
 */
export function keepReserve(path: string): void {
  closeToOthers(reservePath(path));
  if (fileSize(reservePath(path))) return;
  for (let size = most; size >= least; size /= 2) if (fill(path, size)) return;
}

/** Deletes the reserve; returns whether it existed. */
export function giveUpReserve(path: string): boolean {
  try {
    Deno.removeSync(reservePath(path));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Allocates the reserve again if there is free space besides it; returns whether there is. */
export function keepReserveAgain(path: string): boolean {
  for (let size = most; size >= least; size /= 2) {
    if (!fill(path, size + headroom)) continue;
    Deno.truncateSync(reservePath(path), size);
    return true;
  }
  for (let size = least; size >= leastToOpen; size /= 2) if (fill(path, size)) break;
  return false;
}

function fill(path: string, size: number): boolean {
  try {
    keepFilePrivate(reservePath(path));
    // Written, not only extended: extending a file allocates no blocks.
    Deno.writeFileSync(reservePath(path), new Uint8Array(size));
    return true;
  } catch (error) {
    // A missing permission is not a full disk: treated as one, it would stop writes forever.
    if (error instanceof Deno.errors.NotCapable) throw error;
    giveUpReserve(path);
    return false;
  }
}
