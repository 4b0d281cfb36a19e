/**
 * Name and `ignore` of a test. The name of a skipped test contains the reason, and the test runner counts it.
 */
export function unless(
  hindrance: string | false | undefined,
  name: string,
): { name: string; ignore: boolean } {
  return hindrance ? { name: `${name} (skipped: ${hindrance})`, ignore: true } : { name, ignore: false };
}

const isFullRun = Deno.env.get("PARLOR_FULL_TESTS") === "1";

/**
 * A test that needs capabilities some machines lack. It is skipped with the reason, or fails if root runs the
 * full suite.
 */
export function testUnless(hindrance: string | undefined, name: string, test: () => Promise<void>): void {
  if (!hindrance) return Deno.test(name, test);
  if (isFullRun && Deno.uid() === 0) return Deno.test(name, () => Promise.reject(new Error(hindrance)));
  console.log(`Skipped: "${name}": ${hindrance}`);
  Deno.test({ ...unless(hindrance, name), fn: test });
}
