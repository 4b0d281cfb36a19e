/** Push subscriptions of an admin's browsers. */
export interface PushStore {
  /**
   * Stores a subscription; one with the same endpoint is replaced, also if it belonged to another admin. The
   * newest 20 of an admin are kept.
   */
  savePush(push: PushAddress): Promise<void>;
  pushes(username: string): Promise<PushAddress[]>;
  /** Deletes a subscription if it belongs to this admin. */
  dropPush(username: string, endpoint: string): Promise<void>;
}

/** A push subscription as a browser gives it. */
export interface PushAddress {
  username: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  /** Milliseconds since 1970. */
  created: number;
}
