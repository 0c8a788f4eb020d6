import { valuePath } from "../../crl/crl.ts";
import { compareIntegers, integerText } from "../../der/integer.ts";
import { contents } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/shared-numbering",
  title: "cRLNumber of the delta CRL is not higher than that of the complete CRL before it",
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
    // Of the same time they must have the same number: delta/same-number-same-info.
    if (!((base.crl.thisUpdate?.seconds ?? Number.NaN) < thisUpdate.seconds)) return;
    // A number that is no higher than the CRL's own BaseCRLNumber: delta/base-not-less.
    if (compareIntegers(contents(bytes, deltaCrlIndicator), contents(bytes, crlNumber)) >= 0) return;
    ctx.report({
      at: crlNumber,
      path: valuePath(crl, Oid.crlNumber),
      message: `cRLNumber ${integerText(bytes, crlNumber)} is not higher than that of the complete CRL issued before, ${integerText(base.crl.source.bytes, other)}`,
      related: placeIn(base, other, valuePath(base.crl, Oid.crlNumber)),
    });
  },
  why: "A client tells by the number whether a delta CRL is newer than the complete CRL that it has, and drops this one.",
  fix: "number complete CRLs and delta CRLs of one scope from one counter",
  examples: () => ({
    bad: [
      {
        title: "delta CRLs that are numbered on their own",
        make: (kit) => kit.crl({ crlNumber: 2, extra: [kit.extension.deltaCrlIndicator(1)], base: kit.earlierCrl() }),
      },
      {
        title: "the number of the complete CRL of the day before",
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
