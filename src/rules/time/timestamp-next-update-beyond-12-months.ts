import { isoTime } from "../../der/time.ts";
import { compareToTerm, monthsAfter } from "../../checks/calendar.ts";
import { scopeNote } from "../../checks/coverage.ts";
import { timestampLimit } from "../../checks/validity-limits.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/timestamp-next-update-beyond-12-months",
  title: "CRL of timestamp certificates is valid for more than 12 months",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [timestampLimit],
  create(ctx) {
    if (ctx.scope.kind !== "timestamp") return;
    const { thisUpdate, nextUpdate } = ctx;
    const term = monthsAfter(thisUpdate.seconds, 12);
    if (compareToTerm(nextUpdate.seconds, term) !== "beyond") return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is more than 12 months after thisUpdate ${isoTime(thisUpdate.seconds)}; the latest allowed time is ${isoTime(term.lenient)}`,
      notes: [scopeNote(ctx.scope)],
    });
  },
  why: "Until nextUpdate, a client may keep using the CRL that it has, and so accepts timestamps of a key that is revoked in the meantime. The 10 days for other subscriber certificates do not apply to timestamp certificates.",
  fix: "set nextUpdate to at most the same day and time 12 months after thisUpdate",
  examples: () => ({
    bad: [
      {
        title: "12 months and one second",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] }),
            nextUpdate: "2027-11-01T00:00:01Z",
          }),
      },
      {
        title: "12 months and one second, with onlyContainsUserCerts",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            nextUpdate: "2027-11-01T00:00:01Z",
          }),
      },
    ],
    good: [
      {
        title: "12 months, with onlyContainsUserCerts, or stated to be of subscribers",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] }),
            idp: { uris: ["http://crl.example.com/1.crl"], onlyUser: true },
            nextUpdate: "2027-11-01T00:00:00Z",
            options: { scope: "subscriber" },
          }),
      },
      {
        title: "12 months",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ key: "p256", eku: [kit.oids.timeStamping] }),
            nextUpdate: "2027-11-01T00:00:00Z",
          }),
      },
    ],
  }),
});
