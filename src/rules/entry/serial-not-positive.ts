import { inheritedSerial } from "../../checks/certificate-findings.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "entry/serial-not-positive",
  title: "serial of an entry is zero or negative",
  looksAt: ["entries: serialsNotPositive"],
  requirements: [
    {
      source: "rfc5280",
      section: "4.1.2.2",
      severity: "error",
      quote: "The serial number MUST be a positive integer assigned by the CA to each certificate.",
    },
  ],
  create(ctx) {
    const what = "with a serial that is zero or negative";
    const tally = ctx.tally({
      what,
      notes: ["if the certificate itself has this serial, the CRL must repeat it, and the error is in the certificate"],
    });
    const inherited = ctx.tally({ what, ...inheritedSerial });
    return {
      entry(entry) {
        const top = ctx.bytes[entry.serialContent] ?? 0;
        const length = entry.serialEnd - entry.serialContent;
        if (length === 0 || (top < 0x80 && (top !== 0 || length > 1))) return;
        (ctx.anyCertificates?.ofEntry(entry.index) === undefined ? tally : inherited).add(entry);
      },
    };
  },
  why: "Usually the leading `00` of a serial was lost on its way into the CRL. The entry then has another number than the certificate, and the certificate stays accepted.",
  fix: "copy the serial from the certificate unchanged, including a leading `00` before a byte of `80` or higher",
  examples: () => ({
    bad: [
      { title: "-128: 80 without a leading 00", make: (kit) => kit.crl({ entries: [{ serial: "80", reason: 1 }] }) },
      { title: "zero", make: (kit) => kit.crl({ entries: [{ serial: 0, reason: 1 }, {}] }) },
      {
        title: "-128, with other entries for 1, 128 and 256",
        make: (kit) =>
          kit.crl({
            entries: [
              { serial: "80", reason: 1 },
              { serial: 1, reason: 1 },
              { serial: "0080", reason: 1 },
              { serial: 256, reason: 1 },
            ],
          }),
      },
      {
        title: "-128, as in the certificate",
        make: (kit) =>
          kit.crl({ entries: [{ serial: "80", reason: 1 }], certificates: [kit.certificate({ serial: "80" })] }),
      },
    ],
    good: [
      { title: "1", make: (kit) => kit.crl({ entries: [{ serial: 1 }] }) },
      { title: "128: 80 with a leading 00", make: (kit) => kit.crl({ entries: [{ serial: "0080" }] }) },
    ],
  }),
});
