/**
 * The unit that limits count as one address: a whole IPv4 address, the /64 of an IPv6 address, since one subscriber
 * gets at least that much. An IPv4-mapped IPv6 address counts as IPv4.
 */
export function addressKey(address: string): string {
  if (!address.includes(":")) return address.slice(0, 64);
  const groups = groupsOf(address);
  if (!groups) return address.slice(0, 64);
  const [high, low] = groups.slice(6) as [number, number];
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  if (mapped) return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return `${groups.slice(0, 4).map((group) => group.toString(16)).join(":")}::/64`;
}

/** The eight groups of an IPv6 address; `undefined` for other text. */
function groupsOf(address: string): number[] | undefined {
  // A zone such as %eth0 names an interface of this machine; URL refuses it.
  const bare = address.replace(/%.*$/s, "");
  const url = /^[0-9a-f:.]+$/i.test(bare) ? URL.parse(`http://[${bare}]`) : null;
  if (!url) return undefined;
  const [head = "", tail = ""] = url.hostname.slice(1, -1).split("::");
  const [left, right] = [head, tail].map((part) =>
    part ? part.split(":").map((group) => parseInt(group, 16)) : []
  );
  return [...left!, ...Array(8 - left!.length - right!.length).fill(0), ...right!];
}

/** A network that is limited as a whole; `weight`: multiple of a single address's limit. */
export interface Prefix {
  key: string;
  weight: number;
}

/**
 * The key of an address, and of the networks around it: one subscriber may get a /56 or /48 of IPv6, a small
 * provider's customer part of a /24 of IPv4. Wider networks have larger limits, smaller than the sum of their addresses'.
 * Loopback addresses have no network.
 */
export function addressPrefixes(key: string): Prefix[] {
  const own = { key, weight: 1 };
  const [, a, b, c, d] = /^([\da-f]+):([\da-f]+):([\da-f]+):([\da-f]+)::\/64$/.exec(key) ?? [];
  if (d !== undefined) {
    const high = (parseInt(d, 16) & 0xff00).toString(16);
    return [own, { key: `${a}:${b}:${c}:${high}::/56`, weight: 2 }, {
      key: `${a}:${b}:${c}::/48`,
      weight: 4,
    }];
  }
  const [, network] = /^((?!127\.)\d+\.\d+\.\d+)\.\d+$/.exec(key) ?? [];
  return network === undefined ? [own] : [own, { key: `${network}.0/24`, weight: 4 }];
}
