import { isoTime } from "../../der/time.ts";
import { compareToTerm, monthsAfter } from "../../checks/calendar.ts";
import { scopeNote } from "../../checks/coverage.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/ca-next-update-exactly-12-months",
  title: "CA CRL is valid for exactly 12 months, one second too long if its last second counts",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "6.3.2, 7.2",
      severity: "notice",
      from: "2012-07-01",
      quote: "at most 12 months after the `thisUpdate`",
    },
  ],
  create(ctx) {
    if (ctx.scope.kind !== "ca") return;
    const { thisUpdate, nextUpdate } = ctx;
    const term = monthsAfter(thisUpdate.seconds, 12);
    if (compareToTerm(nextUpdate.seconds, term) !== "exactly") return;
    const [from, to] = [isoTime(thisUpdate.seconds), isoTime(nextUpdate.seconds)];
    const strict = isoTime(term.strict);
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      notes: [scopeNote(ctx.scope)],
      ...(term.strict === term.lenient
        ? { message: `nextUpdate ${to} is exactly 12 months after thisUpdate ${from}` }
        : {
            message: `nextUpdate ${to} may be more than 12 months after thisUpdate ${from}: the next year has no 29 February, so they end at ${strict} or ${isoTime(term.lenient)}`,
            help: `set nextUpdate to a time earlier than ${strict}`,
          }),
    });
  },
  why: "The Baseline Requirements count the last second of a certificate's validity and of an OCSP response. They do not state whether they count that of a CRL. CAs have reported such root CRLs as one second longer than 12 months. They also do not state whether 12 months from 29 February end on 28 February or 1 March.",
  fix: "set nextUpdate one second earlier",
  examples: () => ({
    bad: [
      {
        title: "same day and time one year later",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2026-04-01T00:00:00Z",
            nextUpdate: "2027-04-01T00:00:00Z",
          }),
      },
      {
        title: "29 February to the end of February of the next year",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2028-02-29T00:00:00Z",
            nextUpdate: "2029-03-01T00:00:00Z",
          }),
      },
    ],
    good: [
      {
        title: "one second less",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2026-04-01T00:00:00Z",
            nextUpdate: "2027-03-31T23:59:59Z",
          }),
      },
      {
        title: "29 February to the second before 28 February",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2028-02-29T00:00:00Z",
            nextUpdate: "2029-02-27T23:59:59Z",
          }),
      },
      {
        title: "CRL for subscriber certificates, reported by time/subscriber-next-update-beyond-10-days",
        make: (kit) => kit.crl({ thisUpdate: "2026-04-01T00:00:00Z", nextUpdate: "2027-04-01T00:00:00Z" }),
        also: ["entry/revocation-date-after-this-update", "time/subscriber-next-update-beyond-10-days"],
      },
    ],
  }),
});
