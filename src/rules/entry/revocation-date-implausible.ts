import { isoTime } from "../../der/time.ts";
import { defineRule } from "../../rule/rule.ts";

/** 1999-01-01T00:00:00Z: the month of RFC 2459, the first profile for CRLs of the Internet PKI. */
const first = 915_148_800;

export default defineRule({
  id: "entry/revocation-date-implausible",
  title: "revocationDate is earlier than 1999",
  looksAt: ["revokedCertificates", "thisUpdate"],
  requirements: [{ source: "hygiene", section: "", severity: "warning" }],
  create(ctx) {
    // A CRL that is itself this old may have such entries.
    if (!(ctx.entries.earliest < first) || ctx.thisUpdate.seconds < first) return undefined;
    const tally = ctx.tally({
      what: `with a revocationDate earlier than 1999; the earliest is ${isoTime(ctx.entries.earliest)}`,
    });
    return {
      entry(entry) {
        if (entry.date < first) tally.add(entry);
      },
    };
  },
  why: "No certificate in a current CRL was revoked then. Typical causes are a date that was never set (1970-01-01), and a year after 2049 in a UTCTime. In a UTCTime, YY from 50 to 99 means 1950 to 1999.",
  fix: "set revocationDate to the time at which the certificate was revoked",
  examples: () => ({
    bad: [
      {
        title: "a date that was never set",
        profile: "rfc5280",
        make: (kit) => kit.crl({ issuerCertificate: null, entries: [{ date: "1970-01-01T00:00:00Z", reason: 1 }] }),
      },
      {
        title: "the last second of 1998",
        make: (kit) => kit.crl({ issuerCertificate: null, entries: [{ date: "1998-12-31T23:59:59Z", reason: 1 }] }),
      },
      {
        title: "the last second of 1998, and another entry in the first second of 1999",
        make: (kit) =>
          kit.crl({
            issuerCertificate: null,
            entries: [
              { date: "1998-12-31T23:59:59Z", reason: 1 },
              { date: "1999-01-01T00:00:00Z", reason: 1 },
            ],
          }),
      },
    ],
    good: [
      {
        title: "the first second of 1999",
        make: (kit) => kit.crl({ issuerCertificate: null, entries: [{ date: "1999-01-01T00:00:00Z", reason: 1 }] }),
      },
      {
        title: "the last second of 1998 in a CRL that is as old",
        make: (kit) =>
          kit.crl({
            issuerCertificate: null,
            thisUpdate: "1998-12-31T23:59:59Z",
            nextUpdate: "1999-01-06T00:00:00Z",
            entries: [{ date: "1998-12-31T23:59:59Z", reason: 1 }],
          }),
      },
    ],
  }),
});
