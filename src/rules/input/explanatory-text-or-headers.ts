import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/explanatory-text-or-headers",
  title: "file has text around the PEM block, or headers in it",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "3", severity: "notice", quote: "New implementations SHOULD emit the strict format" },
  ],
  why: "Parsers of the strict format accept only the block. Headers as in RFC 1421 are not part of RFC 7468.",
  fix: "write only the block: BEGIN line, base64, END line",
  examples: () => ({
    bad: [
      {
        title: "header after the BEGIN line",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("CRL-----\n", "CRL-----\nX-Comment: a\n\n") }),
      },
      {
        title: "text before the BEGIN line",
        make: (kit) => kit.crl({ text: (pem) => `Certificate Revocation List (CRL):\n${pem}` }),
      },
      { title: "text after the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}end of the CRL\n` }) },
    ],
    good: [
      { title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) },
      { title: "blank line after the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}\n` }) },
    ],
  }),
});
