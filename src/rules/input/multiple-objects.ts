import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/multiple-objects",
  title: "more than one PEM block in the file",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "2",
      severity: "notice",
      quote: "Files MAY contain multiple textual encoding instances.",
    },
  ],
  why: "RFC 7468 allows it, but many programs read the first block alone, and none need say so.",
  fix: "publish each CRL in a file of its own",
  examples: () => ({
    bad: [{ title: "the CRL twice", make: (kit) => kit.crl({ text: (pem) => pem + pem }) }],
    good: [{ title: "PEM as RFC 7468 has it", make: (kit) => kit.crl({ pem: true }) }],
  }),
});
