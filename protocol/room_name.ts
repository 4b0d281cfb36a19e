/** A room's name on the wire. */
export function roomName(admin: string, consumer: string): string {
  return `${admin} ${consumer}`;
}
