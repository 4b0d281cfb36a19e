/** Name and `ignore` of a test; where something is in the way of it, the name says so and the summary of a run counts it. */
export function unless(
  hindrance: string | false | undefined,
  name: string,
): { name: string; ignore: boolean } {
  return hindrance ? { name: `${name} (skipped: ${hindrance})`, ignore: true } : { name, ignore: false };
}

const isFullRun = Deno.env.get("PARLOR_FULL_TESTS") === "1";

/**
 * A test of what not every machine lets itself be done to. Where something is in the way it is skipped in sight, or fails
 * where root asks for all tests.
 */
export function testUnless(hindrance: string | undefined, name: string, test: () => Promise<void>): void {
  if (!hindrance) return Deno.test(name, test);
  if (isFullRun && Deno.uid() === 0) return Deno.test(name, () => Promise.reject(new Error(hindrance)));
  console.log(`Skipped: "${name}": ${hindrance}`);
  Deno.test({ ...unless(hindrance, name), fn: test });
}
