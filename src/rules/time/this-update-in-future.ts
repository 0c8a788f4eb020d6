import { isoTime } from "../../der/time.ts";
import { formatDuration } from "../../rule/format-duration.ts";
import { defineRule } from "../../rule/rule.ts";

/** Tolerated difference between clocks, in seconds. */
const tolerance = 300;

/** The largest difference between local time and UTC, in hours. */
const largestOffset = 14;

export default defineRule({
  id: "time/this-update-in-future",
  title: "thisUpdate is in the future",
  looksAt: ["thisUpdate", "now"],
  requirements: [{ source: "hygiene", section: "", severity: "error" }],
  create(ctx) {
    const { thisUpdate, stated } = ctx;
    const now = Math.floor(ctx.now);
    const ahead = thisUpdate.seconds - now;
    // Clients do not tolerate a difference: they reject a published CRL until thisUpdate.
    if (ahead <= (stated.isLive ? 0 : tolerance) || stated.beforeSigning) return;
    const notes: string[] = [];
    const isWithinTolerance = ahead <= tolerance;
    if (isWithinTolerance) {
      notes.push(
        "severity capped: the two clocks may differ",
        "OpenSSL 3.0, BoringSSL, Mbed TLS 2.28 and Node 20 reject the CRL until then",
      );
    }
    // A CRL is linted some time after it is issued, so the offset is rarely exact.
    const hours = Math.round(ahead / 3600);
    if (hours >= 1 && hours <= largestOffset && Math.abs(ahead - hours * 3600) <= tolerance) {
      notes.push(`an offset of ${hours} ${hours === 1 ? "hour" : "hours"} suggests local time written as UTC`);
    }
    if (!stated.isLive)
      notes.push("severity capped: the CRL may be intended for later; --url states that it is published");
    ctx.report({
      at: thisUpdate,
      path: "tbsCertList.thisUpdate",
      message: `thisUpdate ${isoTime(thisUpdate.seconds)} is in the future as of ${isoTime(now)}: ${formatDuration(ahead)} later`,
      notes,
      ...((!stated.isLive || isWithinTolerance) && { atMost: "warning" }),
    });
  },
  why: "Many clients do not use a CRL that is not valid yet. Before publication this may be planned, because root CAs often sign their CRLs in advance.",
  fix: "publish the CRL no earlier than thisUpdate, or correct the clock of the CA",
  examples: () => ({
    bad: [
      { title: "301 seconds later than the time of linting", make: (kit) => kit.crl({ now: "2026-10-31T23:54:59Z" }) },
      {
        title: "one second later than the time of linting, published",
        make: (kit) => kit.crl({ now: "2026-10-31T23:59:59Z", options: { url: "http://crl.example.com/ca.crl" } }),
      },
      {
        title: "one hour later than the time of linting, published",
        make: (kit) => kit.crl({ now: "2026-10-31T23:00:00Z", options: { url: "http://crl.example.com/ca.crl" } }),
      },
    ],
    good: [
      {
        title: "at the time of linting, published",
        make: (kit) => kit.crl({ now: "2026-11-01T00:00:00Z", options: { url: "http://crl.example.com/ca.crl" } }),
      },
      { title: "300 seconds later than the time of linting", make: (kit) => kit.crl({ now: "2026-10-31T23:55:00Z" }) },
      {
        title: "one day later than the time of linting, before signing",
        make: (kit) => kit.crl({ form: "tbs", now: "2026-10-31T00:00:00Z" }),
      },
    ],
  }),
});
