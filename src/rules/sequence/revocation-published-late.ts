import { tallyPublishedLate } from "../../checks/published-late.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "sequence/revocation-published-late",
  title: "new entry is dated more than 24 hours before its first CRL",
  looksAt: ["predecessorEntries", "thisUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "4.9.7",
      severity: "warning",
      from: "2024-03-15",
      quote: "within twenty-four (24) hours after recording a Certificate as revoked",
    },
  ],
  create(ctx) {
    tallyPublishedLate(ctx);
  },
  why: "Until a CRL lists it, a revoked certificate is still accepted by every client. The CRL does not show whether the CA backdated the revocation, so this is not an error.",
  fix: "issue a CRL within 24 hours after each revocation",
  examples: () => ({
    bad: [
      {
        title: "24 hours and one second",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-30T23:59:59Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
          }),
      },
    ],
    good: [
      {
        title: "24 hours",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-31T00:00:00Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-30T00:00:00Z", entries: [] }),
          }),
      },
      {
        title: "3 days, but a CRL in between may have listed it first",
        make: (kit) =>
          kit.crl({
            entries: [{ serial: 1001, reason: 1, date: "2026-10-29T00:00:00Z" }],
            previous: kit.earlierCrl({ thisUpdate: "2026-10-28T00:00:00Z", crlNumber: 4709, entries: [] }),
          }),
      },
      {
        title: "3 days, before the requirement took effect",
        make: (kit) =>
          kit.crl({
            thisUpdate: "2024-03-14T00:00:00Z",
            nextUpdate: "2024-03-20T00:00:00Z",
            entries: [{ serial: 1001, reason: 1, date: "2024-03-11T00:00:00Z" }],
            previous: kit.earlierCrl({
              thisUpdate: "2024-03-10T00:00:00Z",
              nextUpdate: "2024-03-16T00:00:00Z",
              entries: [],
            }),
          }),
      },
    ],
  }),
});
