/** The server did not answer in time. */
export class NoAnswer extends Error {
  readonly code = "NO_ANSWER";
}

/** Resolves with the result of `work`. @throws {NoAnswer} after `ms` milliseconds */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`No answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
