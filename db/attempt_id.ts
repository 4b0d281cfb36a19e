const life = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36).padStart(2, "0"))
  .join("");
let count = 0;

/** A process-unique id for a write that may be repeated. Ids sort in the order of creation. */
export function newAttemptId(): string {
  return `${life}.${(count++).toString(36).padStart(8, "0")}`;
}
