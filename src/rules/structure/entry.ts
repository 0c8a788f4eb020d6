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
      section: "6.6.2",
      severity: "error",
      quote: "The CRL shall be as defined in ISO/IEC 9594-8/Recommendation ITU-T X.509 or IETF RFC 5280.",
    },
  ],
  why: "Parsers refuse the whole CRL for one entry that they cannot read, or leave the entry out: the certificate then counts as good.",
  fix: "encode userCertificate INTEGER and revocationDate Time in every entry, and nothing but crlEntryExtensions behind them",
  examples: () => ({
    bad: [
      { title: "no revocationDate", make: (kit) => kit.crl({ entries: [{ date: null }] }) },
      { title: "no userCertificate", make: (kit) => kit.crl({ entries: [{ serial: null }] }) },
      { title: "INTEGER in the place of an entry", make: (kit) => kit.crl({ entries: [{}, { raw: kit.der.int(5) }] }) },
    ],
    good: [{ title: "a sound CRL", make: (kit) => kit.crl() }],
  }),
});
