/** Admins share bells: whoever hears one looks after all its admins of this bell. One more is everybody's. */
export const bells = 64;
export const everybody = bells;

/** The bell of an admin's rooms, by name: the same in every process. */
export function bellOf(admin: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < admin.length; i++) hash = Math.imul(hash ^ admin.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % bells;
}
