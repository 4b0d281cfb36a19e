/** Copies a row without its NULL columns. */
export function withoutNulls<T>(row: Record<string, unknown>): T;
export function withoutNulls<T>(row: Record<string, unknown> | undefined): T | undefined;
export function withoutNulls<T>(row: Record<string, unknown> | undefined): T | undefined {
  if (!row) return undefined;
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}
