/**
 * Calls back when a page may have been suspended or changed networks: visible again, restored from the cache, online.
 * Returns a function that stops listening.
 */
export function onResume(act: () => void): () => void {
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
