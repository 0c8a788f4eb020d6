import { Oid } from "../../extension/oids.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "reason/critical",
  title: "reasonCode is marked critical",
  needs: ["revokedCertificates"],
  requirements: [
    {
      source: "rfc5280",
      section: "5.3.1",
      severity: "error",
      quote: "The reasonCode is a non-critical CRL entry extension",
    },
    { source: "tls-br", section: "7.2.2", severity: "error", from: "2020-09-30", quote: "MUST NOT be marked critical" },
    {
      source: "smime-br",
      section: "7.2.2",
      severity: "error",
      from: "2023-09-01",
      quote: "extension SHALL NOT be marked critical",
    },
  ],
  when: ({ entries }) => (entries.extensions.get(Oid.reasonCode)?.critical ?? 0) > 0,
  create(ctx) {
    const tally = ctx.tally({ what: "with a critical reasonCode" });
    return {
      entry(entry) {
        if (entry.extensions().some(({ oid, critical }) => oid === Oid.reasonCode && critical)) tally.add(entry);
      },
    };
  },
  why: "A client that does not process reasonCode must not use a CRL in which it is critical.",
  fix: "leave critical out of reasonCode",
  examples: {
    bad: [
      {
        title: "critical TRUE",
        make: (kit) => kit.crl({ entries: [{ extensions: [{ ...kit.extension.reasonCode(1), critical: true }] }] }),
      },
      {
        title: "critical TRUE, beside entries with another critical extension, one that is not critical and none",
        make: (kit) => {
          const date = kit.extension.invalidityDate("2026-05-01T00:00:00Z");
          return kit.crl({
            entries: [
              { extensions: [{ ...kit.extension.reasonCode(1), critical: true }, date] },
              { extensions: [kit.extension.reasonCode(1), { ...date, critical: true }] },
              { reason: 1 },
              {},
            ],
          });
        },
        also: ["invalidity-date/critical"],
      },
    ],
    good: [{ title: "not critical", make: (kit) => kit.crl({ entries: [{ reason: 1 }] }) }],
  },
});
