import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/tbs-cert-list",
  title: "field of TBSCertList is missing, out of order or of another type",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1",
      severity: "error",
      quote: "signature AlgorithmIdentifier, issuer Name, thisUpdate Time, nextUpdate Time OPTIONAL",
    },
    {
      source: "etsi",
      section: "6.6.2 OVR-6.6.2-01",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509",
    },
  ],
  why: "Parsers read the fields in order and reject the CRL at the first unexpected field.",
  fix: "encode version, signature, issuer, thisUpdate, nextUpdate, revokedCertificates, [0] crlExtensions, in this order",
  examples: () => ({
    bad: [
      {
        title: "thisUpdate before issuer",
        make: (kit) => kit.crl({ issuer: kit.der.time("2026-11-01T00:00:00Z"), thisUpdate: kit.ca.subject.der() }),
      },
      { title: "thisUpdate is an INTEGER", make: (kit) => kit.crl({ thisUpdate: kit.der.int(1) }) },
      {
        title: "it ends before thisUpdate",
        make: (kit) => kit.crl({ thisUpdate: null, nextUpdate: null, revokedCertificates: null, crlExtensions: null }),
      },
      {
        title: "commonName of the issuer is a BOOLEAN",
        make: (kit) => {
          const commonName = kit.der.seq(kit.der.oid("2.5.4.3"), kit.der.bool(true));
          return kit.crl({ issuer: kit.der.seq(kit.der.set(commonName)), issuerCertificate: null });
        },
      },
      {
        title: "value in the issuer has tag 00",
        make: (kit) => {
          const attribute = kit.der.seq(kit.der.oid("1.3.6.1.4.1.99999.1"), kit.der.raw("0000"));
          return kit.crl({ issuer: kit.der.seq(kit.der.set(attribute)), issuerCertificate: null });
        },
      },
      { title: "no signature", make: (kit) => kit.crl({ signature: null }) },
      {
        title: "crlExtensions [0] without a SEQUENCE in it",
        make: (kit) => kit.crl({ crlExtensions: kit.der.explicit(0, kit.der.int(1)) }),
      },
    ],
    good: [{ title: "valid CRL", make: (kit) => kit.crl() }],
  }),
});
