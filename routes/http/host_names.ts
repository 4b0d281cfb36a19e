const ipv4 = /^\d+\.\d+\.\d+\.\d+$/;

/** Whether it is a name or an address of the machine itself. `hostname` as in a parsed URL. */
export function isLoopbackName(hostname: string): boolean {
  return /(^|\.)localhost$/.test(hostname) || hostname === "[::1]" ||
    (ipv4.test(hostname) && hostname.startsWith("127."));
}

/**
 * Whether nobody elsewhere can have it lead here: an address, a name of this machine, or one without a dot, which a network
 * gives to its own (`parlor` in a group of containers).
 */
export function isOwnNetworkName(hostname: string): boolean {
  return isLoopbackName(hostname) || ipv4.test(hostname) || hostname.startsWith("[") ||
    !hostname.includes(".");
}
