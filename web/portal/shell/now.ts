import { signal } from "@preact/signals";

/** The present minute, for relative times. Milliseconds since 1970. */
export const minute = signal(Date.now());

setInterval(() => minute.value = Date.now(), 60_000);
