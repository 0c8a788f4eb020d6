import { Reason } from "../../crl/reason.ts";
import { entryReason } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/remove-from-crl-in-full",
  title: "reasonCode is removeFromCRL in a CRL that is not a delta CRL",
  looksAt: [entryReason(Reason.removeFromCRL)],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.1",
      severity: "error",
      quote: "The removeFromCRL (8) reasonCode value may only appear in delta CRLs",
    },
  ],
  create(ctx) {
    // Extensions that cannot be read completely may include a deltaCRLIndicator.
    if (ctx.isDelta || ctx.crl.unread.has("crlExtensions")) return undefined;
    const tally = ctx.tally({ what: "with reasonCode removeFromCRL (8), which is allowed only in delta CRLs" });
    return {
      entry(entry) {
        if (entry.reason === Reason.removeFromCRL) tally.add(entry);
      },
    };
  },
  why: "removeFromCRL removes a certificate from the list, but in a full CRL the same entry puts it on the list. OpenSSL 3.0 and Node 20 accept the certificate; Java 17 and GnuTLS 3.7 reject it as revoked.",
  fix: "leave the entry out of the full CRL; state removeFromCRL in the delta CRL",
  examples: () => ({
    bad: [
      { title: "removeFromCRL in a full CRL", make: (kit) => kit.crl({ entries: [{ reason: 8 }, { reason: 1 }] }) },
    ],
    good: [
      {
        title: "removeFromCRL in a delta CRL",
        make: (kit) => kit.crl({ extra: [kit.extension.deltaCrlIndicator(4000)], entries: [{ reason: 8 }] }),
      },
    ],
  }),
});
