import { isoTime } from "../../der/time.ts";
import { compareToTerm, endOfTime, monthsAfter } from "../../checks/calendar.ts";
import { scopeNote } from "../../checks/coverage.ts";
import { etsiCaLimit } from "../../checks/validity-limits.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/etsi-ca-crl-beyond-1-year",
  title: "CRL of CA certificates is valid for more than 1 year",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [etsiCaLimit],
  create(ctx) {
    const { kind } = ctx.scope;
    const { thisUpdate, nextUpdate } = ctx;
    if ((kind !== "ca" && kind !== "unknown") || nextUpdate.seconds === endOfTime) return;
    const term = monthsAfter(thisUpdate.seconds, 12);
    if (compareToTerm(nextUpdate.seconds, term) !== "beyond") return;
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is more than 1 year after thisUpdate ${isoTime(thisUpdate.seconds)}; the latest allowed time is ${isoTime(term.lenient)}`,
      notes: [scopeNote(ctx.scope)],
      ...(kind === "unknown" && { atMost: "warning" }),
    });
  },
  why: "Until nextUpdate, a client may keep using the CRL that it has, and so accepts a CA certificate that is revoked in the meantime.",
  fix: "set nextUpdate to at most one year after thisUpdate; only the last CRL of a scope has 99991231235959Z",
  examples: () => ({
    bad: [
      {
        title: "one year and one second, root CRL",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-11-01T00:00:01Z" }),
      },
      {
        title: "one year and one second, and nothing shows what the CRL covers",
        make: (kit) => kit.crl({ ca: kit.caWith({ pathLen: null }), entries: [], nextUpdate: "2027-11-01T00:00:01Z" }),
      },
    ],
    good: [
      {
        title: "one year",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2027-11-01T00:00:00Z" }),
      },
      {
        title: "last CRL",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "9999-12-31T23:59:59Z" }),
      },
      {
        title: "CRL for subscriber certificates, reported by another rule",
        make: (kit) => kit.crl({ nextUpdate: "2027-11-01T00:00:01Z" }),
        also: ["time/validity-very-long"],
      },
    ],
  }),
});
