const lasts = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does `work` after all earlier work under the same owner and key is done, so that what it reads stays true until it writes. */
export async function inTurn<T>(owner: object, key: string, work: () => Promise<T>): Promise<T> {
  let turns = lasts.get(owner);
  if (!turns) lasts.set(owner, turns = new Map());
  const mine = (turns.get(key) ?? Promise.resolve()).then(work);
  // Whose work failed hears of it; the next in turn need not.
  const done = mine.catch(() => {});
  turns.set(key, done);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === done) turns.delete(key);
  }
}
