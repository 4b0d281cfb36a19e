/**
 * Waits until `test` holds.
 * @throws after `ms` milliseconds, with the result of `state`. The default is no performance requirement; it
 * allows for a loaded machine.
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
