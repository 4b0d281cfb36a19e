const lasts = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Runs `work` after all earlier work under the same owner and key has ended, so that what it reads is current when it writes. */
export async function withKeyedLock<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  let turns = lasts.get(owner);
  if (!turns) lasts.set(owner, turns = new Map());
  const mine = (turns.get(key) ?? Promise.resolve()).then(work);
  // A failure rejects its own caller and does not stop the next in the queue.
  const done = mine.catch(() => {});
  turns.set(key, done);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === done) turns.delete(key);
  }
}
