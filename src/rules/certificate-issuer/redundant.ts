import { bytesOf, contents, sameBytes } from "../../der/span.ts";
import { Oid } from "../../extension/oids.ts";
import { namesWith } from "../../given/certificates.ts";
import { entryExtension } from "../../rule/aspects.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certificate-issuer/redundant",
  title: "certificateIssuer repeats the one that is already in effect",
  looksAt: ["issuingDistributionPoint", entryExtension(Oid.certificateIssuer)],
  requirements: [
    {
      source: "hygiene",
      document: "rfc5280",
      section: "5.3.3",
      severity: "notice",
      quote:
        "If this extension is not present on the first entry in an indirect CRL, the certificate issuer defaults to the CRL issuer.",
    },
  ],
  create(ctx) {
    // certificate-issuer/without-indirect reports the extension in a CRL that is not indirect.
    if (ctx.issuingDistributionPoint.indirectCrl?.value !== true) return undefined;
    const tally = ctx.tally({ what: "with the certificateIssuer that is already in effect" });
    const { issuer } = ctx.crl;
    // 5.3.3: without the extension, the first entry belongs to the CRL issuer.
    let inEffect = issuer && namesWith(bytesOf(ctx.bytes, issuer));
    return {
      entry(entry) {
        const value = entry.extensions().find(({ oid }) => oid === Oid.certificateIssuer)?.value;
        if (value === undefined) return;
        const names = contents(ctx.bytes, value);
        if (inEffect !== undefined && sameBytes(inEffect, names)) tally.add(entry);
        inEffect = names;
      },
    };
  },
  why: "An entry without certificateIssuer belongs to the same CA as the entry before it, and the first entry to the CRL issuer. Repeating the name makes a CRL several times as large.",
  fix: "sort entries by certificate issuer, with those of the CRL issuer first, and name each other issuer only in its first entry",
  examples: () => ({
    bad: [
      {
        title: "the same certificateIssuer twice",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
              { reason: 4, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
            ],
          }),
      },
      {
        title: "the first entry names the CRL issuer",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.ca.subject)] },
              { reason: 4, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
            ],
          }),
      },
    ],
    good: [
      {
        title: "the first entry names the CRL issuer in another encoding",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.ca.subject.retyped("all", "printable"))] },
            ],
          }),
      },
      {
        title: "the second entry inherits certificateIssuer",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
              { reason: 4 },
              { reason: 5, extensions: [kit.extension.certificateIssuer(kit.ca.subject)] },
            ],
          }),
      },
      {
        title: "the same certificateIssuer twice, in a CRL that is not indirect",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            entries: [1, 4].map((reason) => ({
              reason,
              extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)],
            })),
          }),
        also: ["certificate-issuer/without-indirect"],
      },
    ],
  }),
});
