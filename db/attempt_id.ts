const life = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(36).padStart(2, "0"))
  .join("");
let count = 0;

/** An id of this process for something that it may have to write twice. They sort in the order they were made. */
export function newAttemptId(): string {
  return `${life}.${(count++).toString(36).padStart(8, "0")}`;
}
