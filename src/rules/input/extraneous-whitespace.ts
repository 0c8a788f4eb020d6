import { defineRule } from "../../rule/rule.ts";

/** Clients that were measured with indented lines. */
const clients = "OpenSSL 3.0, Node 20 and Java 17";

export default defineRule({
  id: "input/extraneous-whitespace",
  title: "PEM block has extraneous whitespace or blank lines",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "2", severity: "notice", quote: "and they MUST NOT emit extraneous whitespace" },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    if (ctx.stated.isLive)
      return ctx.reportFaults(undefined, { notes: [`${clients} do not load a CRL whose lines are indented`] });
    // If the CRL is not published, the whitespace may be only in the local file.
    ctx.reportFaults(undefined, { violates: ctx.requirements.filter(({ source }) => source !== "hygiene") });
  },
  why: `Generators must not write them, and parsers of the strict format reject the block. ${clients} do not load a CRL whose lines are indented.`,
  fix: "write base64 lines without spaces before, in or after them, and without blank lines",
  examples: () => ({
    bad: [
      { title: "space at the start of a line", make: (kit) => kit.crl({ text: (pem) => pem.replace("\nM", "\n M") }) },
      {
        title: "blank line before the END line",
        make: (kit) => kit.crl({ text: (pem) => pem.replace("\n-----END", "\n\n-----END") }),
      },
      {
        title: "indented, published",
        make: (kit) =>
          kit.crl({
            text: (pem) => pem.replaceAll(/^/gmu, "  "),
            options: { url: "http://crl.example.com/tls-ca-1.crl" },
          }),
      },
    ],
    good: [
      { title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) },
      { title: "lines that end in CR LF", make: (kit) => kit.crl({ text: (pem) => pem.replaceAll("\n", "\r\n") }) },
    ],
  }),
});
