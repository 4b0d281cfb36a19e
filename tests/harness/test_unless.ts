const isFullRun = Deno.env.get("PARLOR_FULL_TESTS") === "1";

/**
 * A test of what not every machine lets itself be done to. Where something is in the way it is skipped in sight, or fails
 * where root asks for all tests.
 */
export function testUnless(hindrance: string | undefined, name: string, test: () => Promise<void>): void {
  if (!hindrance) return Deno.test(name, test);
  if (isFullRun && Deno.uid() === 0) return Deno.test(name, () => Promise.reject(new Error(hindrance)));
  console.log(`Skipped: "${name}": ${hindrance}`);
  Deno.test({ name: `${name} (skipped: ${hindrance})`, ignore: true, fn: test });
}
