import { contentLength } from "../../der/span.ts";
import type { CrlCase, Kit } from "../../fixture/index.ts";
import { checkNames } from "../../checks/general-names.ts";
import { defineRule } from "../../rule/rule.ts";

/** A CRL whose issuerAltName holds this iPAddress. */
function withAddress(kit: Kit, octets: string): CrlCase {
  const names = kit.der.seq(kit.der.context(7, kit.der.raw(octets)));
  return kit.crl({ extra: [kit.extension.extension(kit.oids.issuerAltName, names)] });
}

export default defineRule({
  id: "general-name/ip-address-length",
  title: "iPAddress has neither 4 nor 16 octets",
  looksAt: ["uncommon general names"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.2.1.6",
      severity: "error",
      quote: "the octet string MUST contain exactly four octets",
    },
  ],
  create(ctx) {
    return checkNames(ctx, {
      what: "an iPAddress that has neither 4 nor 16 octets",
      judge(name) {
        const length = contentLength(name);
        if (name.kind !== "iPAddress" || length === 4 || length === 16) return undefined;
        return { message: `iPAddress has ${length} octets; an address has 4 or 16` };
      },
    });
  },
  why: "An IPv4 address has 4 octets and an IPv6 address 16; one of 8 or 32 comes from name constraints, where a mask follows, and one of more is often text.",
  fix: "write the address in binary, without a mask: 4 octets for IPv4, 16 for IPv6",
  examples: () => ({
    bad: [
      { title: "5 octets", make: (kit) => withAddress(kit, "c000020100") },
      { title: "3 octets", make: (kit) => withAddress(kit, "c00002") },
      { title: "address and mask", make: (kit) => withAddress(kit, "c0000200ffffff00") },
      { title: "nothing", make: (kit) => withAddress(kit, "") },
    ],
    good: [
      { title: "IPv4", make: (kit) => withAddress(kit, "c0000201") },
      { title: "IPv6", make: (kit) => withAddress(kit, "20010db8000000000000000000000001") },
    ],
  }),
});
