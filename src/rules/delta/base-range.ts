import { valuePath } from "../../crl/crl.ts";
import { integerText, isNegative } from "../../der/integer.ts";
import { contentLength } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

/** Most contents octets of a CRLNumber (RFC 5280 5.2.3). */
const mostOctets = 20;

export default defineRule({
  id: "delta/base-range",
  title: "BaseCRLNumber is negative or longer than 20 octets",
  looksAt: ["deltaCrlIndicator"],
  requirements: [{ source: "rfc5280", section: "5.2.4", severity: "error", quote: "BaseCRLNumber ::= CRLNumber" }],
  create(ctx) {
    const { deltaCrlIndicator: base, bytes } = ctx;
    const length = contentLength(base);
    // A needless leading 00 is the business of der/integer-not-minimal.
    const needless = length > 1 && bytes[base.content] === 0 && (bytes[base.content + 1] ?? 0) < 0x80 ? 1 : 0;
    const negative = isNegative(bytes, base);
    if (!negative && length - needless <= mostOctets) return;
    ctx.report({
      at: base,
      path: valuePath(ctx.crl, Oid.deltaCrlIndicator),
      message: negative
        ? `BaseCRLNumber ${integerText(bytes, base)} is negative`
        : `BaseCRLNumber has ${length} octets; at most ${mostOctets}`,
    });
  },
  why: "BaseCRLNumber is the number of a CRL: an INTEGER from 0 of at most 20 octets. No CRL has another, so that the delta has no base.",
  fix: "set BaseCRLNumber to the cRLNumber of the full CRL that the delta starts from",
  examples: () => ({
    bad: [
      { title: "-1", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(-1)] }) },
      { title: "21 octets", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(2n ** 159n)] }) },
    ],
    good: [
      { title: "0", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(0)] }) },
      {
        title: "20 octets",
        make: (kit) =>
          kit.crl({ crlNumber: 2n ** 159n - 1n, extra: [kit.extension.deltaCrlIndicator(2n ** 159n - 2n)] }),
      },
      {
        title: "20 octets, and a needless 00 in front",
        make: (kit) =>
          kit.crl({
            extra: [
              kit.extension.extension(
                kit.oids.deltaCrlIndicator,
                kit.der.tlv(0x02, new Uint8Array(21).fill(0x7f).with(0, 0)),
                true,
              ),
            ],
            crlNumber: (1n << 159n) - 1n,
          }),
        also: ["der/integer-not-minimal"],
      },
    ],
  }),
});
