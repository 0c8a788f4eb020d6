import { valuePath } from "../../crl/crl.ts";
import { compareIntegers, integerText } from "../../der/integer.ts";
import { contents } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/shared-numbering",
  title: "cRLNumber of the delta CRL is not higher than that of the earlier complete CRL",
  looksAt: ["combinableBase", "thisUpdate", "crlNumber", "deltaCrlIndicator"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "the complete CRLs and delta CRLs MUST share one numbering sequence",
    },
  ],
  create(ctx) {
    const { combinableBase: base, thisUpdate, crlNumber, deltaCrlIndicator, bytes, crl } = ctx;
    const other = base.crl.crlNumber;
    const order = compareNumbers(base, crl);
    if (other === undefined || order === undefined || order < 0) return;
    // delta/same-number-same-info reports different numbers of CRLs with the same thisUpdate.
    if (!((base.crl.thisUpdate?.seconds ?? Number.NaN) < thisUpdate.seconds)) return;
    // delta/base-not-less reports a number that is not higher than the CRL's own BaseCRLNumber.
    if (compareIntegers(contents(bytes, deltaCrlIndicator), contents(bytes, crlNumber)) >= 0) return;
    ctx.report({
      at: crlNumber,
      path: valuePath(crl, Oid.crlNumber),
      message: `cRLNumber ${integerText(bytes, crlNumber)} is not higher than cRLNumber ${integerText(base.crl.source.bytes, other)} of the earlier complete CRL`,
      related: placeIn(base, other, valuePath(base.crl, Oid.crlNumber)),
    });
  },
  why: "Clients use the number to determine whether a delta CRL is newer than their complete CRL. They reject this one.",
  fix: "number complete CRLs and delta CRLs of one scope from one counter",
  examples: () => ({
    bad: [
      {
        title: "delta CRLs with their own number sequence",
        make: (kit) => kit.crl({ crlNumber: 2, extra: [kit.extension.deltaCrlIndicator(1)], base: kit.earlierCrl() }),
      },
      {
        title: "the number of the complete CRL issued one day earlier",
        make: (kit) =>
          kit.crl({ crlNumber: 4710, extra: [kit.extension.deltaCrlIndicator(4709)], base: kit.earlierCrl() }),
      },
    ],
    good: [
      {
        title: "the next number",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4710)], base: kit.earlierCrl() }),
      },
    ],
  }),
});
