/**
 * Looks whether the file that was opened is still the one at its path. A file that was removed or replaced can be written
 * on for as long as it is open, and is gone with the process: what was acknowledged meanwhile would be lost.
 */
export function fileAt(path: string): () => boolean {
  const opened = Deno.statSync(path);
  return () => {
    try {
      const { ino, dev } = Deno.statSync(path);
      return ino === opened.ino && dev === opened.dev;
    } catch {
      return false;
    }
  };
}
