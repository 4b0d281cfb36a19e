import type { ChatbotPublic } from "../protocol/chatbot.ts";
import type { Message } from "../protocol/records.ts";
import type { RoomKey, Store } from "../db/store.ts";
import type { RoomCounts } from "../protocol/portal.ts";
import type { Audience, ChatEvent } from "../chat/audience.ts";
import type { AdminWho } from "../chat/who.ts";
import { type Availability, isAvailable } from "../chat/chatbots/availability.ts";
import { faultFields, type Log } from "../chat/monitoring/log.ts";
import type { Histogram } from "../chat/monitoring/prometheus.ts";
import { CatchUp } from "./catch_up.ts";
import type { Connection } from "./connection.ts";
import { FanOut } from "./channels/fan_out.ts";
import { InboxCounts } from "./channels/inbox_counts.ts";
import { Listeners } from "./channels/listeners.ts";
import { MemberUpdates } from "./channels/member_updates.ts";
import { AgentPresence } from "./presence/agent_presence.ts";
import { type Party, Presence } from "./presence/presence.ts";
import { blocked, changed, forgotten, moved, type Refusal, restarting } from "./refusals.ts";
import { MemberRecheck } from "./member_recheck.ts";
import { PolicyRecheck } from "./policy_recheck.ts";
import { PresenceNotices } from "./presence/presence_notices.ts";
import { ChatbotUpdates } from "./channels/chatbot_updates.ts";
import { Watching } from "./presence/watching.ts";
import type { RoomChannel } from "./channels/room_channel.ts";
import { RoomUpdates } from "./channels/room_updates.ts";

/** Interval of checks for unsent data and for messages that wait for an earlier one. Milliseconds. */
const sweepMs = 1_000;

// A literal import would be read at every start, with the schemas that it imports.
const standing = () =>
  import(import.meta.resolve("../chat/visitors/visitor_policy.ts")) as Promise<
    typeof import("../chat/visitors/visitor_policy.ts")
  >;

/** The live side: tracks sockets and presence, and sends events to the sockets they concern, messages in order. */
export class Hub implements Audience {
  readonly listeners = new Listeners();
  readonly presence = new Presence((party, online) => this.#tellPresence(party, online));
  #agents = new AgentPresence(this.presence);
  #fanOut = new FanOut(this.listeners, this);
  readonly watching = new Watching((admin, frame) => this.#fanOut.toSubscribers(admin, frame));
  /** Started by the first socket. */
  #sweep: ReturnType<typeof setInterval> | undefined;
  #catchUp: CatchUp;
  #counts: InboxCounts;
  #members: MemberUpdates;
  #notices: PresenceNotices;
  #updates: RoomUpdates;
  #chatbots = new ChatbotUpdates((chatbot) => this.#tellChatbot(chatbot));
  #policyRecheck: PolicyRecheck;
  #memberRecheck: MemberRecheck;
  /** Called when an agent of this workspace has come, left or changed. */
  onAgent: (admin: string) => void = () => {};
  /** Called when a message was sent to the sockets here. */
  onMessage: (key: RoomKey, message: Message) => void = () => {};
  /** Longest life of a socket without a token. Milliseconds. */
  longestWithoutTokenMs = 86_400_000;

  constructor(readonly store: Store, log: Log, readonly fanOutSeconds?: Pick<Histogram, "observe">) {
    this.#catchUp = new CatchUp({
      store,
      followedSince: (admin) => this.listeners.admin(admin)?.followedSince,
      announce: (room) => this.tell({ type: "room_opened", room }),
      tell: (key, message) => this.#tellMessage(key, message),
      onFault: (error) => log.warn("catch_up_failed", faultFields(error)),
    });
    this.#counts = new InboxCounts({
      count: (who) => this.countsOf(who),
      subscribers: (admin) => this.listeners.subscribers(admin),
      onFault: (error) => log.warn("counts_failed", faultFields(error)),
    });
    this.#members = new MemberUpdates({
      store,
      subscribers: (admin) => this.listeners.subscribers(admin),
      isHere: (admin, agent) => this.isAgentHere(admin, agent),
      onFault: (error) => log.warn("members_failed", faultFields(error)),
    });
    this.#updates = new RoomUpdates({
      read: (key) => store.room(key),
      tell: (room) => this.#fanOut.roomUpdated(room),
      onFault: (error) => log.warn("update_failed", faultFields(error)),
    });
    this.#policyRecheck = new PolicyRecheck({
      listeners: this.listeners,
      policy: async (admin) => (await standing()).visitorPolicy({ store }, admin),
      onFault: (error) => log.warn("judging_failed", faultFields(error)),
    });
    this.#memberRecheck = new MemberRecheck({
      store,
      listeners: this.listeners,
      changed: (connection, who) => {
        this.#agents.changed(connection, who);
        this.onAgent(who.admin);
      },
      onFault: (error) => log.warn("members_failed", faultFields(error)),
    });
    this.#notices = new PresenceNotices({
      isHeard: (admin) => this.listeners.admin(admin)?.isOnline ?? false,
      isRoom: async (key) => await store.room(key) !== undefined,
      tell: (key, online) => this.#fanOut.presence(key, online),
      onFault: (error) => log.warn("presence_failed", faultFields(error)),
    });
  }

  get size(): number {
    return this.listeners.all.size;
  }

  /** A socket starts to listen to a room. `head` is the room's newest seq as just read from the store. */
  joinRoom(connection: Connection, key: RoomKey, head: number): void {
    this.#sweepOn();
    // What inboxes have received is tracked apart; they may not know the room yet.
    if (this.listeners.isFollowed(key.admin)) this.heard(key, head);
    else this.listeners.openRoom(key).told ??= head;
    connection.shown = Math.max(connection.shown, head);
    this.listeners.enterRoom(connection, key);
    this.#memberRecheck.came(connection);
    if (connection.who.kind === "admin") this.#agents.came(connection, connection.who);
    else this.presence.came(key);
  }

  /** An inbox's counts as an agent sees them. */
  async countsOf({ admin, agent }: AdminWho): Promise<RoomCounts> {
    const [counts, mentions] = await Promise.all([
      this.store.roomCounts(admin, agent.id),
      this.unreadMentions?.(admin, agent.id),
    ]);
    if (agent.ref === undefined) return countsAlone(counts);
    return mentions === undefined ? counts : { ...counts, mentions };
  }

  /** A member's unread mentions; undefined if it was never mentioned. */
  unreadMentions?: (workspace: string, agent: string) => Promise<number | undefined>;

  /** Workspaces whose members have sockets here. */
  *workspaces(): Iterable<string> {
    for (const admin of this.listeners.admins()) if (this.listeners.admin(admin)?.isOnline) yield admin;
  }

  /** The availability settings of an admin, where its visitors are connected already. */
  availabilityOf(admin: string): Availability | undefined {
    return this.listeners.admin(admin)?.availability;
  }

  /** A visitor starts to watch `availability`. Returns whether visitors see somebody online. */
  watchAvailability(admin: string, availability: Availability): boolean {
    const channel = this.listeners.admin(admin),
      isHere = this.isAdminOnline(admin),
      now = new Date(Date.now());
    if (!channel) return isAvailable(availability, isHere, now);
    if (!channel.availability) {
      channel.availability = availability;
      channel.isHere = isHere;
    }
    const online = isAvailable(channel.availability, channel.isHere, now);
    channel.toldOnline ??= online;
    return online;
  }

  leaveRoom(connection: Connection, key: RoomKey): void {
    if (!this.listeners.leaveRoom(connection, key)) return;
    this.#memberRecheck.left(connection);
    if (connection.who.kind === "admin") this.#agents.left(connection);
    else this.presence.left(key);
  }

  joinAdmin(connection: Connection, admin: string): void {
    this.#sweepOn();
    this.listeners.enterAdmin(connection, admin);
    this.#memberRecheck.came(connection);
    if (connection.who.kind === "admin") this.#agents.came(connection, connection.who);
  }

  leaveAdmin(connection: Connection, admin: string): void {
    if (!this.listeners.leaveAdmin(connection, admin)) return;
    this.#memberRecheck.left(connection);
    if (!this.listeners.admin(admin)?.inboxes.size) this.#counts.forget(admin);
    if (this.listeners.subscribers(admin).size === 0) this.#members.forget(admin);
    this.#agents.left(connection);
  }

  /** Subscribes this inbox to all rooms, and to the members of the workspace. */
  subscribe(connection: Connection): void {
    this.listeners.subscribe(connection);
    this.#members.follow(connection.who.admin);
  }

  /** The room exists and has messages up to this seq: reads and sends what was not sent yet. */
  heard(key: RoomKey, seq: number): void {
    const room = this.listeners.room(key);
    if (!room) return;
    room.heard = Math.max(room.heard, seq);
    if (!room.isBehind) return;
    this.#counts.touch(key.admin);
    this.#catchUp.start(key, room);
  }

  /** The counts of this admin's members may have changed. */
  touchCounts(admin: string): void {
    this.#counts.touch(admin);
  }

  isAdminOnline(admin: string): boolean {
    return this.presence.isHere({ admin });
  }

  isAgentHere(admin: string, agent: string, withinMs?: number): boolean {
    return this.presence.isAgentHere(admin, agent, withinMs);
  }

  isVisitorOnline({ admin, consumer }: RoomKey): boolean {
    return this.presence.isHere({ admin, consumer });
  }

  tell(event: ChatEvent): void {
    switch (event.type) {
      case "message":
        this.#counts.touch(event.key.admin);
        return this.#tellTimed(event.key, event.message);
      case "room_opened":
        this.#counts.touch(event.room.admin);
        return this.#fanOut.roomOpened(event.room);
      case "room_updated":
        this.#counts.touch(event.room.admin);
        return event.often ? this.#updates.put(event.room) : this.#fanOut.roomUpdated(event.room);
      case "read": {
        this.#counts.touch(event.key.admin);
        const frame = { command: "read", by: event.by, seq: event.seq } as const;
        return this.#fanOut.inRoom(event.key, frame, {
          from: event.from,
          notSide: event.isShown ? "visitor" : undefined,
        });
      }
      case "typing": {
        const frame = { command: "typing", typing: event.typing } as const;
        return this.#fanOut.inRoom(event.key, frame, { from: event.from, notSide: event.by });
      }
      case "partial": {
        const { type, key, ...piece } = event;
        return this.#fanOut.partial(key, { command: type, ...piece });
      }
      case "chatbot_updated":
        return this.#chatbots.put(event.chatbot);
      case "sessions_ended":
        return event.jtis.forEach((jti) => this.#fanOut.closeSession(jti));
      case "visitor_blocked":
        return this.#fanOut.closeRoom(event.key, blocked, "visitor");
      case "visitor_vouched":
        return this.#fanOut.closeUnvouched(event.key);
      case "identity_rolled":
        return this.#fanOut.closeVouched(event.admin, event.secret);
      case "visitor_forgotten":
        return this.#forget(event.key, event.isMoved ? moved : forgotten);
      case "room_moved":
        this.heard(event.room, event.room.head);
        return this.tell({ type: "room_updated", room: event.room });
      case "account_forgotten":
        return this.#fanOut.closeAdmin(event.username);
      case "watching":
        return this.watching.put(event);
      default:
        event satisfies never;
    }
  }

  #tellChatbot(chatbot: ChatbotPublic): void {
    const { username, away, business_hours, holidays } = chatbot;
    this.recheckPolicy(username);
    this.#fanOut.chatbotUpdated(chatbot);
    const channel = this.listeners.admin(username);
    if (channel?.availability) channel.availability = { away, business_hours, holidays };
    this.#tellAvailability(username);
  }

  /** The policy that admitted an admin's visitors may have changed. */
  recheckPolicy(admin: string): void {
    this.#policyRecheck.put(admin);
  }

  /** Closes every socket so that clients reconnect and reload: what was sent may not be in the store any more. */
  reload(): void {
    for (const one of [...this.listeners.all]) one.close(changed.code, changed.reason);
    this.listeners.closeRooms();
  }

  /** Closes every socket so that clients reconnect elsewhere or later. Resolves when all peers have disconnected. */
  async drain(): Promise<void> {
    const { all } = this.listeners;
    const gone = [...all].map((one) => new Promise<void>((resolve) => one.whenGone(resolve)));
    for (const one of all) one.close(restarting.code, restarting.reason);
    await Promise.all(gone);
  }

  close(): void {
    clearInterval(this.#sweep);
    this.#counts.close();
    this.#members.close();
    this.#notices.close();
    this.#updates.close();
    this.#chatbots.close();
    this.presence.close();
    this.watching.close();
  }

  #tellTimed(key: RoomKey, message: Message): void {
    const began = performance.now();
    this.#tellMessage(key, message);
    this.fanOutSeconds?.observe((performance.now() - began) / 1_000);
  }

  #tellMessage(key: RoomKey, message: Message): void {
    const room = this.listeners.room(key);
    if (!room) return this.#send(key, undefined, message);
    // The first message of an announced room needs no read of the store.
    if (message.seq === 1 && room.isAnnounced && room.told === undefined) room.begin(0);
    for (const ready of room.accept(message)) this.#send(key, room, ready);
    this.#catchUp.start(key, room);
  }

  #send(key: RoomKey, room: RoomChannel | undefined, message: Message): void {
    this.#fanOut.message(key, room, message);
    this.onMessage(key, message);
  }

  #tellPresence({ admin, consumer, agent }: Party, online: boolean): void {
    if (agent !== undefined) return this.#tellAgent(admin);
    if (consumer !== undefined) return this.#notices.put({ admin, consumer }, online);
    const channel = this.listeners.admin(admin);
    if (channel) channel.isHere = online;
    this.#tellAvailability(admin);
  }

  /** An agent came or left. */
  #tellAgent(admin: string): void {
    this.#members.touch(admin);
    this.onAgent(admin);
  }

  /** Sends an admin's visitors the presence, if it has changed. */
  #tellAvailability(admin: string): void {
    const channel = this.listeners.admin(admin);
    if (!channel?.availability) return;
    const online = isAvailable(channel.availability, channel.isHere, new Date(Date.now()));
    if (online === channel.toldOnline) return;
    channel.toldOnline = online;
    this.#fanOut.presence({ admin }, online);
  }

  /** Business hours have a resolution of a minute. */
  #minute = 0;
  #mindHours(): void {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    for (const admin of this.listeners.admins()) this.#tellAvailability(admin);
  }

  #forget(key: RoomKey, refusal: Refusal): void {
    this.#counts.touch(key.admin);
    this.#fanOut.closeRoom(key, refusal);
    // A visitor who comes back starts at seq 1 again.
    this.listeners.closeRoom(key);
    this.#fanOut.toSubscribers(key.admin, { command: "room_forgotten", consumer: key.consumer });
  }

  #sweepOn(): void {
    if (this.#sweep !== undefined) return;
    this.#sweep = setInterval(() => {
      this.#mindHours();
      for (const one of this.listeners.all) {
        one.isStalled();
        one.endIfOlderThan(this.longestWithoutTokenMs);
      }
      this.#policyRecheck.goOn();
      this.#memberRecheck.goOn();
      for (const [key, room] of this.listeners.behind()) this.#catchUp.start(key, room);
    }, sweepMs);
    Deno.unrefTimer(this.#sweep);
  }
}

/** The counts of a member who is alone: without those that are about sharing work, and boxes that are rarely used. */
function countsAlone({ open, resolved, unread, bot, snoozed }: RoomCounts): RoomCounts {
  return { open, resolved, unread, ...(bot && { bot }), ...(snoozed && { snoozed }) };
}
