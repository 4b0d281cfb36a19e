/** What the promise gives, or nothing if it gives nothing within `ms` milliseconds. @throws what it rejects with by then */
export async function within<T>(ms: number, promise: Promise<T> | undefined): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
