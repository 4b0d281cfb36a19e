import { closeToOthers, keepFilePrivate } from "../private_file.ts";
import { fileSize } from "./file_size.ts";

/** Bytes kept beside the database, and how little of them is of use where there is no room for all. */
const most = 4 * 2 ** 20, least = 2 ** 19;
/** Bytes that must be free besides before writes go on, so that they do not stop again at once. */
const headroom = 2 ** 19;

/** Bytes without which SQLite cannot open a database at all: it maps an index of the WAL. */
const leastToOpen = 2 ** 16;

/** The file of the reserve beside a database. */
export const reservePath = (path: string): string => `${path}.reserve`;

/**
 * Keeps room on the disk, in a file that is given up when there is no other: a checkpoint needs it to bring what the WAL
 * holds into the database, and only then is the WAL's own room free again.
 */
export function keepReserve(path: string): void {
  closeToOthers(reservePath(path));
  if (fileSize(reservePath(path))) return;
  for (let size = most; size >= least; size /= 2) if (fill(path, size)) return;
}

/** Answers whether there was any. */
export function giveUpReserve(path: string): boolean {
  try {
    Deno.removeSync(reservePath(path));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Keeps it anew, where there is some room besides. Answers whether there is. */
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
    // Written, not only made as long: that alone takes no room.
    Deno.writeFileSync(reservePath(path), new Uint8Array(size));
    return true;
  } catch (error) {
    // Taken for a lack of room, a lack of leave would stop the writes for good.
    if (error instanceof Deno.errors.NotCapable) throw error;
    giveUpReserve(path);
    return false;
  }
}
