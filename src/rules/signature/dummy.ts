import { defineRule } from "../../rule/rule.ts";
import { reportSignatureFault } from "../../checks/signature-fault.ts";

export default defineRule({
  id: "signature/dummy",
  title: "signature is a placeholder",
  looksAt: ["signatureValue", "faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1.1.3",
      severity: "error",
      quote: "The signatureValue field contains a digital signature computed upon the ASN.1 DER encoded tbsCertList.",
    },
    { source: "hygiene", section: "", severity: "warning" },
  ],
  create: (ctx) => reportSignatureFault(ctx, "signature/dummy"),
  why: "A CRL with a placeholder instead of its signature proves nothing, and clients that verify it reject the CRL. It must never be published.",
  fix: "sign the tbsCertList; to lint it before signing, use `--signature ignore`, or give the TBSCertList with `--tbs`",
  examples: () => ({
    bad: [
      { title: "zeros", make: (kit) => kit.crl({ signatureValue: new Uint8Array(256) }) },
      { title: "one byte repeated", make: (kit) => kit.crl({ signatureValue: new Uint8Array(256).fill(0xaa) }) },
      { title: "empty signature", make: (kit) => kit.crl({ signatureValue: new Uint8Array(0) }) },
    ],
    good: [
      { title: "valid signature", make: (kit) => kit.crl() },
      {
        title: "zeros with the signature ignored",
        make: (kit) => kit.crl({ signatureValue: new Uint8Array(256), options: { signature: "ignore" } }),
      },
    ],
  }),
});
