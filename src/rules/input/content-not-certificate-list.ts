import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/content-not-certificate-list",
  title: "PEM block with the label of a CRL does not contain a CertificateList",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "6",
      severity: "notice",
      quote: "The encoded data MUST be a BER (DER strongly preferred",
    },
  ],
  why: "Software that relies on the label parses the content as a CRL and fails. crllint still reads a TBSCertList that is not signed yet.",
  fix: "give the TBSCertList as DER, or under a label that is not that of a CRL",
  examples: () => ({
    bad: [{ title: "TBSCertList under X509 CRL", make: (kit) => kit.crl({ form: "tbs", pem: true }) }],
    good: [
      { title: "TBSCertList in DER", make: (kit) => kit.crl({ form: "tbs" }) },
      { title: "TBSCertList under its own label", make: (kit) => kit.crl({ form: "tbs", pem: "TBS CERT LIST" }) },
    ],
  }),
});
