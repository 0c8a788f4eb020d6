import { byteOrderMark } from "../../pem/fault.ts";
import { defineRule } from "../../rule/rule.ts";

const measured =
  "Java 17, Bouncy Castle 1.72, BoringSSL, NSS 3.87 and Go 1.19 do not load a CRL after a byte order mark";

export default defineRule({
  id: "input/explanatory-text-or-headers",
  title: "file has text around the PEM block, or headers in it",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc7468", section: "3", severity: "notice", quote: "New implementations SHOULD emit the strict format" },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create(ctx) {
    const [first] = ctx.pemFaults.find(({ code }) => code === "input/explanatory-text-or-headers")?.first ?? [];
    // Clients were measured with a byte order mark, not with other text. If the CRL is not published, the text may be
    // only in the local file.
    if (ctx.stated.isLive && first?.message === byteOrderMark)
      return ctx.reportFaults(undefined, { notes: [measured] });
    ctx.reportFaults(undefined, { violates: ctx.requirements.filter(({ source }) => source !== "hygiene") });
  },
  why: `Parsers of the strict format accept only the block. Headers as in RFC 1421 are not part of RFC 7468. ${measured}.`,
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
      {
        title: "byte order mark, published",
        make: (kit) => {
          const made = kit.crl({ pem: true, options: { url: "http://crl.example.com/tls-ca-1.crl" } });
          return { ...made, crl: kit.der.concat(Uint8Array.of(0xef, 0xbb, 0xbf), made.crl) };
        },
      },
      { title: "text after the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}end of the CRL\n` }) },
    ],
    good: [
      { title: "PEM as RFC 7468 defines it", make: (kit) => kit.crl({ pem: true }) },
      { title: "blank line after the END line", make: (kit) => kit.crl({ text: (pem) => `${pem}\n` }) },
    ],
  }),
});
