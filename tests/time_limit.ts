// Loaded before the tests with --preload: a test that never ends fails with its name, and the run continues.

type Run = (t: Deno.TestContext) => void | Promise<void>;

/**
 * Longer than any test takes, even in a full run on a loaded machine; tests/run.ts ends its file later.
 * Milliseconds.
 */
const limitMs = 1_000 * Number(Deno.env.get("PARLOR_TEST_SECONDS") ?? 300);

function limited(name: string, run: Run): Run {
  const withLimit: Run = async (t) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`"${name}" has not ended within ${limitMs / 1_000} s`)),
        limitMs,
      );
    });
    try {
      await Promise.race([run(t), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  // Deno names a test without a name after its function.
  return Object.defineProperty(withLimit, "name", { value: name });
}

function limit(test: (...args: unknown[]) => void): (...args: unknown[]) => void {
  return (...args) => {
    const last = args.at(-1), [first] = args;
    if (typeof last === "function") {
      const name = typeof first === "string" ? first : (first as { name?: string }).name ?? last.name;
      return test(...args.slice(0, -1), limited(name, last as Run));
    }
    const { name, fn } = first as { name?: string; fn: Run };
    test({ ...first as Deno.TestDefinition, fn: limited(name ?? fn.name, fn) });
  };
}

const plain = Deno.test as unknown as Record<string, (...args: unknown[]) => void>;
const wrapped = limit(Deno.test as unknown as (...args: unknown[]) => void);
for (const name of Object.keys(plain)) {
  const one = plain[name]!;
  Object.assign(wrapped, { [name]: name === "only" || name === "ignore" ? limit(one) : one });
}
Object.defineProperty(Deno, "test", { value: wrapped, configurable: true, writable: true });
