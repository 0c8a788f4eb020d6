import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/multiple-objects",
  title: "file has more than one PEM block",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "2",
      severity: "notice",
      quote: "Files MAY contain multiple textual encoding instances.",
    },
  ],
  why: "RFC 7468 allows it, but many programs read only the first block, and need not report that they ignore the others.",
  fix: "publish each CRL in a file of its own",
  examples: () => ({
    bad: [{ title: "CRL twice", make: (kit) => kit.crl({ text: (pem) => pem + pem }) }],
    good: [{ title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) }],
  }),
});
