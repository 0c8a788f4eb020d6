import { isoTime } from "../../der/time.ts";
import { compareToTerm, endOfTime, monthsAfter } from "../../checks/calendar.ts";
import { scopeNote } from "../../checks/coverage.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/ca-next-update-beyond-12-months",
  title: "CRL that covers no subscriber certificates is valid for more than 12 months",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "For other CRLs, at most 12 months after the `thisUpdate`.",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.7",
      section: "4.9.7",
      severity: "error",
      from: "2012-07-01",
      to: "2024-03-14",
      quote:
        "the value of the nextUpdate field MUST NOT be more than twelve months beyond the value of the thisUpdate field",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "error",
      from: "2023-09-01",
      quote:
        "The value of the `nextUpdate` field SHALL NOT be more than twelve months beyond the value of the `thisUpdate` field.",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "error",
      quote: "The `nextUpdate` field MUST NOT be more than twelve months beyond the value of the `thisUpdate` field.",
    },
  ],
  create(ctx) {
    const { kind } = ctx.scope;
    if (kind !== "ca" && kind !== "unknown") return;
    const { thisUpdate, nextUpdate } = ctx;
    const term = monthsAfter(thisUpdate.seconds, 12);
    if (compareToTerm(nextUpdate.seconds, term) !== "beyond") return;
    const notes = [scopeNote(ctx.scope)];
    if (kind === "unknown")
      notes.push("the maximum is 12 months for any CRL, and 10 days for one that covers subscriber certificates");
    if (nextUpdate.seconds === endOfTime) {
      notes.push(
        "99991231235959Z marks the last CRL of a scope in ETSI EN 319 411-1; these requirements have no such exception",
      );
    }
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is more than 12 months after thisUpdate ${isoTime(thisUpdate.seconds)}; the latest allowed time is ${isoTime(term.lenient)}`,
      notes,
    });
  },
  why: "Until nextUpdate, a client may keep using the CRL that it has, and so accepts a CA certificate that is revoked in the meantime. Months are calendar months, so a year that contains 29 February has 366 days.",
  fix: "set nextUpdate to one second before the same day and time 12 months after thisUpdate, or earlier",
  examples: () => ({
    bad: [
      {
        title: "12 months and one second, root CRL",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2026-04-01T00:00:00Z",
            nextUpdate: "2027-04-01T00:00:01Z",
          }),
      },
      {
        title: "13 months, and nothing shows what the CRL covers",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ pathLen: null }),
            nextUpdate: "2027-12-01T00:00:00Z",
          }),
      },
      {
        title: "29 February, to the second after the end of February of the next year",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2028-02-29T12:00:00Z",
            nextUpdate: "2029-03-01T00:00:01Z",
          }),
      },
      {
        title: "last CRL of a scope, which ETSI allows",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "9999-12-31T23:59:59Z" }),
      },
    ],
    good: [
      {
        title: "12 months less one second, 366 days",
        make: (kit) =>
          kit.crl({
            ca: kit.root,
            entries: [],
            thisUpdate: "2027-03-01T00:00:00Z",
            nextUpdate: "2028-02-29T23:59:59Z",
          }),
      },
      {
        title: "13 months, on the day before the Baseline Requirements took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ parent: "self", notBefore: "2010-01-01T00:00:00Z" }),
            entries: [],
            thisUpdate: "2012-06-30T23:59:59Z",
            nextUpdate: "2013-07-30T00:00:00Z",
          }),
        also: ["time/validity-very-long"],
      },
    ],
  }),
});
