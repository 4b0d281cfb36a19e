/** Where browsers of an admin want to be woken when the portal is closed. */
export interface PushStore {
  /** Keeps an address; a known endpoint is replaced, also when it was another admin's. The newest 20 of an admin stay. */
  savePush(push: PushAddress): Promise<void>;
  pushes(username: string): Promise<PushAddress[]>;
  /** Forgets an endpoint, if it is this admin's. */
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
