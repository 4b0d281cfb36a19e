import { BlockList } from "node:net";

/** IPv4 that is not on the internet, or stands for more than one machine. */
const notPublic = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // carriers' shared addresses; a cloud's metadata
  "127.0.0.0/8", // loopback
  "168.63.129.16/32", // a cloud's metadata
  "169.254.0.0/16", // link-local; clouds' metadata
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments
  "192.0.2.0/24", // documentation
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
];
/** The one part of IPv6 that is public: neither loopback, link-local, unique local, multicast nor mapped or translated IPv4. */
const global6 = ["2000::/3"];
/** Within it: Teredo and protocol assignments, documentation, 6to4, which reaches IPv4. */
const notGlobal6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

function listOf(subnets: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address, bits] = subnet.split("/") as [string, string];
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const blocked4 = listOf(notPublic, "ipv4");
const allowed6 = listOf(global6, "ipv6"), blocked6 = listOf(notGlobal6, "ipv6");

const isIPv4 = (address: string) => /^\d{1,3}(\.\d{1,3}){3}$/.test(address);

/** Whether a resolved address is one of the public internet. IPv4 written as IPv6 is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blocked4.check(address, "ipv4");
  if (!/^[0-9a-f:.]+$/i.test(address)) return false;
  return allowed6.check(address, "ipv6") && !blocked6.check(address, "ipv6");
}
