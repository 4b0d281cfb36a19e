/**
 * Resolves with the promise's value, or with undefined after `ms` milliseconds.
 * @throws the promise's error
 */
export async function within<T>(ms: number, promise: Promise<T> | undefined): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
