import type { Bus, EphemeralEvent, Subscriber } from "../../db/bus.ts";
import type { Policy, RoomKey } from "../../db/store.ts";
import type { Audience, ChatEvent } from "../../chat/audience.ts";
import type { Chat } from "../../chat/chat.ts";
import { publicChatbot } from "../../chat/chatbots/chatbots.ts";
import { UnknownAdmin } from "../../chat/errors.ts";
import { secretName } from "../../chat/visitors/identity.ts";
import { faultFields, type Log } from "../../chat/monitoring/log.ts";
import { RemotePresence, sayHereMs } from "../presence/remote_presence.ts";
import { closeEndedSessions } from "./ended_sessions.ts";
import type { Hub } from "../hub.ts";
import { eventsOf } from "./swept_rooms.ts";
import { ephemeralEventsOf, partiesOf, presenceEvents } from "../presence/ephemeral_events.ts";

interface InstancesOptions {
  hub: Hub;
  bus: Bus;
  log: Log;
}

/**
 * The audience across all instances. Local events go to the hub and, over the bus, to the others; remote events go to the
 * hub alone. The bus carries only the names of stored things: each instance reads them from the store.
 */
export class Instances implements Audience, Subscriber {
  #hub: Hub;
  #bus: Bus;
  #log: Log;
  #chat!: Chat;
  #remote: RemotePresence;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Reads under way, and whether they were requested again meanwhile. */
  #reading = new Map<string, { again: boolean }>();
  /** Policy of each admin's visitors as last read. */
  #policies = new Map<string, string>();

  constructor({ hub, bus, log }: InstancesOptions) {
    this.#hub = hub;
    this.#bus = bus;
    this.#log = log;
    this.#remote = new RemotePresence(hub.presence);
    hub.listeners.isShared = true;
    // The policy that admitted the first socket is known from now on, so that a change is detected.
    hub.listeners.onNewAdmin = (admin) => {
      this.#lookAtPolicies([admin]).catch((error) => log.warn("bus_read_failed", faultFields(error)));
    };
    hub.presence.onHere = (party, isHere) => {
      for (const ephemeral of presenceEvents(isHere ? "here" : "left", [party])) bus.publish(ephemeral);
    };
  }

  /** Starts to receive from the others. */
  async listen(chat: Chat): Promise<void> {
    this.#chat = chat;
    chat.store.changes.onChange = ({ owner, collection }) =>
      this.#bus.publish({ type: "collection_changed", admin: owner, collection });
    await this.#bus.listen(this);
    this.#bus.publish({ type: "hello" });
    this.#timer = setInterval(() => this.#sayAllHere(), sayHereMs);
    Deno.unrefTimer(this.#timer as unknown as number);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#remote.close();
    this.#bus.publish({ type: "bye" });
    await this.#bus.close();
  }

  tell(event: ChatEvent): void {
    this.#hub.tell(event);
    if (event.type === "partial") return;
    if (event.type === "message") return this.#bus.notify(event.key, event.message.seq);
    for (const ephemeral of ephemeralEventsOf(event)) this.#bus.publish(ephemeral);
  }

  isAdminOnline(admin: string): boolean {
    return this.#hub.isAdminOnline(admin);
  }

  isVisitorOnline(key: RoomKey): boolean {
    return this.#hub.isVisitorOnline(key);
  }

  isAgentHere(admin: string, agent: string, withinMs?: number): boolean {
    return this.#hub.isAgentHere(admin, agent, withinMs);
  }

  followed() {
    return this.#hub.listeners.followed();
  }

  followedAdmins(): Iterable<string> {
    const owners = [...this.#chat.store.changes.owners()];
    return owners.length === 0
      ? this.#hub.listeners.admins()
      : new Set([...this.#hub.listeners.admins(), ...owners]);
  }

  heard(key: RoomKey, seq: number): void {
    this.#hub.heard(key, seq);
  }

  onEphemeral(ephemeral: EphemeralEvent, from: string): void {
    switch (ephemeral.type) {
      case "typing":
      case "read":
      case "visitor_blocked":
      case "visitor_forgotten":
      case "visitor_vouched": {
        const { admin, consumer, ...event } = ephemeral;
        return this.#hub.tell({ ...event, key: { admin, consumer } } as ChatEvent);
      }
      case "identity_rolled":
      case "watching":
        return this.#hub.tell(ephemeral);
      case "sessions_ended":
        return this.#hub.tell({ type: "sessions_ended", username: ephemeral.admin, jtis: ephemeral.jtis });
      case "account_forgotten":
        return this.#hub.tell({ type: "account_forgotten", username: ephemeral.admin });
      case "room_opened":
        return this.#hub.heard(ephemeral, 0);
      case "room_updated":
        return this.#read(ephemeral.admin, `room ${ephemeral.consumer}`, () => this.#readRoom(ephemeral));
      case "chatbot_updated":
        return this.#read(ephemeral.admin, "chatbot", () => this.#readChatbot(ephemeral.admin));
      case "collection_changed":
        return this.#chat.store.changes.heard({ owner: ephemeral.admin, collection: ephemeral.collection });
      case "here":
        return this.#remote.here(from, partiesOf(ephemeral));
      case "left":
        return this.#remote.left(from, partiesOf(ephemeral));
      case "hello":
        return this.#sayAllHere();
      case "bye":
        return this.#remote.gone(from);
      default:
        // From a newer version, during a rolling upgrade.
        ephemeral satisfies never;
    }
  }

  /** Asks the others for their presence; all else that was missed is found by the next sweep. */
  missed(): void {
    this.#bus.publish({ type: "hello" });
  }

  /**
   * Facts that must become true everywhere are also polled, because the instance that should have published them may have
   * ended before. Three queries besides the sweep's own, however many sockets there are.
   */
  async swept(look: Parameters<Subscriber["swept"]>[0]): Promise<void> {
    for (const event of eventsOf(this.#hub.listeners, look)) this.#hub.tell(event);
    for (const admin of this.#policies.keys()) {
      if (!this.#hub.listeners.admin(admin)) this.#policies.delete(admin);
    }
    const sessions = closeEndedSessions(this.#hub, this.#chat.store);
    const changes = this.#chat.store.changes.sweep();
    await Promise.all([sessions, changes, this.#lookAtPolicies([...this.#hub.listeners.admins()])]);
  }

  async #lookAtPolicies(admins: string[]): Promise<void> {
    if (admins.length === 0) return;
    const asked = admins.map((username) => ({ username, secretName: secretName(username) }));
    const policies = await this.#chat.store.policies(asked);
    for (const [i, admin] of admins.entries()) this.#lookAtPolicy(admin, policies[i]!);
  }

  #lookAtPolicy(admin: string, policy: Policy): void {
    if (policy.account === undefined) {
      return this.#hub.tell({ type: "account_forgotten", username: admin });
    }
    const before = this.#policies.get(admin), now = JSON.stringify(policy);
    if (before === now) return;
    this.#policies.set(admin, now);
    // Sockets opened before the first read may have been admitted by an older policy.
    if (before === undefined) this.#hub.recheckPolicy(admin);
    else this.#read(admin, "chatbot", () => this.#readChatbot(admin));
  }

  /** Reads data of an admin who has sockets here; once more, if it changed during the read. */
  #read(admin: string, what: string, read: () => Promise<void>): void {
    if (!this.#hub.listeners.admin(admin)) return;
    const name = `${admin} ${what}`;
    const running = this.#reading.get(name);
    if (running) return void (running.again = true);
    const own = { again: false };
    this.#reading.set(name, own);
    void read().catch((error) => this.#log.warn("bus_read_failed", faultFields(error))).then(() => {
      this.#reading.delete(name);
      if (own.again) this.#read(admin, what, read);
    });
  }

  #sayAllHere(): void {
    for (const ephemeral of presenceEvents("here", this.#hub.presence.here())) this.#bus.publish(ephemeral);
  }

  async #readRoom(key: RoomKey): Promise<void> {
    const room = await this.#chat.store.room(key);
    if (room) this.#hub.tell({ type: "room_updated", room, often: true });
  }

  async #readChatbot(admin: string): Promise<void> {
    try {
      const chatbot = await publicChatbot(this.#chat, admin);
      this.#hub.tell({ type: "chatbot_updated", chatbot });
    } catch (error) {
      if (!(error instanceof UnknownAdmin)) throw error;
      this.#hub.tell({ type: "account_forgotten", username: admin });
    }
  }
}
