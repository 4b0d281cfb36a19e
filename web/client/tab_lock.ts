/**
 * Waits for the exclusive lock `name` among all tabs of the origin and resolves with the function that releases it. A
 * closed tab releases its locks. Resolves with `undefined` where the browser has no Web Locks, or refuses them to this
 * frame, and when `signal` aborts the wait.
 */
export function acquireTabLock(name: string, signal: AbortSignal): Promise<(() => void) | undefined> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return Promise.resolve(undefined);
  return new Promise((answer) => {
    const held = () => new Promise<void>((letGo) => answer(letGo));
    try {
      locks.request(name, { signal }, held).catch(() => answer(undefined));
    } catch {
      answer(undefined);
    }
  });
}
