import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/content-not-certificate-list",
  title: "something else than a CertificateList under the label of a CRL",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc7468",
      section: "6",
      severity: "notice",
      quote: "The encoded data MUST be a BER (DER strongly preferred",
    },
  ],
  why: "Software that goes by the label takes the content for a CRL and fails on it. A TBSCertList to be linted before it is signed is read all the same.",
  fix: "give the TBSCertList as DER, or under a label that does not promise a CRL",
  examples: () => ({
    bad: [{ title: "TBSCertList under X509 CRL", make: (kit) => kit.crl({ form: "tbs", pem: true }) }],
    good: [
      { title: "TBSCertList in DER", make: (kit) => kit.crl({ form: "tbs" }) },
      { title: "TBSCertList under a label of its own", make: (kit) => kit.crl({ form: "tbs", pem: "TBS CERT LIST" }) },
    ],
  }),
});
