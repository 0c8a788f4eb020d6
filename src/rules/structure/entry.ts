import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "structure/entry",
  title: "entry is not SEQUENCE { userCertificate, revocationDate, crlEntryExtensions OPTIONAL }",
  looksAt: ["faults"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.1",
      severity: "error",
      quote: "userCertificate CertificateSerialNumber, revocationDate Time",
    },
    {
      source: "etsi",
      section: "6.6.2 OVR-6.6.2-01",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509",
    },
  ],
  why: "Parsers reject the whole CRL because of one entry that they cannot read, or skip the entry. The revoked certificate then stays accepted.",
  fix: "encode userCertificate INTEGER and revocationDate Time in every entry, and only crlEntryExtensions after them",
  examples: () => ({
    bad: [
      { title: "no revocationDate", make: (kit) => kit.crl({ entries: [{ date: null }] }) },
      { title: "empty", make: (kit) => kit.crl({ entries: [{ raw: kit.der.seq() }] }) },
      { title: "no userCertificate", make: (kit) => kit.crl({ entries: [{ serial: null }] }) },
      { title: "INTEGER instead of an entry", make: (kit) => kit.crl({ entries: [{}, { raw: kit.der.int(5) }] }) },
    ],
    good: [{ title: "valid CRL", make: (kit) => kit.crl() }],
  }),
});
