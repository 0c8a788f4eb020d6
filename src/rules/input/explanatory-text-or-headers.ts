import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/explanatory-text-or-headers",
  title: "text around the PEM block, or headers in it",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "3", severity: "notice", quote: "New implementations SHOULD emit the strict format" },
  ],
  why: "Parsers of the strict format take nothing but the block; headers as in RFC 1421 are no part of RFC 7468 at all.",
  fix: "write the block alone: BEGIN line, base64, END line",
  examples: () => ({
    bad: [
      {
        title: "header behind the BEGIN line",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("CRL-----\n", "CRL-----\nX-Comment: a\n\n") }),
      },
      {
        title: "text before the BEGIN line",
        make: (kit) => kit.crl({ text: (pem) => `Certificate Revocation List (CRL):\n${pem}` }),
      },
      { title: "text behind the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}end of the CRL\n` }) },
    ],
    good: [
      { title: "PEM as RFC 7468 has it", make: (kit) => kit.crl({ pem: true }) },
      { title: "blank line behind the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}\n` }) },
    ],
  }),
});
