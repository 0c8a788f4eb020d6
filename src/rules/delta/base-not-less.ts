import { valuePath } from "../../crl/crl.ts";
import { bigInteger, integerText, isNegative } from "../../der/integer.ts";
import { contentLength, type Tlv } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

// RFC 5280 5.2.3: a complete CRL and a delta CRL that are issued at the same time have the same number. AD CS then names
// the new complete CRL as the base. No complete CRL meets both (c) and (d), but this updates no status incorrectly.
const together = {
  atMost: "warning",
  notes: [
    "severity capped: a delta CRL has the number of its base if both are issued at the same time; it updates no CRL",
  ],
} as const;

export default defineRule({
  id: "delta/base-not-less",
  title: "BaseCRLNumber is not lower than cRLNumber",
  looksAt: ["deltaCrlIndicator", "crlNumber"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.4 (d)",
      severity: "error",
      quote: "The CRL number of the complete CRL is less than the CRL number of the delta CRL.",
    },
  ],
  create(ctx) {
    const { deltaCrlIndicator: base, crlNumber: number, bytes } = ctx;
    // Other rules report numbers that are out of range.
    const isOutOfRange = (one: Tlv): boolean => contentLength(one) > 20 || isNegative(bytes, one);
    if (isOutOfRange(base) || isOutOfRange(number)) return;
    const [from, to] = [bigInteger(bytes, base) ?? 0n, bigInteger(bytes, number) ?? 0n];
    if (from < to) return;
    ctx.report({
      at: base,
      path: valuePath(ctx.crl, Oid.deltaCrlIndicator),
      message: `BaseCRLNumber ${integerText(bytes, base)} is not lower than cRLNumber ${integerText(bytes, number)}`,
      related: [{ at: number, path: valuePath(ctx.crl, Oid.crlNumber), artefact: ctx.artefact }],
      ...(from === to && together),
    });
  },
  why: "A delta CRL updates a CRL with a lower number. If the base CRL has the same or a higher number, clients must not combine the two.",
  fix: "set BaseCRLNumber to the cRLNumber of the complete CRL that the delta CRL updates",
  examples: () => ({
    bad: [
      { title: "base 4711, delta 4711", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4711)] }) },
      { title: "base 4712, delta 4711", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4712)] }) },
    ],
    good: [
      { title: "base 4710, delta 4711", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)] }) },
    ],
  }),
});
