import { BlockList, isIP } from "node:net";

/** Addresses that are no host of the public Internet: the IANA special-purpose registry (RFC 6890), and multicast. */
const special = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  special.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  // IETF protocol assignments with Teredo (2001::/32), which carries an IPv4 address; documentation; 6to4, likewise.
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  special.addSubnet(network, prefix, "ipv6");
}

/** Global unicast (RFC 4291 2.4): all that is assigned of it. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");

/** IPv4 in IPv6, as the URL standard writes it: mapped (RFC 4291 2.5.5.2), and behind a translator (RFC 6052 2.1). */
const embedded = /^(?:::ffff|64:ff9b:):(?<high>[0-9a-f]{1,4}):(?<low>[0-9a-f]{1,4})$/u;

/** Whether an IP address may be that of a public server. Never throws; what is no address is not one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  if (family !== 6 || !URL.canParse(`http://[${address}]/`)) return false;
  const normal = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const { high, low } = embedded.exec(normal)?.groups ?? {};
  if (high !== undefined && low !== undefined) {
    const number = Number.parseInt(high, 16) * 0x1_0000 + Number.parseInt(low, 16);
    return isPublicAddress([24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join("."));
  }
  return globalUnicast.check(normal, "ipv6") && !special.check(normal, "ipv6");
}
