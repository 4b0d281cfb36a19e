/** Password hashing. Both verbs wait their turn in one queue, so that logins never stall the event loop. */
export interface Passwords {
  /** A PHC string, argon2id: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
  hash(password: string): Promise<string>;
  /** With `undefined` for an unknown account it costs the same and answers false. */
  verify(password: string, phc: string | undefined): Promise<boolean>;
}
