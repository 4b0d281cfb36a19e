/** Added to the `dueAt` of a room whose target is missed, so that it is due no more. Milliseconds: 300 years. */
const missedMs = 9_467_280_000_000;

/** `dueAt` of a room whose target was due at this time, and is missed. */
export const missedSince = (due: number): number => due + missedMs;

/** When a room's target is or was due. Milliseconds since 1970. */
export const dueOf = (dueAt: number): number => dueAt >= missedMs ? dueAt - missedMs : dueAt;
