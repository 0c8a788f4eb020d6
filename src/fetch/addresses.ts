import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Global unicast (RFC 4291 2.4), which contains all assigned IPv6 addresses. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Ranges that the registries call globally reachable: ordinary addresses, AS112 and AMT (RFC 7534, 7450). */
const reachable: ReadonlySet<string> = new Set(["unicast", "amt", "as112", "as112v6"]);

/** IETF protocol assignments (RFC 2928), and documentation (RFC 9637): no server has an address of these. */
const withoutServers = ["2001::/23", "3fff::/20"].map((network) => ipaddr.IPv6.parseCIDR(network));

/** IPv4 addresses that are embedded in IPv6 addresses for a translator (RFC 6052 2.1). */
const translated = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

/**
 * Whether an IP address may be that of a public server: it is in no range of the IANA special-purpose registries (RFC
 * 6890), and not multicast. Never throws; false for text that is not an address.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also reads 127.1 and ::127.0.0.1, each in its own way. In a URL, every address has only one form.
  const host = isIP(address) === 6 ? `[${address}]` : address;
  if (isIP(address) === 0 || !URL.canParse(`http://${host}/`)) return false;
  const parsed = ipaddr.parse(new URL(`http://${host}/`).hostname.replaceAll(/^\[|\]$/gu, ""));
  if (parsed instanceof ipaddr.IPv4) return isReachable(parsed);
  if (parsed.isIPv4MappedAddress()) return isReachable(parsed.toIPv4Address());
  if (parsed.match(translated)) return isReachable(new ipaddr.IPv4(parsed.toByteArray().slice(12)));
  return parsed.match(globalUnicast) && !withoutServers.some((network) => parsed.match(network)) && isReachable(parsed);
}

function isReachable(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return reachable.has(address.range());
}
