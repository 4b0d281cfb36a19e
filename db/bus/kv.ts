import { broadcastChannel, channelOf, channels } from "../channels.ts";
import type { Bus, BusOptions, EphemeralEvent, FoundRoom, Subscriber } from "../bus.ts";
import type { Engine } from "../kv/engine.ts";
import { keys } from "../kv/keys.ts";
import { openEngine } from "../kv/open.ts";
import { type BusNotification, notificationChange } from "../kv/notifications.ts";
import type { RoomRecord } from "../store.ts";
import { PeriodicTask } from "./periodic_task.ts";
import { headsOf } from "./kv_heads.ts";
import { watchChannels } from "./kv_watch.ts";

/**
 * Polling interval of followed rooms: the longest delay of a message whose notification was lost.
 * Milliseconds.
 */
const sweepMs = 4_000;
/**
 * If no poll succeeded for this long, unread notifications may have expired (they live for a minute).
 * Milliseconds.
 */
const missedMs = 30_000;
/** Notifications of one channel per read. */
const maxNotifications = 500;

/**
 * Bus on Deno KV. The change that stores a message also increments a watched channel key and writes a
 * notification. A watch reports only that a channel changed, possibly once for several notifications; these
 * are then read.
 * @throws {CannotOpen}
 */
export async function openKvBus(
  place: string,
  options: BusOptions,
  now: () => number = Date.now,
): Promise<Bus> {
  const { engine } = await openEngine(place);
  return new KvBus(engine, options, now);
}

class KvBus implements Bus {
  #readers: PeriodicTask[] = [];
  /** Versionstamp up to which each channel's notifications were read. */
  #read: string[] = [];
  #sweep: PeriodicTask | undefined;
  #stopWatching: (() => Promise<void>) | undefined;
  #publishing = new Set<Promise<void>>();
  #lookedAt: number;

  /** `now`: milliseconds since 1970. */
  constructor(readonly engine: Engine, readonly options: BusOptions, readonly now: () => number) {
    this.#lookedAt = now();
  }

  /** No-op: the change that stored the message also wrote the notification. */
  notify(): void {}

  publish(ephemeral: EphemeralEvent): void {
    const notification: BusNotification = { from: this.options.instance, whispers: [ephemeral] };
    const admin = "admin" in ephemeral ? ephemeral.admin : undefined;
    const sent = this.engine.change(notificationChange(this.engine, notification, admin)).then(
      () => {},
      (error) => this.options.onTrouble?.("Telling other instances failed", error),
    ).finally(() => this.#publishing.delete(sent));
    this.#publishing.add(sent);
  }

  async listen(subscriber: Subscriber): Promise<void> {
    const trouble = (error: unknown) =>
      this.options.onTrouble?.(
        "Looking for messages of other instances failed and will be tried again",
        error,
      );
    const all = Array.from({ length: channels + 1 }, (_, channel) => channel);
    const { versionstamp } = await this.engine.kv.set(keys.touched, true);
    this.#read = all.map(() => versionstamp);
    this.#readers = all.map((channel) =>
      new PeriodicTask(() => this.#readNotifications(channel, subscriber), trouble)
    );
    this.#sweep = new PeriodicTask(() => this.#lookUp(subscriber), trouble, sweepMs);
    if (!this.options.pollsOnly) {
      this.#stopWatching = watchChannels(
        this.engine.kv,
        (channel, versionstamp) => this.#notified(channel, versionstamp, subscriber),
        trouble,
      );
    }
    await this.#sweep.now();
  }

  async close(): Promise<void> {
    await this.#stopWatching?.();
    await Promise.all([...this.#readers, this.#sweep].map((every) => every?.close()));
    await Promise.all(this.#publishing);
    this.engine.close();
  }

  /** Skips notifications of a channel without local followers: a later follower reads the store first. */
  #notified(channel: number, versionstamp: string, subscriber: Subscriber): void {
    if (isFollowed(channel, subscriber)) void this.#readers[channel]!.now();
    else this.#hasRead(channel, versionstamp);
  }

  #hasRead(channel: number, versionstamp: string): void {
    if (versionstamp > this.#read[channel]!) this.#read[channel] = versionstamp;
  }

  async #readNotifications(channel: number, subscriber: Subscriber): Promise<void> {
    if (!isFollowed(channel, subscriber)) return;
    for (let page; (page = await this.#notificationsAfter(channel)).length > 0;) {
      for (const { key, value } of page) {
        this.#hasRead(channel, key.at(-1) as string);
        if (value.from !== this.options.instance) tell(value, subscriber);
      }
    }
  }

  #notificationsAfter(channel: number): Promise<Deno.KvEntry<BusNotification>[]> {
    const prefix = keys.notifications(channel);
    // `start` is inclusive; the appended "0" excludes this versionstamp itself.
    return this.engine.list<BusNotification>({ prefix, start: [...prefix, `${this.#read[channel]}0`] }, {
      limit: maxNotifications,
    });
  }

  async #lookUp(subscriber: Subscriber): Promise<void> {
    const began = this.now(), look = { asked: subscriber.followed(), began: performance.now() };
    const rooms = await headsOf(this.engine, look.asked, this.#lookedAt);
    for (const room of rooms) subscriber.heard(room, room.head);
    if (!this.options.pollsOnly) await this.#lookAtChannels(subscriber);
    if (began - this.#lookedAt > missedMs) subscriber.missed();
    this.#lookedAt = began;
    await subscriber.swept({ ...look, found: rooms.map(foundRoom) });
  }

  /** Detects watches that stopped reporting, and notifications that expired before they were read. */
  async #lookAtChannels(subscriber: Subscriber): Promise<void> {
    const followed = [...new Set([...subscriber.followedAdmins()].map(channelOf)), broadcastChannel];
    const found = await this.engine.getMany(followed.map(keys.channel));
    found.forEach(({ versionstamp }, i) => {
      const channel = followed[i]!;
      if (versionstamp !== null && versionstamp > this.#read[channel]!) {
        this.#notified(channel, versionstamp, subscriber);
      }
    });
  }
}

function foundRoom({ admin, consumer, id, head, blocked, visitor }: RoomRecord): FoundRoom {
  return {
    admin,
    consumer,
    id,
    head,
    isBlocked: blocked !== undefined,
    isVerified: visitor?.verified === true,
  };
}

function isFollowed(channel: number, subscriber: Subscriber): boolean {
  if (channel === broadcastChannel) return true;
  for (const admin of subscriber.followedAdmins()) if (channelOf(admin) === channel) return true;
  return false;
}

function tell(notification: BusNotification, subscriber: Subscriber): void {
  if (!("whispers" in notification)) {
    return subscriber.heard({ admin: notification.admin, consumer: notification.consumer }, notification.seq);
  }
  for (const ephemeral of notification.whispers) subscriber.onEphemeral(ephemeral, notification.from);
}
