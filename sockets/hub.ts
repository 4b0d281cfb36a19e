import { closeCodes } from "../protocol/limits.ts";
import type { ServerFrame } from "../protocol/frames.ts";
import type { Message } from "../protocol/records.ts";
import type { RoomKey, RoomRecord, Store } from "../db/store.ts";
import type { Audience, ChatEvent, Sender } from "../chat/audience.ts";
import { faultFields, type Log } from "../chat/log.ts";
import type { Histogram } from "../chat/prometheus.ts";
import type { Who } from "../chat/who.ts";
import { wireRoom } from "../chat/wire_room.ts";
import { AdminLine } from "./admin_line.ts";
import { CatchUp } from "./catch_up.ts";
import type { Connection } from "./connection.ts";
import { InboxCounts } from "./inbox_counts.ts";
import { Presence } from "./presence.ts";
import { RoomLine } from "./room_line.ts";

/** How often sockets with something unsent are looked at, and messages that wait for an earlier one. Milliseconds. */
const sweepMs = 1_000;

/** The live side: admin → sockets, room → sockets. Turns each event into text once and hands it to its readers. */
export class Hub implements Audience {
  #admins = new Map<string, AdminLine>();
  #rooms = new Map<string, RoomLine>();
  #sessions = new Map<string, Set<Connection>>();
  #all = new Set<Connection>();
  readonly presence = new Presence((key, online) => this.#tellPresence(key, online));
  /** Other instances write to the same rooms: an inbox must be told of those that nobody here has open, too. */
  isShared = false;
  /** Runs from the first socket on. */
  #sweep: ReturnType<typeof setInterval> | undefined;
  #catchUp: CatchUp;
  #counts: InboxCounts;

  constructor(readonly store: Store, readonly log: Log, readonly fanOut?: Pick<Histogram, "observe">) {
    this.#catchUp = new CatchUp({
      store,
      followedSince: (admin) => this.#admins.get(admin)?.followedSince,
      announce: (room) => this.tell({ type: "room_opened", room }),
      tell: (key, message) => this.#tellMessage(key, message),
      onFault: (error) => log.warn("catch_up_failed", faultFields(error)),
    });
    this.#counts = new InboxCounts({
      store,
      isHeard: (admin) => !this.#subscribers(admin).next().done,
      tell: (admin, counts) => this.#tellSubscribers(admin, { command: "counts", ...counts }),
      onFault: (error) => log.warn("counts_failed", faultFields(error)),
    });
  }

  get size(): number {
    return this.#all.size;
  }

  /** How many sockets there are of each kind of party. */
  sizes(): Record<Who["kind"], number> {
    const sizes = { admin: 0, visitor: 0, stranger: 0 };
    for (const { who } of this.#all) sizes[who.kind]++;
    return sizes;
  }

  /** A socket of a room begins to listen. `head` is the room's newest seq as just read from the store. */
  joinRoom(connection: Connection, key: RoomKey, head: number): void {
    const line = this.#admin(key.admin);
    const name = nameOf(key);
    const room = this.#rooms.get(name) ?? new RoomLine();
    this.#rooms.set(name, room);
    // How far inboxes were told is another question; they may not have heard of the room yet.
    if (!this.#isFollowed(key.admin)) room.told ??= head;
    else this.heard(key, head);
    connection.shown = Math.max(connection.shown, head);
    room.sockets.add(connection);
    line.chats.add(connection);
    this.#join(connection);
    if (connection.who.kind === "admin") {
      line.adminChats++;
      this.presence.came({ admin: key.admin });
    } else this.presence.came(key);
  }

  leaveRoom(connection: Connection, key: RoomKey): void {
    const line = this.#admins.get(key.admin);
    const room = this.#rooms.get(nameOf(key));
    this.#leave(connection);
    if (!line?.chats.delete(connection)) return;
    room?.sockets.delete(connection);
    if (room?.sockets.size === 0 && !this.#isFollowed(key.admin)) this.#rooms.delete(nameOf(key));
    if (connection.who.kind === "admin") {
      line.adminChats--;
      this.presence.left({ admin: key.admin });
    } else this.presence.left(key);
    this.#forgetIfEmpty(key.admin, line);
  }

  joinAdmin(connection: Connection, admin: string): void {
    const line = this.#admin(admin);
    this.#join(connection);
    if (connection.who.kind !== "admin") return void line.lobby.add(connection);
    if (line.inboxes.size === 0) line.followedSince = Date.now();
    line.inboxes.add(connection);
    this.presence.came({ admin });
  }

  leaveAdmin(connection: Connection, admin: string): void {
    const line = this.#admins.get(admin);
    this.#leave(connection);
    if (!line) return;
    line.lobby.delete(connection);
    if (line.inboxes.delete(connection)) this.presence.left({ admin });
    if (line.inboxes.size === 0) this.#unfollow(admin, line);
    this.#forgetIfEmpty(admin, line);
  }

  /** Rooms that somebody here has open, and admins of whom all rooms are listened to. */
  followed(): { rooms: RoomKey[]; admins: string[] } {
    const open = [...this.#rooms].filter(([, { sockets }]) => sockets.size > 0).map(([name]) => keyOf(name));
    return { rooms: open, admins: [...this.#admins.keys()].filter((admin) => this.#isFollowed(admin)) };
  }

  followedAdmins(): Iterable<string> {
    return this.#admins.keys();
  }

  /** A room is there and has messages up to this seq: what was not told yet is read and told. */
  heard(key: RoomKey, seq: number): void {
    const room = this.#rooms.get(nameOf(key)) ?? this.#followedRoom(key);
    if (!room) return;
    room.heard = Math.max(room.heard, seq);
    if (!room.isBehind) return;
    this.#counts.touch(key.admin);
    this.#catchUp.start(key, room);
  }

  /** Whether anybody here is connected to this admin. */
  knows(admin: string): boolean {
    return this.#admins.has(admin);
  }

  /** The sessions that have sockets here. */
  sessions(): { admin: string; jti: string }[] {
    return [...this.#sessions].flatMap(([jti, [one]]) => one ? [{ admin: one.who.admin, jti }] : []);
  }

  isAdminOnline(admin: string): boolean {
    return this.presence.isHere({ admin });
  }

  isVisitorOnline({ admin, consumer }: RoomKey): boolean {
    return this.presence.isHere({ admin, consumer });
  }

  tell(event: ChatEvent): void {
    switch (event.type) {
      case "message":
        this.#counts.touch(event.key.admin);
        return this.#timed(() => this.#tellMessage(event.key, event.message));
      case "room_opened":
        this.#counts.touch(event.room.admin);
        return this.#tellRoomOpened(event.room);
      case "room_updated":
        this.#counts.touch(event.room.admin);
        return this.#tellRoomUpdated(event.room);
      case "read": {
        this.#counts.touch(event.key.admin);
        const frame = { command: "read", by: event.by, seq: event.seq } as const;
        return this.#tellRoom(event.key, frame, { from: event.from });
      }
      case "typing": {
        const frame = { command: "typing", typing: event.typing } as const;
        return this.#tellRoom(event.key, frame, { from: event.from, notSide: event.by });
      }
      case "chatbot_updated": {
        const text = JSON.stringify({ command: "chatbot_updated", chatbot: event.chatbot });
        for (const one of this.#admins.get(event.chatbot.username)?.v1() ?? []) one.sendText(text);
        return;
      }
      case "sessions_ended":
        for (const jti of event.jtis) {
          for (const one of this.#sessions.get(jti) ?? []) {
            one.close(closeCodes.notSignedIn, "The session has ended");
          }
        }
        return;
      case "visitor_blocked":
        return this.#closeRoom(event.key, "This visitor is blocked", "visitor");
      case "visitor_forgotten":
        this.#counts.touch(event.key.admin);
        this.#closeRoom(event.key, "This conversation was deleted");
        // Whoever comes back begins with seq 1 again.
        this.#rooms.delete(nameOf(event.key));
        return this.#tellSubscribers(event.key.admin, {
          command: "room_forgotten",
          consumer: event.key.consumer,
        });
      case "account_forgotten": {
        const { inboxes, lobby, chats } = this.#admins.get(event.username) ?? new AdminLine();
        for (const one of [...inboxes, ...lobby, ...chats]) {
          one.close(closeCodes.unknownAdmin, "Nobody here has this name");
        }
        return;
      }
      default:
        event satisfies never;
    }
  }

  /** Closes every socket so that its client comes back elsewhere or later. Resolves when all peers have left. */
  async drain(): Promise<void> {
    const gone = [...this.#all].map((one) => new Promise<void>((resolve) => one.onGone = resolve));
    for (const one of this.#all) one.close(closeCodes.restarting, "The service restarts");
    await Promise.all(gone);
  }

  close(): void {
    clearInterval(this.#sweep);
    this.#counts.close();
    this.presence.close();
  }

  #timed(tell: () => void): void {
    const began = performance.now();
    tell();
    this.fanOut?.observe((performance.now() - began) / 1_000);
  }

  #tellMessage(key: RoomKey, message: Message): void {
    const room = this.#rooms.get(nameOf(key)) ?? this.#followedRoom(key);
    if (!room) return this.#sendMessage(key, undefined, message);
    // Of an announced room the first message needs no look at the store.
    if (message.seq === 1 && room.isAnnounced && room.told === undefined) room.begin(0);
    for (const ready of room.accept(message)) this.#sendMessage(key, room, ready);
    this.#catchUp.start(key, room);
  }

  #sendMessage(key: RoomKey, room: RoomLine | undefined, message: Message): void {
    const json = JSON.stringify(message);
    const text = `{"command":"new_message","message":${json}}`;
    for (const one of room?.sockets ?? []) {
      if (message.seq <= one.shown || (message.kind !== "text" && !one.v1)) continue;
      one.shown = message.seq;
      one.sendText(text);
    }
    let tagged: string | undefined;
    for (const one of this.#admins.get(key.admin)?.subscribers() ?? []) {
      tagged ??= `{"command":"new_message","consumer":${JSON.stringify(key.consumer)},"message":${json}}`;
      one.sendText(tagged);
    }
  }

  #tellRoomOpened(room: RoomRecord): void {
    const line = this.#admins.get(room.admin);
    if (!line?.inboxes.size) return;
    const followed = this.#rooms.get(nameOf(room)) ?? this.#followedRoom(room);
    if (followed?.isAnnounced) return;
    if (followed) followed.isAnnounced = true;
    const text = JSON.stringify({ command: "new_room", room: wireRoom(this, room) });
    for (const one of line.inboxes) one.sendText(text);
  }

  #tellRoomUpdated(room: RoomRecord): void {
    let text: string | undefined;
    for (const one of this.#admins.get(room.admin)?.subscribers() ?? []) {
      text ??= JSON.stringify({
        command: "room_updated",
        consumer: room.consumer,
        room: wireRoom(this, room),
      });
      one.sendText(text);
    }
  }

  /** To the room's `parlor.v1` sockets and the admin's subscribed ones. */
  #tellRoom(
    key: RoomKey,
    frame: ServerFrame,
    { from, notSide }: { from?: Sender; notSide?: "admin" | "visitor" } = {},
  ) {
    const text = JSON.stringify(frame);
    for (const one of this.#rooms.get(nameOf(key))?.sockets ?? []) {
      if (one !== from && one.v1 && one.who.kind !== notSide) one.sendText(text);
    }
    if (notSide === "admin") return;
    const tagged = JSON.stringify({ ...frame, consumer: key.consumer });
    for (const one of this.#admins.get(key.admin)?.subscribers() ?? []) {
      if (one !== from) one.sendText(tagged);
    }
  }

  #tellPresence({ admin, consumer }: { admin: string; consumer?: string }, online: boolean): void {
    if (consumer !== undefined) {
      return this.#tellRoom({ admin, consumer }, { command: "presence", consumer, online }, {
        notSide: "visitor",
      });
    }
    const text = JSON.stringify({ command: "presence", online });
    for (const one of this.#admins.get(admin)?.chats ?? []) {
      if (one.v1 && one.who.kind === "visitor") one.sendText(text);
    }
  }

  #subscribers(admin: string): Iterator<Connection> {
    return this.#admins.get(admin)?.subscribers()[Symbol.iterator]() ?? [][Symbol.iterator]();
  }

  #tellSubscribers(admin: string, frame: ServerFrame): void {
    const text = JSON.stringify(frame);
    for (const one of this.#admins.get(admin)?.subscribers() ?? []) one.sendText(text);
  }

  /** Closes a room's chat sockets for good, or one side's alone. */
  #closeRoom(key: RoomKey, reason: string, side?: "visitor"): void {
    for (const one of [...this.#rooms.get(nameOf(key))?.sockets ?? []]) {
      if (side === undefined || one.who.kind === side) one.close(closeCodes.notAllowed, reason);
    }
  }

  #sweepAll(): void {
    for (const one of this.#all) one.isStalled();
    for (const [name, room] of this.#rooms) if (room.isBehind) this.#catchUp.start(keyOf(name), room);
  }

  /** The line of a room that only the admin's inboxes listen to; there is one as long as they do. */
  #followedRoom(key: RoomKey): RoomLine | undefined {
    if (!this.#isFollowed(key.admin)) return undefined;
    const room = new RoomLine();
    this.#rooms.set(nameOf(key), room);
    return room;
  }

  #isFollowed(admin: string): boolean {
    return this.isShared && (this.#admins.get(admin)?.inboxes.size ?? 0) > 0;
  }

  /** The admin's last inbox has closed. */
  #unfollow(admin: string, line: AdminLine): void {
    this.#counts.forget(admin);
    line.followedSince = undefined;
    if (!this.isShared) return;
    for (const [name, room] of this.#rooms) {
      if (room.sockets.size === 0 && keyOf(name).admin === admin) this.#rooms.delete(name);
    }
  }

  #admin(admin: string): AdminLine {
    let line = this.#admins.get(admin);
    if (!line) this.#admins.set(admin, line = new AdminLine());
    return line;
  }

  #forgetIfEmpty(admin: string, line: AdminLine): void {
    if (line.isEmpty) this.#admins.delete(admin);
  }

  #join(connection: Connection): void {
    if (this.#sweep === undefined) {
      this.#sweep = setInterval(() => this.#sweepAll(), sweepMs);
      Deno.unrefTimer(this.#sweep);
    }
    this.#all.add(connection);
    if (connection.jti === undefined) return;
    const same = this.#sessions.get(connection.jti);
    if (same) same.add(connection);
    else this.#sessions.set(connection.jti, new Set([connection]));
  }

  #leave(connection: Connection): void {
    this.#all.delete(connection);
    if (connection.jti === undefined) return;
    const same = this.#sessions.get(connection.jti);
    same?.delete(connection);
    if (same?.size === 0) this.#sessions.delete(connection.jti);
  }
}

const nameOf = ({ admin, consumer }: RoomKey) => `${admin} ${consumer}`;

function keyOf(name: string): RoomKey {
  const [admin, consumer] = name.split(" ") as [string, string];
  return { admin, consumer };
}
