/**
 * Waits until this tab alone holds `name` among all tabs of its site; answers how to let go of it. A tab that goes
 * away lets go of all it held. Answers nothing where the browser has no locks, or refuses them to this frame, and
 * when `signal` ended the wait.
 */
export function takeTurn(name: string, signal: AbortSignal): Promise<(() => void) | undefined> {
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
