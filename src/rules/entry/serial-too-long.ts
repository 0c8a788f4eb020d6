import { inheritedSerial } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/serial-too-long",
  title: "serial of an entry is longer than 20 bytes",
  looksAt: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.2",
      severity: "error",
      quote: "Conforming CAs MUST NOT use serialNumber values longer than 20 octets.",
    },
  ],
  create(ctx) {
    const { longestSerial } = ctx.entries;
    if (longestSerial <= 20) return undefined;
    const what = `with a serial longer than 20 bytes; the longest has ${longestSerial} bytes`;
    const tally = ctx.tally({ what });
    const inherited = ctx.tally({ what, ...inheritedSerial });
    return {
      entry(entry) {
        if (entry.serialEnd - entry.serialContent <= 20) return;
        (ctx.anyCertificates?.ofEntry(entry.index) === undefined ? tally : inherited).add(entry);
      },
    };
  },
  why: "RFC 5280 requires software to handle serials of up to 20 bytes, and no longer ones.",
  fix: "issue certificates with serials of at most 20 bytes, including a leading `00`; a certificate that has been issued must be listed as it is",
  examples: () => ({
    bad: [
      {
        title: "21 bytes: 160 bits and a leading 00",
        make: (kit) => kit.crl({ entries: [{ serial: `00${"ff".repeat(20)}`, reason: 1 }] }),
      },
      {
        title: "21 bytes, and another entry with 20",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: `00${"ff".repeat(20)}`, reason: 1 },
              { serial: `7f${"ff".repeat(19)}`, reason: 1 },
            ],
          }),
      },
      {
        title: "21 bytes, as in the certificate",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: `00${"ff".repeat(20)}`, reason: 1 }],
            certificates: [kit.certificate({ serial: `00${"ff".repeat(20)}` })],
          }),
      },
    ],
    good: [{ title: "20 bytes", make: (kit) => kit.crl({ entries: [{ serial: `7f${"ff".repeat(19)}`, reason: 1 }] }) }],
  }),
});
