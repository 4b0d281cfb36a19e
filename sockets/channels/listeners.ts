import { RoomMap } from "../../db/room_key.ts";
import type { RoomKey } from "../../db/store.ts";
import type { Who } from "../../chat/who.ts";
import { AdminChannel } from "./admin_channel.ts";
import type { Connection } from "../connection.ts";
import { RoomChannel } from "./room_channel.ts";

const nobody: ReadonlySet<Connection> = new Set();

/** The sockets of this instance, indexed by admin, by room and by session. */
export class Listeners {
  readonly all = new Set<Connection>();
  /** Other instances write to the same rooms, so inboxes also need notifications of rooms that nobody here has open. */
  isShared = false;
  /** Called for an admin who had no sockets here before. */
  onNewAdmin: (admin: string) => void = () => {};
  #admins = new Map<string, AdminChannel>();
  #rooms = new RoomMap<RoomChannel>();
  #sessions = new Map<string, Set<Connection>>();

  /** Number of sockets by kind of party. */
  sizes(): Record<Who["kind"], number> {
    const sizes = { admin: 0, visitor: 0, stranger: 0 };
    for (const { who } of this.all) sizes[who.kind]++;
    return sizes;
  }

  /** The sockets connected to this admin, if any. */
  admin(name: string): AdminChannel | undefined {
    return this.#admins.get(name);
  }

  admins(): Iterable<string> {
    return this.#admins.keys();
  }

  /** The inboxes of this admin that subscribe to all its rooms. */
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

  /** The channel of a room that is open here, or whose admin has subscribed inboxes. */
  room(key: RoomKey): RoomChannel | undefined {
    return this.#rooms.get(key) ?? (this.isFollowed(key.admin) ? this.openRoom(key) : undefined);
  }

  /** The channel of a room; created if there was none. */
  openRoom(key: RoomKey): RoomChannel {
    let channel = this.#rooms.get(key);
    if (!channel) this.#rooms.set(key, channel = new RoomChannel());
    return channel;
  }

  closeRoom(key: RoomKey): void {
    this.#rooms.delete(key);
  }

  /** Forgets what every room's sockets have received. */
  closeRooms(): void {
    this.#rooms = new RoomMap<RoomChannel>();
  }

  /** Rooms with messages that were not sent yet. */
  *behind(): Iterable<[RoomKey, RoomChannel]> {
    for (const [key, channel] of this.#rooms) if (channel.isBehind) yield [key, channel];
  }

  /** Whether all rooms of this admin are followed, not only those that are open here. */
  isFollowed(admin: string): boolean {
    return this.isShared && (this.#admins.get(admin)?.inboxes.size ?? 0) > 0;
  }

  /** Rooms that are open here, and admins of whom all rooms are followed. */
  followed(): { rooms: RoomKey[]; admins: string[] } {
    const open = [...this.#rooms].filter(([, { sockets }]) => sockets.size > 0).map(([key]) => key);
    return { rooms: open, admins: [...this.admins()].filter((admin) => this.isFollowed(admin)) };
  }

  enterRoom(connection: Connection, key: RoomKey): void {
    const channel = this.#enter(connection, key.admin);
    this.openRoom(key).sockets.add(connection);
    channel.chats.add(connection);
    if (connection.who.kind === "admin") channel.adminChats++;
  }

  /** @returns whether it was listed. */
  leaveRoom(connection: Connection, key: RoomKey): boolean {
    this.#leave(connection);
    const channel = this.#admins.get(key.admin);
    if (!channel?.chats.delete(connection)) return false;
    if (connection.who.kind === "admin") channel.adminChats--;
    const room = this.#rooms.get(key);
    room?.sockets.delete(connection);
    if (room?.sockets.size === 0 && !this.isFollowed(key.admin)) this.closeRoom(key);
    this.#forgetIfEmpty(key.admin, channel);
    return true;
  }

  /** A room socket: the admin's is an inbox, a visitor's waits in the lobby. */
  enterAdmin(connection: Connection, admin: string): void {
    const channel = this.#enter(connection, admin);
    if (connection.who.kind !== "admin") return void channel.lobby.add(connection);
    if (channel.inboxes.size === 0) channel.followedSince = Date.now();
    channel.inboxes.add(connection);
  }

  /** Subscribes this inbox to all rooms. */
  subscribe(connection: Connection): void {
    connection.subscribed = true;
    this.#admins.get(connection.who.admin)?.subscribers.add(connection);
  }

  /** @returns whether it was an inbox. */
  leaveAdmin(connection: Connection, admin: string): boolean {
    this.#leave(connection);
    const channel = this.#admins.get(admin);
    if (!channel) return false;
    channel.lobby.delete(connection);
    channel.subscribers.delete(connection);
    const wasInbox = channel.inboxes.delete(connection);
    if (channel.inboxes.size === 0) this.#unfollow(admin, channel);
    this.#forgetIfEmpty(admin, channel);
    return wasInbox;
  }

  /** The admin has no inbox left: only rooms that are open here stay followed. */
  #unfollow(admin: string, channel: AdminChannel): void {
    channel.followedSince = undefined;
    if (!this.isShared) return;
    for (const [key, room] of this.#rooms.ofAdmin(admin)) if (room.sockets.size === 0) this.closeRoom(key);
  }

  #enter(connection: Connection, admin: string): AdminChannel {
    this.all.add(connection);
    const { jti } = connection;
    const same = jti === undefined ? undefined : this.#sessions.get(jti);
    if (same) same.add(connection);
    else if (jti !== undefined) this.#sessions.set(jti, new Set([connection]));
    let channel = this.#admins.get(admin);
    if (!channel) {
      this.#admins.set(admin, channel = new AdminChannel());
      this.onNewAdmin(admin);
    }
    return channel;
  }

  #leave(connection: Connection): void {
    this.all.delete(connection);
    if (connection.jti === undefined) return;
    const same = this.#sessions.get(connection.jti);
    same?.delete(connection);
    if (same?.size === 0) this.#sessions.delete(connection.jti);
  }

  #forgetIfEmpty(admin: string, channel: AdminChannel): void {
    if (channel.isEmpty) this.#admins.delete(admin);
  }
}
