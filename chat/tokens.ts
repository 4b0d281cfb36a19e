/** Who a signed token speaks for. Times in milliseconds since 1970. */
export interface AdminToken {
  kind: "admin";
  username: string;
  jti: string;
  expires: number;
}
export interface VisitorToken {
  kind: "visitor";
  admin: string;
  consumer: string;
  expires: number;
}

/** Signs with the current secret, verifies with it and with the previous one. HS256, `iss: "parlor"`, `aud` pinned. */
export interface Tokens {
  signAdmin(username: string, jti: string, expires: number): Promise<string>;
  signVisitor(admin: string, consumer: string, expires: number): Promise<string>;
  /** The token's claims; `undefined` for anything forged, expired, of another audience, or no token at all. Never throws. */
  verify(token: string): Promise<AdminToken | VisitorToken | undefined>;
}
