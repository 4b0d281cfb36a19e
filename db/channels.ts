/** Number of channels; several admins hash to one. One more channel is for events of all admins. */
export const channels = 64;
export const broadcastChannel = channels;

/** Channel of an admin: FNV-1a of the name, so the same in every process. */
export function channelOf(admin: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < admin.length; i++) hash = Math.imul(hash ^ admin.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % channels;
}
