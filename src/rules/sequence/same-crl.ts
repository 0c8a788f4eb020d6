import { bytesOf, sameBytes } from "../../der/span.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/same-crl",
  title: "previous CRL given is this CRL itself",
  looksAt: ["previous", "tbsCertList"],
  requirements: [{ source: "hygiene", section: "", severity: "notice" }],
  create(ctx) {
    const { previous, tbsCertList, bytes } = ctx;
    if (!previous.isSame) return;
    const isOneFile = sameBytes(bytesOf(bytes, ctx.crl.whole), bytesOf(previous.crl.source.bytes, previous.crl.whole));
    ctx.report({
      at: tbsCertList,
      path: "tbsCertList",
      message: isOneFile
        ? "the previous CRL given is this CRL itself: there is nothing to compare"
        : "the previous CRL given has the same tbsCertList: there is nothing to compare",
    });
  },
  why: "A CRL compared with itself passes every comparison. The CRL was not compared with the one that it replaces.",
  fix: "give the CRL that this one replaces",
  examples: () => ({
    bad: [
      { title: "same file given twice", make: (kit) => kit.crl({ previous: kit.crl().crl }) },
      {
        title: "TBSCertList before signing, and the CRL signed from it",
        make: (kit) => kit.crl({ form: "tbs", previous: kit.crl().crl }),
      },
    ],
    good: [{ title: "CRL of the day before", make: (kit) => kit.crl({ previous: kit.earlierCrl() }) }],
  }),
});
