import { isDeno2_5 } from "./deno_2_5.ts";

/**
 * Options of tests whose leaks Deno 2.5 cannot be asked about: it takes immediates, timers of the PostgreSQL driver,
 * servers that are started again, and servers whose clients keep their connections for leaks. Later versions look for leaks in the same tests.
 */
export const sanitized: { sanitizeOps?: false; sanitizeResources?: false } = isDeno2_5
  ? { sanitizeOps: false, sanitizeResources: false }
  : {};
