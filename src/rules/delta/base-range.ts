import { valuePath } from "../../crl/crl.ts";
import { integerText, isNegative } from "../../der/integer.ts";
import { contentLength } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

/** Maximum length of a CRLNumber in bytes (RFC 5280 5.2.3). */
const maximum = 20;

export default defineRule({
  id: "delta/base-range",
  title: "BaseCRLNumber is negative or longer than 20 bytes",
  looksAt: ["deltaCrlIndicator"],
  requirements: [{ source: "rfc5280", section: "5.2.4", severity: "error", quote: "BaseCRLNumber ::= CRLNumber" }],
  create(ctx) {
    const { deltaCrlIndicator: base, bytes } = ctx;
    const length = contentLength(base);
    // der/integer-not-minimal reports an unnecessary leading 00.
    const needless = length > 1 && bytes[base.content] === 0 && (bytes[base.content + 1] ?? 0) < 0x80 ? 1 : 0;
    const negative = isNegative(bytes, base);
    if (!negative && length - needless <= maximum) return;
    ctx.report({
      at: base,
      path: valuePath(ctx.crl, Oid.deltaCrlIndicator),
      message: negative
        ? `BaseCRLNumber ${integerText(bytes, base)} is negative`
        : `BaseCRLNumber has ${length} bytes; it must have at most ${maximum}`,
    });
  },
  why: "BaseCRLNumber is the number of a CRL: 0 or greater, and at most 20 bytes long. No CRL has another number, so the delta CRL has no base CRL.",
  fix: "set BaseCRLNumber to the cRLNumber of the complete CRL that the delta CRL updates",
  examples: () => ({
    bad: [
      { title: "-1", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(-1)] }) },
      { title: "21 bytes", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(2n ** 159n)] }) },
    ],
    good: [
      { title: "0", make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(0)] }) },
      {
        title: "20 bytes",
        make: (kit) =>
          kit.crl({ crlNumber: 2n ** 159n - 1n, extra: [kit.extension.deltaCrlIndicator(2n ** 159n - 2n)] }),
      },
      {
        title: "20 bytes after a needless 00",
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
