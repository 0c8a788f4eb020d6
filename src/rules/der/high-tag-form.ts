import type { Kit } from "../../fixture/index.ts";
import { defineRule } from "../../rule/rule.ts";

/** Writes the tag of crlExtensions, the last field, as bf 00 instead of a0. */
function longTag(der: Kit["der"], tbs: Uint8Array): Uint8Array {
  const at = tbs.lastIndexOf(0xa0);
  return der.seq(tbs.subarray(4, at), der.raw("bf00"), tbs.subarray(at + 1));
}

export default defineRule({
  id: "der/high-tag-form",
  title: "tag is in the high-tag-number form",
  looksAt: ["faults"],
  requirements: [{ source: "x690", section: "8.1.2", severity: "error" }],
  why: "Tag numbers up to 30 fit in one identifier octet, and no field of a CRL has a higher one. Parsers that support only the short form do not find the field.",
  fix: "write the tag in one identifier octet",
  examples: () => ({
    bad: [
      {
        title: "crlExtensions [0] as bf 00",
        make: (kit) => kit.crl({ tbs: (tbs: Uint8Array) => longTag(kit.der, tbs) }),
      },
    ],
    good: [{ title: "crlExtensions [0] as a0", make: (kit) => kit.crl() }],
  }),
});
