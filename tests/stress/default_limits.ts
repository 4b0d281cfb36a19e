/** The limits that the harness lifts, as they are by default; and addresses as a proxy in front says them. */
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
