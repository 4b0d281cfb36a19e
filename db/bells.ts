/** Rooms share bells: whoever hears one looks after all its rooms of this bell. */
export const bells = 64;

/** The bell of a room, by its name: the same in every process. */
export function bellOf(room: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < room.length; i++) hash = Math.imul(hash ^ room.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % bells;
}
