/** Waits until `test` holds. @throws if it does not within `ms` milliseconds, with what `state` says */
export async function eventually(
  test: () => boolean | Promise<boolean>,
  { ms = 5_000, state = () => "" }: { ms?: number; state?: () => unknown } = {},
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!await test()) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
