import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/extraneous-whitespace",
  title: "PEM block has extraneous whitespace or blank lines",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "2", severity: "notice", quote: "and they MUST NOT emit extraneous whitespace" },
  ],
  why: "Generators must not write them, and parsers of the strict format reject the block. OpenSSL 3.0, Node 20 and Java 17 do not load a CRL whose lines are indented.",
  fix: "write base64 lines without spaces before, in or after them, and without blank lines",
  examples: () => ({
    bad: [
      { title: "space at the start of a line", make: (kit) => kit.crl({ text: (pem) => pem.replace("\nM", "\n M") }) },
      {
        title: "blank line before the END line",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("\n-----END", "\n\n-----END") }),
      },
    ],
    good: [
      { title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) },
      { title: "lines that end in CR LF", make: (kit) => kit.crl({ text: (pem) => pem.replaceAll("\n", "\r\n") }) },
    ],
  }),
});
