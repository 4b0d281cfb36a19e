/**
 * Restricts a database file to its owner (mode 0600) before an engine opens it, also if it exists already: in
 * a folder that others may read, the engine's files would be readable as well. SQLite gives its other files
 * the same mode.
 */
export function keepPrivate(path: string): void {
  keepFilePrivate(path);
  for (const suffix of ["-wal", "-shm", "-journal"]) closeToOthers(path + suffix);
}

/** The same for a file without accompanying files. */
export function keepFilePrivate(path: string): void {
  try {
    Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
  } catch {
    // The file exists, or cannot be created: the engine's write reports the reason.
  }
  closeToOthers(path);
}

/**
 * Removes the permissions of the group and of others. A file that does not exist or belongs to another user
 * is left unchanged.
 */
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
