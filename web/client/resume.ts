/**
 * Calls back when a page may have slept or changed networks: shown again, back from the cache, back online.
 * Answers how to stop listening.
 */
export function onWake(act: () => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  for (const name of ["online", "offline", "pageshow"]) {
    globalThis.addEventListener?.(name, act, { signal });
  }
  if ("document" in globalThis) {
    document.addEventListener("visibilitychange", () => document.hidden || act(), { signal });
  }
  return () => stop.abort();
}
