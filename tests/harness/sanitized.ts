import { isDeno2_5 } from "./deno_2_5.ts";

/**
 * Test options that disable the leak sanitizers on Deno 2.5, where they report false leaks: immediates,
 * timers of the PostgreSQL driver, restarted servers, and servers with keep-alive connections. Later versions
 * run the same tests with sanitizers.
 */
export const sanitized: { sanitizeOps?: false; sanitizeResources?: false } = isDeno2_5
  ? { sanitizeOps: false, sanitizeResources: false }
  : {};
