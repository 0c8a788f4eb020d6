import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Writes the tag of crlExtensions, the last field, as bf 00 in place of a0. */
function longTag(der: Kit["der"], tbs: Uint8Array): Uint8Array {
  const at = tbs.lastIndexOf(0xa0);
  return der.seq(tbs.subarray(4, at), der.raw("bf00"), tbs.subarray(at + 1));
}

export default defineRule({
  id: "der/high-tag-form",
  title: "tag in the high-tag-number form",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "8.1.2", severity: "error" }],
  why: "Tags up to 30 take one octet, and nothing in a CRL has a greater one; parsers that know the short form alone do not find the field.",
  fix: "write the tag in one identifier octet",
  examples: () => ({
    bad: [
      {
        title: "crlExtensions [0] as bf 00",
        make: (kit) => kit.crl({ tbs: (octets: Uint8Array) => longTag(kit.der, octets) }),
      },
    ],
    good: [{ title: "crlExtensions [0] as a0", make: (kit) => kit.crl() }],
  }),
});
