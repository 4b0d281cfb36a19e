/**
 * The default values of the limits that the harness switches off; and the header with which a proxy passes
 * the client's address.
 */
export const defaultLimits = {
  ...Object.fromEntries(
    [
      "MESSAGES_PER_ROOM",
      "MESSAGES_PER_ADDRESS",
      "ROOMS_PER_ADDRESS",
      "SOCKETS_PER_ADDRESS",
      "FRAMES_PER_SOCKET",
    ].map((name) => [`LIMIT_${name}`, ""]),
  ),
  TRUST_PROXY: "on",
};

export const from = (address: string) => ({ "x-forwarded-for": address });
