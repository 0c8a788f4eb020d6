import { reportListed } from "../../checks/certificate-findings.ts";
import { serialOf } from "../../cert/serial.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certs/serial-not-byte-identical",
  title: "serial of an entry is not byte-for-byte identical to that of the certificate",
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
        what: "with the serial of a certificate except for leading zero bytes",
        notes: unlike.slice(0, 1).map((first) => `the certificate has serial ${serialOf(first)}`),
      },
    );
  },
  why: "Many clients look up an entry by the bytes of the serial. With one byte more or less, they do not find it and accept the revoked certificate.",
  fix: "copy the contents octets of serialNumber from the certificate into userCertificate",
  examples: () => ({
    bad: [
      {
        title: "the certificate has 00 ff, the entry has ff, which is -1",
        also: ["entry/serial-not-positive"],
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "ff", reason: 1 }],
            certificates: [kit.certificate({ serial: "00ff" })],
          }),
      },
      {
        title: "the certificate has 00 01, which is not DER, the entry has 01",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: "01", reason: 1 }],
            certificates: [kit.certificate({ serial: "0001" })],
          }),
      },
    ],
    good: [
      {
        title: "the same bytes",
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
