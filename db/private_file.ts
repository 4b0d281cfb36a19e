/**
 * Makes the file of a database its owner's alone before an engine opens it, one that is there already too: in a folder that
 * others may read, an engine's own files would be readable as well. What SQLite makes beside it gets the same mode.
 */
export function keepPrivate(path: string): void {
  keepFilePrivate(path);
  for (const suffix of ["-wal", "-shm", "-journal"]) closeToOthers(path + suffix);
}

/** The same of a file that no engine has others beside. */
export function keepFilePrivate(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  } catch {
    // It is there, or cannot be: whoever writes it says why.
  }
  closeToOthers(path);
}

/** Takes a file from its group and from everybody else. One that is not there, or somebody else's, stays as it is. */
export function closeToOthers(path: string): void {
  try {
    const { mode } = Deno.statSync(path);
    if (mode !== null && mode & 0o077) Deno.chmodSync(path, 0o600);
  } catch (error) {
    const isElsewhere = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    if (!isElsewhere) throw error;
  }
}
