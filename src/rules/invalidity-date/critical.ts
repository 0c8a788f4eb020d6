import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "invalidity-date/critical",
  title: "invalidityDate is marked critical",
  needs: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.2",
      severity: "error",
      quote: "The invalidity date is a non-critical CRL entry extension",
    },
  ],
  when: ({ entries }) => (entries.extensions.get(Oid.invalidityDate)?.critical ?? 0) > 0,
  create(ctx) {
    const tally = ctx.tally({ what: "with a critical invalidityDate" });
    return {
      entry(entry) {
        if (entry.extensions().some(({ oid, critical }) => oid === Oid.invalidityDate && critical)) tally.add(entry);
      },
    };
  },
  why: "Most clients do not process invalidityDate, and must not use a CRL with a critical entry extension that they cannot process.",
  fix: "leave critical out of invalidityDate",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) =>
          kit.crl({
            entries: [
              { reason: 1, extensions: [{ ...kit.extension.invalidityDate("2026-05-01T00:00:00Z"), critical: true }] },
            ],
          }),
      },
      {
        title: "critical TRUE, beside entries with another critical extension, one that is not critical and none",
        make: (kit) =>
          kit.crl({
            entries: [
              { extensions: [{ ...kit.extension.invalidityDate("2026-05-01T00:00:00Z"), critical: true }] },
              {
                extensions: [
                  { ...kit.extension.reasonCode(1), critical: true },
                  kit.extension.invalidityDate("2026-05-01T00:00:00Z"),
                ],
              },
              { reason: 1 },
              {},
            ],
          }),
        also: ["reason/critical"],
      },
    ],
    good: [
      {
        title: "not critical",
        make: (kit) =>
          kit.crl({ entries: [{ reason: 1, extensions: [kit.extension.invalidityDate("2026-05-01T00:00:00Z")] }] }),
      },
    ],
  },
});
