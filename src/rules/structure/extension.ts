import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/extension",
  title: "extension, or the value in it, does not match its definition",
  looksAt: ["faults"],
  requirements: [
    { source: "rfc5280", section: "4.1", severity: "error", quote: "critical BOOLEAN DEFAULT FALSE" },
    {
      source: "etsi",
      section: "6.6.2 OVR-6.6.2-01",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509",
    },
  ],
  why: "Parsers reject the CRL, or treat the extension as absent.",
  fix: "encode SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }, and in extnValue the type that belongs to the extnID",
  examples: () => ({
    bad: [
      {
        title: "no extnValue",
        make: (kit) => kit.crl({ replace: { [kit.oids.crlNumber]: kit.der.seq(kit.der.oid(kit.oids.crlNumber)) } }),
      },
      { title: "no extnID", make: (kit) => kit.crl({ extra: [kit.der.seq(kit.der.octetString(kit.der.int(1)))] }) },
      { title: "CRLNumber as a BOOLEAN", make: (kit) => kit.crl({ crlNumber: kit.der.bool(true) }) },
      {
        title: "distributionPoint without the fullName level",
        make: (kit) => kit.crl({ idp: { names: kit.extension.uri("http://crl.example.com/1.crl"), onlyUser: true } }),
      },
    ],
    good: [
      { title: "valid CRL", make: (kit) => kit.crl() },
      {
        title: "distributionPoint with fullName",
        make: (kit) => kit.crl({ idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true } }),
      },
    ],
  }),
});
