import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "input/trailing-data",
  title: "bytes follow the CRL",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      document: "rfc2585",
      section: "2 and 3",
      severity: "error",
      quote: "file contains exactly one CRL, encoded in DER format",
    },
  ],
  why: "The file must contain one DER CRL and nothing else. Strict parsers reject it even for a line feed that a web server or an editor has added.",
  fix: "publish the bytes of the CertificateList as they were signed, without a line end after them",
  examples: () => ({
    bad: [
      { title: "line feed", make: (kit) => kit.crl({ patch: (crl) => kit.der.concat(crl, kit.der.raw("0a")) }) },
      {
        title: "line feed after the DER in PEM",
        make: (kit) => kit.crl({ pem: true, patch: (crl) => kit.der.concat(crl, kit.der.raw("0a")) }),
      },
      { title: "two zero bytes", make: (kit) => kit.crl({ patch: (crl) => kit.der.concat(crl, kit.der.raw("0000")) }) },
    ],
    good: [
      { title: "valid CRL", make: (kit) => kit.crl() },
      { title: "line feed after the END line of PEM", make: (kit) => kit.crl({ pem: true }) },
    ],
  }),
});
