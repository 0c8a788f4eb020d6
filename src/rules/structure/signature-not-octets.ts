import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/signature-not-octets",
  title: "signatureValue has unused bits",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.3",
      severity: "error",
      quote: "This signature value is encoded as a BIT STRING and included in the CRL signatureValue field.",
    },
  ],
  why: "Signatures of all registered algorithms consist of whole bytes. Most verifiers reject a BIT STRING with unused bits.",
  fix: "write `00` as the first contents octet of signatureValue, followed by all bytes of the signature",
  examples: () => ({
    bad: [
      {
        title: "4 unused bits",
        make: (kit) =>
          kit.crl({
            signatureValue: (valid) => valid.with(255, 0xf0),
            unusedBits: 4,
            options: { signature: "ignore" },
          }),
      },
      {
        title: "1 unused bit",
        make: (kit) =>
          kit.crl({
            signatureValue: (valid) => valid.with(255, 0xfe),
            unusedBits: 1,
            options: { signature: "ignore" },
          }),
      },
    ],
    good: [{ title: "0 unused bits", make: (kit) => kit.crl() }],
  }),
});
