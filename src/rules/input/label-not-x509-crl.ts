import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/label-not-x509-crl",
  title: 'PEM label of the CRL is not "X509 CRL"',
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "6",
      severity: "error",
      quote:
        'Generators conforming to this document MUST generate "X509 CRL" labels and MUST NOT generate "CRL" labels.',
    },
  ],
  why: "Software finds the CRL in a file by its label. OpenSSL 3.0, Node 20 and GnuTLS 3.7 do not load a CRL under another label; Java 17 ignores the label.",
  fix: "write `-----BEGIN X509 CRL-----` and `-----END X509 CRL-----`",
  examples: () => ({
    bad: [
      { title: "label CRL", make: (kit) => kit.crl({ pem: "CRL" }) },
      { title: "label CERTIFICATE", make: (kit) => kit.crl({ pem: "CERTIFICATE" }) },
    ],
    good: [
      { title: "label X509 CRL", make: (kit) => kit.crl({ pem: "X509 CRL" }) },
      { title: "DER, which has no label", make: (kit) => kit.crl() },
    ],
  }),
});
