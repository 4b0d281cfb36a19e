/** The folder of a file with its last slash; `./` where the path names none. Loading `node:path` would take longer. */
export function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "") || "./";
}
