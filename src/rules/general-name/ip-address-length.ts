import type { CrlCase, Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Returns a CRL whose issuerAltName contains this iPAddress, given in hexadecimal. */
function withAddress(kit: Kit, hex: string): CrlCase {
  const names = kit.der.seq(kit.der.context(7, kit.der.raw(hex)));
  return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names)] });
}

export default defineRule({
  id: "general-name/ip-address-length",
  title: "iPAddress has neither 4 nor 16 bytes",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "the octet string MUST contain exactly four octets",
    },
  ],
  why: "An IPv4 address has 4 bytes, and an IPv6 address has 16. A value of 8 or 32 bytes comes from name constraints, where a mask follows the address. A longer value is often text.",
  fix: "write the address in binary, without a mask: 4 bytes for IPv4, 16 for IPv6",
  examples: () => ({
    bad: [
      { title: "5 bytes", make: (kit) => withAddress(kit, "c000020100") },
      { title: "3 bytes", make: (kit) => withAddress(kit, "c00002") },
      { title: "address and mask", make: (kit) => withAddress(kit, "c0000200ffffff00") },
      { title: "no bytes", make: (kit) => withAddress(kit, "") },
    ],
    good: [
      { title: "IPv4", make: (kit) => withAddress(kit, "c0000201") },
      { title: "IPv6", make: (kit) => withAddress(kit, "20010db8000000000000000000000001") },
    ],
  }),
});
