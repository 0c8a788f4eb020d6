import { findExtension } from "../../crl/crl.ts";
import { isNegative } from "../../der/integer.ts";
import { contents } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum length in bytes. */
const maximum = 20;

/** Returns the length of a positive number without unnecessary leading zeros, which der/integer-not-minimal reports. */
function minimalLength(value: Uint8Array): number {
  const first = value.findIndex((byte) => byte !== 0);
  if (first < 0) return 1;
  return value.length - first + ((value[first] ?? 0) >= 0x80 ? 1 : 0);
}

export default defineRule({
  id: "crl-number/too-long",
  title: "cRLNumber is longer than 20 bytes",
  looksAt: ["crlNumber"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "Conforming CRL issuers MUST NOT use CRLNumber values longer than 20 octets.",
    },
    {
      source: "tls-br",
      section: "7.2.2",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST contain an INTEGER greater than or equal to zero (0) and less than 2¹⁵⁹",
    },
    { source: "rpki", document: "rfc9829", section: "3.1", severity: "error" },
  ],
  create(ctx) {
    const { bytes, crlNumber } = ctx;
    const length = minimalLength(contents(bytes, crlNumber));
    // crl-number/negative reports a negative number of any length.
    if (isNegative(bytes, crlNumber) || length <= maximum) return;
    ctx.report({
      at: crlNumber,
      path: `${findExtension(ctx.crl, Oid.crlNumber)?.path ?? ""}.extnValue`,
      message: `cRLNumber has ${length} bytes; it must have at most ${maximum} and be less than 2^159`,
    });
  },
  why: "Clients must support up to 20 bytes, and a longer number may overflow.",
  fix: "keep CRL numbers below 2^159; if they are random or derived from time, use fewer bytes",
  examples: () => ({
    bad: [{ title: "2^159: 21 bytes, the first of them 00", make: (kit) => kit.crl({ crlNumber: 1n << 159n }) }],
    good: [
      { title: "2^159 - 1: 20 bytes", make: (kit) => kit.crl({ crlNumber: (1n << 159n) - 1n }) },
      {
        title: "0 in 21 bytes, 20 of them needless",
        make: (kit) => kit.crl({ crlNumber: kit.der.tlv(0x02, new Uint8Array(21)) }),
        also: ["der/integer-not-minimal"],
      },
      {
        title: "1 in 21 bytes, 20 of them needless",
        make: (kit) => kit.crl({ crlNumber: kit.der.tlv(0x02, new Uint8Array(21).with(20, 1)) }),
        also: ["der/integer-not-minimal"],
      },
    ],
  }),
});
