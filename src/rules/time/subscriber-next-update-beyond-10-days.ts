import { isoTime } from "../../der/time.ts";
import { endOfTime, tenDays } from "../../checks/calendar.ts";
import { coversSubscribers, scopeNote } from "../../checks/coverage.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

export default defineRule({
  id: "time/subscriber-next-update-beyond-10-days",
  title: "CRL that covers subscriber certificates is valid for more than 10 days",
  looksAt: ["thisUpdate", "nextUpdate"],
  requirements: [
    {
      source: "tls-br",
      section: "7.2",
      severity: "error",
      from: "2024-03-15",
      quote: "For CRLs covering Subscriber Certificates, at most 10 days after the `thisUpdate`.",
    },
    {
      source: "tls-br",
      document: "tls-br-1.8.7",
      section: "4.9.7",
      severity: "error",
      from: "2012-07-01",
      to: "2024-03-14",
      quote:
        "the value of the nextUpdate field MUST NOT be more than ten days beyond the value of the thisUpdate field",
    },
    {
      source: "smime-br",
      section: "4.9.7",
      severity: "error",
      from: "2023-09-01",
      quote:
        "the value of the `nextUpdate` field SHALL NOT be more than ten days beyond the value of the `thisUpdate` field",
    },
    {
      source: "cs-br",
      section: "4.9.7",
      severity: "error",
      quote:
        "the value of the `nextUpdate` field MUST NOT be more than ten days beyond the value of the `thisUpdate` field",
    },
    {
      source: "mozilla",
      section: "6",
      severity: "error",
      from: "2017-06-23",
      quote:
        "the value of the nextUpdate field MUST NOT be more than ten days beyond the value of the thisUpdate field",
    },
  ],
  create(ctx) {
    if (!coversSubscribers(ctx.scope)) return;
    const { thisUpdate, nextUpdate } = ctx;
    const term = nextUpdate.seconds - thisUpdate.seconds;
    if (term <= tenDays) return;
    const notes = [scopeNote(ctx.scope)];
    if (nextUpdate.seconds === endOfTime) {
      notes.push(
        "99991231235959Z marks the last CRL of a scope in ETSI EN 319 411-1; these requirements have no such exception",
      );
    }
    ctx.report({
      at: nextUpdate,
      path: "tbsCertList.nextUpdate",
      message: `nextUpdate ${isoTime(nextUpdate.seconds)} is ${formatDuration(term)} after thisUpdate; the maximum is ${formatDuration(tenDays)}`,
      notes,
    });
  },
  why: "Until nextUpdate, a client may keep using the CRL that it has. An attacker with a stolen key can present that CRL to the client until then.",
  fix: "set nextUpdate to at most 10 days less one second after thisUpdate",
  examples: () => ({
    bad: [
      {
        title: "10 days and one second",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-11T00:00:01Z" }),
      },
      {
        title: "30 days on a root that also issues subscriber certificates",
        make: (kit) =>
          kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-01T00:00:00Z", options: { scope: "both" } }),
      },
      {
        title: "last CRL of a scope, which ETSI allows",
        make: (kit) => kit.crl({ nextUpdate: "9999-12-31T23:59:59Z" }),
      },
    ],
    good: [
      {
        title: "10 days less one second",
        make: (kit) => kit.crl({ nextUpdate: "2026-11-10T23:59:59Z" }),
      },
      {
        title: "30 days on a root CRL",
        make: (kit) => kit.crl({ ca: kit.root, entries: [], nextUpdate: "2026-12-01T00:00:00Z" }),
      },
      {
        title: "30 days, on the day before the Baseline Requirements took effect",
        make: (kit) =>
          kit.crl({
            ca: kit.caWith({ notBefore: "2010-01-01T00:00:00Z" }),
            entries: [],
            thisUpdate: "2012-06-30T00:00:00Z",
            nextUpdate: "2012-07-30T00:00:00Z",
          }),
      },
    ],
  }),
});
