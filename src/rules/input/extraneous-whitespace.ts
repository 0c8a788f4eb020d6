import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/extraneous-whitespace",
  title: "blanks or blank lines inside the PEM block",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "2", severity: "notice", quote: "and they MUST NOT emit extraneous whitespace" },
  ],
  why: "Generators must not write them; parsers of the strict format refuse the block.",
  fix: "write base64 lines without blanks before, in or behind them, and no blank lines",
  examples: () => ({
    bad: [
      { title: "blank at the end of a line", make: (kit) => kit.crl({ text: (pem) => pem.replace("\nM", "\n M") }) },
      {
        title: "blank line before the END line",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("\n-----END", "\n\n-----END") }),
      },
    ],
    good: [
      { title: "PEM as RFC 7468 has it", make: (kit) => kit.crl({ pem: true }) },
      { title: "lines that end in CR LF", make: (kit) => kit.crl({ text: (pem) => pem.replaceAll("\n", "\r\n") }) },
    ],
  }),
});
