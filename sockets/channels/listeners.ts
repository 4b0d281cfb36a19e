import { ByRoom } from "../../db/by_room.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Who } from "../../chat/who.ts";
import { AdminLine } from "./admin_channel.ts";
import type { Connection } from "../connection.ts";
import { RoomLine } from "./room_channel.ts";

const nobody: ReadonlySet<Connection> = new Set();

/** Who listens here: the sockets by admin, by room and by session. */
export class Listeners {
  readonly all = new Set<Connection>();
  /** Other instances write to the same rooms: an inbox must be told of those that nobody here has open, too. */
  isShared = false;
  /** Told of an admin who had no sockets here before. */
  onNewAdmin: (admin: string) => void = () => {};
  #admins = new Map<string, AdminLine>();
  #rooms = new ByRoom<RoomLine>();
  #sessions = new Map<string, Set<Connection>>();

  /** How many sockets there are of each kind of party. */
  sizes(): Record<Who["kind"], number> {
    const sizes = { admin: 0, visitor: 0, stranger: 0 };
    for (const { who } of this.all) sizes[who.kind]++;
    return sizes;
  }

  /** Everyone connected to this admin, if there is anybody. */
  admin(name: string): AdminLine | undefined {
    return this.#admins.get(name);
  }

  admins(): Iterable<string> {
    return this.#admins.keys();
  }

  /** The inboxes of this admin that hear of all its rooms. */
  subscribers(admin: string): ReadonlySet<Connection> {
    return this.#admins.get(admin)?.subscribers ?? nobody;
  }

  /** The sockets that have this room open. */
  inRoom(key: RoomKey): Iterable<Connection> {
    return this.#rooms.get(key)?.sockets ?? [];
  }

  /** The sockets of one session. */
  ofSession(jti: string): Iterable<Connection> {
    return this.#sessions.get(jti) ?? [];
  }

  /** The sessions that have sockets here. */
  sessions(): { admin: string; jti: string }[] {
    return [...this.#sessions].flatMap(([jti, [one]]) => one ? [{ admin: one.who.admin, jti }] : []);
  }

  /** The line of a room that somebody here has open, or whose admin's inboxes listen to all rooms. */
  room(key: RoomKey): RoomLine | undefined {
    return this.#rooms.get(key) ?? (this.isFollowed(key.admin) ? this.openRoom(key) : undefined);
  }

  /** The line of a room, from now on if there was none. */
  openRoom(key: RoomKey): RoomLine {
    let line = this.#rooms.get(key);
    if (!line) this.#rooms.set(key, line = new RoomLine());
    return line;
  }

  closeRoom(key: RoomKey): void {
    this.#rooms.delete(key);
  }

  /** Nothing is known any more of what was told of any room. */
  closeRooms(): void {
    this.#rooms = new ByRoom<RoomLine>();
  }

  /** Rooms with something that was not told yet. */
  *behind(): Iterable<[RoomKey, RoomLine]> {
    for (const [key, line] of this.#rooms) if (line.isBehind) yield [key, line];
  }

  /** Whether all rooms of this admin are listened to, not only those that are open here. */
  isFollowed(admin: string): boolean {
    return this.isShared && (this.#admins.get(admin)?.inboxes.size ?? 0) > 0;
  }

  /** Rooms that somebody here has open, and admins of whom all rooms are listened to. */
  followed(): { rooms: RoomKey[]; admins: string[] } {
    const open = [...this.#rooms].filter(([, { sockets }]) => sockets.size > 0).map(([key]) => key);
    return { rooms: open, admins: [...this.admins()].filter((admin) => this.isFollowed(admin)) };
  }

  enterRoom(connection: Connection, key: RoomKey): void {
    const line = this.#enter(connection, key.admin);
    this.openRoom(key).sockets.add(connection);
    line.chats.add(connection);
    if (connection.who.kind === "admin") line.adminChats++;
  }

  /** @returns whether it was there. */
  leaveRoom(connection: Connection, key: RoomKey): boolean {
    this.#leave(connection);
    const line = this.#admins.get(key.admin);
    if (!line?.chats.delete(connection)) return false;
    if (connection.who.kind === "admin") line.adminChats--;
    const room = this.#rooms.get(key);
    room?.sockets.delete(connection);
    if (room?.sockets.size === 0 && !this.isFollowed(key.admin)) this.closeRoom(key);
    this.#forgetIfEmpty(key.admin, line);
    return true;
  }

  /** A room socket: the admin's is an inbox, a visitor's waits in the lobby. */
  enterAdmin(connection: Connection, admin: string): void {
    const line = this.#enter(connection, admin);
    if (connection.who.kind !== "admin") return void line.lobby.add(connection);
    if (line.inboxes.size === 0) line.followedSince = Date.now();
    line.inboxes.add(connection);
  }

  /** From now on this inbox hears of all rooms. */
  subscribe(connection: Connection): void {
    connection.subscribed = true;
    this.#admins.get(connection.who.admin)?.subscribers.add(connection);
  }

  /** @returns whether it was an inbox. */
  leaveAdmin(connection: Connection, admin: string): boolean {
    this.#leave(connection);
    const line = this.#admins.get(admin);
    if (!line) return false;
    line.lobby.delete(connection);
    line.subscribers.delete(connection);
    const wasInbox = line.inboxes.delete(connection);
    if (line.inboxes.size === 0) this.#unfollow(admin, line);
    this.#forgetIfEmpty(admin, line);
    return wasInbox;
  }

  /** The admin has no inbox left: of its rooms only those that are open are listened to. */
  #unfollow(admin: string, line: AdminLine): void {
    line.followedSince = undefined;
    if (!this.isShared) return;
    for (const [key, room] of this.#rooms.ofAdmin(admin)) if (room.sockets.size === 0) this.closeRoom(key);
  }

  #enter(connection: Connection, admin: string): AdminLine {
    this.all.add(connection);
    const { jti } = connection;
    const same = jti === undefined ? undefined : this.#sessions.get(jti);
    if (same) same.add(connection);
    else if (jti !== undefined) this.#sessions.set(jti, new Set([connection]));
    let line = this.#admins.get(admin);
    if (!line) {
      this.#admins.set(admin, line = new AdminLine());
      this.onNewAdmin(admin);
    }
    return line;
  }

  #leave(connection: Connection): void {
    this.all.delete(connection);
    if (connection.jti === undefined) return;
    const same = this.#sessions.get(connection.jti);
    same?.delete(connection);
    if (same?.size === 0) this.#sessions.delete(connection.jti);
  }

  #forgetIfEmpty(admin: string, line: AdminLine): void {
    if (line.isEmpty) this.#admins.delete(admin);
  }
}
