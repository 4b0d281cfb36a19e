/** The folder of a file with its last slash; `./` without one. Loading `node:path` would take longer. */
export function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "") || "./";
}
