import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "certificate-issuer/critical",
  title: "certificateIssuer of an entry is not critical",
  needs: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.3",
      severity: "error",
      quote: "CRL issuers MUST mark this extension as critical",
    },
  ],
  when: ({ entries }) => {
    const facts = entries.extensions.get(Oid.certificateIssuer);
    return facts !== undefined && facts.critical < facts.count;
  },
  create(ctx) {
    const tally = ctx.tally({ what: "with a certificateIssuer that is not critical" });
    return {
      entry(entry) {
        const isBare = entry.extensions().some(({ oid, critical }) => oid === Oid.certificateIssuer && !critical);
        if (isBare) tally.add(entry);
      },
    };
  },
  why: "A client that passes over the extension takes the entry for a certificate of the CRL issuer: the wrong certificate counts as revoked, and the right one as good.",
  fix: "mark certificateIssuer critical in every entry that has it",
  examples: {
    bad: [
      {
        title: "critical left out",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [{ ...kit.extension.certificateIssuer(kit.otherCa.subject), critical: false }] },
            ],
          }),
      },
      {
        title: "critical left out, beside one with it and entries without",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [
              { reason: 1, extensions: [{ ...kit.extension.certificateIssuer(kit.otherCa.subject), critical: false }] },
              { reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] },
              { reason: 1 },
              {},
            ],
          }),
        also: ["certificate-issuer/redundant"],
      },
    ],
    good: [
      {
        title: "critical TRUE",
        make: (kit) =>
          kit.crl({
            idp: { uris: ["http://crl.example.com/1.crl"], indirect: true },
            entries: [{ reason: 1, extensions: [kit.extension.certificateIssuer(kit.otherCa.subject)] }],
          }),
      },
    ],
  },
});
