/** Items that one commit takes if they are small. */
const mostTogether = 32;

/** Commits items in as few parts as fit the limits of a commit: one that does not fit (`RangeError`) is halved. */
export async function inParts<T>(
  all: readonly T[],
  commit: (some: T[]) => Promise<void>,
  together = mostTogether,
): Promise<void> {
  for (let from = 0; from < all.length; from += together) {
    const some = all.slice(from, from + together);
    try {
      await commit(some);
    } catch (error) {
      if (!(error instanceof RangeError) || some.length === 1) throw error;
      await inParts(some, commit, Math.ceil(some.length / 2));
    }
  }
}
