/**
 * Waits until `test` holds. @throws if it does not within `ms` milliseconds, with what `state` says. Without `ms` no time
 * is promised: it is as long as a machine may need that has much else to do.
 */
export async function eventually(
  test: () => boolean | Promise<boolean>,
  { ms = 15_000, state = () => "" }: { ms?: number; state?: () => unknown } = {},
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!await test()) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
