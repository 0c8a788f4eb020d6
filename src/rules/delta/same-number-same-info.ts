import { valuePath } from "../../crl/crl.ts";
import { Reason } from "../../crl/reason.ts";
import { integerText } from "../../der/integer.ts";
import { Oid } from "../../extension/oids.ts";
import { compareNumbers, placeIn } from "../../checks/predecessor.ts";
import { type Context, defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "delta/same-number-same-info",
  title: "delta CRL and complete CRL with the same thisUpdate contradict each other",
  looksAt: ["combinableBase", "thisUpdate", "crlNumber"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.2.3",
      severity: "error",
      quote: "they MUST have the same CRL number and provide the same revocation information",
    },
  ],
  create(ctx) {
    const { combinableBase: base, thisUpdate, crlNumber, crl, bytes } = ctx;
    const order = compareNumbers(base, crl);
    const other = base.crl.crlNumber;
    if (base.crl.thisUpdate?.seconds !== thisUpdate.seconds || order === undefined || other === undefined) return;
    if (order === 0) {
      if (base.whyUnread === undefined) tallyDifferences(ctx);
      return;
    }
    ctx.report({
      at: crlNumber,
      path: valuePath(crl, Oid.crlNumber),
      message: `cRLNumber ${integerText(bytes, crlNumber)} is not ${integerText(base.crl.source.bytes, other)}, the cRLNumber of the complete CRL with the same thisUpdate`,
      related: placeIn(base, other, valuePath(base.crl, Oid.crlNumber)),
    });
  },
  why: "Clients that support delta CRLs and clients that do not then disagree on whether a certificate is revoked.",
  fix: "generate both CRLs from one state of the database, with one cRLNumber",
  examples: () => ({
    bad: [
      {
        title: "the same thisUpdate, two numbers",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4700)],
            entries: [],
            base: kit.crl({ crlNumber: 4710 }).crl,
          }),
      },
      {
        title: "an entry that the complete CRL does not have",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4700)],
            entries: [{ serial: 1002, reason: 1 }],
            base: kit.crl({ entries: [{ serial: 1001, reason: 1 }] }).crl,
          }),
      },
      {
        title: "an entry that the complete CRL has with another reason",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4700)],
            entries: [{ serial: 1001, reason: 8 }],
            base: kit.crl({ entries: [{ serial: 1001, reason: 6 }] }).crl,
          }),
      },
    ],
    good: [
      {
        title: "an entry that the complete CRL also has, and a removeFromCRL entry that it does not have",
        make: (kit) =>
          kit.crl({
            extra: [kit.extension.deltaCrlIndicator(4700)],
            entries: [
              { serial: 1001, reason: 1 },
              { serial: 1002, reason: 8 },
            ],
            base: kit.crl({
              entries: [
                { serial: 1001, reason: 1 },
                { serial: 1003, reason: 1 },
              ],
            }).crl,
          }),
      },
    ],
  }),
});

/**
 * Reports entries that the complete CRL does not have in the same form. The certificate of a removeFromCRL entry must
 * be missing there.
 */
function tallyDifferences(ctx: Context<"combinableBase">): void {
  const { added, changed } = ctx.combinableBase.changes;
  const read = ctx.entries.openWindow();
  const missing = ctx.tally({ what: "missing from the complete CRL with the same thisUpdate and cRLNumber" });
  for (const index of added) {
    const entry = read(index);
    if (entry.reason !== Reason.removeFromCRL) missing.add(entry);
  }
  const different = ctx.tally({
    what: (count) =>
      `that ${count === 1 ? "differs" : "differ"} in the complete CRL with the same thisUpdate and cRLNumber`,
  });
  for (let i = 1; i < changed.length; i += 2) different.add(read(changed[i] as number));
}
