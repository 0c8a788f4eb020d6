import { findExtension } from "../../crl/crl.ts";
import { integerText, isNegative } from "../../der/integer.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "crl-number/negative",
  title: "cRLNumber is negative",
  looksAt: ["crlNumber"],
  requirements: [
    { source: "rfc5280", section: "5.2.3", severity: "error", quote: "CRLNumber ::= INTEGER (0..MAX)" },
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
    if (!isNegative(bytes, crlNumber)) return;
    ctx.report({
      at: crlNumber,
      path: `${findExtension(ctx.crl, Oid.crlNumber)?.path ?? ""}.extnValue`,
      message: `cRLNumber ${integerText(bytes, crlNumber)} is negative`,
    });
  },
  why: "CRL numbers start at 0 and increase. Software that reads the bytes as unsigned treats a negative number as a very large one. Every later CRL then looks older.",
  fix: "number CRLs from 0 upward; put `00` before a first byte of `80` or higher",
  examples: () => ({
    bad: [
      { title: "-1", make: (kit) => kit.crl({ crlNumber: -1 }) },
      { title: "80 without a leading 00", make: (kit) => kit.crl({ crlNumber: kit.der.raw("020180") }) },
    ],
    good: [
      { title: "0", make: (kit) => kit.crl({ crlNumber: 0 }) },
      { title: "00 80", make: (kit) => kit.crl({ crlNumber: 128 }) },
    ],
  }),
});
