/**
 * The folder of a file, with the trailing slash; `./` if the path has none. Avoids loading `node:path`, which
 * takes longer.
 */
export function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, "") || "./";
}
