import { reportListed } from "../../checks/certificate-findings.ts";
import { serialOf } from "../../cert/serial.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/serial-not-byte-identical",
  title: "serial of an entry is not byte-for-byte that of the certificate",
  looksAt: ["certificates"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2.2",
      severity: "error",
      from: "2024-03-15",
      quote: "MUST be byte-for-byte identical to the `serialNumber` contained in the revoked Certificate.",
    },
  ],
  create(ctx) {
    const unlike = ctx.certificates.issued.filter(({ likeEntry }) => likeEntry >= 0);
    reportListed(
      ctx,
      unlike.map((listing) => ({ ...listing, entry: listing.likeEntry })),
      {
        what: "with a serial that is a certificate's but for leading zero octets",
        notes: unlike.slice(0, 1).map((first) => `the certificate has ${serialOf(first)}`),
      },
    );
  },
  why: "Many clients look an entry up by the octets of the serial. One octet more or less and the revoked certificate goes on working for them.",
  fix: "copy the contents octets of serialNumber from the certificate into userCertificate",
  examples: () => ({
    bad: [
      {
        title: "the certificate has 00 FF, the entry FF, which is -1",
        also: ["entry/serial-not-positive"],
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "ff", reason: 1 }],
            certificates: [kit.certificate({ serial: "00ff" })],
          }),
      },
      {
        title: "the certificate has 00 01, which is no DER, and the entry puts it right",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "01", reason: 1 }],
            certificates: [kit.certificate({ serial: "0001" })],
          }),
      },
    ],
    good: [
      {
        title: "the same octets",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "00ff", reason: 1 }],
            certificates: [kit.certificate({ serial: "00ff" })],
          }),
      },
      {
        title: "the same serial under another issuer",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "01", reason: 1 }],
            certificates: [kit.certificate(), kit.certificate({ parent: kit.otherCa, serial: "0001" })],
          }),
      },
    ],
  }),
});
